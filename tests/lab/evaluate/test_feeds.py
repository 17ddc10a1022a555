import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.loopback import Site, reply

ROOT = Path(__file__).parents[3]
RSS = (
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>World &amp; more</title><link>https://n.example/</link>"
    b"<language>en-GB</language><ttl>45</ttl><skipDays><day>Sunday</day></skipDays><item><guid>1</guid><title>Xi in "
    b"Moscow</title><link>/a</link><pubDate>Thu, 05 Feb 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;One."
    b"&lt;/p&gt;</description></item><item><guid>1</guid><title>Xi again</title><link>/b</link></item></channel></rss>"
)


def evaluate(*arguments, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HINDCAST", "DJANGO"))}
    # A folder that cannot be written to: the live state must not be so much as looked at.
    clean |= {"HINDCAST_VAR": "/proc/nowhere", **environment}
    command = [sys.executable, "manage.py", "evaluate", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=120, check=False)


def corpus(folder, *rows, **files):
    for name, body in files.items():
        folder.joinpath(name).write_bytes(body)
    folder.joinpath("index.json").write_text(json.dumps(rows))
    return folder


def test_a_folder_of_feeds_is_written_as_it_would_be_stored(tmp_path):
    folder = corpus(
        tmp_path,
        {"path": "good", "status": 200, "content_type": "application/rss+xml", "headers": {}},
        {"path": "packed", "status": 200, "headers": {"Content-Encoding": "gzip"}},
        {"path": "page"},
        {"path": "lost"},
        {"path": "gone", "status": 410},
        good=RSS,
        packed=gzip.compress(RSS),
        page=b"<html><body>Sign in",
    )
    done = evaluate("feeds", "--corpus", folder, "--out", tmp_path / "out.jsonl", "--json")
    good, packed, page, lost = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
    assert good == {
        "path": "good",
        "error": None,
        "entries": 2,
        "titles": ["Xi in Moscow", "Xi again"],
        "links": ["https://n.example/a", "https://n.example/b"],
        "bodies": ["One.", ""],
    }
    assert packed == good | {"path": "packed"}
    assert (page["error"], page["entries"]) == ("This is a web page, not a feed.", 0)
    assert lost["error"].startswith("The file cannot be read")
    summary = json.loads(done.stdout.splitlines()[-1])
    assert {**summary, "seconds": 0} == {"files": 4, "read": 2, "refused": 2, "entries": 4, "seconds": 0}


@pytest.mark.parametrize(
    ("index", "words"),
    [
        (None, "index.json cannot be read"),
        ("{", "is not valid JSON"),
        ("{}", "is not a list of rows"),
        ('[{"path": "a"}, {"status": 200}]', "row 2 has no path"),
        ('[{"path": "a", "status": "ok"}]', "row 1 has a status that is no number"),
    ],
)
def test_a_folder_that_cannot_be_read_is_one_line_and_a_status_of_two(tmp_path, index, words):
    if index is not None:
        tmp_path.joinpath("index.json").write_text(index)
    done = evaluate("feeds", "--corpus", tmp_path, "--out", tmp_path / "out.jsonl")
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_path_that_leads_out_of_the_folder_is_not_followed(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    tmp_path.joinpath("secret").write_bytes(RSS)
    folder = corpus(inner, {"path": "../secret"})
    assert evaluate("feeds", "--corpus", folder, "--out", tmp_path / "out.jsonl").returncode == 0
    assert "outside" in json.loads((tmp_path / "out.jsonl").read_text())["error"]


def test_one_file_is_shown_for_people(tmp_path):
    file = tmp_path / "feed.xml"
    file.write_bytes(RSS)
    shown = evaluate("feed", file).stdout
    for words in (
        "RSS 2.0",
        "World & more",
        "en-GB",
        "45 minutes",
        "Sundays",
        "2026-02-05 10:00",
        "https://n.example/b",
    ):
        assert words in shown


def test_what_is_refused_is_said_in_words(tmp_path):
    file = tmp_path / "page.html"
    file.write_bytes(b"<html><body>Sign in")
    assert evaluate("feed", file).stdout == "Refused: This is a web page, not a feed.\n"


def test_a_page_names_its_feeds(tmp_path):
    file = tmp_path / "page.html"
    link = "<link rel=alternate type=application/rss+xml title=World href=/world.xml>"
    file.write_bytes(f"<html><head>{link}</head><body>News".encode())
    shown = evaluate("feed", file).stdout.splitlines()
    assert shown[1:] == ["It names these, which may be feeds:", "  https://corpus.example/world.xml  World"]


def test_one_address_is_read_through_the_guard():
    with Site() as site:
        address = site.at("/feed", reply(RSS))
        assert "Xi in Moscow" in evaluate("feed", address, HINDCAST_ALLOWED_NETWORKS="127.0.0.0/8").stdout
        refused = evaluate("feed", address)
    assert refused.returncode == 2
    assert "HINDCAST_ALLOWED_NETWORKS" in refused.stderr


def test_a_file_that_is_not_there_is_one_line_and_a_status_of_two(tmp_path):
    done = evaluate("feed", tmp_path / "nothing.xml")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
