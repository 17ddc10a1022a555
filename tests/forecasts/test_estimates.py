"""Recording and withdrawing forecasts; revising the product's estimate, once, from all that is known."""

import threading

import pytest

from forecasts import aggregates
from forecasts.estimates import record, revise, withdraw
from forecasts.maths.odds import expit
from forecasts.maths.parts import from_json, total
from forecasts.models import Estimate, Forecast, Forecaster, Proposition
from forecasts.refused import Refused
from tests.forecasts.makers import day, make_forecaster, make_proposition, marked, story

pytestmark = pytest.mark.django_db


def test_a_forecast_stands_until_it_is_replaced():
    proposition, ada = make_proposition(), make_forecaster()
    first = record(proposition, forecaster=ada, probability=0.3, at=day(1), comment="a hunch")
    second = record(proposition, forecaster=ada, probability=0.6, at=day(2))
    assert list(Forecast.objects.in_force(day(1))) == [first]
    assert list(Forecast.objects.in_force(day(2))) == [second]
    assert first.comment == "a hunch"


def test_of_two_forecasts_at_one_instant_the_later_word_stands():
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.3, at=day(1))
    record(proposition, forecaster=ada, probability=0.6, at=day(1))
    assert [forecast.probability for forecast in Forecast.objects.in_force(day(1))] == [0.6]


@pytest.mark.parametrize("kind", ["member", "bot", "site"])
def test_a_forecast_of_the_crowd_marks_the_proposition_unsettled(kind):
    proposition = make_proposition(unsettled_at=None)
    record(proposition, forecaster=make_forecaster(kind=kind), probability=0.3, at=day(1))
    proposition.refresh_from_db()
    assert proposition.unsettled_at == day(1)


def test_an_authors_forecast_moves_nothing_but_is_kept():
    proposition, author = make_proposition(unsettled_at=None), make_forecaster(kind=Forecaster.Kind.AUTHOR)
    record(proposition, forecaster=author, probability=0.9, at=day(1))
    proposition.refresh_from_db()
    assert proposition.unsettled_at is None
    assert aggregates.record(proposition, at=day(2)) is None
    assert Forecast.objects.count() == 1


def test_the_range_that_a_wording_allows_is_kept_beside_the_chance():
    author = make_forecaster(kind=Forecaster.Kind.AUTHOR)
    forecast = record(make_proposition(), forecaster=author, probability=0.8, at=day(1), low=0.6, high=0.9)
    assert (forecast.low, forecast.high) == (0.6, 0.9)


@pytest.mark.parametrize(("low", "high"), [(0.85, 0.9), (0.6, 0.7), (0.6, None), (None, 0.9), (0, 0.9), (0.6, 1)])
def test_what_is_no_range_around_the_chance_is_refused(low, high):
    with pytest.raises(Refused):
        record(make_proposition(), forecaster=make_forecaster(), probability=0.8, at=day(1), low=low, high=high)
    assert not Forecast.objects.exists()


@pytest.mark.parametrize("value", [0, 1, float("nan"), "0.5", None, 70])
def test_what_is_no_probability_is_refused_and_nothing_stored(value):
    proposition, ada = make_proposition(), make_forecaster()
    with pytest.raises(Refused, match="probability"):
        record(proposition, forecaster=ada, probability=value, at=day(1))
    assert not Forecast.objects.exists()


@pytest.mark.parametrize(
    ("fields", "at", "complaint"),
    [
        ({}, day(-1), "opens on 2026-01-01"),
        ({}, day(10), "closed at the end of 2026-01-10"),
        ({"state": "draft"}, day(1), "draft"),
        ({"state": "resolved", "outcome": "yes"}, day(1), "ruled on"),
    ],
)
def test_a_closed_question_takes_no_forecast_and_no_withdrawal(fields, at, complaint):
    proposition, ada = make_proposition(**fields), make_forecaster()
    with pytest.raises(Refused, match=complaint):
        record(proposition, forecaster=ada, probability=0.5, at=at)
    with pytest.raises(Refused, match=complaint):
        withdraw(proposition, forecaster=ada, at=at)


def test_the_last_moment_of_the_deadline_still_counts():
    proposition, ada = make_proposition(), make_forecaster()
    assert record(proposition, forecaster=ada, probability=0.5, at=day(9, hour=23)).pk


def test_a_stale_copy_of_a_proposition_does_not_slip_past_a_ruling():
    proposition, ada = make_proposition(), make_forecaster()
    Proposition.objects.update(state="resolved", outcome="no")
    with pytest.raises(Refused, match="ruled on"):
        record(proposition, forecaster=ada, probability=0.5, at=day(1))


def test_a_clock_that_went_back_is_noticed_for_members_but_authors_may_be_dated_back():
    proposition = make_proposition()
    ada, author = make_forecaster(), make_forecaster("Hale", kind=Forecaster.Kind.AUTHOR)
    for forecaster in (ada, author):
        record(proposition, forecaster=forecaster, probability=0.5, at=day(3))
    with pytest.raises(Refused, match="check the clock"):
        record(proposition, forecaster=ada, probability=0.6, at=day(2))
    record(proposition, forecaster=author, probability=0.6, at=day(2))
    assert Forecast.objects.in_force(day(4)).get(forecaster=author).probability == 0.5


def test_nobody_enters_the_products_forecast_the_crowds_or_an_endless_comment():
    proposition = make_proposition()
    for kind in ("product", "crowd"):
        with pytest.raises(Refused, match="is worked out"):
            record(proposition, forecaster=make_forecaster(kind=kind), probability=0.5, at=day(1))
    with pytest.raises(Refused, match="501 characters"):
        record(proposition, forecaster=make_forecaster(), probability=0.5, at=day(1), comment="x" * 501)


def test_a_withdrawn_forecast_stays_on_record_but_no_longer_stands():
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.3, at=day(1))
    record(proposition, forecaster=ada, probability=0.6, at=day(2))
    assert withdraw(proposition, forecaster=ada, at=day(3)).withdrawn_at == day(3)
    assert aggregates.record(proposition, at=day(3)) is None
    assert Forecast.objects.count() == 2
    with pytest.raises(Refused, match="nothing to withdraw"):
        withdraw(proposition, forecaster=ada, at=day(4))


def test_the_crowd_pools_standing_forecasts_of_everybody():
    proposition = make_proposition()
    for name, chance, at in (("Ada", 0.2, day(1)), ("Ada", 0.4, day(3)), ("Ben", 0.6, day(2))):
        forecaster, _ = Forecaster.objects.get_or_create(name=name, kind="member")
        record(proposition, forecaster=forecaster, probability=chance, at=at)
    said = aggregates.record(proposition, at=day(4))
    assert (said.count, said.at) == (2, day(3))
    assert said.probability == pytest.approx(0.5, abs=0.005)
    assert aggregates.record(proposition, at=day(0)) is None


def test_the_first_revision_writes_the_prior_down():
    estimate = revise(marked(make_proposition(prior=0.3)), signals=[], at=day(1))
    assert estimate.probability == pytest.approx(0.3)
    assert [part.kind for part in from_json(estimate.parts)] == ["prior"]


def test_an_estimate_is_the_sum_of_its_stored_parts():
    proposition = make_proposition(prior=0.3)
    record(proposition, forecaster=make_forecaster(), probability=0.8, at=day(1))
    revise(marked(proposition), signals=[story("a"), story("b", direction=-1, strength="weak")], at=day(2))
    stored = Estimate.objects.get()
    parts = from_json(stored.parts)
    assert [part.kind for part in parts] == ["prior", "evidence", "evidence", "crowd"]
    assert stored.probability == expit(total(parts))


def test_a_revision_settles_moves_and_counts():
    proposition = make_proposition()
    revise(marked(proposition), signals=[story("a")], at=day(2))
    proposition.refresh_from_db()
    assert (proposition.unsettled_at, proposition.changed_at, proposition.change_count) == (None, day(2), 1)


def test_running_twice_makes_no_second_row():
    found = marked(make_proposition())
    assert revise(found, signals=[story("a")], at=day(2)) is not None
    assert revise(found, signals=[story("a")], at=day(3)) is None
    assert revise(Proposition.objects.get(), signals=[story("a")], at=day(3)) is None
    assert Estimate.objects.count() == 1


def test_news_that_changes_nothing_makes_no_row():
    proposition = make_proposition()
    revise(marked(proposition), signals=[story("a")], at=day(2))
    Proposition.objects.mark_unsettled(day(3))
    assert revise(marked(proposition), signals=[story("a"), story("a"), story("b", direction=0)], at=day(3)) is None
    proposition.refresh_from_db()
    assert (proposition.unsettled_at, proposition.change_count) == (None, 1)


def test_evidence_taken_back_brings_the_estimate_back():
    proposition = make_proposition(prior=0.4)
    for at, known in ((day(1), []), (day(2), [story("a")]), (day(3), [])):
        Proposition.objects.mark_unsettled(at)
        revise(marked(proposition), signals=known, at=at)
    chances = [estimate.probability for estimate in Estimate.objects.all()]
    assert chances[0] == chances[2] == pytest.approx(0.4) != chances[1]


def test_a_mark_set_anew_since_it_was_read_is_left_for_the_next_run():
    found = marked(make_proposition())
    Proposition.objects.mark_unsettled(day(1))
    assert revise(found, signals=[], at=day(2)) is None
    assert Proposition.objects.get().unsettled_at == day(1)


def test_lazy_signals_are_read_after_the_mark_is_cleared():
    found = marked(make_proposition())

    def signals():
        assert Proposition.objects.get().unsettled_at is None
        yield story("a")

    assert len(revise(found, signals=signals(), at=day(2)).parts) == 2


def test_a_story_dated_ahead_keeps_the_proposition_marked_until_its_time():
    proposition = make_proposition()
    ahead = story("a", at=day(5))
    assert len(revise(marked(proposition), signals=[ahead], at=day(2)).parts) == 1
    assert len(revise(marked(proposition), signals=[ahead], at=day(5)).parts) == 2
    assert not Proposition.objects.unsettled().exists()


def test_two_estimates_of_one_instant_and_a_clock_that_goes_back_keep_their_order():
    proposition = make_proposition()
    for at, known in ((day(2), []), (day(2), [story("a")]), (day(1), [story("a"), story("b")])):
        Proposition.objects.mark_unsettled(at)
        revise(marked(proposition), signals=known, at=at)
    assert [len(estimate.parts) for estimate in Estimate.objects.order_by("at")] == [1, 2, 3]


def test_a_question_ruled_on_is_not_revised():
    found = marked(make_proposition())
    Proposition.objects.update(state="resolved", outcome="no")
    assert revise(found, signals=[], at=day(2)) is None
    assert not Estimate.objects.exists()


def test_failing_signals_leave_the_proposition_marked():
    found = marked(make_proposition())

    def broken():
        yield story("a")
        raise RuntimeError("the reader died")

    with pytest.raises(RuntimeError):
        revise(found, signals=broken(), at=day(2))
    assert marked(found).unsettled_at == day(0)
    assert not Estimate.objects.exists()


def test_workers_that_revise_at_once_write_one_estimate(at_once):
    make_proposition()
    found = marked(Proposition.objects.get())
    results = at_once(*[lambda: revise(found, signals=[story("a")], at=day(2))] * 4)
    assert sum(isinstance(result, Estimate) for result in results) == 1
    assert sum(result is None for result in results) == 3
    assert at_once(Estimate.objects.count) == [1]


def test_members_who_forecast_at_once_are_all_kept(at_once):
    proposition = make_proposition()
    members = [make_forecaster(name) for name in ("Ada", "Ben", "Cy", "Dee")]

    def forecast(member):
        return lambda: record(proposition, forecaster=member, probability=0.4, at=day(1))

    assert all(isinstance(result, Forecast) for result in at_once(*map(forecast, members)))
    assert at_once(Forecast.objects.count) == [4]


def test_news_written_while_an_estimate_is_made_asks_for_another(at_once):
    make_proposition()
    found = marked(Proposition.objects.get())
    reading, written = threading.Event(), threading.Event()

    def signals():
        reading.set()
        written.wait(timeout=0.3)  # the writer is held until this revision is through
        yield story("a")

    def write():
        reading.wait(timeout=30)
        Proposition.objects.mark_unsettled(found.unsettled_at)
        written.set()

    estimate, _ = at_once(lambda: revise(found, signals=signals(), at=day(2)), write)
    assert isinstance(estimate, Estimate)
    assert at_once(Proposition.objects.unsettled().count) == [1]
