"""Fitting: what a record supports is found, what it does not is refused, and each question is left out in turn."""

import math
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from forecasts.maths.evidence import STRENGTHS, CrowdForecast, Signal
from forecasts.maths.fitting import FitResult, KnownSignal, PastQuestion, fit, log_score
from forecasts.maths.hazard import QuestionLife
from forecasts.maths.odds import logit
from forecasts.maths.parameters import DEFAULTS, STEPS

OPENS = datetime(2026, 1, 1, tzinfo=UTC)


def at(days):
    return OPENS + timedelta(days=days)


def past(number, *, outcome, known=(), crowds=(), prior=0.5, process=None, until=100):
    return PastQuestion(
        ref=str(number),
        prior=prior,
        life=QuestionLife(opens=OPENS, closes=at(100), process=process),
        known=tuple(known),
        crowds=tuple(crowds),
        outcome=outcome,
        settles=at(until - 1),
        closes=at(until),
    )


def story(direction, *, days=10, strength="moderate", ref="a"):
    signal = Signal(ref=ref, direction=direction, strength=STRENGTHS[strength], weight=1.0, at=at(days))
    return KnownSignal(signal=signal, since=at(days))


def test_without_news_or_crowd_the_score_is_that_of_the_prior():
    assert log_score(past(1, outcome=True, prior=0.3), DEFAULTS) == pytest.approx(math.log(0.3))


def test_a_story_counts_from_when_it_was_known():
    late = replace(story(1, days=10), since=at(50))
    scores = [log_score(past(1, outcome=True, known=[one]), DEFAULTS) for one in (story(1, days=10), late)]
    assert scores[0] > scores[1] > math.log(0.5)


def test_a_crowd_counts_while_it_stands():
    sure = CrowdForecast(probability=0.9, count=12, at=at(10))
    stays, leaves = [(at(10), sure)], [(at(10), sure), (at(40), None)]
    scores = [log_score(past(1, outcome=True, crowds=crowds), DEFAULTS) for crowds in (stays, leaves)]
    assert scores[0] > scores[1] > math.log(0.5)


def questions(count, *, right):
    """Each with one story, which points the right way in a share of them."""
    drawn = random.Random(7)
    outcomes = [drawn.random() < 0.5 for _ in range(count)]
    told = [1 if (outcome == (drawn.random() < right)) else -1 for outcome in outcomes]
    return [
        past(n, outcome=outcome, known=[story(direction, days=2)])
        for n, (outcome, direction) in enumerate(zip(outcomes, told, strict=True))
    ]


def test_news_that_misleads_as_often_as_it_tells_is_made_to_count_less():
    fitted = fit(questions(120, right=0.5))
    assert fitted.parameters.evidence_scale < 1
    assert fitted.is_worth_taking
    assert 0 < fitted.gain < 0.2


def test_news_as_good_as_the_defaults_take_it_for_changes_nothing():
    fitted = fit(questions(60, right=0.72))
    assert not fitted.is_worth_taking
    assert abs(math.log(fitted.parameters.evidence_scale)) < math.log(1.6)


def test_a_crowd_that_is_too_sure_of_itself_is_taken_for_less_sure():
    drawn = random.Random(3)
    sure = [(OPENS, CrowdForecast(probability=0.95, count=30, at=OPENS))]
    fitted = fit([past(n, outcome=drawn.random() < 0.7, crowds=sure) for n in range(80)])
    assert fitted.parameters.crowd_exponent < 1
    assert fitted.is_worth_taking


def test_events_that_come_at_any_time_bring_a_hazard_nearer_to_a_constant_one():
    drawn = random.Random(11)
    came = [past(n, outcome=True, prior=0.5, process="event", until=drawn.randint(1, 99)) for n in range(60)]
    fitted = fit([*came, *(past(100 + n, outcome=False, prior=0.5, process="event") for n in range(60))])
    assert fitted.parameters.hazard_shape < DEFAULTS.hazard_shape


def test_a_few_questions_move_nothing_far_and_are_refused():
    fitted = fit(questions(9, right=0.0))
    assert not fitted.is_worth_taking
    assert fitted.parameters.evidence_scale >= 0.5


def test_one_question_tells_nothing_and_none_is_refused_in_words():
    assert math.isinf(fit(questions(1, right=1.0)).error)
    with pytest.raises(ValueError, match="nothing to fit on"):
        fit([])


def test_the_order_of_the_questions_changes_nothing():
    told = questions(20, right=0.6)
    forth, back = fit(told), fit(told[::-1])
    assert forth.parameters == back.parameters
    assert forth.gain == pytest.approx(back.gain)


def test_each_set_of_parameters_is_tried_once():
    tried = []
    fit(questions(15, right=0.5), on_progress=tried.append)
    assert len(tried) == len(set(tried)) > len(STEPS)


@pytest.mark.parametrize(
    ("changes", "is_worth_taking"),
    [
        ({}, True),
        ({"questions": 9}, False),
        ({"gain": 0.01}, False),
        ({"gain": -0.2}, False),
        ({"parameters": DEFAULTS}, False),
    ],
)
def test_only_a_gain_beyond_its_error_on_questions_enough_is_taken(changes, is_worth_taking):
    whole = FitResult(
        parameters=replace(DEFAULTS, crowd_doubt=2.5),
        questions=10,
        gain=0.05,
        error=0.02,
        log_before=-0.5,
        log_after=-0.45,
    )
    assert replace(whole, **changes).is_worth_taking == is_worth_taking


def test_the_score_follows_the_estimate_to_the_last_moment():
    known = [story(1, days=50)]
    score = log_score(past(1, outcome=True, known=known), replace(DEFAULTS, half_life_days=36500))
    with_story = math.log(1 / (1 + math.exp(-(logit(0.5) + math.log(3)))))
    assert score == pytest.approx((math.log(0.5) + with_story) / 2, rel=1e-3)
