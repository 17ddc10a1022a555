from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.pages import wording


@pytest.mark.parametrize(
    ("count", "words"), [(0, "no feeds"), (1, "one feed"), (12, "twelve feeds"), (1300, "1,300 feeds")]
)
def test_small_numbers_are_words(count, words):
    assert wording.counted(count, "feed") == words


def test_figures_stay_figures():
    assert [wording.figured(count, "entry", "entries") for count in (0, 1, 1300)] == [
        "0 entries",
        "1 entry",
        "1,300 entries",
    ]


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_end_in_and(items, words):
    assert wording.listed(items) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-3, "less than a minute"),
        (0, "less than a minute"),
        (40, "40 min"),
        (119, "119 min"),
        (120, "2 h"),
        (47 * 60, "47 h"),
        (48 * 60, "2 days"),
    ],
)
def test_a_span_is_told_in_its_largest_unit(minutes, words):
    assert wording.length(timedelta(minutes=minutes)) == words


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
    assert wording.time_on(date(2025, 5, 9), until=until) == words


def test_a_day_is_written_without_leading_zero():
    assert (wording.day(date(2025, 5, 9)), wording.day(datetime(2026, 2, 13, 23, 59, tzinfo=UTC))) == (
        "9 May 2025",
        "13 Feb 2026",
    )
