"""Bootstrap intervals of means: against the normal approximation, paired, and with too little to tell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.maths.bootstrap import mean_intervals


def test_of_many_cases_the_interval_is_that_of_the_normal_distribution():
    values = [[number % 10] for number in range(400)]
    (interval,) = mean_intervals(values)
    # The standard deviation of 0 to 9 is 2.87; 80 in 100 lie within 1.28 standard errors of the mean.
    reach = 1.2816 * 2.8723 / 20
    assert (interval.low, interval.high) == (pytest.approx(4.5 - reach, abs=0.02), pytest.approx(4.5 + reach, abs=0.02))


def test_columns_are_drawn_together():
    rows = [(number, 2 * number, 5.0) for number in range(30)]
    single, double, constant = mean_intervals(rows)
    assert (double.low, double.high) == (2 * single.low, 2 * single.high)
    assert (constant.low, constant.high) == (5.0, 5.0)


@settings(max_examples=20)
@given(st.lists(st.floats(-3, 3), min_size=2, max_size=12), st.randoms())
def test_the_order_of_the_cases_changes_nothing(values, random):
    mixed = list(values)
    random.shuffle(mixed)
    assert mean_intervals([[value] for value in mixed]) == mean_intervals([[value] for value in values])


def test_one_case_tells_nothing_about_the_spread():
    assert mean_intervals([]) is None
    assert mean_intervals([(0.2, 0.3)]) is None


def test_a_higher_confidence_asks_for_a_wider_interval():
    values = [[number % 7] for number in range(40)]
    (narrow,), (wide,) = mean_intervals(values, confidence=0.5), mean_intervals(values, confidence=0.95)
    assert wide.low < narrow.low < narrow.high < wide.high
