from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.news.schedule import asked_wait, demanded_wait, next_poll

NOW = datetime(2026, 2, 6, 9, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def poll(**changes):
    facts = {"address": "https://n.example/f", "ok": True, "failures": 0, "new_entries": 0, "previous_minutes": 60}
    return next_poll(NOW, **(facts | changes))


def test_news_quickens_the_rhythm_and_silence_slows_it():
    assert poll(new_entries=5).interval_minutes == 30
    assert poll(new_entries=1).interval_minutes == 60
    assert poll(new_entries=0).interval_minutes == 90


@given(st.booleans(), st.integers(0, 10**6), st.integers(0, 10**4), st.integers(0, 10**6), st.timedeltas(timedelta(0)))
def test_no_poll_comes_sooner_than_ten_minutes_or_later_than_a_week(ok, failures, new, previous, asked):
    found = poll(ok=ok, failures=failures, new_entries=new, previous_minutes=previous, asked=asked, retry_after=asked)
    assert 10 * MINUTE <= found.at - NOW <= 7 * DAY
    assert 10 <= found.interval_minutes <= 24 * 60


def test_a_healthy_feed_is_read_daily_at_least():
    assert poll(previous_minutes=10**6, asked=30 * DAY).at - NOW == DAY


def test_a_feed_that_asks_to_be_left_alone_is():
    assert poll(new_entries=5, asked=6 * HOUR).at - NOW >= 6 * HOUR


def test_errors_wait_twice_as_long_each_time_up_to_a_week():
    waits = [poll(ok=False, failures=n).at - NOW for n in range(1, 12)]
    assert waits[0] >= HOUR
    assert all(abs(later / sooner - 2) < 0.01 for sooner, later in pairwise(waits[:6]))
    assert waits[-1] == 7 * DAY


def test_errors_leave_the_rhythm_as_it_was():
    assert poll(ok=False, failures=9, previous_minutes=45).interval_minutes == 45


def test_a_server_that_says_when_to_come_back_is_obeyed():
    assert poll(ok=False, failures=1, retry_after=2 * DAY).at - NOW >= 2 * DAY


def test_feeds_are_parted_from_each_other_but_not_from_themselves():
    assert poll(address="https://a.example/") == poll(address="https://a.example/")
    assert len({poll(address=f"https://{n}.example/").at for n in range(50)}) == 50


@pytest.mark.parametrize(
    ("headers", "ttl", "wait"),
    [
        ({}, 0, timedelta(0)),
        ({"cache-control": "public, max-age=900"}, 5, 15 * MINUTE),
        ({"cache-control": "MAX-AGE = 60"}, 30, 30 * MINUTE),
        ({"cache-control": "s-maxage=900"}, 0, timedelta(0)),
        ({"cache-control": "max-age=forever"}, 0, timedelta(0)),
    ],
)
def test_what_a_feed_asks_for_is_the_longer_of_ttl_and_max_age(headers, ttl, wait):
    assert asked_wait(headers, ttl_minutes=ttl) == wait


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", 2 * MINUTE),
        ("Fri, 06 Feb 2026 11:00:00 GMT", 2 * HOUR),
        ("Fri, 06 Feb 2026 11:00:00 -0000", 2 * HOUR),
        ("Thu, 05 Feb 2026 11:00:00 GMT", timedelta(0)),
        ("soon", timedelta(0)),
        ("-5", timedelta(0)),
        ("", timedelta(0)),
    ],
)
def test_retry_after_is_understood_as_seconds_and_as_a_date(value, wait):
    assert demanded_wait({"retry-after": value}, now=NOW) == wait
