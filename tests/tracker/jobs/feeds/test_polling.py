"""What the ingest job remembers of a look, so that the next one comes when it should."""

from datetime import timedelta
from functools import partial

import pytest

from news.fetch.connections import Limits, fetch_many
from tests.loopback import reply
from tests.makers import NOW, make_feed
from tracker.jobs.feeds.ingest import ingest
from tracker.models import Push

pytestmark = pytest.mark.django_db
FETCH = partial(
    fetch_many,
    limits=Limits(total_seconds=5, connect_seconds=2, idle_seconds=1, allowed_networks=("127.0.0.0/8",)),
    user_agent="Test/1",
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def rss(*hours_ago, extra=""):
    dates = [(NOW - hours * HOUR).strftime("%a, %d %b %Y %H:%M:%S GMT") for hours in hours_ago]
    items = "".join(f"<item><guid>{n}</guid><pubDate>{date}</pubDate></item>" for n, date in enumerate(dates))
    return f"<rss version='2.0'><channel><title>World</title>{extra}{items}</channel></rss>".encode()


def polled(feed, at=NOW):
    ingest(at, fetch=FETCH)
    feed.refresh_from_db()
    return feed


def test_the_dates_of_the_first_document_set_the_rhythm(site):
    daily = make_feed(address=site.at("/daily", reply(rss(*range(10, 250, 24)))))
    hourly = make_feed(address=site.at("/hourly", reply(rss(*range(15)))))
    assert polled(hourly).interval_minutes < 60 < polled(daily).interval_minutes


def test_what_a_feed_asks_for_is_kept_to_when_its_document_has_not_changed(site):
    feed = make_feed(address=site.at("/f", reply(rss(1, extra="<ttl>600</ttl>"), ETag='"1"')))
    assert polled(feed).next_poll_at >= NOW + 10 * HOUR
    site.at("/f", reply(b"", status=304))
    again = NOW + 20 * HOUR
    assert polled(feed, again).next_poll_at >= again + 10 * HOUR


def test_what_its_server_asks_for_is_kept_to(site):
    feed = make_feed(address=site.at("/f", reply(rss(1), Cache_Control="max-age=36000")))
    assert polled(feed).next_poll_at >= NOW + 10 * HOUR


def test_the_hours_that_a_document_skips_are_skipped_after_a_304_as_well(site):
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(9, 20))
    site.at("/f", reply(rss(1, extra=f"<skipHours>{hours}</skipHours>"), ETag='"1"'))
    feed = make_feed(address=site.url("/f"))
    assert polled(feed).next_poll_at.hour == 20
    site.at("/f", reply(b"", status=304))
    assert polled(feed, NOW + 24 * HOUR).next_poll_at.hour == 20
    assert site.asked[-1].headers["if-none-match"] == '"1"'


def test_a_feed_without_a_wish_in_its_next_document_is_free_of_the_old_one(site):
    feed = make_feed(address=site.at("/f", reply(rss(1, extra="<ttl>600</ttl>"))))
    assert polled(feed).asked_minutes == 600
    site.at("/f", reply(rss(1)))
    assert polled(feed, NOW + 20 * HOUR).asked_minutes == 0


@pytest.mark.parametrize(
    ("fields", "slower"),
    [
        ({"last_push_at": NOW - DAY}, True),
        ({"asked_at": NOW - HOUR}, True),
        ({"last_push_at": NOW - 11 * DAY, "asked_at": NOW - 11 * DAY}, False),
        ({"last_push_at": NOW - DAY, "lapses_at": NOW - HOUR}, False),
        ({"last_push_at": NOW - DAY, "state": "denied"}, False),
    ],
)
def test_a_feed_whose_hub_delivers_is_polled_less(site, fields, slower):
    feed = make_feed(address=site.at("/f", reply(rss(*range(15)))), hub="https://hub.example/", topic="t")
    Push.objects.create(feed=feed, **{"path": "p", "state": "active", "lapses_at": NOW + DAY, **fields})
    polled(feed)
    assert (feed.next_poll_at - NOW > 3 * timedelta(minutes=feed.interval_minutes)) is slower


def test_a_feed_whose_hub_delivers_is_tried_again_as_any_other_after_an_error(site):
    feed = make_feed(address=site.at("/f", reply(b"", status=500)), interval_minutes=60)
    Push.objects.create(feed=feed, path="p", state="active", lapses_at=NOW + DAY, last_push_at=NOW - HOUR)
    assert polled(feed).next_poll_at < NOW + 2 * HOUR


def test_a_failed_look_leaves_the_rhythm_and_what_was_asked(site):
    feed = make_feed(address=site.at("/f", reply(b"", status=500)), interval_minutes=45, asked_minutes=300)
    polled(feed)
    assert (feed.interval_minutes, feed.asked_minutes) == (45, 300)
    assert feed.next_poll_at >= NOW + 5 * HOUR


def test_a_feed_that_skips_these_hours_is_polled_after_them(site):
    feed = make_feed(address=site.at("/f", reply(b"", status=304)), skip_hours=0b111 << 9, skip_days=0)
    assert polled(feed).next_poll_at.hour == 12
