"""A feed's own rhythm, from what was found."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.polling.frequency import LOOK_WORTH, after_a_look, from_dates

NOW = datetime(2026, 2, 6, 9, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def settled(gap, *, entries=1, begin=60.0, days=30):
    """The rhythm, within the schedule's bounds, at the end of days of `entries` every `gap`."""
    minutes, last, now = begin, timedelta(0), timedelta(0)
    while now < days * DAY:
        now += minutes * MINUTE
        minutes = after_a_look(minutes, new_entries=entries * (now // gap - last // gap), since=now - last)
        minutes, last = max(10.0, min(minutes, 1440.0)), now
    return minutes


def test_news_quickens_the_rhythm_and_silence_slows_it():
    assert after_a_look(60, new_entries=5, since=HOUR) < 60 < after_a_look(60, new_entries=0, since=HOUR)


def test_no_look_moves_it_with_a_jerk():
    assert after_a_look(60, new_entries=0, since=HOUR) < 66
    assert after_a_look(60, new_entries=1_000, since=HOUR) > 30


def test_a_feed_that_brings_four_times_as_much_is_looked_at_about_twice_as_often():
    assert settled(2 * HOUR) / settled(HOUR / 2) == pytest.approx(2, abs=0.4)


@pytest.mark.parametrize("begin", [10.0, 60.0, 1440.0])
@pytest.mark.parametrize("gap", [HOUR, 6 * HOUR, DAY])
def test_it_settles_near_the_least_cost_wherever_it_began(begin, gap):
    least = (2 * LOOK_WORTH * (gap / MINUTE)) ** 0.5
    assert 0.6 * least < settled(gap, begin=begin) < 1.5 * least


def test_hundreds_of_entries_a_day_are_met_every_few_minutes_and_nothing_once_a_day():
    assert settled(timedelta(minutes=3)) < 15
    assert settled(365 * DAY, days=60) > 720


def test_a_burst_counts_for_more_than_one_entry_and_for_far_less_than_each_of_them():
    once, burst, spread = settled(DAY), settled(DAY, entries=20), settled(DAY / 20)
    assert 1.3 * spread < burst < once / 1.3


def test_a_feed_that_wakes_up_is_met_within_days():
    assert settled(HOUR, begin=1440.0, days=3) < 90


@given(st.floats(10, 1440), st.integers(0, 10**6), st.timedeltas(timedelta(0), timedelta(days=10**4)))
def test_it_is_a_number_whatever_was_found(minutes, entries, since):
    assert 0 < after_a_look(minutes, new_entries=entries, since=since) < 10**6


@given(st.lists(st.integers(0, 10**4), min_size=2, max_size=20))
def test_more_entries_never_slow_it(numbers):
    found = [after_a_look(60, new_entries=number, since=HOUR) for number in sorted(numbers)]
    assert all(quicker <= slower for slower, quicker in pairwise(found))


def test_a_first_document_s_dates_tell_of_the_rhythm():
    hourly = from_dates([NOW - n * HOUR for n in range(15)], now=NOW)
    daily = from_dates([NOW - n * DAY for n in range(15)], now=NOW)
    assert 30 < hourly < 60 < 150 < daily < 300


def test_a_first_document_of_old_news_tells_of_a_quiet_feed():
    old = from_dates([NOW - 400 * DAY, NOW - 300 * DAY], now=NOW)
    once = from_dates([NOW - 5 * DAY], now=NOW)
    assert 6 * 60 < once < 20 * 60 < old
    assert from_dates([NOW - 300 * DAY, NOW - 2 * DAY, NOW - DAY], now=NOW) < old


def test_dates_that_are_all_of_this_minute_leave_the_rhythm_an_hour():
    assert from_dates([NOW - MINUTE * n / 10 for n in range(15)], now=NOW) == pytest.approx(60)


def test_no_dates_or_only_ones_ahead_tell_nothing():
    assert from_dates([], now=NOW) is None
    assert from_dates([NOW + HOUR, NOW + DAY], now=NOW) is None


@given(st.lists(st.datetimes(timezones=st.just(UTC)), max_size=30))
def test_whatever_the_dates_are_the_rhythm_is_a_number(dates):
    found = from_dates(dates, now=NOW)
    assert found is None or 1 < found < 10**5
