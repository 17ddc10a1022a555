from datetime import UTC, datetime, timedelta

from forecasts.models import Forecast
from tracker.pages.questions.members import medians

START = datetime(2025, 5, 9, tzinfo=UTC)
END = START + timedelta(days=100)


def said(forecaster, probability, day, *, withdrawn=None):
    return Forecast(
        forecaster_id=forecaster,
        probability=probability,
        made_at=START + timedelta(days=day),
        withdrawn_at=START + timedelta(days=withdrawn) if withdrawn else None,
    )


def percentages(*forecasts, side="yes", until=END):
    return [level.percent for level in medians(forecasts, side=side, until=until)]


def test_the_median_moves_with_each_forecast():
    assert percentages(said(1, 0.2, 1), said(2, 0.4, 2), said(3, 0.9, 3)) == [20, 30, 40]


def test_a_later_forecast_replaces_an_earlier_one_of_the_same_member():
    assert percentages(said(1, 0.2, 1), said(1, 0.6, 2)) == [20, 60]


def test_a_withdrawn_forecast_no_longer_counts():
    assert percentages(said(1, 0.2, 1), said(2, 0.8, 2, withdrawn=3)) == [20, 50, 20]


def test_what_was_renewed_in_time_does_not_end_with_the_older_forecast():
    assert percentages(said(1, 0.2, 1, withdrawn=20), said(1, 0.6, 10), said(2, 0.8, 30)) == [20, 60, 70]


def test_what_was_withdrawn_at_once_never_stood():
    assert percentages(said(1, 0.2, 1, withdrawn=1), said(2, 0.8, 2)) == [80]


def test_it_is_seen_from_the_claim():
    assert percentages(said(1, 0.2, 1), side="no") == [80]


def test_what_came_after_the_ruling_is_left_out():
    assert percentages(said(1, 0.2, 1), said(2, 0.8, 50), until=START + timedelta(days=10)) == [20]


def test_nobody_said_anything():
    assert percentages() == []
