"""Scores: hand-worked values, propriety, and averages over the time a forecast stood."""

import json
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forecasts.maths.scoring import ForecastSpan, brier, log_score, time_averaged

GOOD_JUDGMENT = Path(__file__).parents[4] / "shared" / "data" / "scoring_vectors" / "fatebook_gjo.json"
OPENS = datetime(2026, 1, 1, tzinfo=UTC)
chances = st.floats(min_value=0.001, max_value=0.999)


def day(number):
    return OPENS + timedelta(days=number)


def stood(chance, since, until):
    return ForecastSpan(probability=chance, since=day(since), until=day(until))


def averaged(*standings, outcome=True, closes=10, settles=None):
    settles = closes if settles is None else settles
    return time_averaged(standings, outcome=outcome, opens=OPENS, closes=day(closes), settles=day(settles))


def test_scores_by_hand():
    assert brier(0.8, outcome=True) == pytest.approx(0.04)
    assert brier(0.8, outcome=False) == pytest.approx(0.64)
    assert log_score(0.8, outcome=True) == pytest.approx(math.log(0.8))
    assert log_score(0.8, outcome=False) == pytest.approx(math.log(0.2))


@pytest.mark.parametrize("value", [0, 1, float("nan"), "0.5"])
def test_no_score_for_what_is_no_probability(value):
    for score in (brier, log_score):
        with pytest.raises(ValueError, match="probability"):
            score(value, outcome=True)


@given(belief=chances, said=chances)
def test_honesty_is_the_best_policy_under_both_scores(belief, said):
    assume(abs(belief - said) > 1e-6)

    def expected(score, chance):
        return belief * score(chance, outcome=True) + (1 - belief) * score(chance, outcome=False)

    assert expected(brier, belief) < expected(brier, said)
    assert expected(log_score, belief) > expected(log_score, said)


@given(chances)
def test_both_scores_treat_yes_and_no_alike(chance):
    assert brier(chance, outcome=True) == pytest.approx(brier(1 - chance, outcome=False))
    assert log_score(chance, outcome=True) == pytest.approx(log_score(1 - chance, outcome=False))


def test_the_average_is_weighted_by_time():
    result = averaged(stood(0.5, 0, 5), stood(0.9, 5, 10))
    assert result.brier == pytest.approx((0.25 + 0.01) / 2)
    assert result.log == pytest.approx((math.log(0.5) + math.log(0.9)) / 2)
    assert (result.coverage, result.final) == (1.0, 0.9)


def test_what_is_given_on_the_day_of_settlement_is_final_only_for_who_said_nothing_before():
    assert averaged(stood(0.5, 0, 9), stood(0.9, 9, 10), settles=9).final == 0.5
    assert averaged(stood(0.8, 9, 9.5), stood(0.9, 9.5, 10), settles=9).final == 0.8


def test_only_the_time_within_the_window_counts():
    late = averaged(stood(0.9, 8, 30))
    assert late.coverage == pytest.approx(0.2)
    assert late.brier == pytest.approx(0.01)
    assert averaged(stood(0.9, -5, 30)) == averaged(stood(0.9, 0, 10))


def test_a_gap_after_a_withdrawal_lowers_coverage_but_not_the_score():
    result = averaged(stood(0.9, 0, 2), stood(0.9, 6, 10))
    assert result.coverage == pytest.approx(0.6)
    assert result.brier == pytest.approx(0.01)


@pytest.mark.parametrize(
    "standings", [(), (stood(0.5, 10, 20),), (stood(0.5, -3, 0),), (stood(0.5, 4, 4),), (stood(0.5, 6, 4),)]
)
def test_without_any_time_there_is_no_score(standings):
    assert averaged(*standings) is None


def test_a_window_without_length_has_no_score():
    assert averaged(stood(0.5, 0, 10), closes=0) is None
    assert averaged(stood(0.5, 0, 10), closes=-1) is None


def test_two_forecasts_at_once_are_refused():
    with pytest.raises(ValueError, match="at once"):
        averaged(stood(0.5, 0, 6), stood(0.6, 5, 10))


@given(st.lists(st.tuples(chances, st.integers(1, 5)), min_size=1, max_size=8), st.booleans())
def test_splitting_a_standing_in_two_changes_nothing(runs, outcome):
    whole, halves, start = [], [], 0.0
    for chance, length in runs:
        whole.append(stood(chance, start, start + length))
        halves += [stood(chance, start, start + length / 2), stood(chance, start + length / 2, start + length)]
        start += length
    one, two = (averaged(*ones, outcome=outcome, closes=start) for ones in (whole, reversed(halves)))
    assert one.brier == pytest.approx(two.brier)
    assert one.log == pytest.approx(two.log)
    assert one.coverage == two.coverage == pytest.approx(1.0)


runs = st.lists(st.tuples(chances, st.integers(0, 5), st.integers(1, 5)), max_size=6)


def in_a_row(given_runs):
    """Standings one after the other, from (chance, days of silence, days of standing)."""
    standings, start = [], -2
    for chance, silent, lasting in given_runs:
        standings.append(stood(chance, start + silent, start + silent + lasting))
        start += silent + lasting
    return standings


@given(runs, st.booleans(), st.randoms())
def test_averages_are_bounded_and_do_not_depend_on_order(given_runs, outcome, random):
    standings = in_a_row(given_runs)
    result = averaged(*standings, outcome=outcome)
    assert result == averaged(*random.sample(standings, k=len(standings)), outcome=outcome)
    if result:
        assert 0 <= result.brier <= 1
        assert result.log <= 0
        assert 0 < result.coverage <= 1


@given(belief=chances, said=chances, given_runs=runs)
def test_honesty_is_the_best_policy_over_time(belief, said, given_runs):
    assume(abs(belief - said) > 1e-4)

    def expected(name, chance):
        standings = [*in_a_row(given_runs), stood(chance, 100, 104)]
        yes, no = (getattr(averaged(*standings, outcome=o, closes=104), name) for o in (True, False))
        return belief * yes + (1 - belief) * no

    assert expected("brier", belief) < expected("brier", said)
    assert expected("log", belief) > expected("log", said)


@given(st.lists(st.tuples(chances, chances, chances), min_size=1, max_size=5), st.booleans())
def test_a_score_lies_between_those_of_the_ends_of_a_range(ranges, outcome):
    ordered = [sorted(each) for each in ranges]
    low, said, high = (
        averaged(*[stood(each[place], day, day + 1) for day, each in enumerate(ordered)], outcome=outcome)
        for place in range(3)
    )
    slack = 1e-12
    assert min(low.brier, high.brier) - slack <= said.brier <= max(low.brier, high.brier) + slack
    assert min(low.log, high.log) - slack <= said.log <= max(low.log, high.log) + slack


@pytest.mark.shared
@pytest.mark.skipif(not GOOD_JUDGMENT.exists(), reason="the scoring vectors are not beside this checkout")
def test_two_class_brier_scores_are_twice_ours():
    for case in json.loads(GOOD_JUDGMENT.read_text())["gjo_predictionscorer"]["brier_multi"]:
        if len(case["p"]) == 2:
            assert 2 * brier(case["p"][case["true"]], outcome=True) == pytest.approx(case["brier"])
