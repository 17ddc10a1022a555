import html
from datetime import UTC, datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.entries.links import absolute
from news.formats.documents import MAX_ENTRIES
from news.formats.ordinary import ordinary
from news.formats.parse import parse

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


# What a feed asks, says and takes back


def test_how_long_a_feed_asks_to_be_left_alone_is_the_longest_it_says():
    period = "<s:updatePeriod xmlns:s='http://purl.org/rss/1.0/modules/syndication/'>daily</s:updatePeriod>"
    often = period + "<s:updateFrequency xmlns:s='http://purl.org/rss/1.0/modules/syndication/'>4</s:updateFrequency>"
    for channel, minutes in (
        ("<ttl>45</ttl>", 45),
        (period, 1440),
        (often, 360),
        (often + "<ttl>500</ttl>", 500),
        ("<ttl>-5</ttl>", 0),
        ("<ttl>soon</ttl>", 0),
        ("<ttl>99999999999999999999</ttl>", 0),
    ):
        assert read(rss("<item><title>t</title><link>/a</link></item>", channel)).asked_minutes == minutes


def test_hours_and_days_on_which_it_is_not_to_be_asked_are_bits():
    channel = (
        "<skipHours><hour>0</hour><hour>23</hour><hour>24</hour><hour>99</hour><hour>x</hour></skipHours>"
        "<skipDays><day>Monday</day><day>sunday</day><day>Someday</day></skipDays>"
    )
    parsed = read(rss("", channel))
    assert (parsed.skip_hours, parsed.skip_days) == (1 | 1 << 23, 1 | 1 << 6)


HUB = "<link rel='hub' href='https://hub.example/'/><link rel='self' href='/feed.xml'/>"


@pytest.mark.parametrize(
    "body",
    [
        rss("", HUB.replace("<link", "<a:link xmlns:a='http://www.w3.org/2005/Atom'")),
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title>{HUB}</feed>".encode(),
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [], "feed_url": "/feed.xml", "hubs": [null,'
        b'{"type": "rssCloud", "url": "x"}, {"type": "WebSub", "url": "https://hub.example/"}]}',
    ],
)
def test_the_hub_of_a_feed_and_its_own_name_there_are_found(body):
    parsed = read(body)
    assert (parsed.hub, parsed.topic) == ("https://hub.example/", "https://n.example/feed.xml")


def test_a_hub_that_is_no_web_address_is_none():
    assert read(rss("", "<a:link xmlns:a='http://www.w3.org/2005/Atom' rel='hub' href='javascript:x'/>")).hub == ""


def test_what_a_feed_takes_back_stands_beside_its_entries():
    entry = "<entry><id>%s</id><title>t</title><link href='/a'/></entry>"
    gone = "<at:deleted-entry xmlns:at='http://purl.org/atompub/tombstones/1.0' ref='%s' when='2026-02-05T10:00:00Z'/>"
    feed = entry % 1 + gone % 2 + entry % 3 + gone % 4
    parsed = read(f"<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title>{feed}</feed>".encode())
    assert ([item.guid for item in parsed.entries], parsed.withdrawn) == (["1", "3"], ("2", "4"))


@pytest.mark.parametrize(
    ("language", "raw", "day"),
    [
        ("en-US", "06/01/2026 10:00 AM", None),
        ("en-US", "02/01/2026 10:00 PM", "2026-02-01T22:00:00+00:00"),
        ("en-us", "2/1/2026", "2026-02-01T00:00:00+00:00"),
        ("de", "02/01/2026 12:30 AM", "2026-01-02T00:30:00+00:00"),
        ("en-GB", "02/01/2026 12:30 PM", "2026-01-02T12:30:00+00:00"),
        ("en", "02/01/2026", None),
        ("", "02/01/2026", None),
        ("zh-CN", "02/01/2026", None),
        ("", "01/31/2026", "2026-01-31T00:00:00+00:00"),
        ("en-US", "31/01/2026", "2026-01-31T00:00:00+00:00"),
        ("", "01/01/2026", "2026-01-01T00:00:00+00:00"),
        ("de", "99/99/2026", None),
    ],
)
def test_a_date_of_slashes_is_told_by_the_language_or_by_itself_or_left_open(language, raw, day):
    channel = f"<language>{language}</language>"
    (item,) = read(rss(f"<item><title>t</title><link>/a</link><pubDate>{raw}</pubDate></item>", channel)).entries
    assert (item.published_at and item.published_at.isoformat()) == day
    assert item.published_raw == raw


# The fast way and the slow one

PLAIN = (
    "<item><title>One</title><link>https://n.example/1</link><guid isPermaLink='false'>g1</guid><author>a@n.example "
    "(Ann)</author><pubDate>Thu, 05 Feb 2026 10:00:00 +0200</pubDate><description>&lt;p&gt;x &amp;amp; y&lt;/p&gt;"
    "</description></item>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><id>u</id><link href='/'/>"
    "<entry><id>1</id><title>One</title><link href='/1'/><updated>2026-02-05T10:00:00Z</updated>"
    "<content type='html'>&lt;p&gt;x&lt;/p&gt;</content></entry></feed>"
)


def slow(body, **options):
    """The same with an element that the fast way does not know."""
    return read(body.replace(b"</item>", b"<oddity/></item>").replace(b"</entry>", b"<oddity/></entry>"), **options)


def test_an_ordinary_feed_goes_the_fast_way_and_both_ways_agree():
    for body in (rss(PLAIN + PLAIN.replace("One", "Two")), ATOM.encode()):
        assert ordinary(body, address="https://n.example/feed", now=NOW) == read(body) == slow(body)
    (item,) = read(rss(PLAIN)).entries
    assert (item.guid, item.author, item.body) == ("g1", "Ann", "x & y")


@pytest.mark.parametrize(
    "change",
    [
        ("<title>One</title>", "<title>One <b>two</b></title>"),
        ("<description>", "<description>markup <p>that</p> stands open"),
        ("<link>https://n.example/1</link>", ""),
        ("<link>https://n.example/1</link>", "<link/>"),
        ("</item>", "<source url='https://s.example/'>Agency</source></item>"),
        ("</item>", "<o:origLink xmlns:o='x'>https://n.example/2</o:origLink></item>"),
        ("<title>", "<m:title xmlns:m='http://search.yahoo.com/mrss/'>Other</m:title><title>"),
        ("<item>", "<item xml:base='https://b.example/'>"),
        ("<guid isPermaLink='false'>g1</guid>", "<guid></guid>"),
        ("<pubDate>Thu, 05 Feb 2026 10:00:00 +0200</pubDate>", "<pubDate><![CDATA[Thu, 05 Feb 2026]]></pubDate>"),
        ("One", "One &nbsp; two"),
        ("</channel>", ""),
    ],
)
def test_what_is_odd_goes_the_slow_way(change):
    assert (
        ordinary(rss(PLAIN).replace(*(part.encode() for part in change)), address="https://n.example/", now=NOW) is None
    )


WORDS = st.text(alphabet=st.sampled_from("<>&;'\"abc é\u2028\n/!?[]-"), max_size=30)


@given(WORDS, WORDS, WORDS)
def test_both_ways_agree_whatever_the_words(title, body, guid):
    item = (
        f"<item><title>{html.escape(title)}</title><link>https://n.example/1</link><guid>{html.escape(guid)}</guid>"
        f"<description>{html.escape(body)}</description></item>"
    )
    assert read(rss(item)) == slow(rss(item))


# Hostile and strange documents


@pytest.mark.parametrize("whole", [rss(PLAIN * 2), ATOM.encode(), ATOM.encode("utf-16"), b'{"items": [{"id": 1}]}'])
def test_a_document_cut_off_anywhere_gives_entries_or_a_reason(whole):
    for end in range(len(whole)):
        parsed = read(whole[:end])
        assert not (parsed.error and parsed.entries)
        assert len(parsed.entries) <= 2


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        " java&#10;script:alert(1)",
        "JAVA&#9;SCRIPT:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://n.example/x",
        "http://",
        "https://[::1",
    ],
)
def test_links_that_are_none_of_the_web_s_are_left_out(link):
    assert read(rss(f"<item><title>t</title><link>{link}</link></item>")).entries[0].link == ""


PARTS = st.one_of(
    st.sampled_from(list("/.?&;#=+~()'*!,@:$-_|aé\u2028")),
    st.sampled_from(["..", "./", "//", "b.html", "x=1", "%20", "%zz", "xn--a"]),
)


@given(st.sampled_from(["n.example", "a.b-c.example:8080", "N.example", "127.0.0.1"]), st.lists(PARTS, max_size=8))
def test_a_link_that_is_clean_already_is_what_encoding_it_would_give(host, parts):
    link = f"https://{host}/{''.join(parts)}"
    # White space around a link goes, but keeps it from the short way.
    assert absolute(link, "https://n.example/") == absolute(f" {link}", "https://n.example/")


@pytest.mark.parametrize("times", range(6))
def test_markup_in_a_title_goes_however_often_it_is_escaped(times):
    title = "<img src=x onerror=alert(1)>News"
    for _ in range(times + 1):
        title = html.escape(title)
    assert read(rss(f"<item><title>{title}</title></item>")).entries[0].title == "News"


def test_entities_are_not_expanded():
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    for start in (b"", b"<!-- " + b"x" * 3000 + b" <a> -->"):
        body = f"<!DOCTYPE x [<!ENTITY l0 'haha'>{laughs}]>".encode()
        item = rss("<item><title>t</title><description>&l9;</description></item>").removeprefix(
            b"<?xml version='1.0'?>"
        )
        (entry,) = read(b"<?xml version='1.0'?>" + start + body + item).entries
        assert "haha" not in entry.body


FORMATS = {
    "RSS 0.90": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
    "xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>W</title></channel><item><title>t</title><link>https://n.example/1</link></item></rdf:RDF>",
    "RSS 0.91": rss(PLAIN).decode().replace("2.0", "0.91"),
    "RSS 1.0": "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:s='http://purl.org/rss/1.0/'>"
    "<s:channel><s:title>W</s:title></s:channel><s:item><s:title>t</s:title><s:link>https://n.example/1</s:link>"
    "</s:item></r:RDF>",
    "RSS 2.0": "<RSS version='2.0'><CHANNEL><ITEM><TITLE>t</TITLE><LINK>https://n.example/1</LINK></ITEM>"
    "</CHANNEL></RSS>",
    "Atom 0.3": "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>t</title><link rel='alternate' "
    "type='text/html' href='https://n.example/1'/></entry></feed>",
    "": "<CHANNEL HREF='https://n.example/'><ITEM HREF='https://n.example/1'><TITLE>t</TITLE></ITEM></CHANNEL>",
    "JSON Feed": '{"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "url": "https://n.example/1"}]}',
}


@pytest.mark.parametrize("kind", FORMATS)
def test_old_and_rare_formats_are_read(kind):
    parsed = read(FORMATS[kind].encode())
    assert (parsed.kind, [item.link for item in parsed.entries]) == (kind, ["https://n.example/1"])


def test_as_many_items_are_found_as_feedparser_finds():
    for body in (
        rss(PLAIN) + b"<br>a warning",
        rss("<item><title>a</title><item><title>b</title></item></item>"),
        b"<rss><channel><title>a</title></channel><item><title>outside</title></item></rss>",
        rss("<item><foo:bar>x</foo:bar></item>" * 3),
        b"A warning of the server.\n" + rss(PLAIN),
        rss("<!-- " + PLAIN + " -->" + PLAIN),
    ):
        assert len(read(body).entries) == len(feedparser.parse(body).entries) > 0


@pytest.mark.parametrize(
    ("items", "found"),
    [
        (b'{"a": 1}', 0),
        (b"null", 0),
        (b'[{"id": 1}, [], 5, "x", {"title": ["t"]}, {"id": {}, "url": null}]', 1),
        (b'[{"id": 2.5, "authors": {"name": "x"}, "author": "y", "tags": 5, "date_published": 7}]', 1),
        (b'[{"id": "a\\ud800b", "title": "\\u0000t"}]', 1),
        (b'[{"id": NaN}]', 1),
    ],
)
def test_a_json_feed_of_odd_values_gives_what_can_be_read(items, found):
    assert len(read(b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + items + b"}").entries) == found
