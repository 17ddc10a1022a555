from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.evidence import CrowdForecast, Signal, combine
from forecasts.maths.hazard import QuestionLife
from tracker.pages.drawing.waterfall import MOST_BARS, bars, waterfall
from tracker.pages.formats import percent

START = datetime(2025, 5, 9, tzinfo=UTC)
NOW = datetime(2026, 2, 6, tzinfo=UTC)


def signal(number, direction=1, strength=1.0, *, days=0):
    return Signal(
        ref=str(number), direction=direction, strength=strength, weight=1.0, at=START + timedelta(days=days or number)
    )


signals = st.lists(st.tuples(st.sampled_from([-1, 1]), st.floats(0.0, 4.0)), max_size=40).map(
    lambda pairs: [signal(n, direction, strength) for n, (direction, strength) in enumerate(pairs, start=1)]
)


@given(
    st.floats(0.01, 0.99),
    signals,
    st.sampled_from(["yes", "no", "none"]),
    st.none() | st.builds(lambda p: CrowdForecast(probability=p, count=7, at=START), st.floats(0.01, 0.99)),
    st.sampled_from(["event", "state", None]),
)
def test_the_bars_sum_from_the_prior_to_the_headline(prior, told, side, crowd, process):
    life = QuestionLife(opens=START, closes=NOW + timedelta(days=90), process=process)
    estimated = combine(prior, life=life, signals=told, crowd=crowd, at=NOW)
    walked = waterfall(estimated.parts, prior=prior, side=side)
    assert walked.end == percent(estimated.probability, side=side)
    assert walked.prior + sum(bar.points for bar in bars(walked)) == walked.end


def test_a_story_for_yes_lowers_a_claim_that_says_no():
    estimated = combine(0.2, signals=[signal(1)], at=signal(1).at)
    step = waterfall(estimated.parts, prior=0.2, side="no").of("1")
    assert (step.before, step.after) == (80, 60)
    assert step.points == -20


def test_time_and_suggestions_have_bars_of_their_own_and_the_sum_still_holds():
    life = QuestionLife(opens=START, closes=START + timedelta(days=200), process="event")
    told = [replace(signal(1, 1, 0.9), classifier="a reader", bound=1.5), signal(2, -1, 0.5)]
    estimated = combine(0.6, life=life, signals=told, at=START + timedelta(days=150))
    walked = waterfall(estimated.parts, prior=0.6, side="no")
    assert [bar.kind for bar in bars(walked)] == ["time", "suggestion", "evidence"]
    assert walked.prior + sum(bar.points for bar in bars(walked)) == percent(estimated.probability, side="no")
    assert walked.of("1").points < 0
    assert walked.moved_by("time")
    assert not walked.moved_by("crowd")


def test_without_an_estimate_the_prior_stands():
    walked = waterfall((), prior=0.35, side="yes")
    assert (walked.prior, walked.end, bars(walked)) == (35, 35, ())


def test_many_stories_are_shown_by_the_largest_and_a_sum_of_the_rest():
    told = [signal(n, -1 if n % 2 else 1, 0.3 + n / 50) for n in range(1, 31)]
    walked = waterfall(combine(0.5, signals=told, at=NOW).parts, prior=0.5, side="yes")
    drawn = bars(walked)
    assert len(drawn) == MOST_BARS
    assert drawn[-1].kind == "smaller"
    assert drawn[-1].count == sum(1 for step in walked.steps if step.points) - MOST_BARS + 1


def test_each_bar_starts_where_the_last_one_ended():
    told = [signal(1), signal(2, -1, 2.0)]
    walked = waterfall(combine(0.5, signals=told, at=signal(2).at).parts, prior=0.5, side="yes")
    up, down = bars(walked)
    assert (up.start, up.start + up.width) == (50, 73)
    assert down.start + down.width == 73


def test_what_moved_nothing_has_a_step_but_no_bar():
    walked = waterfall(combine(0.5, signals=[signal(1, 1, 0.001)], at=NOW).parts, prior=0.5, side="yes")
    assert walked.of("1").points == 0
    assert bars(walked) == ()


@pytest.mark.parametrize("direction", [1, -1])
def test_what_goes_beyond_the_limit_needs_no_step_of_its_own(direction):
    told = [signal(n, direction, 3.0) for n in range(1, 6)] + [signal(9, -direction, 2.0)]
    estimated = combine(0.5, signals=told, at=NOW)
    walked = waterfall(estimated.parts, prior=0.5, side="yes")
    assert "limit" not in {step.kind for step in walked.steps}
    assert walked.end == percent(estimated.probability, side="yes")
