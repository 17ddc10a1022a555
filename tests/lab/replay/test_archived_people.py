"""What people decided and forecast, read from files: what is taken, and one line for what does not fit."""

import json
from datetime import UTC, datetime

import pytest

from forecasts.refused import Refused
from lab.replay.archived_people import read_decisions, read_forecasts

DECISION = {"proposition": "p1", "link": "https://a.example/1", "stance": "supports", "strength": "weak"}
AT = {"at": "2026-01-02T10:00:00+02:00"}
COLUMNS = "question,forecaster,probability,at\n"


def decisions(folder, *rows):
    (folder / "d.jsonl").write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return read_decisions(folder / "d.jsonl", known={"p1"})


def forecasts(folder, text):
    (folder / "f.csv").write_text(text)
    return read_forecasts(folder / "f.csv", known={"p1"})


def test_decisions_come_oldest_first_in_utc_and_only_a_side_has_a_strength(tmp_path):
    late, early = decisions(
        tmp_path, {**DECISION, "at": "2026-01-03"}, {**DECISION, **AT, "stance": "mentions", "reason": "Old news."}
    )[::-1]
    assert (early.at, early.strength, early.reason) == (datetime(2026, 1, 2, 8, tzinfo=UTC), "", "Old news.")
    assert (late.at, late.strength) == (datetime(2026, 1, 3, tzinfo=UTC), "weak")


def test_no_decisions_are_none(tmp_path):
    assert decisions(tmp_path, "") == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("not json", "line 1: not valid JSON"),
        ("[]", "line 1: not a JSON object"),
        ({**DECISION, **AT, "proposition": "p9"}, "no proposition has the id 'p9'"),
        ({**DECISION, **AT, "stance": "agrees"}, "'agrees' is no stance"),
        ({**DECISION, **AT, "strength": "huge"}, "must be one of weak, moderate"),
        ({**DECISION, **AT, "link": ""}, '"link" is empty'),
        ({**DECISION, **AT, "link": "https://a.example/" + "x" * 2000}, "has 2,018 characters"),
        ({**DECISION, **AT, "link": 7}, 'give "link" as a string'),
        (DECISION, 'give "at" as a string'),
        ({**DECISION, "at": "yesterday"}, '"at" is no time'),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_by_line(tmp_path, row, words):
    with pytest.raises(Refused, match=r"d\.jsonl, line 1") as refused:
        decisions(tmp_path, row)
    assert words in str(refused.value)


def test_forecasts_come_oldest_first_and_keep_every_change_of_mind(tmp_path):
    found = forecasts(tmp_path, COLUMNS + "p1,ann,1,2026-01-03\np1,ann,0.2,2026-01-01\np1,bob,0.5,2026-01-02\n")
    assert [(gave.forecaster, gave.probability) for gave in found] == [("ann", 0.2), ("bob", 0.5), ("ann", 0.99)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("question,forecaster,probability\np1,ann,0.2\n", "a column at must say when"),
        (COLUMNS + "p9,ann,0.2,2026-01-01\n", "line 2: no proposition has the id 'p9'"),
        (COLUMNS + "p1,ann,2,2026-01-01\n", "line 2, ann on p1: 2.0 is not between 0 and 1"),
        (COLUMNS + "p1,ann,0.2,soon\n", "line 2: 'soon' is no time"),
        (COLUMNS + f"p1,{'a' * 300},0.2,2026-01-01\n", "line 2: the forecaster's name is too long"),
        (COLUMNS + "p1,ann,0.2\n", "3 cells under 4 columns"),
    ],
)
def test_a_forecast_that_makes_no_sense_is_refused_by_line(tmp_path, text, words):
    with pytest.raises(Refused) as refused:
        forecasts(tmp_path, text)
    assert words in str(refused.value)
