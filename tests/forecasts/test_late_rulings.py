"""Rulings that take effect on a day gone by, and those taken back: whose forecasts count, and whose scores stand."""

from datetime import date, timedelta

import pytest

from forecasts.estimates import record, revise
from forecasts.leaderboard import leaderboard
from forecasts.models import Forecast, Forecaster, Proposition, Resolution, Score
from forecasts.refused import Refused
from forecasts.resolution import resolve, reverse
from tests.forecasts.makers import day, make_forecaster, make_proposition, marked, story

pytestmark = pytest.mark.django_db
FIFTH = date(2026, 1, 5)


def rule(proposition, **fields):
    ruling = {"outcome": "yes", "effective_on": FIFTH, "source": "The gazette.", "reason": "Signed.", "by": "Cleo"}
    return resolve(proposition, **{**ruling, "at": day(20), **fields})


def briers(**among):
    rows = Score.objects.filter(rule="brier", **among).values_list("forecaster__name", "value")
    return {name: pytest.approx(value) for name, value in rows}


def test_the_last_instant_of_the_effective_day_counts_and_the_next_does_not():
    proposition, ada, ben = make_proposition(), make_forecaster("Ada"), make_forecaster("Ben")
    record(proposition, forecaster=ada, probability=0.9, at=day(5) - timedelta(microseconds=1))
    record(proposition, forecaster=ben, probability=0.9, at=day(5))
    rule(proposition)
    assert briers() == {"Ada": 0.01}


def test_the_products_estimates_after_it_do_not_count_either():
    proposition = make_proposition()
    revise(marked(proposition), signals=[], at=day(0))
    Proposition.objects.mark_unsettled(day(6))
    revise(marked(proposition), signals=[story("a", strength="decisive")], at=day(6))
    rule(proposition)
    assert briers() == {"Hindcast": 0.25}


def test_of_two_forecasts_of_one_instant_the_later_row_stands():
    proposition, ada = make_proposition(), make_forecaster("Ada")
    record(proposition, forecaster=ada, probability=0.2, at=day(1))
    record(proposition, forecaster=ada, probability=0.9, at=day(1))
    rule(proposition)
    assert briers() == {"Ada": 0.01}


def test_two_people_at_one_instant_are_scored_and_compared():
    proposition, ada, ben = make_proposition(), make_forecaster("Ada"), make_forecaster("Ben")
    record(proposition, forecaster=ada, probability=0.9, at=day(1))
    record(proposition, forecaster=ben, probability=0.8, at=day(1))
    rule(proposition)
    assert briers() == {"Ada": 0.01, "Ben": 0.04}
    peers = Score.objects.filter(rule="peer").values_list("value", flat=True)
    assert sum(peers) == pytest.approx(0)


def test_what_was_withdrawn_before_the_opening_is_not_scored():
    proposition, ada = make_proposition(), make_forecaster("Ada")
    Forecast.objects.create(
        proposition=proposition, forecaster=ada, probability=0.9, made_at=day(-3), withdrawn_at=day(-1)
    )
    rule(proposition)
    assert not Score.objects.exists()


def test_what_is_settled_before_the_first_forecast_scores_nobody():
    proposition = make_proposition()
    record(proposition, forecaster=make_forecaster(), probability=0.9, at=day(7))
    rule(proposition)
    assert not Score.objects.exists()


def test_one_forecaster_alone_is_scored_and_compared_with_nobody():
    proposition = make_proposition()
    record(proposition, forecaster=make_forecaster("Ada"), probability=0.9, at=day(1))
    rule(proposition)
    assert briers() == {"Ada": 0.01}
    assert not Score.objects.filter(rule__in=["peer", "relative"]).exists()


def test_without_a_forecast_the_ruling_stands_without_scores():
    rule(make_proposition())
    assert Resolution.objects.get().reversed_at is None
    assert not Score.objects.exists()


def test_by_a_clock_that_went_back_nobody_is_scored_for_what_had_not_been_said():
    proposition, ada, ben = make_proposition(), make_forecaster("Ada"), make_forecaster("Ben")
    record(proposition, forecaster=ada, probability=0.9, at=day(1))
    record(proposition, forecaster=ben, probability=0.9, at=day(4))
    rule(proposition, effective_on=date(2026, 1, 3), at=day(2, hour=6))
    assert briers() == {"Ada": 0.01}


def test_by_a_clock_before_the_opening_the_ruling_scores_nobody():
    proposition = make_proposition()
    record(proposition, forecaster=make_forecaster(), probability=0.9, at=day(1))
    rule(proposition, effective_on=date(2025, 12, 30), at=day(-1))
    assert not Score.objects.exists()


def test_after_a_reversal_all_scores_are_those_of_the_new_ruling():
    proposition = make_proposition()
    people = {name: make_forecaster(name) for name in ("Ada", "Ben")}
    author = make_forecaster("Hale", kind=Forecaster.Kind.AUTHOR)
    record(proposition, forecaster=author, probability=0.7, at=day(0))
    revise(marked(proposition), signals=[], at=day(0))
    record(proposition, forecaster=people["Ada"], probability=0.8, at=day(0))
    record(proposition, forecaster=people["Ben"], probability=0.4, at=day(0))
    first = rule(proposition)
    assert briers() == {"Ada": 0.04, "Ben": 0.36, "Hale": 0.09, "Hindcast": 0.25}
    reverse(first, reason="A draft only.", by="Dora", at=day(21))
    second = rule(proposition, outcome="no", at=day(22))
    assert briers() == {"Ada": 0.64, "Ben": 0.16, "Hale": 0.49, "Hindcast": 0.25}
    assert set(Score.objects.values_list("resolution", flat=True)) == {second.pk}
    peers = dict(Score.objects.filter(rule="peer").values_list("forecaster__name", "value"))
    assert peers["Ben"] > 0 > peers["Ada"]
    assert [place.name for place in leaderboard(kinds=[Forecaster.Kind.MEMBER])] == ["Ben", "Ada"]


def test_a_new_ruling_does_not_come_before_the_old_one_was_taken_back():
    proposition = make_proposition()
    reverse(rule(proposition), reason="A draft only.", by="Dora", at=day(21))
    with pytest.raises(Refused, match="check the clock"):
        rule(proposition, at=day(20))
    assert rule(proposition, at=day(21)).pk


@pytest.mark.parametrize("outcome", ["void", "partly"])
def test_a_new_ruling_without_scores_leaves_none_of_the_old(outcome):
    proposition = make_proposition()
    record(proposition, forecaster=make_forecaster(), probability=0.8, at=day(0))
    reverse(rule(proposition), reason="Unclear.", by="Dora", at=day(21))
    rule(proposition, outcome=outcome, at=day(22))
    assert not Score.objects.exists()
    assert leaderboard() == ()


def test_a_new_ruling_of_an_earlier_day_counts_less():
    proposition, ada = make_proposition(), make_forecaster("Ada")
    record(proposition, forecaster=ada, probability=0.5, at=day(0))
    record(proposition, forecaster=ada, probability=0.9, at=day(4))
    reverse(rule(proposition), reason="It was signed before.", by="Dora", at=day(21))
    rule(proposition, effective_on=date(2026, 1, 4), at=day(22))
    assert briers() == {"Ada": 0.25}


def test_a_reversal_that_races_a_new_ruling_leaves_one_consistent_whole(at_once):
    proposition = make_proposition()
    record(proposition, forecaster=make_forecaster("Ada"), probability=0.8, at=day(0))
    first = rule(proposition)
    results = at_once(
        lambda: reverse(first, reason="A draft only.", by="Dora", at=day(21)),
        lambda: rule(proposition, outcome="no", by="Eve", at=day(22)),
    )
    assert type(results[0]).__name__ == "Resolution"
    ruled_anew = type(results[1]).__name__ == "Resolution"
    (state,) = at_once(lambda: Proposition.objects.get().state)
    assert state == ("resolved" if ruled_anew else "open")
    (found,) = at_once(lambda: list(Score.objects.filter(rule="brier").values_list("resolution__outcome", "value")))
    assert found == ([("no", pytest.approx(0.64))] if ruled_anew else [])


def test_many_who_rule_and_take_back_at_once_leave_scores_of_the_standing_ruling_alone(at_once):
    proposition = make_proposition()
    record(proposition, forecaster=make_forecaster("Ada"), probability=0.8, at=day(0))

    def turn(outcome):
        def take():
            return reverse(rule(proposition, outcome=outcome, at=day(21)), reason="Wrong.", by="Dora", at=day(21))

        return take

    at_once(
        *(turn(outcome) for outcome in ("yes", "no", "yes", "no")), lambda: rule(proposition, outcome="no", at=day(21))
    )
    (standing,) = at_once(lambda: list(Resolution.objects.filter(reversed_at=None).values_list("pk", flat=True)))
    (scored,) = at_once(lambda: set(Score.objects.values_list("resolution", flat=True)))
    assert scored == set(standing)
    assert len(standing) <= 1
