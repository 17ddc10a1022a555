"""Every file of a folder of real and hostile feeds, served from a loopback address with its own status and headers.

The folder is `--corpus`, by default the one beside the checkout; its index.json says what is expected of each file.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from news.entries.changes import named_items
from news.fetch.connections import Limits, Request, fetch_many
from news.formats import confined
from news.formats.documents import Parsed
from tests.loopback import Site, reply
from tests.makers import make_feed
from tracker.jobs.feeds.ingest import ingest
from tracker.models import Revision

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LIMITS = Limits(total_seconds=10, allowed_networks=("127.0.0.0/8",))
MARKUP = re.compile(r"<[a-z/!?][^<>]*>", re.I)
SCRIPT = re.compile(r"<\s*script|\bon[a-z]{3,20}\s*=|(?:java|vb)script:", re.I)
# The server here says these itself.
OWN_HEADERS = ("connection", "content-length", "transfer-encoding")

pytestmark = pytest.mark.shared


def rows(folder):
    file = folder / "index.json"
    return {row["path"]: row for row in json.loads(file.read_text())} if file.exists() else {}


def pytest_generate_tests(metafunc):
    """One test a file; a folder that is not there leaves them skipped."""
    index = rows(metafunc.config.option.corpus)
    if "path" in metafunc.fixturenames:
        wanted = getattr(metafunc.function, "paths", None)
        paths = [path for path in index if wanted is None or path in wanted or (wanted == "date" and "/date_" in path)]
        metafunc.parametrize("path", sorted(paths))


def of(paths):
    """Marks a test that is run for these files, where the folder has them."""

    def mark(test):
        test.paths = paths
        return test

    return mark


@pytest.fixture(scope="module")
def folder(request):
    return request.config.option.corpus


@pytest.fixture(scope="module")
def index(folder):
    return rows(folder)


@pytest.fixture(scope="module")
def site(folder, index):
    with Site() as running:
        for path, case in index.items():
            file = folder / path
            running.at("/" + path, answer(case, file.read_bytes() if file.exists() else b""))
        yield running


@pytest.fixture
def read(site, index):
    def parsed(path):
        if path not in index:
            pytest.skip(f"the folder has no {path}")
        return document(site.url("/" + path))

    return parsed


def answer(case, body):
    headers = {name: str(value) for name, value in (case.get("headers") or {}).items()}
    said = {name.lower() for name in headers}
    if case.get("content_type") and "content-type" not in said:
        headers["Content-Type"] = case["content_type"]
    sent = {name.replace("-", "_"): value for name, value in headers.items() if name.lower() not in OWN_HEADERS}
    return reply(body, status=case.get("status") or 200, **sent)


def document(address):
    """What the fetcher and the confined parser make of it."""
    got = fetch_many([Request(address=address)], limits=LIMITS, user_agent="Test/1")[0]
    if got.error:
        return Parsed(error=got.error)
    kind = got.headers.get("content-type", "")
    return confined.parse_all(
        [confined.Document(body=got.body, address=got.final_address, content_type=kind, now=NOW)]
    )[0]


def memory_mb(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024


@pytest.mark.timeout(10)
def test_a_document_gives_what_is_expected_or_a_reason(path, read, index):
    expected = index[path].get("expect") or {}
    parsed = read(path)
    assert not (parsed.error and parsed.entries)
    if "entries" in expected:
        assert (len(parsed.entries), parsed.error) == (expected["entries"], "")
    if expected.get("min_entries"):
        assert len(parsed.entries) >= expected["min_entries"], parsed.error
    if expected.get("error"):
        assert len(parsed.error.split()) > 2
    if expected.get("title"):
        assert any(expected["title"] in item.title for item in parsed.entries)
    assert confined.child_pid() is None or memory_mb(confined.child_pid()) < 200


@pytest.mark.timeout(10)
@pytest.mark.django_db
def test_nothing_that_could_run_and_no_markup_reaches_the_database(path, site, index):
    feed = make_feed(address=site.url("/" + path), next_poll_at=NOW)
    ingest(NOW, fetch=partial(fetch_many, limits=LIMITS, user_agent="Test/1"))
    feed.refresh_from_db()
    expected = index[path].get("expect") or {}
    for revision in Revision.objects.select_related("entry"):
        assert not MARKUP.search(revision.title)
        assert not re.search(r"<\s*(?:script|style|iframe|img|svg)\b", revision.body, re.I)
        assert not expected.get("safe") or not SCRIPT.search(revision.title + "\n" + revision.body)
        assert "\0" not in revision.title + revision.body
        assert revision.entry.link == "" or revision.entry.link.startswith(("http://", "https://"))
        assert revision.entry.published_at <= NOW + timedelta(days=1)
    assert feed.last_error or not expected.get("error")
    assert not (feed.last_error and feed.entries.exists())


WANTED = {
    "own/cp1252_smart_quotes_declared_latin1.xml": "“quoted” — dash",
    "own/koi8r_declared.xml": "Новости",
    "own/shift_jis.xml": "外務省ニュース",
    "own/latin1_declared_utf8.xml": "Café Müller",
    "own/http_charset_conflicts.xml": "Привет",
    "own/control_chars.xml": "abc",
    "own/numeric_entity_huge.xml": "xy",
    "own/double_escaped_title.xml": "Q&A: ’s",
    "own/rtl_override_title.xml": "safegpj.exe",
    "own/emoji_zwj_title.xml": "👨\u200d👩\u200d👧\u200d👦 family",
    "fp_illformed/euckr.xml": "EUC-KR 에서 TypeKey 한글닉네임 표시하기",
    "fp_illformed/gb2312.xml": "不归移民漫画系列：专业工作",
    "fp_illformed/shiftjis.xml": "DrecomRSSに記事投稿が反映されない…",
}


@of(WANTED)
def test_titles_are_readable_and_plain(path, read):
    assert read(path).entries[0].title == WANTED[path]


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


@of(LINKS)
def test_links_lead_to_the_page_itself(path, read):
    assert read(path).entries[0].link == LINKS[path]


@of("date")
def test_dates_are_right_or_left_open(path, read):
    (item,) = read(path).entries
    assert item.published_raw
    assert item.published_at is None or item.published_at.date().isoformat() in ("2026-06-01", "2026-06-30")


@of(["own/date_us_slash.xml"])
def test_a_date_of_slashes_is_told_by_the_feed_s_language(path, read, folder, site):
    assert read(path).entries[0].published_at is None
    body = (folder / path).read_bytes()
    for language, day in ((b"en-US", "2026-06-01"), (b"de", "2026-01-06"), (b"en", None)):
        stated = body.replace(b"</channel>", b"<language>" + language + b"</language></channel>")
        (item,) = document(site.at("/slashes", reply(stated))).entries
        assert (item.published_at and item.published_at.date().isoformat()) == day


DAMAGED = ["own/trailing_garbage.xml", "own/undeclared_prefix.xml", "own/truncated_mid_item.xml"]


@of(DAMAGED)
def test_what_is_wrong_with_a_document_that_is_read_is_said(path, read):
    parsed = read(path)
    assert parsed.entries
    assert parsed.warning


def test_repeated_items_are_one_and_fragments_tell_items_apart(read):
    assert len(named_items(read("own/exact_dup_items.xml").entries)) == 1
    assert len(named_items(read("own/guid_fragment_only_differs.xml").entries)) == 3


def test_an_aggregator_s_items_name_their_publisher(read):
    assert [item.outlet for item in read("own/google_news_redirect_links.xml").entries] == ["Pub 0", "Pub 1", "Pub 2"]


def test_no_file_of_this_machine_is_read(read):
    (item,) = read("own/external_entity_file.xml").entries
    assert "root:" not in item.title + item.body


def test_what_a_feed_takes_back_is_told_apart_from_what_it_says(read):
    parsed = read("own/atom_tombstone.xml")
    assert ([item.guid for item in parsed.entries], parsed.withdrawn) == (["2"], ("1",))


def test_a_hub_and_the_feed_s_own_name_there_are_recorded(read):
    parsed = read("own/websub_hub.xml")
    assert (parsed.hub, parsed.topic) == ("https://hub.example/", "https://news.example/feed")


def test_the_language_is_recorded(read):
    assert read("own/lang_attrs.xml").language == "zh-CN"


def test_a_negative_wait_is_ignored_and_an_absurd_one_is_kept_within_bounds(read):
    assert read("own/ttl_negative.xml").asked_minutes == 0
    assert 24 * 60 < read("own/ttl_absurd.xml").asked_minutes < 1_000_000
