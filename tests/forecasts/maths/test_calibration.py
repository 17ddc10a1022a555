"""Calibration: bins, Wilson's interval against a published example, Murphy's identity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.calibration import JudgedForecast, bins, calibrate, decompose, shares, sharpness, wilson

judgements = st.lists(
    st.builds(JudgedForecast, probability=st.floats(min_value=0.001, max_value=0.999), outcome=st.booleans()),
    min_size=1,
)


def said(chance, *outcomes):
    return [JudgedForecast(probability=chance, outcome=outcome) for outcome in outcomes]


def test_wilson_agrees_with_the_textbook():
    # 81 of 263 at 95%: [.2553, .3662], R. G. Newcombe, Statistics in Medicine 17 (1998), table I.
    interval = wilson(81, count=263, confidence=0.95)
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.2553, 0.3662)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_stays_within_0_and_1(case):
    happened, count = case
    interval = wilson(happened, count=count)
    assert 0.0 <= interval.low <= happened / count <= interval.high <= 1.0
    assert interval.low < interval.high


@pytest.mark.parametrize(("happened", "count"), [(0, 0), (3, 2), (-1, 2)])
def test_wilson_refuses_what_is_no_proportion(happened, count):
    with pytest.raises(ValueError, match="no proportion"):
        wilson(happened, count=count)


@pytest.mark.parametrize("confidence", [0, 1, 1.5])
def test_wilson_refuses_an_impossible_confidence(confidence):
    with pytest.raises(ValueError, match="no level"):
        wilson(1, count=2, confidence=confidence)


def test_bins_hold_counts_and_leave_out_the_empty_ones():
    seventies = said(0.7, True, True, False) + said(0.74, True)
    low, high = bins([*seventies, *said(0.05, False)])
    assert (low.low, low.high, low.count, low.happened, low.frequency) == (0.0, 0.1, 1, 0, 0.0)
    assert (high.count, high.happened, high.frequency) == (4, 3, 0.75)
    assert high.stated == pytest.approx(0.71)
    assert high.interval == wilson(3, count=4)


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_round_probability_opens_its_bin(tenth):
    assert bins(said(tenth / 10, True))[0].low == tenth / 10


def test_nothing_judged_is_nothing_to_show():
    assert bins([]) == ()
    assert decompose([]) is None


def test_a_perfectly_calibrated_forecaster_has_no_reliability_loss():
    parts = decompose(said(0.75, True, True, True, False) + said(0.25, False, False, False, True))
    assert parts.reliability == pytest.approx(0)
    assert parts.resolution == pytest.approx(0.0625)
    assert parts.uncertainty == pytest.approx(0.25)


@given(judgements, st.integers(1, 20))
def test_the_parts_add_up_to_the_brier_score(judged, number):
    parts = decompose(judged, number=number)
    assert parts.brier == pytest.approx(sum((j.probability - j.outcome) ** 2 for j in judged) / len(judged))
    assert parts.reliability - parts.resolution + parts.uncertainty + parts.within == pytest.approx(parts.brier)


@given(judgements)
def test_every_forecast_lies_in_exactly_one_bin(judged):
    drawn = bins(judged)
    assert sum(b.count for b in drawn) == len(judged)
    assert sum(b.happened for b in drawn) == sum(j.outcome for j in judged)
    assert all(b.low - 1e-9 <= b.stated <= b.high + 1e-9 for b in drawn)


def test_a_weight_of_two_is_two_forecasts():
    twice = [JudgedForecast(probability=0.7, outcome=True, weight=2.0), *said(0.2, False)]
    assert decompose(twice) == decompose([*said(0.7, True, True), *said(0.2, False)])


def test_shares_of_whole_cases_are_bins():
    cases = [said(0.7, True), said(0.72, False), said(0.1, False)]
    (low, high), (_, seventies) = shares(cases), bins([one for case in cases for one in case])
    assert (high.stated, high.frequency, high.interval) == (seventies.stated, 0.5, seventies.interval)
    assert (low.cases, low.weight, high.cases, high.weight) == (1, 1.0, 2, 2.0)


def test_many_forecasts_on_one_question_tell_no_more_than_one():
    case = [JudgedForecast(probability=0.7 + n / 100, outcome=True, weight=0.25) for n in range(4)]
    (share,) = shares([case])
    assert share.cases == 1
    assert share.interval == wilson(1, count=1)


@given(judgements)
def test_a_share_lies_within_its_interval(judged):
    weighed = [
        JudgedForecast(probability=one.probability, outcome=one.outcome, weight=0.1 + n) for n, one in enumerate(judged)
    ]
    for share in shares([[one] for one in weighed]):
        assert share.interval.low - 1e-9 <= share.frequency <= share.interval.high + 1e-9


def test_sharpness_by_hand():
    found = sharpness([*said(0.9, True), *said(0.1, True)])
    assert found.variance == pytest.approx(0.16)
    assert found.distance == pytest.approx(0.4)
    assert sharpness(said(0.7, True, False)).variance == pytest.approx(0)


@given(judgements)
def test_sharpness_is_bounded_and_knows_nothing_of_outcomes(judged):
    found = sharpness(judged)
    assert 0 <= found.variance <= 0.25
    assert 0 <= found.distance <= 0.5
    assert found == sharpness([JudgedForecast(probability=one.probability, outcome=not one.outcome) for one in judged])


@given(judgements)
def test_turning_every_question_round_changes_no_part(judged):
    turned = [JudgedForecast(probability=1 - one.probability, outcome=not one.outcome) for one in judged]
    one, other = sharpness(judged), sharpness(turned)
    assert (one.variance, one.distance) == pytest.approx((other.variance, other.distance), abs=1e-12)
    assert decompose(judged, number=1).uncertainty == pytest.approx(decompose(turned, number=1).uncertainty)


def test_calibration_is_all_of_it_or_says_that_there_is_nothing():
    found = calibrate(said(0.7, True, True, False) + said(0.2, True, True, True, True))
    assert (found.count, len(found.bins), found.fitting) == (7, 2, 1)
    assert found.parts == decompose(said(0.7, True, True, False) + said(0.2, True, True, True, True))
    nothing = calibrate([])
    assert (nothing.count, nothing.bins, nothing.parts, nothing.sharpness, nothing.fitting) == (0, (), None, None, 0)
