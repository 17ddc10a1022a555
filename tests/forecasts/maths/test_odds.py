"""Probabilities: what is accepted, how they turn into log-odds, percentages and words."""

from decimal import Decimal
from fractions import Fraction

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.odds import clamp, discounted, expit, in_words, logit, percent, probability

chances = st.floats(min_value=1e-6, max_value=1 - 1e-6)


@pytest.mark.parametrize("value", [0.7, Decimal("0.7"), Fraction(7, 10), numpy.float64(0.7)])
def test_any_real_number_between_0_and_1_is_a_probability(value):
    assert probability(value) == pytest.approx(0.7)
    assert type(probability(value)) is float


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        (0, "0 leaves no room"),
        (1.0, "1.0 leaves no room"),
        (float("nan"), "NaN is not"),
        (Decimal("NaN"), "NaN is not"),
        (float("inf"), "inf is not between"),
        (-0.2, "-0.2 is not between"),
        (70, "70 is not between"),
        ("0.7", "'0.7' is not a probability"),
        (None, "None is not a probability"),
        (True, "True is not a probability"),
        (0.5 + 0j, "not a probability"),
    ],
)
def test_what_is_no_probability_is_refused_by_name_with_advice(value, complaint):
    with pytest.raises(ValueError, match=complaint) as refused:
        probability(value)
    assert "give a" in str(refused.value)


@given(chances)
def test_log_odds_turn_back_into_the_probability(chance):
    assert expit(logit(chance)) == pytest.approx(chance, rel=1e-12)


@given(st.floats(min_value=-1e6, max_value=1e6))
def test_any_log_odds_give_a_number_from_0_to_1(log_odds):
    assert 0.0 <= expit(log_odds) <= 1.0
    assert expit(log_odds) + expit(-log_odds) == pytest.approx(1.0)


def test_clamping_welcomes_0_and_1_but_not_nan():
    assert (clamp(0), clamp(1), clamp(0.4)) == (0.01, 0.99, 0.4)
    assert clamp(0.02, low=0.05) == 0.05
    with pytest.raises(ValueError, match="NaN"):
        clamp(float("nan"))


def test_a_stated_probability_is_halved_in_log_odds():
    assert discounted(0.9) == pytest.approx(0.75)
    assert discounted(0.1) == pytest.approx(0.25)
    assert discounted(0.9, share=1.0) == pytest.approx(0.9)
    assert discounted(0.9, share=0.0) == 0.5


@given(chances)
def test_discounting_never_crosses_evens_nor_grows_surer(chance):
    kept = discounted(chance)
    assert abs(kept - 0.5) <= abs(chance - 0.5) + 1e-12
    assert (kept - 0.5) * (chance - 0.5) >= 0


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_discount_outside_0_to_1_is_refused(share):
    with pytest.raises(ValueError, match="not a share"):
        discounted(0.7, share=share)


def test_an_open_question_is_never_shown_as_certain():
    assert (percent(0.0001), percent(0.9999), percent(0.125), percent(0.005)) == (1, 99, 13, 1)


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.005, "all but impossible"),
        (0.0149, "all but impossible"),
        (0.02, "very unlikely"),
        (0.15, "unlikely"),
        (0.35, "a little less likely than not"),
        (0.47, "even"),
        (0.53, "even"),
        (0.534, "even"),
        (0.54, "a little more likely than not"),
        (0.65, "a little more likely than not"),
        (0.66, "likely"),
        (0.85, "likely"),
        (0.86, "very likely"),
        (0.95, "very likely"),
        (0.955, "all but certain"),
    ],
)
def test_chances_have_words(chance, words):
    assert in_words(chance) == words
