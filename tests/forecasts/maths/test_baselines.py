"""The four ways of knowing apart: what each said when, and how good it was."""

import math
from datetime import UTC, datetime, timedelta

import pytest

from forecasts.maths.baselines import DatedChance, SplitEstimate, baseline_scores, split
from forecasts.maths.evidence import CrowdForecast, Signal, combine
from forecasts.maths.odds import expit, logit
from forecasts.maths.parts import to_json
from forecasts.maths.scoring import ScoringWindow

OPENS = datetime(2026, 1, 1, tzinfo=UTC)


def day(number):
    return OPENS + timedelta(days=number)


LIFE = ScoringWindow(opens=OPENS, settles=day(9), closes=day(10), horizon=day(10), outcome=True)


def at(number, *, estimate=0.5, evidence=0.5, prior=0.5):
    return SplitEstimate(at=day(number), estimate=estimate, evidence=evidence, prior=prior)


def test_an_estimate_comes_apart_into_prior_and_evidence_without_the_crowd():
    story = Signal(ref="1", direction=1, strength=math.log(3), weight=1.0, at=day(1))
    crowd = CrowdForecast(probability=0.1, count=4, at=day(1))
    both = combine(0.2, signals=[story], crowd=crowd, at=day(2))
    apart = split(to_json(both.parts), at=day(2), probability=both.probability)
    assert apart.estimate == both.probability
    assert apart.evidence == pytest.approx(combine(0.2, signals=[story], at=day(2)).probability)
    assert apart.prior == pytest.approx(0.2)


def test_what_the_limit_took_from_the_whole_is_taken_from_the_evidence_anew():
    stories = [Signal(ref=str(n), direction=1, strength=3.7, weight=1.0, at=day(n)) for n in range(4)]
    low = CrowdForecast(probability=0.01, count=400, at=day(4))
    for crowd in (None, low):
        both = combine(0.5, signals=stories, crowd=crowd, at=day(5))
        apart = split(to_json(both.parts), at=day(5), probability=both.probability)
        assert apart.evidence == pytest.approx(combine(0.5, signals=stories, at=day(5)).probability)
    assert apart.evidence == pytest.approx(0.995, abs=1e-4)
    assert apart.estimate < 0.1


def test_the_prior_stands_until_the_first_estimate():
    found = baseline_scores(LIFE, prior=0.5, estimates=[at(4, estimate=0.9, evidence=0.8, prior=0.4)], crowd=[])
    assert found["prior"].brier == pytest.approx(0.36)
    assert found["estimate"].brier == pytest.approx(0.4 * 0.36 + 0.6 * 0.01)
    assert found["evidence"].log == pytest.approx(0.4 * math.log(0.4) + 0.6 * math.log(0.8))
    assert found["evidence"].log_gain == pytest.approx(0.6 * math.log(2))
    assert "crowd" not in found


def test_without_any_estimate_all_is_prior():
    found = baseline_scores(LIFE, prior=0.3, estimates=[], crowd=[])
    assert found["estimate"] == found["evidence"] == found["prior"]
    assert (found["estimate"].brier_gain, found["estimate"].final) == (0.0, 0.3)


def test_the_crowd_is_held_against_the_prior_of_the_time_during_which_it_stood():
    crowd = [
        DatedChance(at=day(2), probability=0.8),
        DatedChance(at=day(4), probability=None),
        DatedChance(at=day(8), probability=0.9),
    ]
    moments = [at(0, prior=0.5), at(3, prior=0.6)]
    track = baseline_scores(LIFE, prior=0.5, estimates=moments, crowd=crowd)["crowd"]
    assert track.coverage == pytest.approx(0.4)
    assert track.brier == pytest.approx((0.04 + 0.01) / 2)
    assert track.brier_gain == pytest.approx((0.25 + 3 * 0.16) / 4 - 0.025)
    assert track.final == 0.9


def test_what_was_said_before_the_opening_or_after_the_end_does_not_count_there():
    early, late = at(-3, estimate=0.7), at(12, estimate=0.99)
    found = baseline_scores(LIFE, prior=0.5, estimates=[early, late], crowd=[DatedChance(at=day(11), probability=0.9)])
    assert found["estimate"].brier == pytest.approx(0.09)
    assert "crowd" not in found


def test_what_came_on_the_day_of_settlement_is_not_final():
    found = baseline_scores(LIFE, prior=0.5, estimates=[at(3, estimate=0.7), at(9, estimate=0.99)], crowd=[])
    assert found["estimate"].final == 0.7


def test_equal_neighbours_are_one_and_weights_are_shares_of_the_time():
    moments = [at(0, estimate=0.6), at(2, estimate=0.6), at(5, estimate=0.8)]
    over_time = baseline_scores(LIFE, prior=0.5, estimates=moments, crowd=[])["estimate"].over_time
    assert [(one.probability, one.weight) for one in over_time] == [(0.6, 0.5), (0.8, 0.5)]


def test_a_question_ruled_on_at_its_opening_has_no_tracks():
    short = ScoringWindow(opens=OPENS, settles=OPENS, closes=OPENS, horizon=OPENS, outcome=True)
    assert baseline_scores(short, prior=0.5, estimates=[at(0)], crowd=[]) == {}


def test_splitting_what_stands_changes_no_score():
    whole = baseline_scores(LIFE, prior=0.5, estimates=[at(1, estimate=0.7, evidence=0.6)], crowd=[])
    split = baseline_scores(LIFE, prior=0.5, estimates=[at(n, estimate=0.7, evidence=0.6) for n in (1, 2, 6)], crowd=[])
    assert split == whole


def test_log_odds_of_a_prior_come_back_as_its_chance():
    assert expit(logit(0.03)) == pytest.approx(
        split(to_json(combine(0.03, at=day(0)).parts), at=day(0), probability=0.03).prior
    )


@pytest.mark.parametrize("damaged", [[{"kind": "prior"}], ["prior"], [{"kind": "prior", "log_odds": "much"}]])
def test_damaged_parts_are_refused(damaged):
    with pytest.raises(ValueError, match="damaged"):
        split(damaged, at=day(0), probability=0.5)
