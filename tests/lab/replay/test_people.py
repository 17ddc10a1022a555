"""The people of a replay: each does what is due, once what it needs is there, through the doors that people use."""

from datetime import UTC, date, datetime, timedelta

import pytest

from forecasts.models import Forecast, Proposition
from lab.replay.archive import ArchivedQuestion, Settled
from lab.replay.archived_people import ArchivedDecision, ArchivedForecast
from lab.replay.people import People
from tests.makers import make_entry, make_evidence, make_proposition
from tracker.models import Decision, Evidence

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def proposition():
    return make_proposition(opens_on=DAY.date(), deadline=date(2026, 1, 31))


def at(days):
    return DAY + timedelta(days=days)


def decided(link, *, days=1, stance="supports"):
    strength = "weak" if stance == "supports" else ""
    return ArchivedDecision(
        proposition="p1", link=link, stance=stance, strength=strength, at=at(days), reason="As reported."
    )


def gave(chance, *, days, forecaster="ann"):
    return ArchivedForecast(proposition="p1", forecaster=forecaster, probability=chance, at=at(days))


def people(proposition, *, decisions=(), forecasts=(), settled=None):
    questions = ArchivedQuestion(
        id="p1", claim="", question="", resolution_criteria="", opens=DAY.date(), deadline=DAY.date(), settled=settled
    )
    return People({"p1": proposition}, questions=[questions], decisions=decisions, forecasts=forecasts, by="replay")


def test_a_decision_waits_for_its_time_and_for_its_entry(proposition):
    them = people(proposition, decisions=[decided("https://a.example/1?utm_source=x", days=2)])
    them.decide(at(3))
    assert not Evidence.objects.exists()
    make_entry(link="https://a.example/1", at=at(1))
    them.decide(at(1))
    assert not Evidence.objects.exists()
    them.decide(at(3))
    evidence = Evidence.objects.confirmed().get()
    assert (evidence.stance, evidence.strength, evidence.decided_by, evidence.decided_at) == (
        "supports",
        "weak",
        "replay",
        at(3),
    )
    assert Decision.objects.filter(verb="confirm").count() == 1
    assert (them.report().decisions, them.report().decisions_left) == (1, 0)


def test_of_entries_with_one_link_the_first_is_decided_on_and_only_once(proposition):
    first, second = (make_entry(f"Telling {n}", link="https://a.example/1", at=at(1)) for n in range(2))
    them = people(proposition, decisions=[decided("https://a.example/1")])
    them.decide(at(2))
    them.decide(at(3))
    assert [row.story_id for row in Evidence.objects.all()] == [first.story_id]
    assert second.story_id != first.story_id


def test_a_rejection_turns_a_suggestion_down_and_needs_one(proposition):
    entry = make_entry(link="https://a.example/1", at=at(1))
    make_entry(link="https://a.example/2", at=at(1))
    suggestion = make_evidence(proposition, entry=entry)
    both = [decided(f"https://a.example/{n}", stance="rejected") for n in (1, 2)]
    them = people(proposition, decisions=both)
    them.decide(at(2))
    suggestion.refresh_from_db()
    assert (suggestion.state, Evidence.objects.count(), them.report().decisions) == ("rejected", 1, 2)


def test_forecasts_are_recorded_at_their_own_times_in_turn(proposition):
    given = [gave(0.2, days=1), gave(0.4, days=1.5, forecaster="bob"), gave(0.7, days=4)]
    them = people(proposition, forecasts=given)
    them.forecast(at(2))
    assert [(row.forecaster.name, row.made_at) for row in Forecast.objects.all()] == [("ann", at(1)), ("bob", at(1.5))]
    them.forecast(at(2))
    them.forecast(at(5))
    assert list(Forecast.objects.values_list("probability", flat=True)) == [0.2, 0.4, 0.7]
    assert len({row.forecaster_id for row in Forecast.objects.all()}) == 2


def test_a_forecast_before_the_opening_or_never_reached_is_left(proposition):
    them = people(proposition, forecasts=[gave(0.2, days=-1), gave(0.4, days=20)])
    them.forecast(at(2))
    assert (them.report().forecasts, them.report().forecasts_left) == (0, 2)


def test_the_ruling_comes_at_the_end_of_the_day_and_once(proposition):
    them = people(proposition, settled=Settled(outcome="yes", on=date(2026, 1, 3)))
    them.rule(at(2))
    assert them.report().rulings_left == 1
    them.rule(at(3))
    them.rule(at(3))
    ruling = proposition.resolutions.get()
    assert (ruling.ruled_at, ruling.effective_on, ruling.ruled_by) == (at(3), date(2026, 1, 3), "replay")
    assert Proposition.objects.get().outcome == "yes"
    assert (them.report().rulings, them.report().rulings_left) == (1, 0)


def test_nobody_does_nothing(proposition):
    them = people(proposition)
    for act in (them.forecast, them.decide, them.rule):
        act(at(2))
    assert set(them.report().__class__.__slots__) >= {"decisions", "forecasts", "rulings"}
    assert not any(getattr(them.report(), name) for name in them.report().__class__.__slots__)
