import pytest

from language.matching.thresholds import HIGHEST, LOWEST, threshold


def test_without_decisions_it_is_the_usual_one():
    assert threshold([], [], prior=0.47) == 0.47


def test_rejections_raise_it_and_acceptances_lower_it():
    assert threshold([], [0.6, 0.55, 0.5], prior=0.47) > 0.47 > threshold([0.6, 0.55, 0.5], [], prior=0.47)


def test_one_decision_moves_it_little_and_many_move_it_far():
    few, many = threshold([], [0.5], prior=0.47), threshold([], [0.5] * 30, prior=0.47)
    assert few - 0.47 < 0.04
    assert many - 0.47 > 0.2


def test_what_the_model_expected_moves_it_least():
    surprising = threshold([0.2, 0.2], [0.9, 0.9], prior=0.47)
    assert abs(threshold([0.9, 0.9, 0.9], [0.1], prior=0.47) - 0.47) < 0.04
    assert abs(surprising - 0.47) < 0.2


@pytest.mark.parametrize(("accepted", "rejected"), [([0.0] * 5_000, []), ([], [1.0] * 5_000), ([0, 1], [0, 1])])
def test_it_stays_within_its_bounds(accepted, rejected):
    assert LOWEST <= threshold(accepted, rejected, prior=0.47) <= HIGHEST
