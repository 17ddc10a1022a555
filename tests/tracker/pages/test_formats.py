from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.pages import formats


@pytest.mark.parametrize("chance", [0.001, 0.045, 0.345, 0.5, 0.505, 0.944, 0.999])
def test_the_claim_and_the_question_add_up_to_a_hundred(chance):
    claim = formats.percent(chance, side="no")
    assert claim == formats.percent(1 - chance, side="yes")
    assert 1 <= claim <= 99


def test_a_claim_that_says_no_turns_what_speaks_for_yes_against_it():
    assert formats.stance_for("no", "supports") == "contradicts"
    assert formats.stance_for("no", formats.stance_for("no", "contradicts")) == "contradicts"
    assert formats.stance_for("yes", "supports") == formats.stance_for("none", "supports") == "supports"
    assert formats.stance_for("no", "mentions") == "mentions"


def test_points_carry_their_sign():
    assert [formats.points(n) for n in (21, -22, 0)] == ["+21", "−22", "0"]


def test_days_are_counted_in_utc():
    late = datetime.fromisoformat("2025-05-09T22:30:00-05:00")
    assert formats.day(late) == "10 May 2025"
    assert formats.moment(late) == "10 May 2025, 03:30"
    assert formats.short_day(date(2025, 5, 9)) == "9 May"


def test_a_deadline_is_ahead_today_or_past():
    now = datetime(2026, 2, 6, 23, 59, tzinfo=UTC)
    assert formats.days_until(date(2026, 2, 7), now=now) == "in 1 day"
    assert formats.days_until(date(2026, 2, 6), now=now) == "today"
    assert formats.days_until(date(2025, 12, 31), now=now) == "37 days ago"


def test_counts_agree_with_their_nouns():
    assert formats.counted(1, "story", "stories") == "1 story"
    assert formats.counted(0, "story", "stories") == "no stories"
    assert formats.counted(2, "member") == "2 members"


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
    assert formats.duration(timedelta(minutes=minutes)) == words


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
    assert formats.time_on(date(2025, 5, 9), until=until) == words


@pytest.mark.parametrize(
    ("count", "days", "words"),
    [
        (0, 28, "nothing"),
        (336, 28, "about 12 entries a day"),
        (2400, 1, "about 100 entries an hour"),
        (12, 28, "about 3 entries a week"),
        (2, 28, "about 2 entries a month"),
        (1, 28, "about 1 entry a month"),
    ],
)
def test_the_rhythm_in_words(count, days, words):
    assert formats.frequency(count, over=timedelta(days=days)) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(40, "every 40 minutes"), (180, "every 3 hours"), (1440, "once a day"), (10080, "every 7 days")],
)
def test_how_often_it_is_read_in_words(minutes, words):
    assert formats.every(minutes) == words
