"""Scorecards and standings over real rulings: what counts, what is left out, and in how many queries."""

from datetime import date

import pytest

from forecasts.estimates import record, revise
from forecasts.models import Forecaster, Proposition
from forecasts.resolution import resolve, reverse
from forecasts.scorecards import scorecard, standings
from tests.forecasts.makers import day, make_forecaster, make_proposition, marked

pytestmark = pytest.mark.django_db


def ruled(key, forecasts, *, outcome="yes", effective_on=date(2026, 1, 10), **fields):
    """A proposition on which the forecasters gave their chances at the opening, ruled on."""
    proposition = make_proposition(key, **fields)
    for forecaster, chance in forecasts.items():
        record(proposition, forecaster=forecaster, probability=chance, at=day(0))
    return resolve(
        proposition,
        outcome=outcome,
        effective_on=effective_on,
        source="https://example.org/announced",
        reason="As announced.",
        by="Cleo",
        at=day(20),
    )


def test_an_empty_record_says_so():
    card = scorecard([make_forecaster()])
    assert (card.scored, card.resolved, card.right, card.mean_brier, card.mean_log) == ((), 0, 0, None, None)
    assert (card.calibration, card.leanings, card.too_few) == ((), (), True)
    assert scorecard([]).resolved == 0
    assert standings() == ()


def test_a_record_is_the_mean_of_its_scores():
    ada = make_forecaster()
    ruled("one", {ada: 0.8})
    ruled("two", {ada: 0.4}, outcome="no", effective_on=date(2026, 1, 5))
    card = scorecard([ada])
    assert card.mean_brier == pytest.approx((0.04 + 0.16) / 2)
    assert card.mean_sureness == pytest.approx(0.7)
    assert (card.resolved, card.right, card.mean_coverage) == (2, 2, 1.0)
    assert [(row.probability, row.outcome) for row in card.scored] == [(0.8, True), (0.4, False)]


def test_calibration_bins_hold_chances_of_yes_and_leanings_the_side_leaned_to():
    ada = make_forecaster()
    ruled("one", {ada: 0.15}, outcome="no")
    ruled("two", {ada: 0.85}, outcome="no")
    card = scorecard([ada])
    assert [(b.low, b.count, b.happened) for b in card.calibration] == [(0.1, 1, 0), (0.8, 1, 0)]
    assert [(b.low, b.count, b.happened) for b in card.leanings] == [(0.8, 2, 1)]


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
    assert standings() == ()


def test_hindsight_is_shown_and_counted_on_a_card_but_earns_no_place():
    ada = make_forecaster()
    ruled("before", {ada: 0.8})
    ruled("after", {ada: 0.99}, written_with_hindsight=True)
    card = scorecard([ada])
    assert (card.resolved, card.hindsight) == (2, 1)
    assert [place.resolved for place in standings()] == [1]
    assert standings()[0].mean_brier == pytest.approx(0.04)


def test_ten_rulings_are_enough_to_tell():
    ada = make_forecaster()
    for number in range(10):
        assert scorecard([ada]).too_few
        ruled(f"question-{number}", {ada: 0.7})
    assert not scorecard([ada]).too_few
    assert not standings()[0].too_few


def test_standings_are_by_brier_and_those_with_too_few_come_last():
    steady, lucky, poor = make_forecaster("Steady"), make_forecaster("Lucky"), make_forecaster("Poor")
    for number in range(10):
        ruled(f"question-{number}", {steady: 0.7, poor: 0.2})
    ruled("one", {lucky: 0.99})
    places = standings()
    assert [place.name for place in places] == ["Steady", "Poor", "Lucky"]
    assert [place.too_few for place in places] == [False, False, True]
    assert places[0].mean_brier == pytest.approx(0.09)


def test_standings_may_be_cut_to_kinds_and_propositions():
    ada, hale = make_forecaster(), make_forecaster("Hale", kind=Forecaster.Kind.AUTHOR)
    ruled("one", {ada: 0.8})
    ruled("two", {hale: 0.8})
    assert [place.name for place in standings(kinds=[Forecaster.Kind.AUTHOR])] == ["Hale"]
    assert [place.name for place in standings(Proposition.objects.filter(key="one"))] == ["Ada"]


def test_the_product_stands_among_the_others():
    revise(marked(make_proposition("one", prior=0.9)), signals=[], at=day(0))
    resolve(
        Proposition.objects.get(),
        outcome="yes",
        effective_on=date(2026, 1, 10),
        source="https://example.org/announced",
        reason="Announced.",
        by="Cleo",
        at=day(20),
    )
    assert [(place.name, place.kind) for place in standings()] == [("Hindcast", "product")]
    assert standings()[0].mean_brier == pytest.approx(0.01)


@pytest.mark.parametrize("size", [1, 6])
def test_cards_and_standings_take_one_query_whatever_their_size(size, django_assert_num_queries):
    people = [make_forecaster(f"Forecaster {number}") for number in range(size)]
    for number in range(size):
        ruled(f"question-{number}", dict.fromkeys(people, 0.6))
    with django_assert_num_queries(1):
        assert scorecard(Forecaster.objects.all(), Proposition.objects.all()).resolved == size
    with django_assert_num_queries(1):
        assert len(standings(Proposition.objects.all())) == size
