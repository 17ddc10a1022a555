from functools import partial

import pytest

from news.fetch.connections import Limits, fetch_many
from news.polling.finding import MOST_TRIED, NothingFound, find, same_feed_elsewhere
from tests.loopback import Site, redirect, reply
from tests.makers import NOW

QUICK = Limits(total_seconds=2, allowed_networks=["127.0.0.0/8"])
FETCH = partial(fetch_many, limits=QUICK, user_agent="test")
GUARDED = partial(fetch_many, limits=Limits(), user_agent="test")


def rss(title="World", *links):
    items = "".join(f"<item><title>On {link}</title><link>{link}</link></item>" for link in links)
    return reply(f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode())


def page(markup):
    return reply(f"<!doctype html><title>The News</title>{markup}".encode(), Content_Type="text/html")


def alternate(href, title=""):
    return f'<link rel="alternate" type="application/rss+xml" href="{href}" title="{title}">'


def find_at(address, fetch=FETCH):
    return find(address, fetch=fetch, fetch_next=fetch, now=NOW)


@pytest.fixture
def site():
    with Site() as site:
        yield site


def test_a_feeds_own_address_is_fetched_once(site):
    found = find_at(site.at("/a.xml", rss("World", "https://news.example/1")))
    assert (found.is_page, found.feeds[0].parsed.title, len(site.asked)) == (False, "World", 1)


def test_a_home_page_leads_to_its_feeds_those_of_comments_last(site):
    home = site.at("/", page(alternate("/c.xml", "Comments") + alternate("/a.xml", "All") + alternate("/lost.xml")))
    site.at("/a.xml", rss("World")), site.at("/c.xml", rss("Talk"))
    found = find_at(home)
    assert (found.is_page, found.page_title) == (True, "The News")
    assert [(feed.name, feed.parsed.title) for feed in found.feeds] == [("All", "World"), ("Comments", "Talk")]


def test_the_usual_places_are_tried_two_at_once_until_one_holds_a_feed(site):
    site.at("/rss.xml", rss()), site.at("/feed.json", rss())
    found = find_at(site.at("/", page("no links")))
    assert [feed.address for feed in found.feeds] == [site.url("/rss.xml")]
    assert [asked.path for asked in site.asked[:1]] == ["/"]
    assert {asked.path for asked in site.asked[1:]} == {"/feed", "/rss", "/rss.xml", "/atom.xml"}
    assert site.most_at_once <= 2


def test_no_more_than_eight_places_are_tried(site):
    home = site.at("/", page("".join(alternate(f"/{number}.rss") for number in range(50))))
    with pytest.raises(NothingFound, match="a link named RSS or Feed"):
        find_at(home)
    assert len(site.asked) == 1 + MOST_TRIED


def test_two_ways_to_one_feed_are_one(site):
    site.at("/a.xml", rss()), site.at("/feed", redirect("/a.xml"))
    found = find_at(site.at("/", page(alternate("/feed") + alternate("/a.xml"))))
    assert [feed.final_address for feed in found.feeds] == [site.url("/a.xml")]


@pytest.mark.parametrize(("status", "kept"), [(301, "/new.xml"), (302, "/old.xml")])
def test_only_a_permanent_move_changes_the_address(site, status, kept):
    site.at("/new.xml", rss())
    assert find_at(site.at("/old.xml", redirect("/new.xml", status=status))).feeds[0].address == site.url(kept)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (page("nothing here"), "neither what it links to nor the usual places"),
        (page("<input type=password>"), "asks to sign in"),
        (reply(b"GIF89a\0\0"), "binary file, not a feed. Give the address"),
        (reply(b"<opml><body/></opml>"), "import it as a list"),
        (reply(b""), "empty document"),
        (reply(b"", status=404), "answered 404 Not Found. Check the address"),
        (reply(b"", status=403), "lets only those in whom it knows"),
        (lambda asked, write: asked.stop.wait(10), "did not answer within 2 s"),
        (lambda asked, write: write(b"rubbish\r\n\r\n"), "not proper HTTP"),
    ],
)
def test_what_leads_to_no_feed_is_refused_in_words_that_say_what_to_do(site, answer, words):
    with pytest.raises(NothingFound, match=words):
        find_at(site.at("/", answer))


def test_a_private_address_is_refused_and_never_asked(site):
    with pytest.raises(NothingFound, match="leads to this machine"):
        find_at(site.at("/", rss()), fetch=GUARDED)
    assert site.asked == []


def test_a_moved_feed_is_known_again_by_a_link_of_its_entries(site):
    home = site.at("/", page(alternate("/sport.xml") + alternate("/new.xml")))
    (
        site.at("/sport.xml", rss("Sport", "https://news.example/9")),
        site.at("/new.xml", rss("W", "https://news.example/1")),
    )
    links = ["https://news.example/1?utm_source=rss"]
    assert same_feed_elsewhere(home, title="World", links=links, fetch=FETCH, now=NOW) == site.url("/new.xml")


def test_or_by_its_title_where_only_one_has_it(site):
    home = site.at("/", page(alternate("/a.xml") + alternate("/b.xml")))
    site.at("/a.xml", rss("World")), site.at("/b.xml", rss("Sport"))
    assert same_feed_elsewhere(home, title="world", links=[], fetch=FETCH, now=NOW) == site.url("/a.xml")
    site.at("/b.xml", rss("World"))
    assert same_feed_elsewhere(home, title="world", links=[], fetch=FETCH, now=NOW) == ""


def test_another_feed_of_the_site_is_not_taken_for_it(site):
    home = site.at("/", page(alternate("/a.xml")))
    site.at("/a.xml", rss("Sport", "https://news.example/9"))
    assert same_feed_elsewhere(home, title="World", links=["https://news.example/1"], fetch=FETCH, now=NOW) == ""


def test_a_home_page_that_cannot_be_searched_is_told_from_one_without_the_feed(site):
    with pytest.raises(NothingFound, match=r"/gone could not be read\. The server answered 404"):
        same_feed_elsewhere(site.url("/gone"), title="World", links=[], fetch=FETCH, now=NOW)
    with pytest.raises(NothingFound, match="no web page"):
        same_feed_elsewhere(site.at("/", rss()), title="World", links=[], fetch=FETCH, now=NOW)
