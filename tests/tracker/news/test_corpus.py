"""Every file of a folder of real and hostile feeds, served from a loopback address with its own status and headers."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.loopback import Site, reply
from tracker.news.decide import named
from tracker.news.fetch import Limits, Request, fetch_one
from tracker.news.parse import parse

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "data" / "feed_corpus"
INDEX = json.loads((CORPUS / "index.json").read_text()) if (CORPUS / "index.json").exists() else []
NOW = datetime(2026, 11, 23, tzinfo=UTC)
UNSAFE = re.compile(r"<[a-z/!]+[^<>]*>|\bon(?:error|load|click)\s*=|javascript:", re.I)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not INDEX, reason="../shared/data/feed_corpus is not there"),
]

# What readers of many languages would do with these and this one does not yet.
NOT_YET = {
    "fp_illformed/euckr.xml": "the encoding is declared nowhere and is not guessed from Korean text",
    "fp_illformed/gb2312.xml": "the encoding is declared nowhere and is not guessed from Chinese text",
    "fp_illformed/shiftjis.xml": "the encoding is declared nowhere and is not guessed from Japanese text",
    "own/atom_tombstone.xml": "a withdrawn entry is not marked as withdrawn",
    "own/date_us_slash.xml": "a date of slashes counts as unreadable, whatever the feed's language",
    "own/flapping_content.xml": "a counter in the visible text makes a revision each time, until there are 24",
    "own/websub_hub.xml": "hubs are not used",
}


@pytest.fixture(scope="module")
def site():
    with Site() as running:
        for case in INDEX:
            headers = {name.replace("-", "_"): value for name, value in case["headers"].items()}
            body = (CORPUS / case["path"]).read_bytes()
            running.at(
                "/" + case["path"],
                reply(body, status=case["status"], **({"Content_Type": case["content_type"]} | headers)),
            )
        yield running


def read(site, path):
    limits = Limits(total_seconds=10, allowed_networks=("127.0.0.0/8",))
    got = fetch_one(Request(address=site.url("/" + path)), limits=limits, user_agent="Test/1")
    if got.error:
        return got.error, ()
    parsed = parse(got.body, address=got.final_address, content_type=got.headers.get("content-type", ""), now=NOW)
    return parsed.error, parsed.entries


@pytest.mark.timeout(10)
@pytest.mark.parametrize("case", INDEX, ids=[case["path"] for case in INDEX])
def test_a_document_gives_safe_entries_or_a_reason(site, case):
    error, entries = read(site, case["path"])
    expected = case["expect"]
    assert not (error and entries)
    assert len(entries) == expected.get("entries", len(entries))
    assert len(entries) >= (0 if error and not expected.get("min_entries") else expected.get("min_entries", 0))
    assert bool(error) or not expected.get("error")
    assert not expected.get("title") or any(expected["title"] in item.title for item in entries)
    for item in entries:
        assert not UNSAFE.search(item.title)
        assert not UNSAFE.search(item.body)
        assert item.link == "" or item.link.startswith(("http://", "https://"))
        assert item.published_at is None or item.published_at <= datetime(2026, 11, 24, tzinfo=UTC)
        assert "\0" not in item.title + item.body


WANTED = {
    "own/cp1252_smart_quotes_declared_latin1.xml": "“quoted” — dash",
    "own/koi8r_declared.xml": "Новости",
    "own/shift_jis.xml": "外務省ニュース",
    "own/control_chars.xml": "abc",
    "own/numeric_entity_huge.xml": "xy",
    "own/double_escaped_title.xml": "Q&A: ’s",
    "own/rtl_override_title.xml": "safegpj.exe",
    "own/emoji_zwj_title.xml": "👨\u200d👩\u200d👧\u200d👦 family",
}


@pytest.mark.parametrize("path", WANTED)
def test_titles_are_readable_and_plain(site, path):
    assert read(site, path)[1][0].title == WANTED[path]


LINKS = {
    "own/relative_links.xml": "https://news.example/a/1",
    "own/relative_xml_base.xml": "https://b.example/dir/sub/p.html",
    "own/link_whitespace_newlines.xml": "https://news.example/a%20b/1?x=%C3%BC",
    "own/data_uri_link.xml": "",
    "own/file_link.xml": "",
    "own/feedburner_origlink.xml": "https://n.example/1",
    "own/atom_xhtml_content.xml": "https://n.example/1",
    "own/atom_in_rss_link.xml": "https://news.example/x",
}


@pytest.mark.parametrize("path", LINKS)
def test_links_lead_to_the_page_itself(site, path):
    assert read(site, path)[1][0].link == LINKS[path]


@pytest.mark.parametrize("path", sorted(case["path"] for case in INDEX if "/date_" in case["path"]))
def test_dates_are_right_or_left_open(site, path):
    (item,) = read(site, path)[1]
    assert item.published_raw
    assert item.published_at is None or item.published_at.date().isoformat() in ("2026-06-01", "2026-06-30")


def test_repeated_items_are_one_and_fragments_tell_items_apart(site):
    assert len(named(read(site, "own/exact_dup_items.xml")[1])) == 1
    assert len(named(read(site, "own/guid_fragment_only_differs.xml")[1])) == 3


def test_an_aggregator_s_items_name_their_publisher(site):
    assert [item.outlet for item in read(site, "own/google_news_redirect_links.xml")[1]] == ["Pub 0", "Pub 1", "Pub 2"]


def test_no_file_of_this_machine_is_read(site):
    (item,) = read(site, "own/external_entity_file.xml")[1]
    assert "root:" not in item.title + item.body


def test_what_is_not_met_yet_is_still_part_of_the_corpus():
    assert set(NOT_YET) <= {case["path"] for case in INDEX}
