from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.news.documents import MAX_ENTRIES
from tracker.news.parse import parse

NOW = datetime(2026, 2, 6, 9, 0, tzinfo=UTC)


def rss(items, channel=""):
    head = "<rss version='2.0'><channel><title>World</title><link>https://n.example/</link>"
    return f"<?xml version='1.0'?>{head}{channel}{items}</channel></rss>".encode()


def read(body, *, content_type="application/rss+xml", address="https://n.example/feed"):
    return parse(body, address=address, content_type=content_type, now=NOW)


def test_an_rss_item_comes_as_plain_text():
    items = (
        "<item><guid>g1</guid><title>Xi &amp;amp; &lt;b&gt;Putin&lt;/b&gt;</title><link>/a?x=1</link>"
        "<author>Ann</author><pubDate>Thu, 05 Feb 2026 10:00:00 BST</pubDate>"
        "<description><![CDATA[<p>One.</p><p>Two<br>lines.</p><script>alert(1)</script>]]></description></item>"
    )
    parsed = read(rss(items, "<language>en-gb</language><ttl>30</ttl>"))
    (item,) = parsed.entries
    assert (parsed.title, parsed.homepage, parsed.language, parsed.asked_minutes) == (
        "World",
        "https://n.example/",
        "en-gb",
        30,
    )
    assert (item.guid, item.title, item.link, item.author) == ("g1", "Xi & Putin", "https://n.example/a?x=1", "Ann")
    assert item.body == "One.\n\nTwo\nlines."
    assert item.published_at == datetime(2026, 2, 5, 9, 0, tzinfo=UTC)


def test_the_fullest_text_of_an_item_is_taken():
    items = (
        "<item><title>t</title><description>Short.</description><c:encoded "
        "xmlns:c='http://purl.org/rss/1.0/modules/content/'>&lt;p&gt;The whole text.&lt;/p&gt;</c:encoded></item>"
    )
    assert read(rss(items)).entries[0].body == "The whole text."


def test_an_atom_entry_comes_as_plain_text():
    body = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><entry><id>urn:1</id><title type='html'>"
        b"&lt;i&gt;News&lt;/i&gt;</title><link href='p.html'/><updated>2026-02-05T10:00:00+01:00</updated>"
        b"<summary>S</summary></entry></feed>"
    )
    (item,) = read(body, address="https://n.example/dir/feed").entries
    assert (item.guid, item.title, item.link) == ("urn:1", "News", "https://n.example/dir/p.html")
    assert item.published_at == datetime(2026, 2, 5, 9, 0, tzinfo=UTC)


def test_a_json_feed_comes_as_plain_text():
    body = (
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": 7, "url": "/a",'
        b'"title": "T &amp; U", "content_html": "<p>x</p><p>y</p>", "authors": [{"name": "Ann"}, {"name": "Ben"}],'
        b'"date_published": "2026-02-05T10:00:00Z"}, null, {}]}'
    )
    parsed = read(body, content_type="application/feed+json")
    (item,) = parsed.entries
    assert (item.guid, item.link, item.title, item.body) == ("7", "https://n.example/a", "T & U", "x\n\ny")
    assert (item.author, parsed.skipped) == ("Ann, Ben", 2)


@pytest.mark.parametrize(
    ("raw", "is_believed"),
    [
        ("Fri, 06 Feb 2026 20:00:00 GMT", True),
        ("Sun, 08 Feb 2026 09:00:00 GMT", False),
        ("Mon, 01 Jan 0001 00:00:00 GMT", False),
        ("Thu, 01 Jan 1970 00:00:00 GMT", False),
        ("yesterday", False),
        ("", False),
    ],
)
def test_dates_that_cannot_be_believed_are_left_open_and_kept_as_written(raw, is_believed):
    (item,) = read(rss(f"<item><title>t</title><pubDate>{raw}</pubDate></item>")).entries
    assert (item.published_at is not None, item.published_raw) == (is_believed, raw)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \n\0", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page, not a feed"),
        (b"\n <HTML><p>x", "a web page, not a feed"),
        (b"Not found", "plain text, not a feed"),
        (b"<opml version='2.0'><body/></opml>", "import it"),
        (b"<sitemap/>", "XML document, but not a feed"),
        (b"%PDF-1.7 \0\0", "binary file"),
        (b'{"items": [', "not valid JSON"),
        (b'{"a": 1}', "JSON, but not a feed"),
        (b'{"items": ' + b"[" * 100_000, "too deeply"),
    ],
)
def test_what_is_no_feed_is_named(body, words):
    parsed = read(body)
    assert words in parsed.error
    assert parsed.entries == ()


def test_a_feed_without_items_is_a_feed():
    parsed = read(rss(""))
    assert (parsed.error, parsed.entries, parsed.title) == ("", (), "World")


def test_a_document_gives_no_more_than_the_most_entries():
    items = "".join(f"<item><title>Story {n}</title></item>" for n in range(MAX_ENTRIES + 5))
    entries = read(rss(items)).entries
    assert (len(entries), entries[0].title) == (MAX_ENTRIES, "Story 0")


def test_a_document_of_nothing_but_tags_is_refused_before_it_is_parsed():
    assert "more than 300,000 tags" in read(rss("<item>" + "<a>x</a>" * 200_000 + "</item>")).error


def test_texts_are_cut_to_what_can_be_stored():
    (item,) = read(rss(f"<item><title>{'t' * 9000}</title><description>{'d ' * 400_000}</description></item>")).entries
    assert (len(item.title), len(item.body)) == (1000, 200_000)


def test_damage_is_warned_of_and_what_can_be_read_is_read():
    parsed = read(rss("<item><title>Whole</title></item>")[:-16] + b"<item><title>Cut of")
    assert parsed.warning
    assert parsed.entries[0].title == "Whole"


def test_a_document_that_looks_like_an_address_or_a_path_is_not_opened():
    assert "plain text" in read(b"http://127.0.0.1:1/feed").error
    assert "plain text" in read(b"/etc/passwd").error


@given(st.binary(max_size=400))
def test_any_bytes_give_a_result(noise):
    for body in (noise, rss("<item><title>t</title></item>")[: len(noise) * 2] + noise):
        parsed = read(body)
        assert not (parsed.error and parsed.entries)


@given(st.integers(min_value=1_000_000_000, max_value=int(NOW.timestamp())))
def test_every_ordinary_date_is_read_back(seconds):
    at = datetime.fromtimestamp(seconds, tz=UTC)
    for raw in (at.strftime("%a, %d %b %Y %H:%M:%S +0000"), at.isoformat(), at.isoformat()[:19], str(seconds)):
        (item,) = read(rss(f"<item><title>t</title><pubDate>{raw}</pubDate></item>")).entries
        assert item.published_at == at
