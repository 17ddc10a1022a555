"""What time without news says: less for an event, more for a state, nothing for anything else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.hazard import REPORT_LAG, QuestionLife, chance, log_odds

OPENS = datetime(2026, 1, 1, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=100)
priors = st.floats(min_value=1e-12, max_value=1 - 1e-12)
shapes = st.floats(min_value=0.5, max_value=9)
days = st.integers(min_value=-10, max_value=120)


def life(process):
    return QuestionLife(opens=OPENS, closes=CLOSES, process=process)


def after(number):
    return OPENS + timedelta(days=number)


def test_the_chance_of_an_event_is_that_of_a_constant_hazard_over_what_is_left():
    assert chance(0.4, life=life("event"), at=after(0)) == pytest.approx(0.4)
    assert chance(0.4, life=life("event"), at=after(60)) == pytest.approx(1 - 0.6 ** (0.4 + REPORT_LAG))


def test_the_chance_of_a_state_is_that_it_outlasts_what_is_left():
    assert chance(0.4, life=life("state"), at=after(60)) == pytest.approx(0.4 ** (0.4 + REPORT_LAG))


def test_of_any_other_question_time_says_nothing():
    assert chance(0.4, life=life(None), at=after(60)) == 0.4
    assert log_odds(0.4, life=life(None), at=after(60)) == 0


def test_a_hazard_that_grows_says_little_at_first_and_as_much_at_the_end():
    constant, growing = (
        [chance(0.5, life=life("event"), at=after(n), shape=shape) for n in (50, 100)] for shape in (1, 3)
    )
    assert constant[0] < 0.35 < 0.45 < growing[0]
    assert constant[1] == pytest.approx(growing[1])


def test_the_last_reports_may_still_come_when_the_question_has_closed():
    closed = chance(0.4, life=life("event"), at=CLOSES)
    assert closed == chance(0.4, life=life("event"), at=after(5000)) > 0


@given(priors, days, days, shapes)
def test_an_event_only_loses_and_a_state_only_gains_with_time(prior, one, other, shape):
    sooner, later = sorted((one, other))
    event, state = life("event"), life("state")
    of_event = [log_odds(prior, life=event, at=after(n), shape=shape) for n in (sooner, later)]
    of_state = [log_odds(prior, life=state, at=after(n), shape=shape) for n in (sooner, later)]
    assert of_event[1] <= of_event[0] <= 0
    assert of_state[1] >= of_state[0] >= 0


@given(st.floats(min_value=0.001, max_value=0.999), days, days)
def test_the_chance_at_a_later_time_follows_from_that_at_an_earlier_one(prior, one, other):
    """What is left of a life that is partly over is a shorter life: the hazard has no memory."""
    sooner, later = sorted((one, other))
    first, second = (life("event").remaining(after(n), shape=1.0) for n in (sooner, later))
    at_first = chance(prior, life=life("event"), at=after(sooner))
    assert 1 - (1 - at_first) ** (second / first) == pytest.approx(chance(prior, life=life("event"), at=after(later)))


def watched(*days):
    """An event's life of which only these days were watched, each pair the first and the end."""
    periods = tuple((after(first), after(end)) for first, end in days)
    return QuestionLife(opens=OPENS, closes=CLOSES, process="event", watched=periods)


def test_days_on_which_nobody_looked_say_nothing():
    assert log_odds(0.4, life=watched(), at=CLOSES) == 0
    only_first_half = watched((0, 50))
    assert log_odds(0.4, life=only_first_half, at=after(50)) == log_odds(0.4, life=life("event"), at=after(50))
    assert log_odds(0.4, life=only_first_half, at=after(90)) == log_odds(0.4, life=only_first_half, at=after(50))


def test_a_life_watched_in_parts_loses_the_sum_of_its_parts():
    assert watched((10, 20), (60, 90)).remaining(CLOSES, shape=1) == pytest.approx(1 - 0.4 + REPORT_LAG)
    assert watched((0, 30), (30, 100)).remaining(after(70), shape=3) == pytest.approx(
        life("event").remaining(after(70), shape=3)
    )


@given(st.lists(st.tuples(days, days), max_size=4), days, shapes)
def test_whoever_watched_less_never_knows_more(pairs, at, shape):
    ends = sorted(end for pair in pairs for end in pair)
    parts = watched(*zip(ends[::2], ends[1::2], strict=True))
    assert life("event").remaining(after(at), shape=shape) <= parts.remaining(after(at), shape=shape) + 1e-12


def test_a_life_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="cannot close"):
        QuestionLife(opens=CLOSES, closes=OPENS)
