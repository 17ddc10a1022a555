"""The crowd over time: what is recorded, when a forecast stops standing, and who is part of it."""

from datetime import timedelta

import pytest

from forecasts.aggregates import expiry, record
from forecasts.estimates import record as forecast
from forecasts.estimates import revise, withdraw
from forecasts.maths.pooling import pool
from forecasts.models import AggregateForecast, Forecast, Forecaster, Proposition
from tests.forecasts.makers import OPENS, day, make_forecaster, make_proposition, marked

pytestmark = pytest.mark.django_db
LONG = OPENS + timedelta(days=364)


def recorded():
    return list(AggregateForecast.objects.order_by("at").values_list("count", flat=True))


def test_without_forecasts_nothing_is_recorded():
    assert record(make_proposition(), at=day(1)) is None
    assert recorded() == []


def test_the_pool_is_recorded_with_count_and_spread_whenever_it_changes():
    proposition = make_proposition()
    for name, chance in (("Ada", 0.2), ("Ben", 0.6)):
        forecast(proposition, forecaster=make_forecaster(name), probability=chance, at=day(1))
    record(proposition, at=day(1))
    record(proposition, at=day(2))
    row = AggregateForecast.objects.get()
    assert (row.count, row.probability) == (2, pool([0.2, 0.6]))
    assert (row.low, row.median, row.mean, row.high) == pytest.approx((0.2, 0.4, 0.4, 0.6))
    assert row.low < row.geometric_mean < row.high


def test_a_crowd_that_has_gone_is_recorded_as_nobody():
    proposition, ada = make_proposition(), make_forecaster()
    forecast(proposition, forecaster=ada, probability=0.2, at=day(1))
    revise(marked(proposition), signals=[], at=day(1))
    withdraw(proposition, forecaster=ada, at=day(2))
    estimate = revise(marked(proposition), signals=[], at=day(2))
    assert recorded() == [1, 0]
    assert [part["kind"] for part in estimate.parts] == ["prior"]


def test_a_forecast_stands_for_a_fifth_of_the_questions_life_and_thirty_days_at_least():
    year, season = make_proposition(deadline=LONG), make_proposition("season", deadline=OPENS + timedelta(days=99))
    ada = make_forecaster()
    assert expiry(year, forecaster=ada, at=day(10)) == day(10 + 73)
    assert expiry(season, forecaster=ada, at=day(10)) == day(40)
    assert expiry(season, forecaster=ada, at=day(80)) is None
    assert expiry(make_proposition("short"), forecaster=ada, at=day(1)) is None


@pytest.mark.parametrize("kind", [Forecaster.Kind.SITE, Forecaster.Kind.AUTHOR])
def test_sites_and_authors_need_not_renew_their_word(kind):
    assert expiry(make_proposition(deadline=LONG), forecaster=make_forecaster(kind=kind), at=day(1)) is None


def test_what_nobody_renews_leaves_the_crowd_and_the_estimate_within_a_day():
    proposition = make_proposition(deadline=LONG, prior=0.4)
    first = forecast(proposition, forecaster=make_forecaster(), probability=0.9, at=day(1))
    with_crowd = revise(marked(proposition), signals=[], at=day(1))
    assert record(proposition, at=first.expires_at - timedelta(hours=1)).count == 1
    assert record(proposition, at=first.expires_at) is None
    aged = Proposition.objects.aged(first.expires_at).get()
    without = revise(aged, signals=[], at=first.expires_at)
    assert with_crowd.probability > without.probability == pytest.approx(0.4)
    assert recorded() == [1, 0]


def test_a_renewed_forecast_stands_anew():
    proposition, ada = make_proposition(deadline=LONG), make_forecaster()
    for at in (day(1), day(60)):
        last = forecast(proposition, forecaster=ada, probability=0.9, at=at)
    assert record(proposition, at=day(100)).count == 1
    assert last.expires_at == day(60 + 73)


def test_what_stood_at_the_close_stands_from_then_on():
    proposition = make_proposition()
    forecast(proposition, forecaster=make_forecaster(), probability=0.9, at=day(9, hour=23))
    assert record(proposition, at=day(400)).count == 1


def test_a_clock_that_goes_back_keeps_the_recorded_pools_in_order():
    proposition = make_proposition()
    for name, at in (("Ada", day(2)), ("Ben", day(1))):
        forecast(proposition, forecaster=make_forecaster(name), probability=0.5, at=day(1))
        record(proposition, at=at)
    assert recorded() == [1, 2]


def to_renew(at):
    return list(Forecast.objects.to_renew(at).values_list("forecaster__name", flat=True))


def test_what_lapses_within_a_week_or_has_of_late_is_to_be_renewed():
    proposition = make_proposition(deadline=LONG)
    for name in ("Ada", "Ben"):
        forecast(proposition, forecaster=make_forecaster(name), probability=0.4, at=day(1))
    forecast(proposition, forecaster=Forecaster.objects.get(name="Ben"), probability=0.5, at=day(30))
    lapses = Forecast.objects.filter(forecaster__name="Ada").get().expires_at
    assert to_renew(lapses - timedelta(days=8)) == []
    assert to_renew(lapses - timedelta(days=6)) == ["Ada"]
    assert to_renew(lapses + timedelta(days=13)) == ["Ada"]
    assert "Ada" not in to_renew(lapses + timedelta(days=15))
    withdraw(proposition, forecaster=Forecaster.objects.get(name="Ada"), at=lapses - timedelta(days=5))
    assert to_renew(lapses - timedelta(days=4)) == []


def test_nothing_is_to_be_renewed_on_a_question_that_is_over():
    proposition = make_proposition(deadline=LONG)
    lapses = forecast(proposition, forecaster=make_forecaster(), probability=0.4, at=day(1)).expires_at
    Proposition.objects.update(state="resolved", outcome="yes")
    assert to_renew(lapses) == []
