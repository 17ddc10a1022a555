"""Feeds that move for good, and hosts that want to be left alone, through the real ingest job."""

from datetime import timedelta
from functools import partial

import pytest

from news.fetch.connections import Limits, fetch_many
from tests.loopback import redirect, reply
from tests.makers import NOW, make_feed
from tracker.curation.feeds import edit_feed
from tracker.jobs.feeds.ingest import IngestReport, ingest
from tracker.models import Attempt, Decision, Entry, Feed, Host

pytestmark = pytest.mark.django_db
LIMITS = Limits(total_seconds=5, connect_seconds=2, idle_seconds=1, allowed_networks=("127.0.0.0/8",))
FETCH = partial(fetch_many, limits=LIMITS, user_agent="Test/1")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def rss(number=1):
    item = f"<item><guid>g{number}</guid><title>Report {number}</title></item>"
    return reply(f"<rss version='2.0'><channel><title>World</title>{item}</channel></rss>".encode())


def poll(feed, *answers, fetch=FETCH):
    """The feed after a poll a day for each answer that its address gives; None for whatever it gave last."""
    for answer in answers:
        if answer:
            feed.site.at("/f", answer)
        feed.refresh_from_db()
        at = (feed.last_attempt_at or NOW) + DAY
        Feed.objects.filter(pk=feed.pk).update(next_poll_at=at)
        ingest(at, fetch=fetch)
    feed.refresh_from_db()
    return feed


@pytest.fixture
def feed(site):
    made = make_feed(address=site.url("/f"))
    made.site = site
    return made


# Moves


@pytest.mark.parametrize("status", [301, 308])
def test_three_answers_that_agree_move_a_feed_for_good(feed, site, other, status):
    to = other.at("/new", rss())
    moved = redirect(to, status=status)
    poll(feed, moved, moved)
    assert (feed.address, feed.moved_to, feed.moves_seen) == (site.url("/f"), to, 2)
    assert not Decision.objects.exists()
    poll(feed, moved)
    assert (feed.address, feed.moved_to, feed.moves_seen, feed.host) == (to, "", 0, None)
    decision = Decision.objects.about(feed).get()
    assert (decision.verb, decision.by) == ("move feed", "ingest")
    assert (decision.before, decision.after) == ({"address": site.url("/f")}, {"address": to})
    asked = len(site.asked)
    assert poll(feed, None).failures == 0
    assert (len(site.asked), Entry.objects.count()) == (asked, 1)


def test_a_passing_redirect_moves_nothing_however_often(feed, site):
    poll(feed, *[redirect(site.at("/new", rss()), status=302)] * 4)
    assert (feed.address, feed.moved_to) == (site.url("/f"), "")


def test_one_passing_step_makes_the_way_a_passing_one(feed, site):
    middle = site.at("/middle", redirect(site.at("/new", rss()), status=302))
    poll(feed, *[redirect(middle, status=301)] * 3)
    assert (feed.address, feed.moved_to, feed.failures) == (site.url("/f"), "", 0)


def test_a_sign_in_page_is_no_new_address(feed, site):
    page = reply(b"<!doctype html><title>Sign in</title><input type=password>", Content_Type="text/html")
    poll(feed, *[redirect(site.at("/sign-in", page), status=301)] * 4)
    assert (feed.address, feed.moved_to, feed.failures) == (site.url("/f"), "", 4)


def test_answers_that_disagree_begin_anew(feed, site):
    one, two = (redirect(site.at(path, rss()), status=301) for path in ("/one", "/two"))
    poll(feed, one, one, two)
    assert (feed.address, feed.moved_to, feed.moves_seen) == (site.url("/f"), site.url("/two"), 1)
    assert poll(feed, rss()).moves_seen == 0


def test_an_attempt_without_an_answer_does_not_interrupt_the_row(feed, site):
    moved = redirect(site.at("/new", rss()), status=301)
    poll(feed, moved, moved, lambda _asked, _write: None, moved)
    assert feed.address == site.url("/new")


def test_the_address_of_another_feed_is_not_taken(feed, site):
    make_feed(address=site.at("/new", rss()), state=Feed.State.PAUSED)
    poll(feed, *[redirect(site.url("/new"), status=301)] * 4)
    assert (feed.address, feed.failures, feed.last_error) == (site.url("/f"), 0, "")
    assert not Decision.objects.exists()


def test_two_feeds_that_move_to_one_address_at_once_do_not_both_get_it(feed, site):
    second = make_feed(address=site.at("/g", redirect(site.at("/new", rss()), status=301)))
    for row in (feed, second):
        Feed.objects.filter(pk=row.pk).update(moved_to=site.url("/new"), moves_seen=2)
    poll(feed, redirect(site.url("/new"), status=301))
    assert Feed.objects.filter(address=site.url("/new")).count() == 1
    assert not Feed.objects.exclude(last_error="").exists()


def test_the_address_that_a_curator_gives_meanwhile_stands(feed, site):
    moved = redirect(site.at("/new", rss()), status=301)

    def fetch_while_a_curator_mends(requests):
        answers = FETCH(requests)
        facts = {"title": "World", "outlet": "", "homepage": ""}
        edit_feed(feed, address="https://news.example/mine", by="carla", at=NOW, **facts)
        return answers

    poll(feed, moved, moved)
    poll(feed, moved, fetch=fetch_while_a_curator_mends)
    assert (feed.address, feed.moves_seen) == ("https://news.example/mine", 0)
    assert [decision.by for decision in Decision.objects.all()] == ["carla"]


# Freezes


@pytest.mark.parametrize("status", [429, 503])
def test_a_refusal_freezes_the_host_for_all_its_feeds_and_no_other(site, other, status):
    make_feed(address=site.at("/a", reply(b"", status=status, Retry_After="3600")), next_poll_at=NOW)
    make_feed(address=site.at("/b", rss()), next_poll_at=NOW + MINUTE)
    make_feed(address=other.at("/c", rss()), next_poll_at=NOW + MINUTE)
    assert ingest(NOW, fetch=FETCH) == IngestReport(feeds=1, failed=1)
    assert ingest(NOW + MINUTE, fetch=FETCH) == IngestReport(feeds=1, new_entries=1)
    assert [asked.path for asked in site.asked] == ["/a"]
    assert ingest(NOW + 61 * MINUTE, fetch=FETCH).new_entries == 1


def test_feeds_of_the_same_batch_are_not_asked_any_more_and_nothing_is_held_against_them(site, other):
    for number in range(8):
        make_feed(address=site.at(f"/{number}", reply(b"", status=429, Retry_After="600")))
    make_feed(address=other.at("/f", rss()))
    report = ingest(NOW, fetch=FETCH)
    # Two connections may be open when the first answer comes.
    assert 1 <= len(site.asked) <= 3
    assert (report.feeds, report.new_entries) == (len(site.asked) + 1, 1)
    put_off = Feed.objects.filter(address__startswith=site.url(), last_attempt_at=None)
    assert put_off.filter(failures=0, lease_until=None, attempts=None).count() == 8 - len(site.asked)
    assert ingest(NOW + 9 * MINUTE, fetch=FETCH) == IngestReport()
    assert ingest(NOW + 11 * MINUTE, fetch=FETCH).failed >= 1


def test_after_a_redirect_the_host_that_answered_is_frozen(feed, other):
    poll(feed, redirect(other.at("/new", reply(b"", status=429, Retry_After="600"))))
    frozen = dict(Host.objects.values_list("name", "frozen_until"))
    assert frozen["127.0.0.1"] is None
    assert frozen["127.0.0.2"] >= feed.last_attempt_at + 10 * MINUTE


def test_a_refusal_without_a_time_counts_for_longer_each_time(feed):
    waits = []
    for number in range(3):
        at = NOW + number * DAY
        Feed.objects.filter(pk=feed.pk).update(next_poll_at=at)
        feed.site.at("/f", reply(b"", status=503))
        ingest(at, fetch=FETCH)
        waits.append((Host.objects.get().frozen_until - at) // (15 * MINUTE))
    assert waits == [1, 2, 4]


def test_no_answer_shortens_a_freeze(site):
    make_feed(address=site.at("/a", reply(b"", status=429, Retry_After="7200")))
    make_feed(address=site.at("/b", reply(b"", status=429, Retry_After="60")))
    ingest(NOW, fetch=FETCH)
    asked = {asked.path for asked in site.asked}
    longest = 120 if "/a" in asked else 1
    assert Host.objects.get().frozen_until >= NOW + longest * MINUTE
    assert Attempt.objects.count() == len(asked)
