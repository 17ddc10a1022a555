"""Brier scores by the day: the published examples of Good Judgment and Fatebook, and the rules of a day."""

import json
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forecasts.maths.daily import daily
from forecasts.maths.scoring import ForecastSpan

VECTORS = Path(__file__).parents[4] / "shared" / "data" / "scoring_vectors" / "fatebook_gjo.json"
OPENS = datetime(2026, 1, 1, tzinfo=UTC)
chances = st.floats(min_value=0.001, max_value=0.999)


def day(number):
    return OPENS + timedelta(days=number)


def stood(chance, since=0, until=10):
    return ForecastSpan(probability=chance, since=day(since), until=day(until))


def days(forecasters, *, outcome=True, closes=10):
    return daily(forecasters, outcome=outcome, opens=OPENS, closes=day(closes))


def replaced(forecasts, *, closes):
    """Standings by forecaster, each until the next of the same forecaster, from (name, chance, moment)."""
    given_by = defaultdict(list)
    for name, chance, at in sorted(forecasts, key=lambda forecast: forecast[2]):
        given_by[name].append((chance, at))
    return {
        name: [
            ForecastSpan(probability=chance, since=at, until=until)
            for (chance, at), (_, until) in zip(ones, [*ones[1:], (None, closes)], strict=True)
        ]
        for name, ones in given_by.items()
    }


def test_what_stands_at_the_end_of_a_day_counts_for_all_of_it():
    changed = days({"a": [stood(0.5, 0, 1.9), stood(0.9, 1.9, 10)]})["a"]
    assert changed.brier == pytest.approx((0.5 + 9 * 0.02) / 10)
    assert changed.participation == 1


def test_what_is_withdrawn_before_a_day_ends_does_not_count_on_it():
    assert days({"a": [stood(0.9, 0, 2.5)]})["a"].participation == pytest.approx(0.2)
    assert days({"a": [stood(0.9, 2.1, 2.5)]}) == {}


def test_the_last_day_ends_when_the_question_closes():
    assert days({"a": [stood(0.9, 0.2)]}, closes=0.7)["a"].participation == 1
    assert days({"a": [stood(0.9, 2.1)]}, closes=2.5)["a"].participation == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    "standings", [[], [stood(0.9, -3, 0)], [stood(0.9, 4, 4)], [stood(0.9, 6, 4)], [stood(0.9, 10)]]
)
def test_whoever_never_stood_is_left_out(standings):
    assert days({"a": standings}) == {}
    assert days({"a": [stood(0.9)]}, closes=-1) == {}


def test_one_alone_is_the_crowd():
    alone = days({"a": [stood(0.7, 3)]})["a"]
    assert (alone.relative, alone.accuracy) == (0, 0)


def test_two_at_the_end_of_one_day_are_refused():
    with pytest.raises(ValueError, match="end of one day"):
        days({"a": [stood(0.5, 0, 6), stood(0.6, 5, 10)]})


@given(st.dictionaries(st.integers(0, 5), st.tuples(chances, st.integers(0, 12)), max_size=5), st.booleans())
def test_scores_are_bounded_and_order_does_not_matter(forecasts, outcome):
    standings = {name: [stood(chance, since, 12)] for name, (chance, since) in forecasts.items()}
    scored = days(standings, outcome=outcome)
    assert scored == days(dict(reversed(standings.items())), outcome=outcome)
    for each in scored.values():
        assert 0 <= each.brier <= 2
        assert 0 < each.participation <= 1
        assert -2 <= each.relative <= 2


@given(belief=chances, said=chances)
def test_honesty_is_the_best_policy_under_the_mean_by_the_day(belief, said):
    assume(abs(belief - said) > 1e-6)

    def expected(chance):
        yes, no = (days({"a": [stood(chance, 2, 8)]}, outcome=outcome)["a"].brier for outcome in (True, False))
        return belief * yes + (1 - belief) * no

    assert expected(belief) < expected(said)


@given(
    st.lists(st.tuples(chances, st.integers(-2, 12), st.integers(-2, 12)), min_size=1, max_size=5),
    st.floats(0.01, 0.99),
    st.booleans(),
)
def test_splitting_a_standing_in_two_changes_nothing(given_spans, share, outcome):
    whole = {name: [stood(*span)] for name, span in enumerate(given_spans)}
    first = whole[0][0]
    middle = first.since + (first.until - first.since) * share
    split = whole | {0: [replace(first, until=middle), replace(first, since=middle)]}
    one, other = days(whole, outcome=outcome), days(split, outcome=outcome)
    assert one.keys() == other.keys()
    for name, each in one.items():
        assert (each.brier, each.relative) == pytest.approx((other[name].brier, other[name].relative))
        assert each.participation == pytest.approx(other[name].participation)


@pytest.mark.shared
@pytest.mark.skipif(not VECTORS.exists(), reason="the scoring vectors are not beside this checkout")
def test_agrees_with_good_judgment_open():
    case = json.loads(VECTORS.read_text())["gjo_predictionscorer"]["over_time"]
    opens, last = (datetime.fromisoformat(f"{at}T00:00+00:00") for at in case["window"])
    closes = last + timedelta(days=1)
    forecasts = [(name, chance, datetime.fromisoformat(f"{at}+00:00")) for name, chance, at in case["forecasts"]]
    scored = daily(replaced(forecasts, closes=closes), outcome=case["true"] == 1, opens=opens, closes=closes)
    assert {name: each.participation for name, each in scored.items()} == pytest.approx(case["participation"])
    assert {name: each.brier for name, each in scored.items()} == pytest.approx(case["avg_daily_brier"], abs=5e-4)
    assert scored["George"].crowd == pytest.approx(case["avg_median_daily"], abs=5e-4)
    assert {name: each.accuracy for name, each in scored.items()} == pytest.approx(case["accuracy"], abs=5e-4)


@pytest.mark.shared
@pytest.mark.skipif(not VECTORS.exists(), reason="the scoring vectors are not beside this checkout")
@pytest.mark.parametrize("name", ["multi", "single", "single_part_day", "multi_part_day"])
def test_agrees_with_fatebook(name):
    if name == "multi_part_day":
        pytest.skip("theirs weighs the second forecast by the whole question, so that the weights exceed it")
    case = next(case for case in json.loads(VECTORS.read_text())["fatebook"]["cases"] if case["name"] == name)
    forecasts = [(who, chance, day(at)) for who, chance, at in case["forecasts"]]
    scored = days(replaced(forecasts, closes=day(case["question_days"])), closes=case["question_days"])
    if "expected_absolute" in case:
        assert {who: each.brier for who, each in scored.items()} == pytest.approx(case["expected_absolute"], abs=5e-5)
    else:
        assert {who: each.relative for who, each in scored.items()} == pytest.approx(
            case["expected_relative"], abs=5e-5
        )
