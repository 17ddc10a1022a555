import pytest

from news.polling.discovery import WELL_KNOWN, CandidateSource, read_page

HOME = "https://news.example/world/index.html"


def candidates(html: bytes, *, base: str):
    return read_page(html, base=base).candidates


def found(html: str, *, base: str = HOME) -> list[str]:
    """Without the guesses, which are the same for every site."""
    return [one.address for one in candidates(html.encode(), base=base) if one.source is not CandidateSource.GUESSED]


def alternate(href: str, kind: str = "application/rss+xml", title: str = "News") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


@pytest.mark.parametrize(
    "kind",
    ["application/rss+xml", "application/atom+xml; charset=utf-8", "Application/RSS+XML", "application/feed+json"],
)
def test_a_declared_feed_is_found_and_named(kind):
    first = candidates(alternate("/all", kind).encode(), base=HOME)[0]
    assert (first.address, first.title, first.source) == ("https://news.example/all", "News", CandidateSource.DECLARED)


def test_addresses_are_those_of_the_page_or_of_its_base():
    assert found(alternate("a.rss")) == ["https://news.example/world/a.rss"]
    assert found('<base href="https://cdn.example/x/">' + alternate("a.rss")) == ["https://cdn.example/x/a.rss"]


def test_a_link_of_the_relation_feed_needs_no_type():
    assert found('<link rel="feed" href="/all">') == ["https://news.example/all"]


@pytest.mark.parametrize(
    "link",
    [
        alternate("/wp-json/wp/v2/pages/1", "application/json"),
        alternate("/oembed?url=x", "application/json+oembed"),
        alternate("/de/", "text/html"),
        '<link rel="stylesheet" href="/feed.css">',
        alternate("javascript:alert(1)"),
        alternate("ftp://news.example/feed.xml"),
        alternate("https://me:secret@news.example/feed"),
    ],
)
def test_what_is_no_feed_is_left_out(link):
    assert found(link) == []


@pytest.mark.parametrize(
    "href",
    [
        "/feed/",
        "/rss",
        "world.rss",
        "/blog/atom.xml",
        "/?feed=rss2",
        "/list?format=atom",
        "https://feeds.host.example/news",
    ],
)
def test_links_that_look_like_feeds_are_found(href):
    assert len(found(f'<p><a href="{href}">Subscribe</a>')) == 1


@pytest.mark.parametrize(
    "href", ["/", "/feedback", "/news/atom-smashers", "/rss-explained.html", "mailto:feed@x.example"]
)
def test_other_links_are_not(href):
    assert found(f'<a href="{href}">Feed</a>') == []


def test_old_feed_addresses_are_understood():
    assert found('<a href="feed://news.example/a.xml?feed=rss">a</a>') == ["https://news.example/a.xml?feed=rss"]
    assert found('<a href="feed:http://news.example/b.rss">b</a>') == ["http://news.example/b.rss"]


def test_declared_feeds_come_before_linked_ones_and_those_of_comments_last():
    page = alternate("/comments/feed", title="News: comments") + '<a href="/b.rss">b</a>' + alternate("/a")
    assert found(page) == ["https://news.example/a", "https://news.example/b.rss", "https://news.example/comments/feed"]


def test_an_address_counts_once_however_it_is_written():
    page = alternate("/feed?utm_source=page") + alternate("https://NEWS.example:443/feed") + '<a href="/feed#x">RSS</a>'
    assert len(found(page)) == 1


def test_the_usual_places_of_the_same_site_come_after_the_links():
    guesses = [one.address for one in candidates(b"", base="https://news.example/feed")]
    assert guesses == [f"https://news.example{path}" for path in WELL_KNOWN if path != "/feed"]


def test_a_page_tells_its_title_and_whether_it_asks_for_a_password():
    page = read_page(b"<title>Sign in &amp; read</title><a>x</a><input TYPE=Password>", base=HOME)
    assert (page.title, page.asks_password) == ("Sign in & read", True)


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b"\0\0\0",
        b"\xff\xfe<\0l\0",
        b"<div>" * 400_000,
        b"<a href='" * 200_000,
        b"<a " + b"x=1 " * 400_000,
        b"<!--",
    ],
)
def test_rubbish_costs_nothing_and_breaks_nothing(html):
    assert len(candidates(html, base=HOME)) == len(WELL_KNOWN)


def test_a_page_of_a_thousand_feeds_gives_the_first():
    page = "".join(alternate(f"/{number}.rss") for number in range(5000))
    assert len(candidates(page.encode(), base=HOME)) == 60
