import re

import pytest
from django.utils import timezone

from tests.loopback import Site, redirect, reply
from tests.makers import make_feed, make_outlet, make_user
from tracker.models import Decision, Feed

pytestmark = pytest.mark.django_db


def rss(title="World", *, items=3):
    rows = "".join(
        f"<item><title>Report {n}</title><link>https://news.example/{n}</link>"
        f"<pubDate>Mon, 0{n + 1} Feb 2021 09:00:00 GMT</pubDate></item>"
        for n in range(items)
    )
    body = f"<rss version='2.0'><channel><title>{title}</title><language>en-gb</language>{rows}</channel></rss>"
    return reply(body.encode())


def page(*feeds):
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{feed}">' for feed in feeds)
    return reply(f"<!doctype html><title>The News</title>{links}".encode(), Content_Type="text/html")


@pytest.fixture
def site(settings):
    settings.HINDCAST_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    with Site() as site:
        yield site


def look(client, address):
    return client.post("/feeds/add/", {"address": address})


def signed(answer) -> str:
    return re.search(r'name="found" value="([^"]+)"', answer.content.decode())[1]


def test_a_feed_is_looked_at_before_anything_is_stored(curator, site):
    text = look(curator, site.at("/a.xml", rss())).content.decode()
    for words in ("<h1>World</h1>", "3 listed; about 7 entries a week", "en-gb", "Report 2", "3 Feb 2021, 09:00"):
        assert words in text
    assert text.index("Report 2") < text.index("Report 0")
    assert not Feed.objects.exists()


def test_following_stores_it_as_mended_and_leads_to_its_page(curator, site):
    found = signed(look(curator, site.at("/a.xml", rss())))
    answer = curator.post("/feeds/follow/", {"found": found, "title": "The World", "outlet": "Globe"})
    feed = Feed.objects.get()
    assert answer.url == f"/feeds/{feed.pk}/"
    assert (feed.title, feed.outlet.name, feed.address, feed.language) == (
        "The World",
        "Globe",
        site.url("/a.xml"),
        "en-gb",
    )
    assert feed.next_poll_at <= timezone.now()
    assert Decision.objects.get().verb == "add feed"


def test_a_home_page_with_several_feeds_gives_the_choice(curator, site):
    site.at("/a.xml", rss("World")), site.at("/comments.xml", rss("Talk"))
    text = look(curator, site.at("/", page("/comments.xml", "/a.xml"))).content.decode()
    assert "Two feeds of The News" in text
    assert text.index("World") < text.index("Talk") < text.index("what readers wrote")
    assert f'value="{site.url("/a.xml")}"' in text


def test_a_home_page_with_one_feed_leads_straight_to_it(curator, site):
    site.at("/a.xml", rss("World"))
    assert "found on the page you named" in look(curator, site.at("/", page("/a.xml"))).content.decode()


def test_a_feed_that_is_followed_already_is_said_so_with_a_link(curator, site):
    feed = make_feed("Old friend", address=site.at("/a.xml", rss()))
    text = look(curator, site.at("/alias", redirect("/a.xml"))).content.decode()
    assert f'href="/feeds/{feed.pk}/">Old friend</a>' in text
    assert "Follow this feed" not in text


def test_the_outlet_of_the_same_host_is_proposed(curator, site):
    make_feed(address=site.url("/b.xml"), outlet=make_outlet("Globe"))
    assert 'value="Globe"' in look(curator, site.at("/a.xml", rss())).content.decode()


def test_a_permanent_move_is_followed(curator, site):
    site.at("/new.xml", rss())
    found = signed(look(curator, site.at("/old.xml", redirect("/new.xml", status=301))))
    curator.post("/feeds/follow/", {"found": found, "title": "World"})
    assert Feed.objects.get().address == site.url("/new.xml")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (page(), "a link named RSS or Feed"),
        (reply(b"<html><input type=password>", Content_Type="text/html"), "asks to sign in"),
        (reply(b"\x89PNG\0\0"), "binary file"),
        (reply(b"", status=500), "answered 500"),
        (lambda asked, write: write(b"rubbish\r\n\r\n"), "not proper HTTP"),
    ],
)
def test_a_refusal_stands_beside_the_field(curator, site, answer, words):
    answer = look(curator, site.at("/", answer))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'id="id_address_error"' in answer.content.decode()


@pytest.mark.parametrize("address", ["", "nonsense", "ftp://news.example/a", "https://me:secret@news.example/"])
def test_an_address_that_is_none_is_told_beside_the_field(curator, address):
    assert 'id="id_address_error"' in look(curator, address).content.decode()


def test_a_private_address_is_refused_by_name(curator, site, settings):
    settings.HINDCAST_ALLOWED_NETWORKS = []
    assert "leads to this machine (127.0.0.1)" in look(curator, site.at("/", rss())).content.decode()
    assert site.asked == []


def test_hostile_words_of_a_feed_stay_words(curator, site):
    text = look(curator, site.at("/a.xml", rss("&lt;script&gt;alert(1)&lt;/script&gt;Now"))).content.decode()
    assert "<script>alert" not in text


def test_what_was_found_cannot_be_forged(curator):
    answer = curator.post("/feeds/follow/", {"found": "forged", "title": "X"}, follow=True)
    assert "look at the feed once more" in answer.content.decode()
    assert not Feed.objects.exists()


def test_following_twice_is_refused_in_words(curator, site):
    found = signed(look(curator, site.at("/a.xml", rss())))
    curator.post("/feeds/follow/", {"found": found, "title": "World"})
    again = curator.post("/feeds/follow/", {"found": found, "title": "World"})
    assert (again.status_code, Feed.objects.count()) == (422, 1)
    assert "there already, as “World”" in again.content.decode()


def test_a_title_is_asked_for(curator, site):
    found = signed(look(curator, site.at("/a.xml", rss())))
    answer = curator.post("/feeds/follow/", {"found": found, "title": ""})
    assert (answer.status_code, Feed.objects.count()) == (422, 0)
    assert signed(answer) == found


@pytest.mark.parametrize("address", ["/feeds/add/", "/feeds/follow/"])
def test_only_curators_add(client, address):
    assert "/account/sign-in/" in client.post(address, {"address": "https://news.example/"}).url
    client.force_login(make_user())
    assert client.post(address).status_code == 403
