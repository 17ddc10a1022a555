"""Standings over real rulings: who is placed where under which rule, who is not, and in how many queries."""

import pytest

from forecasts.estimates import record, revise
from forecasts.leaderboard import leaderboard, topics
from forecasts.models import Forecaster, Proposition, Score
from forecasts.resolution import reverse
from tests.forecasts.makers import day, make_forecaster, make_pool, make_proposition, marked, ruled, ruling

pytestmark = pytest.mark.django_db


def names(**asked):
    return [place.name for place in leaderboard(**asked)]


def test_without_rulings_nobody_has_a_place():
    make_forecaster()
    assert leaderboard() == ()
    assert topics() == ()


def test_void_rulings_those_taken_back_and_hindsight_earn_no_place():
    ada = make_forecaster()
    ruled("void", {ada: 0.8}, outcome="void", topic="trade")
    reverse(ruled("wrong", {ada: 0.8}, topic="trade"), reason="A hoax.", by="Dora", at=day(21))
    ruled("after", {ada: 0.99}, written_with_hindsight=True, topic="trade")
    assert leaderboard() == ()
    assert topics() == ()
    ruled("before", {ada: 0.8})
    (place,) = leaderboard()
    assert (place.resolved, place.mean_brier) == (1, pytest.approx(0.04))


def test_standings_are_by_brier_and_those_with_too_few_come_last():
    steady, lucky, poor = make_forecaster("Steady"), make_forecaster("Lucky"), make_forecaster("Poor")
    for number in range(10):
        ruled(f"question-{number}", {steady: 0.7, poor: 0.2})
    ruled("one", {lucky: 0.99})
    places = leaderboard()
    assert [place.name for place in places] == ["Steady", "Poor", "Lucky"]
    assert [place.too_few for place in places] == [False, False, True]
    assert places[0].mean_brier == pytest.approx(0.09)


def test_each_rule_has_its_own_order():
    """Busy forecasts much and well enough, Choosy once and best, Wild is right most of the time and once very wrong."""
    busy, choosy, wild = make_forecaster("Busy"), make_forecaster("Choosy"), make_forecaster("Wild")
    for number in range(4):
        ruled(f"question-{number}", {busy: 0.8, wild: 0.97})
    ruled("last", {busy: 0.8, choosy: 0.9, wild: 0.001})
    assert names(rule=Score.Rule.BRIER) == ["Choosy", "Busy", "Wild"]
    assert names(rule=Score.Rule.LOG) == ["Choosy", "Busy", "Wild"]
    assert names(rule=Score.Rule.BASELINE) == ["Busy", "Choosy", "Wild"]
    assert names(rule=Score.Rule.PEER)[-1] == "Wild"
    by_rule = {rule: leaderboard(rule=rule) for rule in Score.Rule}
    for rule, places in by_rule.items():
        values = [place.by(rule) for place in places]
        assert values == sorted(values, reverse=rule not in ("brier", "relative"))


def test_whoever_a_rule_never_scored_has_no_place_under_it():
    ruled("alone", {make_forecaster(): 0.8})
    assert names(rule=Score.Rule.PEER) == []
    assert names(rule=Score.Rule.BRIER) == ["Ada"]


def test_standings_may_be_cut_to_kinds_and_propositions():
    ada, hale = make_forecaster(), make_forecaster("Hale", kind=Forecaster.Kind.AUTHOR)
    ruled("one", {ada: 0.8})
    ruled("two", {hale: 0.8})
    assert names(kinds=[Forecaster.Kind.AUTHOR]) == ["Hale"]
    assert names(propositions=Proposition.objects.filter(key="one")) == ["Ada"]


def test_the_product_and_the_crowd_stand_among_the_others():
    revise(marked(make_proposition("one", prior=0.9)), signals=[], at=day(0))
    proposition = Proposition.objects.get()
    make_pool(proposition, probability=0.5)
    record(proposition, forecaster=make_forecaster(), probability=0.2, at=day(0))
    ruling("one")
    places = leaderboard()
    assert [(place.name, place.kind) for place in places] == [
        ("Hindcast", "product"),
        ("The crowd", "crowd"),
        ("Ada", "member"),
    ]
    assert places[0].mean_brier == pytest.approx(0.01)
    assert [place.against_crowd for place in places] == [
        pytest.approx(1 - 0.01 / 0.25),
        None,
        pytest.approx(1 - 0.64 / 0.25),
    ]


def test_skill_in_the_standings_rests_on_the_questions_that_both_spoke_on():
    ada = make_forecaster()
    for key, pooled, chance in (("one", 0.5, 0.9), ("two", 0.6, 0.8), ("silent", None, 0.01)):
        proposition = make_proposition(key)
        record(proposition, forecaster=ada, probability=chance, at=day(0))
        make_pool(proposition, probability=pooled)
        ruling(key)
    of_ada = next(place for place in leaderboard() if place.name == "Ada")
    assert of_ada.against_crowd == pytest.approx(1 - (0.01 + 0.04) / (0.25 + 0.16))
    assert (of_ada.resolved, of_ada.beside) == (3, 2)


def test_topics_are_counted_the_most_frequent_first():
    ada = make_forecaster()
    for key, topic in (("one", "trade"), ("two", "war"), ("three", "war"), ("four", "")):
        ruled(key, {ada: 0.7}, topic=topic)
    assert [(topic.name, topic.resolved) for topic in topics()] == [("war", 2), ("", 1), ("trade", 1)]


@pytest.mark.parametrize("size", [1, 6])
def test_standings_take_two_queries_whatever_their_size(size, django_assert_num_queries):
    people = [make_forecaster(f"Forecaster {number}") for number in range(size)]
    for number in range(size):
        ruled(f"question-{number}", dict.fromkeys(people, 0.6), topic="trade")
    with django_assert_num_queries(2):
        assert len(leaderboard(Proposition.objects.all())) == size
    with django_assert_num_queries(1):
        assert topics()[0].resolved == size
