"""Skill: by hand, its edges, and what may not change it or its interval."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths import bootstrap
from forecasts.maths.skill import Paired, skill

scores = st.floats(min_value=0.001, max_value=1)
many = st.lists(st.tuples(scores, scores), min_size=2, max_size=25)


def pairs(*of):
    """From (own, reference), each on a question of its own."""
    return [Paired(question=number, own=own, reference=reference) for number, (own, reference) in enumerate(of)]


def test_skill_by_hand():
    found = skill(pairs((0.1, 0.2), (0.2, 0.4)))
    assert found.value == pytest.approx(0.5)
    assert (found.questions, found.pairs) == (2, 2)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.5, 0.5))
    assert found.is_better
    assert not found.is_worse


def test_two_questions_are_drawn_in_three_ways_whose_quantiles_are_known():
    found = skill(pairs((0.0, 0.5), (0.5, 0.5)), confidence=0.9)
    assert found.value == pytest.approx(0.5)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.0, 1.0))
    assert not found.is_better


def test_without_pairs_or_against_a_perfect_reference_there_is_no_skill():
    assert skill([]) is None
    assert skill(pairs((0.1, 0.0))) is None
    assert skill(pairs((0.0, 0.0), (0.0, 0.0))) is None


def test_one_question_tells_nothing_of_others_however_many_forecast_it():
    one = skill([Paired(question="a", own=0.1, reference=0.2), Paired(question="a", own=0.3, reference=0.2)])
    assert (one.value, one.interval, one.questions, one.pairs) == (pytest.approx(0.0), None, 1, 2)
    assert not one.is_better
    assert not one.is_worse


def test_where_some_draws_would_have_a_perfect_reference_there_is_no_interval():
    found = skill(pairs((0.1, 0.0), (0.1, 0.4)))
    assert (found.value, found.interval) == (pytest.approx(0.5), None)


@pytest.mark.parametrize("wrong", [(-0.1, 0.2), (0.1, -0.2), (math.nan, 0.2), (0.1, math.inf)])
def test_what_is_no_score_is_refused(wrong):
    with pytest.raises(ValueError, match="no scores"):
        skill(pairs(wrong))


@pytest.mark.parametrize("asked", [{"draws": 0}, {"confidence": 1.0}, {"confidence": 0.0}])
def test_an_impossible_interval_is_refused(asked):
    with pytest.raises(ValueError, match="no interval"):
        skill(pairs((0.1, 0.2)), **asked)


@given(many, st.randoms())
def test_neither_order_nor_names_nor_a_second_run_change_anything(of, source):
    given_pairs = pairs(*of)
    names = source.sample(range(1000), k=len(of))
    renamed = [Paired(question=names[each.question], own=each.own, reference=each.reference) for each in given_pairs]
    found = skill(given_pairs, draws=50)
    assert found == skill(given_pairs, draws=50)
    assert found == skill(source.sample(renamed, k=len(renamed)), draws=50)


@given(many)
def test_whoever_equals_the_reference_has_none_and_nobody_has_more_than_one(of):
    same = skill(pairs(*[(own, own) for own, _ in of]), draws=50)
    assert (same.value, same.interval.low, same.interval.high) == pytest.approx((0, 0, 0))
    found = skill(pairs(*of), draws=50)
    assert max(found.value, found.interval.high) <= 1
    assert found.interval.low <= found.interval.high


@given(many, st.integers(1, 10))
def test_the_unit_of_the_scores_does_not_matter(of, scale):
    found, scaled = skill(pairs(*of), draws=50), skill(pairs(*[(a * 2**scale, b * 2**scale) for a, b in of]), draws=50)
    assert found.value == pytest.approx(scaled.value)
    assert (found.interval.low, found.interval.high) == pytest.approx((scaled.interval.low, scaled.interval.high))


@given(many)
def test_beating_the_reference_everywhere_is_told_from_luck(of):
    better = skill(pairs(*[(min(a, b) / 2, b) for a, b in of]), draws=50)
    worse = skill(pairs(*[(b + a, b) for a, b in of]), draws=50)
    assert better.is_better
    assert worse.is_worse


def test_pairs_on_one_question_are_drawn_together():
    source = random.Random(7)
    rows = [(source.random(), 0.5) for _ in range(40)]
    apart = skill(pairs(*rows))
    together = skill([Paired(question=n // 8, own=own, reference=ref) for n, (own, ref) in enumerate(rows)])
    assert together.value == pytest.approx(apart.value)
    assert (together.questions, together.pairs) == (5, 40)


def test_drawing_in_blocks_draws_the_same(monkeypatch):
    source = random.Random(3)
    rows = pairs(*[(source.random(), source.random()) for _ in range(30)])
    whole = skill(rows)
    monkeypatch.setattr(bootstrap, "CELLS", 100)
    assert skill(rows) == whole


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    source, held = random.Random(11), 0
    for _ in range(200):
        rows = [((0.5 + source.uniform(-0.4, 0.4)) * 0.8, 0.5 + source.uniform(-0.4, 0.4)) for _ in range(40)]
        interval = skill(pairs(*rows), draws=400).interval
        held += interval.low <= 0.2 <= interval.high
    assert held >= 180
