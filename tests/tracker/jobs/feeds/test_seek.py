"""Looking for lost feeds on real sites, beside other workers and people."""

from datetime import timedelta
from functools import partial

import pytest

from news.fetch.connections import Limits, fetch_many
from tests.loopback import redirect, reply
from tests.makers import NOW, make_entry, make_feed
from tracker.curation.feeds import edit_feed, pause
from tracker.jobs.feeds import leases
from tracker.jobs.feeds.ingest import ingest
from tracker.jobs.feeds.seek import SeekReport, seek
from tracker.models import Attempt, Decision, Feed, Host
from tracker.pages.feeds.plan import search_in_words

pytestmark = pytest.mark.django_db
LIMITS = Limits(total_seconds=1, connect_seconds=1, idle_seconds=0.5, allowed_networks=("127.0.0.0/8",))
FETCH = partial(fetch_many, limits=LIMITS, user_agent="Test/1")
LATER = NOW + timedelta(hours=1)
DAY = timedelta(days=1)
STORY = "https://news.example/1"


def rss(*links, title="World"):
    items = "".join(f"<item><title>On {link}</title><link>{link}</link></item>" for link in links)
    return reply(f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode())


def page(*hrefs):
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{href}">' for href in hrefs)
    return reply(f"<!doctype html><title>The News</title>{links}".encode(), Content_Type="text/html")


def lost(site, *, statuses=(404, 404, 404), **fields):
    """A feed of the site that is not found, with one entry by which it is known."""
    feed = make_feed("World", **{"address": site.url("/old.xml"), "failures": len(statuses), **fields})
    for hours, status in enumerate(reversed(statuses)):
        Attempt.objects.create(feed=feed, at=NOW - timedelta(hours=hours), status=status, error="In words.")
    make_entry(feed=feed, link=STORY)
    return feed


def run(now=NOW, **options):
    return seek(now, **({"fetch": FETCH} | options))


def words(feed):
    feed.refresh_from_db()
    return search_in_words(feed)


def test_a_lost_feed_is_found_on_its_home_page_and_read_there(site):
    feed = lost(site, homepage=site.at("/news", page("/sport.xml", "/new.xml")), last_error="Not found.")
    site.at("/sport.xml", rss("https://news.example/9")), site.at("/new.xml", rss(STORY, "https://news.example/2"))
    assert run() == SeekReport(sought=1, moved=1)
    assert f"It was found at {site.url('/new.xml')} and is read there now." in words(feed)
    assert (feed.address, feed.failures, feed.last_error, feed.next_poll_at) == (site.url("/new.xml"), 0, "", NOW)
    decision = Decision.objects.get()
    assert (decision.verb, decision.by, decision.before) == ("move feed", "seek", {"address": site.url("/old.xml")})
    report = ingest(LATER, fetch=FETCH)
    assert (report.feeds, report.failed) == (1, 0)


def test_without_a_home_page_the_root_of_its_address_is_searched(site):
    feed = lost(site, homepage="")
    site.at("/", page("/new.xml")), site.at("/new.xml", rss(STORY))
    assert run().moved == 1
    assert "found at" in words(feed)


def test_a_feed_that_is_not_found_stays_as_it_is_and_its_page_says_so(site, client):
    feed = lost(site, last_error="The server answered 404 Not Found.")
    site.at("/", page("/sport.xml")), site.at("/sport.xml", rss("https://news.example/9", title="Sport"))
    assert run() == SeekReport(sought=1)
    told = "its site was searched on 6 Feb 2026. None was found on "
    assert told in words(feed)
    assert told in client.get(f"/feeds/{feed.pk}/").content.decode()
    assert (feed.address, feed.failures, feed.last_error) == (
        site.url("/old.xml"),
        3,
        "The server answered 404 Not Found.",
    )


def test_a_home_page_that_hangs_is_told_and_not_asked_again_for_a_month(site):
    feed = lost(site)
    site.at("/", lambda asked, _write: asked.stop.wait(20))
    assert run() == SeekReport(sought=1)
    assert f"{site.url('/')} could not be read. The server " in words(feed)
    assert run(NOW + 29 * DAY) == SeekReport()
    assert [asked.path for asked in site.asked] == ["/"]
    assert run(NOW + 30 * DAY).sought == 1


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, True),
        ({"statuses": (500, 0, 404)}, True),
        ({"statuses": (404, 404)}, False),
        ({"statuses": (404, 404, 500)}, False),
        ({"statuses": (404, 404, 404, 200), "failures": 0}, False),
        ({"state": "paused"}, False),
        ({"state": "stopped"}, False),
        ({"sought_at": NOW - 30 * DAY}, True),
        ({"sought_at": NOW - 29 * DAY}, False),
    ],
)
def test_what_is_missing_again_and_again_is_sought(site, fields, wanted):
    lost(site, **fields)
    assert Feed.objects.missing(NOW).exists() is wanted


def test_two_workers_at_once_ask_once(site):
    lost(site)
    site.at("/", page("/new.xml")), site.at("/new.xml", rss(STORY))
    meanwhile = []

    def fetch_while_another_works(requests):
        meanwhile.append(run())
        return FETCH(requests)

    assert run(fetch=fetch_while_another_works).moved == 1
    assert set(meanwhile) == {SeekReport()}
    assert [asked.path for asked in site.asked] == ["/", "/new.xml"]


def test_workers_that_start_together_seek_each_feed_once(site, other, at_once):
    for one in (site, other):
        lost(one)
        one.at("/", page("/new.xml")), one.at("/new.xml", rss(STORY))
    reports = at_once(run, run, run)
    assert (sum(report.sought for report in reports), sum(report.moved for report in reports)) == (2, 2)
    assert [len(one.asked) for one in (site, other)] == [2, 2]


def test_a_worker_killed_on_the_way_costs_one_search_and_no_feed(site):
    feed = lost(site)

    def die(_requests):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(fetch=die)
    assert "The search came to no end." in words(feed)
    assert run(LATER) == SeekReport()
    assert Feed.objects.due(NOW).get() == feed


def test_where_somebody_else_reads_it_already_it_is_left_and_told(site):
    feed = lost(site)
    site.at("/", page("/new.xml")), site.at("/new.xml", rss(STORY))
    make_feed("The world", address=site.url("/new.xml"))
    assert run() == SeekReport(sought=1)
    assert f"It was found at {site.url('/new.xml')}, where “The world” is read already." in words(feed)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda feed: pause(feed, by="carla", at=NOW, reason="Lost."), "has been paused meanwhile"),
        (lambda feed: Feed.objects.filter(pk=feed.pk).update(failures=0), "has been read meanwhile"),
    ],
)
def test_what_happened_meanwhile_stands(site, act, told):
    feed = lost(site)
    site.at("/", page("/new.xml")), site.at("/new.xml", rss(STORY))

    def fetch_while_somebody_acts(requests):
        if requests[0].address.endswith("/new.xml"):
            act(feed)
        return FETCH(requests)

    assert run(fetch=fetch_while_somebody_acts) == SeekReport(sought=1)
    assert told in words(feed)
    assert feed.address == site.url("/old.xml")


def test_the_address_that_a_curator_gives_meanwhile_stands(site):
    feed = lost(site)
    site.at("/", page("/new.xml")), site.at("/new.xml", rss(STORY))

    def fetch_while_a_curator_mends(requests):
        if requests[0].address.endswith("/new.xml"):
            facts = {"title": "World", "outlet": "", "homepage": ""}
            edit_feed(feed, address="https://news.example/mine", by="carla", at=NOW, **facts)
        return FETCH(requests)

    assert run(fetch=fetch_while_a_curator_mends) == SeekReport(sought=1)
    assert words(feed) == ""
    assert feed.address == "https://news.example/mine"


def test_a_site_that_is_being_asked_or_wants_to_be_left_alone_is_sought_later(site):
    feed = lost(site)
    site.at("/", page("/new.xml")), site.at("/new.xml", rss(STORY))
    Host.objects.create(name="127.0.0.1", frozen_until=NOW + timedelta(minutes=30))
    assert run() == SeekReport()
    assert (site.asked, words(feed)) == ([], "")
    assert run(LATER).moved == 1


def test_a_home_page_on_another_host_is_followed_once_that_host_is_held(site, other):
    feed = lost(site)
    site.at("/", redirect(other.at("/", page("/new.xml")))), other.at("/new.xml", rss(STORY))
    Host.objects.create(name=other.host, lease_until=NOW + leases.LEASE, lease_token="somebody's")
    assert run().sought == 1
    assert "127.0.0.2 is being asked for something else" in words(feed)
    assert other.asked == []
    later = NOW + 30 * DAY
    assert run(later).moved == 1
    assert not Host.objects.exclude(lease_until=None).exists()


def test_a_site_that_refuses_is_left_alone_by_everybody(site):
    lost(site)
    site.at("/", reply(b"", status=429, Retry_After="1800"))
    assert run().sought == 1
    assert Host.objects.get(name="127.0.0.1").frozen_until >= NOW + timedelta(minutes=30)


def test_one_search_that_breaks_does_not_keep_the_next_waiting(site, other):
    lost(site, last_success_at=NOW - DAY), lost(other, last_success_at=NOW)
    other.at("/", page("/new.xml")), other.at("/new.xml", rss(STORY))

    def break_on_the_first(requests):
        if "127.0.0.1" in requests[0].address:
            raise RuntimeError("Odd.")
        return FETCH(requests)

    assert run(fetch=break_on_the_first) == SeekReport(sought=2, moved=1)
    assert not Host.objects.exclude(lease_until=None).exists()
