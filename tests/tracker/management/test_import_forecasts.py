"""Bots' forecasts from a table: all or nothing, once, and refused by the line."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from forecasts.models import Forecast, Forecaster, Proposition
from tests.makers import NOW, make_forecast, make_forecaster, make_proposition
from tracker.models import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def table(tmp_path):
    make_proposition(key="gas")
    make_proposition(key="talks")

    def write(*rows, columns="question,forecaster,probability,at"):
        file = tmp_path / "bots.csv"
        file.write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")
        return str(file)

    return write


def said(file) -> str:
    out = StringIO()
    call_command("import_forecasts", file, stdout=out)
    return out.getvalue()


def test_bots_are_recorded_by_name_and_their_questions_are_estimated_anew(table):
    file = table("gas,Oracle,0.4,2026-02-01T10:00:00Z", "talks,Oracle,0.6,2026-02-01", "gas,Delphi,0.7,2026-02-02")
    assert said(file) == "Three forecasts of two bots recorded.\n"
    assert set(Forecaster.objects.values_list("name", "kind")) == {("Oracle", "bot"), ("Delphi", "bot")}
    assert set(Proposition.objects.unsettled().values_list("key", flat=True)) == {"gas", "talks"}
    assert sorted(Decision.objects.values_list("after__forecasts", flat=True)) == [1, 2]


def test_the_same_table_twice_records_nothing_more(table):
    file = table("gas,Oracle,0.4,2026-02-01", "gas,Oracle,0.5,2026-02-03")
    said(file)
    assert said(file) == "No forecasts of no bots recorded, 2 known already.\n"
    assert Forecast.objects.count() == 2


def test_without_times_they_are_given_now(table):
    assert (
        said(table("gas,Oracle,0.4", columns="question,forecaster,probability"))
        == "One forecast of one bot recorded.\n"
    )
    assert Forecast.objects.get().made_at == NOW


def test_rows_may_come_in_any_order(table):
    said(table("gas,Oracle,0.5,2026-02-03", "gas,Oracle,0.4,2026-02-01"))
    assert Forecast.objects.in_force(NOW).get().probability == 0.5


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("rain,Oracle,0.4,2026-02-01", "line 3: no question has the key 'rain'"),
        ("gas,Oracle,0.4,2026-03-01", "line 3: .* has not come yet"),
        ("gas,Oracle,0.4,2020-01-01", "line 3: This question opens on"),
        ("gas,Oracle,1.4,2026-02-01", "line 3.*not between 0 and 1"),
        ("gas,Oracle,many,2026-02-01", "line 3.*not a probability"),
        ("gas,,0.4,2026-02-01", "line 3: the forecaster is empty"),
        ("gas,Oracle,0.4,yesterday", "line 3: 'yesterday' is no time"),
    ],
)
def test_one_row_that_cannot_be_taken_stops_all_and_is_named(table, row, complaint):
    with pytest.raises(CommandError, match=complaint) as refused:
        said(table("gas,Oracle,0.4,2026-02-01", row))
    assert str(refused.value).endswith("Nothing was recorded.")
    assert not Forecast.objects.exists()
    assert not Forecaster.objects.exists()


def test_a_bot_takes_the_name_of_no_member(table):
    make_forecast(Proposition.objects.get(key="gas"), forecaster=make_forecaster("Ada"), at=NOW - timedelta(days=9))
    said(table("gas,Ada,0.4,2026-02-01"))
    assert sorted(Forecaster.objects.filter(name="Ada").values_list("kind", flat=True)) == ["bot", "member"]
    assert Forecast.objects.in_force(NOW).count() == 2
