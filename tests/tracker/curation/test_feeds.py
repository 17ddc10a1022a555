from datetime import UTC, datetime, timedelta

import pytest

from forecasts.refused import Refused
from tracker.curation import feeds
from tracker.models import Decision, Feed, Host, User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 6, 9, 42, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ADDRESS = "https://news.example/world.xml"


def a_feed(**changes) -> Feed:
    facts = {"title": "World", "address": ADDRESS, "next_poll_at": NOW, "added_at": NOW}
    return Feed.objects.create(**(facts | changes))


def test_a_feed_is_added_due_at_once_and_the_decision_names_the_curator():
    ann = User.objects.create(username="ann", email="ann@site.example", role="curator")
    feed = feeds.add_feed("HTTPS://News.Example:443/world.xml#top", title=" World ", outlet="The World", by=ann, at=NOW)
    assert (feed.address, feed.title, feed.outlet.name, feed.next_poll_at) == (ADDRESS, "World", "The World", NOW)
    decision = Decision.objects.get()
    assert (decision.by, decision.user, decision.verb, decision.subject) == ("ann", ann, "add feed", feed)


def test_a_feed_without_a_title_is_named_for_its_host():
    assert feeds.add_feed(ADDRESS, by="ann", at=NOW).title == "news.example"


def test_a_feed_twice_is_refused_by_name():
    feeds.add_feed(ADDRESS, title="World", by="ann", at=NOW)
    with pytest.raises(Refused, match="there already, as “World”"):
        feeds.add_feed(ADDRESS, by="ben", at=LATER)
    assert (Feed.objects.count(), Decision.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "address", ["", "ftp://news.example/", "news.example", "https://a:b@news.example/", "javascript:1"]
)
def test_what_is_no_address_is_refused_in_words(address):
    with pytest.raises(Refused, match=r"^The address .+\.$"):
        feeds.add_feed(address, by="ann", at=NOW)
    assert not Feed.objects.exists()


@pytest.mark.parametrize("minutes", [0, -5, 10_081])
def test_an_interval_is_between_five_minutes_and_a_week(minutes):
    with pytest.raises(Refused, match="interval"):
        feeds.add_feed(ADDRESS, interval_minutes=minutes, by="ann", at=NOW)


def test_a_paused_feed_is_not_due_until_it_is_resumed():
    feed = a_feed(failures=3)
    feeds.pause(feed, by="ann", at=NOW, reason="doubles another")
    assert not Feed.objects.due(LATER).exists()
    feeds.resume(feed, by="ben", at=LATER)
    assert Feed.objects.due(LATER).get().failures == 0
    assert [decision.verb for decision in Decision.objects.order_by("pk")] == ["pause feed", "resume feed"]
    assert Decision.objects.get(verb="pause feed").after == {"state": "paused"}


def test_a_stopped_feed_can_be_resumed():
    assert feeds.resume(a_feed(state="stopped"), by="ann", at=NOW).state == "active"


def test_pausing_needs_a_reason_and_happens_once():
    feed = a_feed()
    with pytest.raises(Refused, match="Say why"):
        feeds.pause(feed, by="ann", at=NOW, reason=" ")
    feeds.pause(feed, by="ann", at=NOW, reason="noise")
    with pytest.raises(Refused, match="paused already"):
        feeds.pause(feed, by="ben", at=LATER, reason="noise")
    assert Decision.objects.count() == 1


def test_poll_now_makes_a_waiting_feed_due():
    feed = a_feed(next_poll_at=LATER)
    feeds.poll_now(feed, by="ann", at=NOW)
    assert Feed.objects.due(NOW).get() == feed
    assert Decision.objects.get().before == {"next_poll_at": LATER.isoformat()}


def test_a_feed_of_a_frozen_host_is_not_polled_now():
    feed = a_feed(host=Host.objects.create(name="news.example", frozen_until=LATER))
    with pytest.raises(Refused, match=r"left alone until 2026-02-06 10:42 UTC"):
        feeds.poll_now(feed, by="ann", at=NOW)
    assert feeds.poll_now(feed, by="ann", at=LATER).next_poll_at == LATER


def test_a_paused_feed_is_not_polled_now():
    with pytest.raises(Refused, match="resume it first"):
        feeds.poll_now(a_feed(state="paused"), by="ann", at=NOW)


@pytest.mark.parametrize("decide", [feeds.resume, feeds.poll_now, feeds.pause])
def test_an_archive_is_never_polled(decide):
    with pytest.raises(Refused, match="archive"):
        decide(a_feed(state="archive"), by="ann", at=NOW, reason="why not")
    assert not Decision.objects.exists()


def mended(feed, **changes) -> Feed:
    said = {"address": feed.address, "title": feed.title, "outlet": "", "homepage": "", "reason": "as its site says"}
    return feeds.edit_feed(feed, **(said | changes), by="ann", at=LATER)


def test_a_new_address_begins_anew_and_keeps_what_the_feed_is():
    host = Host.objects.create(name="news.example")
    old = {
        "etag": "x",
        "last_modified": "y",
        "document_sha256": "z",
        "moved_to": "m",
        "moves_seen": 2,
        "failures": 3,
    }
    feed = mended(a_feed(host=host, lease_token="held", lease_until=LATER, **old), address="https://b.example/new.xml")
    feed.refresh_from_db()
    assert (feed.address, feed.host, feed.next_poll_at) == ("https://b.example/new.xml", None, LATER)
    assert [getattr(feed, name) for name in old] == ["", "", "", "", 0, 0]
    assert (feed.lease_token, feed.lease_until) == ("", None)
    decision = Decision.objects.get()
    assert (decision.verb, decision.before, decision.reason) == ("edit feed", {"address": ADDRESS}, "as its site says")


def test_a_new_title_or_outlet_leaves_the_reading_alone():
    feed = mended(a_feed(etag="x", failures=2), title=" Globe ", outlet="The Globe", homepage="https://Globe.Example")
    assert (feed.title, feed.outlet.name, feed.homepage) == ("Globe", "The Globe", "https://globe.example/")
    assert (feed.etag, feed.failures, feed.next_poll_at) == ("x", 2, NOW)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Nothing is different"),
        ({"title": " "}, "title"),
        ({"address": "ftp://news.example/"}, "must begin with http"),
        ({"homepage": "nowhere"}, "must begin with http"),
        ({"address": "http://other.example/a.xml"}, "there already, as “Other”"),
    ],
)
def test_what_cannot_be_mended_is_refused_in_words(changes, words):
    a_feed(title="Other", address="https://other.example/a.xml")
    with pytest.raises(Refused, match=words):
        mended(a_feed(), **changes)
    assert not Decision.objects.exists()


def test_the_same_address_by_http_is_the_same_feed():
    feeds.add_feed(ADDRESS, by="ann", at=NOW)
    with pytest.raises(Refused, match="there already"):
        feeds.add_feed(ADDRESS.replace("https", "http"), by="ann", at=NOW)


def test_an_archive_keeps_its_address():
    with pytest.raises(Refused, match="archive"):
        mended(a_feed(state="archive"), address="https://b.example/new.xml")
