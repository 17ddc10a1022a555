from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.polling.schedule import Look, asked_wait, demanded_wait, frozen_until, next_poll

NOW = datetime(2026, 2, 6, 9, 0, tzinfo=UTC)  # a Friday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOTHING = timedelta(0)


def poll(now=NOW, **changes):
    facts = {"address": "https://n.example/f", "interval_minutes": 60, "since": HOUR}
    return next_poll(now, Look(**(facts | changes)))


def wait(**changes):
    return poll(**changes).at - NOW


# The rhythm and its bounds


def test_news_brings_the_next_look_nearer_and_silence_puts_it_off():
    assert poll(new_entries=9).interval_minutes < 60 <= poll(new_entries=0).interval_minutes


@given(
    st.integers(0, 10**6),
    st.integers(0, 10**4),
    st.integers(0, 10**6),
    st.none() | st.timedeltas(NOTHING),
    st.timedeltas(NOTHING),
    st.timedeltas(NOTHING),
)
def test_no_poll_comes_sooner_than_ten_minutes_or_later_than_a_week(failures, new, minutes, since, asked, retry):
    found = poll(
        failures=failures, new_entries=new, interval_minutes=minutes, since=since, asked=asked, retry_after=retry
    )
    assert 10 * MINUTE <= found.at - NOW <= 7 * DAY
    assert 10 <= found.interval_minutes <= 24 * 60


def test_a_healthy_feed_is_read_daily_at_least():
    assert 0.9 * DAY < wait(interval_minutes=10**6, since=90 * DAY) <= DAY
    assert wait(asked=30 * DAY) == DAY


def test_a_feed_that_asks_to_be_left_alone_is():
    assert wait(new_entries=5, asked=6 * HOUR) >= 6 * HOUR
    assert wait(failures=1, asked=6 * HOUR) >= 6 * HOUR


def test_the_first_document_s_dates_set_the_rhythm_and_without_dates_it_stays():
    assert poll(since=None, published=[NOW - n * 5 * MINUTE for n in range(15)]).interval_minutes < 40
    assert poll(since=None, new_entries=15).interval_minutes == 60


def test_a_slow_drift_is_not_lost_in_rounding():
    minutes, now = 20, NOW
    for _ in range(40):
        now += minutes * MINUTE
        minutes = poll(now, interval_minutes=minutes, since=minutes * MINUTE).interval_minutes
    assert minutes > 25


# Errors


def test_errors_wait_half_as_long_again_each_time_up_to_a_week():
    waits = [wait(failures=n) for n in range(1, 20)]
    assert waits[0] >= HOUR
    assert all(abs(later / sooner - 1.5) < 0.01 for sooner, later in pairwise(waits[:12]))
    assert 5.5 * DAY < waits[-1] <= 7 * DAY


def test_errors_leave_the_rhythm_as_it_was():
    assert poll(failures=9, interval_minutes=45).interval_minutes == 45


def test_a_quiet_feed_that_failed_once_is_tried_again_within_hours():
    assert wait(failures=1, interval_minutes=1440) < 2 * HOUR


# Chance


def test_the_same_look_has_the_same_answer():
    assert poll() == poll()


@pytest.mark.parametrize("changes", [{}, {"failures": 1}, {"failures": 20}, {"interval_minutes": 1440, "since": DAY}])
def test_feeds_of_one_host_are_parted_from_each_other(changes):
    assert len({wait(address=f"https://n.example/{n}", **changes) // MINUTE for n in range(200)}) >= 5


def test_two_feeds_that_met_once_do_not_stay_together():
    gaps = []
    for n in range(20):
        now = NOW + n * DAY
        gaps.append(poll(now, address="https://n.example/a").at - poll(now, address="https://n.example/b").at)
    assert min(gaps) < NOTHING < max(gaps)


# Hours and days to be skipped


def bits(*numbers):
    return sum(1 << number for number in numbers)


def test_hours_that_a_feed_skips_are_left_out():
    found = poll(skip_hours=bits(10, 11, 12))
    assert (found.at.date(), found.at.hour) == (NOW.date(), 13)
    assert poll(skip_hours=bits(3, 4)) == poll()


def test_days_that_a_feed_skips_are_left_out():
    found = poll(interval_minutes=1440, since=DAY, skip_days=bits(5, 6))
    assert found.at.strftime("%A %H") == "Monday 00"
    assert poll(failures=4, skip_days=bits(4)).at.strftime("%A") == "Saturday"


def test_what_was_put_off_is_spread_over_the_first_hour_allowed():
    minutes = {poll(address=f"https://n.example/{n}", skip_hours=bits(10)).at.minute for n in range(200)}
    assert max(minutes) - min(minutes) > 45


def test_a_feed_that_skips_all_hours_or_all_days_is_not_believed():
    assert poll(skip_hours=2**24 - 1) == poll(skip_days=2**7 - 1) == poll()
    assert poll(skip_hours=2**24 - 1, skip_days=bits(4)).at.strftime("%A") == "Saturday"


@given(st.integers(0, 2**24), st.integers(0, 2**7), st.integers(0, 7 * 24 * 60))
def test_skipping_never_hurries_and_ends_within_a_week(hours, days, after):
    now = NOW + after * MINUTE
    free, found = poll(now).at, poll(now, skip_hours=hours, skip_days=days).at
    assert free <= found <= free + 8 * DAY


# What servers say


def test_a_server_that_says_when_to_come_back_is_obeyed():
    assert wait(failures=1, retry_after=2 * DAY) >= 2 * DAY
    assert wait(retry_after=3 * HOUR) >= 3 * HOUR
    assert wait(failures=1, retry_after=90 * DAY) == 7 * DAY


@pytest.mark.parametrize(
    ("headers", "ttl", "wanted"),
    [
        ({}, 0, NOTHING),
        ({"cache-control": "public, max-age=900"}, 5, 15 * MINUTE),
        ({"cache-control": "MAX-AGE = 60"}, 30, 30 * MINUTE),
        ({"cache-control": "s-maxage=900"}, 0, NOTHING),
        ({"cache-control": "max-age=forever"}, 0, NOTHING),
        ({"cache-control": "max-age=900", "age": "600"}, 0, 5 * MINUTE),
        ({"cache-control": "max-age=900", "age": "9000"}, 0, NOTHING),
        ({"expires": "Fri, 06 Feb 2026 11:00:00 GMT"}, 0, 2 * HOUR),
        ({"expires": "Fri, 06 Feb 2026 11:00:00 GMT", "date": "Fri, 06 Feb 2026 10:00:00 GMT"}, 0, HOUR),
        ({"expires": "Fri, 06 Feb 2026 11:00:00 GMT", "cache-control": "max-age=60"}, 0, MINUTE),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0, NOTHING),
        ({"expires": "0"}, 0, NOTHING),
        ({"expires": "-1"}, 0, NOTHING),
    ],
)
def test_what_a_feed_asks_for_is_the_longer_of_ttl_and_its_server_s_word(headers, ttl, wanted):
    assert asked_wait(headers, ttl_minutes=ttl, now=NOW) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("120", 2 * MINUTE),
        ("Fri, 06 Feb 2026 11:00:00 GMT", 2 * HOUR),
        ("Fri, 06 Feb 2026 11:00:00 -0000", 2 * HOUR),
        ("Thu, 05 Feb 2026 11:00:00 GMT", NOTHING),
        ("999999999", 7 * DAY),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 7 * DAY),
        ("soon", NOTHING),
        ("-5", NOTHING),
        ("", NOTHING),
    ],
)
def test_retry_after_is_understood_as_seconds_and_as_a_date_of_a_week_at_most(value, wanted):
    assert demanded_wait({"retry-after": value}, now=NOW) == wanted


@given(st.text(max_size=60))
def test_no_header_breaks_the_reading_of_it(text):
    headers = dict.fromkeys(("retry-after", "expires", "date", "cache-control", "age"), text)
    assert demanded_wait(headers, now=NOW) >= NOTHING
    assert asked_wait(headers, ttl_minutes=0, now=NOW) >= NOTHING


# Hosts


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_left_alone_as_long_as_it_says(status):
    assert frozen_until(NOW, status=status, refusals=5, retry_after=2 * HOUR) == NOW + 2 * HOUR
    assert frozen_until(NOW, status=status, refusals=1, retry_after=90 * DAY) == NOW + 7 * DAY


def test_a_busy_host_that_says_nothing_is_left_alone_twice_as_long_each_time():
    freezes = [frozen_until(NOW, status=429, refusals=n, retry_after=NOTHING) - NOW for n in range(1, 5)]
    assert freezes == [15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR]
    assert frozen_until(NOW, status=503, refusals=99, retry_after=NOTHING) == NOW + DAY


@pytest.mark.parametrize("status", [0, 200, 304, 404, 410, 500, 502])
def test_other_answers_freeze_nobody(status):
    assert frozen_until(NOW, status=status, refusals=1, retry_after=HOUR) is None
