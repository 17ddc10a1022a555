from datetime import timedelta

import pytest

from forecasts.criteria import version_at
from forecasts.models import Forecast
from forecasts.refused import Refused
from tests.makers import NOW, make_forecast, make_proposition, make_user
from tracker.curation.editing import edit
from tracker.curation.forecasting import forecast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def proposition():
    made = make_proposition()
    make_forecast(made, at=NOW - HOUR)
    return made


def change(proposition, *, at=NOW):
    proposition.statement = "A priced contract is signed."
    edit(proposition, fields=["statement"], by="Ann", at=at, reason="A price was meant.")


def test_whoever_read_the_words_that_stand_forecasts(proposition):
    change(proposition)
    assert forecast(proposition, percent="40", by=make_user(), at=NOW + HOUR, version="2").probability == 0.4


def test_whoever_read_earlier_words_is_asked_to_read_these(proposition):
    change(proposition)
    with pytest.raises(Refused, match="read them, and forecast again"):
        forecast(proposition, percent="40", by=make_user(), at=NOW + HOUR, version="1")
    assert Forecast.objects.count() == 1


def test_who_does_not_say_what_was_read_is_not_asked(proposition):
    change(proposition)
    assert forecast(proposition, percent="40", by=make_user(), at=NOW + HOUR).pk


def test_a_forecast_that_races_new_words_stands_under_those_that_were_read(proposition, at_once):
    mira = make_user("mira")
    made, _ = at_once(
        lambda: forecast(proposition, percent="40", by=mira, at=NOW, version="1"),
        lambda: change(proposition, at=NOW + HOUR),
    )
    (known,) = at_once(lambda: list(proposition.criteria_versions.all()))
    assert [row.number for row in known] == [1, 2]
    if isinstance(made, Forecast):
        assert version_at(known, made.made_at).number == 1
    else:
        assert isinstance(made, Refused)
