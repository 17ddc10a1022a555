"""The numbers behind an estimate: bounds, storage, neighbours on the grid of fitting."""

from dataclasses import replace

import pytest

from forecasts.maths.parameters import DEFAULTS, STEPS, Parameters


def test_what_is_stored_is_read_back():
    assert Parameters.from_json(replace(DEFAULTS, crowd_doubt=2.5).to_json()).crowd_doubt == 2.5


@pytest.mark.parametrize("stored", [None, [], {}, {**DEFAULTS.to_json(), "more": 1}])
def test_what_is_no_set_of_parameters_is_refused(stored):
    with pytest.raises(ValueError, match="Parameters are"):
        Parameters.from_json(stored)


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf"), "1", None, True])
def test_a_value_out_of_bounds_is_refused_by_name(value):
    for name in STEPS:
        with pytest.raises(ValueError, match=name):
            Parameters(**{name: value})


def test_every_step_that_a_fit_may_take_is_allowed_and_the_default_is_among_them():
    for name, steps in STEPS.items():
        assert getattr(DEFAULTS, name) in steps
        assert list(steps) == sorted(steps)
        assert all(Parameters(**{name: step}) for step in steps)


def test_neighbours_differ_in_one_parameter_by_one_step():
    found = list(DEFAULTS.neighbours())
    assert replace(DEFAULTS, hazard_shape=2.1) in found
    assert len(found) == 2 * len(STEPS)
    assert all(sum(getattr(one, name) != getattr(DEFAULTS, name) for name in STEPS) == 1 for one in found)


def test_distance_is_nought_at_the_defaults_and_two_deviations_at_a_half():
    assert DEFAULTS.distance() == 0
    assert replace(DEFAULTS, evidence_scale=0.5).distance() == pytest.approx(2)
    assert replace(DEFAULTS, crowd_doubt=8.0, half_life_days=45).distance() == pytest.approx(4)
