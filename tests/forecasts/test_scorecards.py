"""Scorecards over real rulings: what counts, what is told apart, and in how many queries."""

import math
from datetime import date

import pytest

from forecasts.estimates import record
from forecasts.models import Forecaster, Proposition
from forecasts.resolution import reverse
from forecasts.scorecards import calibration_of, scorecard
from tests.forecasts.makers import day, make_forecaster, make_pool, make_proposition, ruled, ruling

pytestmark = pytest.mark.django_db


def test_an_empty_record_says_so():
    card = scorecard([make_forecaster()])
    assert (card.scored, card.resolved, card.mean_brier, card.mean_log) == ((), 0, None, None)
    assert (card.calibration.count, card.too_few) == (0, True)
    assert (card.baseline, card.peer, card.mean_relative, card.covered) == (None, None, None, None)
    assert (card.against_crowd, card.against_base_rate, card.brier_range) == (None, None, None)
    assert scorecard([]).resolved == 0


def test_a_record_is_the_mean_of_its_scores():
    ada = make_forecaster()
    ruled("one", {ada: 0.8})
    ruled("two", {ada: 0.4}, outcome="no", effective_on=date(2026, 1, 5))
    card = scorecard([ada])
    assert card.mean_brier == pytest.approx((0.04 + 0.16) / 2)
    assert (card.resolved, [row.coverage for row in card.scored]) == (2, [1.0, 1.0])
    assert [(row.probability, row.outcome) for row in card.scored] == [(0.8, True), (0.4, False)]


def test_calibration_bins_hold_chances_of_yes():
    ada = make_forecaster()
    ruled("one", {ada: 0.15}, outcome="no")
    ruled("two", {ada: 0.85}, outcome="no")
    card = scorecard([ada])
    assert [(b.low, b.count, b.happened) for b in card.calibration.bins] == [(0.1, 1, 0), (0.8, 1, 0)]


def test_a_record_may_be_cut_to_some_propositions():
    ada = make_forecaster()
    ruled("one", {ada: 0.8})
    ruled("two", {ada: 0.4})
    card = scorecard([ada], Proposition.objects.filter(key="two"))
    assert [row.proposition_id for row in card.scored] == [Proposition.objects.get(key="two").pk]


def test_several_forecasters_have_a_joint_record():
    ada, ben = make_forecaster(), make_forecaster("Ben")
    ruled("one", {ada: 0.8, ben: 0.6})
    for both in ([ada, ben], (one for one in (ada, ben)), Forecaster.objects.filter(kind="member")):
        card = scorecard(both)
        assert (card.resolved, len(card.scored)) == (1, 2)
        assert card.mean_brier == pytest.approx((0.04 + 0.16) / 2)


def test_void_rulings_and_those_taken_back_do_not_count():
    ada = make_forecaster()
    ruled("void", {ada: 0.8}, outcome="void")
    reverse(ruled("wrong", {ada: 0.8}), reason="A hoax.", by="Dora", at=day(21))
    assert scorecard([ada]).resolved == 0


def test_hindsight_is_shown_and_counted_on_a_card():
    ada = make_forecaster()
    ruled("before", {ada: 0.8})
    ruled("after", {ada: 0.99}, written_with_hindsight=True)
    card = scorecard([ada])
    assert (card.resolved, card.hindsight) == (2, 1)


def test_ten_rulings_are_enough_to_tell():
    ada = make_forecaster()
    for number in range(10):
        assert scorecard([ada]).too_few
        ruled(f"question-{number}", {ada: 0.7})
    assert not scorecard([ada]).too_few


def test_points_come_as_sum_mean_and_average_of_the_leaderboard():
    ada, ben = make_forecaster(), make_forecaster("Ben")
    ruled("one", {ada: 0.8, ben: 0.4})
    ruled("two", {ada: 0.5})
    card = scorecard([ada])
    assert card.baseline.total == pytest.approx(100 * (1 + math.log2(0.8)))
    assert card.baseline.mean == pytest.approx(card.baseline.total / 2)
    assert (card.peer.count, card.peer.coverage) == (1, pytest.approx(1.0))
    assert card.peer.total == pytest.approx(100 * math.log(2))
    assert card.peer.average == pytest.approx(card.peer.total / 30)
    assert card.mean_relative == pytest.approx(2 * 0.04 - (2 * 0.04 + 2 * 0.36) / 2)


def test_what_was_covered_is_held_against_what_was_attainable():
    ada = make_forecaster()
    ruled("whole", {ada: 0.8})
    ruled("early", {ada: 0.8}, effective_on=date(2026, 1, 5))
    late = make_forecaster("Late")
    record(make_proposition("late"), forecaster=late, probability=0.8, at=day(5))
    ruling("late")
    assert scorecard([ada]).attainable == pytest.approx(0.75)
    assert scorecard([ada]).covered == pytest.approx(1.0)
    assert (scorecard([late]).attainable, scorecard([late]).covered) == pytest.approx((1.0, 0.5))


def test_skill_compares_with_the_crowd_only_where_it_said_something():
    ada = make_forecaster()
    for key, pooled in (("one", 0.5), ("two", 0.5), ("silent", None)):
        proposition = make_proposition(key, prior=0.2)
        record(proposition, forecaster=ada, probability=0.9, at=day(0))
        make_pool(proposition, probability=pooled)
        ruling(key)
    card = scorecard([ada])
    assert (card.against_crowd.questions, card.against_crowd.value) == (2, pytest.approx(1 - 0.01 / 0.25))
    assert card.against_crowd.is_better
    assert (card.against_base_rate.questions, card.against_base_rate.value) == (3, pytest.approx(1 - 0.01 / 0.64))
    crowd = Forecaster.objects.get(kind="crowd")
    assert scorecard([crowd]).against_crowd is None
    assert scorecard([crowd]).against_base_rate.value == pytest.approx(1 - 0.25 / 0.64)


def test_a_card_says_between_what_the_wordings_leave_its_means():
    hale = make_forecaster("Hale", kind=Forecaster.Kind.AUTHOR)
    record(make_proposition("ranged"), forecaster=hale, probability=0.8, at=day(0), low=0.6, high=0.9)
    ruling("ranged")
    ruled("figure", {hale: 0.8})
    card = scorecard([hale])
    assert (card.brier_range.low, card.brier_range.high) == pytest.approx(((0.01 + 0.04) / 2, (0.16 + 0.04) / 2))
    assert card.log_range.low < card.mean_log < card.log_range.high
    assert scorecard([make_forecaster("Ada")]).log_range is None


def test_calibration_alone_is_that_of_the_card():
    ada, ben = make_forecaster(), make_forecaster("Ben")
    ruled("one", {ada: 0.8, ben: 0.2})
    ruled("two", {ada: 0.4}, outcome="no", topic="trade")
    assert calibration_of([ada, ben]) == scorecard([ada, ben]).calibration
    assert calibration_of([ada], Proposition.objects.filter(topic="trade")).count == 1
    assert calibration_of([make_forecaster("Cy")]).count == 0


@pytest.mark.parametrize("size", [1, 6])
def test_a_card_takes_one_query_whatever_its_size(size, django_assert_num_queries):
    people = [make_forecaster(f"Forecaster {number}") for number in range(size)]
    for number in range(size):
        ruled(f"question-{number}", dict.fromkeys(people, 0.6))
    with django_assert_num_queries(1):
        assert scorecard(Forecaster.objects.all(), Proposition.objects.all()).resolved == size
    with django_assert_num_queries(1):
        assert calibration_of(Forecaster.objects.all(), Proposition.objects.all()).count == size * size
