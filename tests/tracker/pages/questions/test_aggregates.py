"""The crowd as it was recorded, for table and chart."""

from datetime import timedelta

import pytest

from forecasts.models import AggregateForecast
from tests.makers import NOW, make_proposition
from tracker.pages.questions import aggregates

pytestmark = pytest.mark.django_db


def recorded(proposition, day, count, low=0.2, high=0.6):
    fields = {"probability": 0.4, "median": 0.4, "mean": 0.41, "geometric_mean": 0.39, "low": low, "high": high}
    at = NOW + timedelta(days=day)
    return AggregateForecast.objects.create(proposition=proposition, at=at, count=count, **(fields if count else {}))


def test_nothing_recorded_is_no_pool():
    assert aggregates.of(make_proposition().pk, until=NOW) == ()
    assert aggregates.bands((), side="yes", until=NOW) == ()


def test_pools_come_oldest_first_up_to_the_moment_asked_for():
    proposition = make_proposition()
    for day, count in ((0, 1), (2, 3), (9, 4)):
        recorded(proposition, day, count)
    found = aggregates.of(proposition.pk, until=NOW + timedelta(days=5))
    assert [pool.count for pool in found] == [1, 3]
    assert (found[1].probability, found[1].mean, found[1].low, found[1].high) == (0.4, 0.41, 0.2, 0.6)


def test_a_band_needs_three_and_ends_with_the_next_pool_or_with_nobody():
    proposition = make_proposition()
    for day, count in ((0, 2), (1, 3), (4, 0), (6, 5)):
        recorded(proposition, day, count)
    until = NOW + timedelta(days=8)
    bands = aggregates.bands(aggregates.of(proposition.pk, until=until), side="yes", until=until)
    assert [((band.start - NOW).days, (band.end - NOW).days) for band in bands] == [(1, 4), (6, 8)]


def test_a_band_is_turned_to_the_side_of_a_claim_that_says_no():
    proposition = make_proposition()
    recorded(proposition, 0, 3, low=0.2, high=0.6)
    (band,) = aggregates.bands(aggregates.of(proposition.pk, until=NOW), side="no", until=NOW + timedelta(days=1))
    assert (band.low, band.high) == (40, 80)
