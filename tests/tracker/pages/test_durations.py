from datetime import date, timedelta

import pytest

from tracker.pages import durations

MINUTES = [
    (-3, "less than a minute"),
    (0, "less than a minute"),
    (40, "40 min"),
    (119, "119 min"),
    (120, "2 h"),
    (47 * 60, "47 h"),
    (48 * 60, "2 days"),
    (1500 * 24 * 60, "1,500 days"),
]


@pytest.mark.parametrize(("minutes", "words"), MINUTES)
def test_a_span_is_told_in_its_largest_unit(minutes, words):
    assert durations.length(timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2025, 5, 9), "On the day"),
        (date(2025, 5, 10), "One day on"),
        (date(2025, 5, 30), "Three weeks on"),
        (date(2026, 2, 6), "Nine months on"),
        (date(2027, 7, 1), "Two years on"),
    ],
)
def test_how_long_after(until, words):
    assert durations.time_on(date(2025, 5, 9), until=until) == words
