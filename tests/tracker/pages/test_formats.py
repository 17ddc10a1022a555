from datetime import UTC, date, datetime

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
