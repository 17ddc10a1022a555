"""Pools of forecasts: published vectors, invariances, and resolved forecasts of professionals."""

import csv
import math
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.odds import clamp
from forecasts.maths.pooling import geometric_mean_of_odds, mean, median, percentile, pool, recency_weights

SHARED = Path(__file__).parents[4] / "shared" / "data"
PROFESSIONALS = SHARED / "human_forecasts" / "pros_2024.csv"

chances = st.floats(min_value=0.01, max_value=0.99)


def test_recency_weights_grow_with_the_square_root_of_rank():
    assert recency_weights(0) == ()
    assert recency_weights(2) == (1.0, 1.0)
    assert recency_weights(4) == pytest.approx([math.exp(-1), math.exp(2**0.5 - 2), math.exp(3**0.5 - 2), 1.0])


def test_the_median_is_the_middle_or_the_mean_of_the_two_middle_ones():
    assert median([0.9, 0.1, 0.4]) == 0.4
    assert median([0.5, 0.6]) == pytest.approx(0.55)
    assert median([0.1, 0.2, 0.9], weights=[1, 1, 5]) == 0.9
    assert median([0.1, 0.3], weights=[0, 1]) == 0.3


def test_quartiles_follow_the_same_rule_as_the_median():
    assert percentile([0.2, 0.4, 0.3], share=0.25) == 0.2
    assert percentile([0.1, 0.2, 0.3, 0.4], share=0.25) == pytest.approx(0.15)
    assert percentile([0.1, 0.3], share=0.75, weights=[3, 1]) == pytest.approx(0.2)


@pytest.mark.parametrize("share", [0, 1, -0.1, float("nan")])
def test_a_percentile_at_or_beyond_an_end_is_refused(share):
    with pytest.raises(ValueError, match="no share"):
        percentile([0.5], share=share)


def test_geometric_mean_of_odds_multiplies_odds():
    assert geometric_mean_of_odds([0.5, 0.9]) == pytest.approx(0.75)
    assert geometric_mean_of_odds([0.2, 0.8]) == pytest.approx(0.5)


@pytest.mark.parametrize("way", [median, mean, geometric_mean_of_odds, pool])
def test_an_empty_pool_or_damaged_weights_are_refused(way):
    with pytest.raises(ValueError, match="nothing to pool"):
        way([])
    for weights in ([1.0], [1.0, -1.0], [0.0, 0.0], [1.0, float("nan")]):
        with pytest.raises(ValueError, match="eights"):
            way([0.2, 0.4], weights=weights)


@pytest.mark.parametrize("value", [0, 1, float("nan"), "0.3"])
def test_the_pool_refuses_what_is_no_probability(value):
    with pytest.raises(ValueError, match="probability"):
        pool([0.5, value])


@given(st.lists(chances, min_size=1))
def test_every_pool_lies_between_its_extremes(forecasts):
    for way in (median, mean, geometric_mean_of_odds, pool):
        assert min(forecasts) - 1e-12 <= way(forecasts) <= max(forecasts) + 1e-12


@given(st.lists(chances, min_size=1), st.randoms())
def test_without_recency_order_does_not_matter(forecasts, random):
    shuffled = random.sample(forecasts, k=len(forecasts))
    equal = [1.0] * len(forecasts)
    assert pool(shuffled, weights=equal) == pytest.approx(pool(forecasts, weights=equal), abs=1e-12)


@given(st.lists(chances, min_size=1), st.data())
def test_raising_a_forecast_never_lowers_the_pool(forecasts, data):
    place = data.draw(st.integers(min_value=0, max_value=len(forecasts) - 1))
    raised = list(forecasts)
    raised[place] = data.draw(st.floats(min_value=forecasts[place], max_value=0.99))
    assert pool(raised) >= pool(forecasts) - 1e-12


def test_one_extreme_voice_is_clipped():
    assert pool([0.5, 0.5, 0.000001]) == pool([0.5, 0.5, 0.01])


@pytest.mark.shared
@pytest.mark.skipif(not PROFESSIONALS.exists(), reason="the forecasts of professionals are not beside this checkout")
def test_the_pool_beats_the_median_on_forecasts_of_professionals():
    questions, outcomes = defaultdict(list), {}
    with PROFESSIONALS.open() as lines:
        for row in csv.DictReader(lines):
            questions[row["question"]].append(clamp(float(row["probability"])))
            outcomes[row["question"]] = float(row["outcome"])

    def brier(way):
        return sum((way(asked) - outcomes[name]) ** 2 for name, asked in questions.items()) / len(questions)

    pooled = brier(lambda asked: pool(asked, weights=[1.0] * len(asked)))
    assert len(questions) == 206
    assert pooled < brier(median)
    assert pooled <= 0.1450
