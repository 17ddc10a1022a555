"""The titles of charts: what moved the chance, in words and numbers."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from tracker.pages.drawing.waterfall import ChanceStep, Waterfall
from tracker.pages.questions.sentences import finding

WHEN = datetime(2026, 3, 3, tzinfo=UTC)


@dataclass
class Row:
    points: int
    published_at: datetime = WHEN


@dataclass
class Chance:
    percent: int


@dataclass
class Page:
    """As much of a page as its title reads."""

    walk: Waterfall
    rows: list = field(default_factory=list)

    @property
    def chance(self):
        return Chance(percent=self.walk.end)

    @property
    def movers(self):
        return sorted(self.rows, key=lambda row: -abs(row.points))


def page(*steps):
    """A page whose chance starts at 50 and goes by these steps, each a kind and points."""
    at, found = 50, []
    for number, (kind, points) in enumerate(steps):
        found.append(ChanceStep(kind=kind, ref=str(number), before=at, after=at + points))
        at += points
    rows = [Row(points) for kind, points in steps if kind in ("evidence", "suggestion")]
    return Page(walk=Waterfall(prior=50, steps=tuple(found)), rows=rows)


@pytest.mark.parametrize(
    ("steps", "title"),
    [
        ([], "Nothing has moved it yet: the chance stands at its prior, 50%"),
        ([("time", -8)], "No story has moved it; time took the chance from 50 to 42%"),
        ([("crowd", 8)], "No story has moved it; forecasts took the chance from 50 to 58%"),
        ([("time", -8), ("crowd", 4)], "No story has moved it; time and forecasts took the chance from 50 to 46%"),
        ([("time", -8), ("crowd", 8)], "Back at 50%, where it began: no story has moved it"),
        ([("evidence", 10)], "One story took the chance from 50 to 60%, on 3 Mar"),
        ([("time", -2), ("evidence", 9)], "From 50 to 57% on 1 story and time; the story moved it +9 points on 3 Mar"),
        ([("evidence", 10), ("evidence", -3)], "From 50 to 57% on 2 stories; the largest moved it +10 points on 3 Mar"),
        (
            [("time", -2), ("evidence", 5), ("suggestion", 1), ("crowd", -4)],
            "Back at 50%, where it began, on 2 stories, time and forecasts; the largest moved it +5 points on 3 Mar",
        ),
    ],
)
def test_the_title_names_what_moved_the_chance(steps, title):
    assert finding(page(*steps)) == title
