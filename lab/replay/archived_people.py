"""Decisions of curators and forecasts from the time of an archive, read from files and refused by line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from forecasts import forecast_rows
from forecasts.refused import Refused
from lab.evaluate import rows
from lab.replay.archive import moment
from news.entries.links import MAX_LINK_LENGTH
from tracker.models import Evidence

REJECTED: Final = "rejected"
STANCES: Final = (*Evidence.Stance.values, REJECTED)
MOVING: Final = (Evidence.Stance.SUPPORTS, Evidence.Stance.CONTRADICTS)
MOST: Final = 200_000  # of either, in one replay
MOST_NAME: Final = 200  # characters, as the database keeps them


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedDecision:
    """A curator's decision on the entry behind a link: its stance towards Yes, or that it does not bear."""

    proposition: str
    link: str
    stance: str
    strength: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedForecast:
    """A forecaster's chance of Yes at a time."""

    proposition: str
    forecaster: str
    probability: float
    at: datetime


def read_decisions(file: Path, *, known: Collection[str]) -> list[ArchivedDecision]:
    """The JSON lines at `file`, oldest first; each names one of the `known` propositions. Raises Refused."""
    decisions: list[ArchivedDecision] = []
    for row in rows.read(file):
        if len(decisions) == MOST:
            raise Refused(f"{file} has more than {MOST:,} decisions: give it in parts.")
        decisions.append(_decision(row, known))
    return sorted(decisions, key=lambda decision: decision.at)


def read_forecasts(file: Path, *, known: Collection[str]) -> list[ArchivedForecast]:
    """The CSV rows at `file`, oldest first; each is on one of the `known` propositions. Raises Refused."""
    forecasts: list[ArchivedForecast] = []
    for row in forecast_rows.read(file, timed=True):
        if len(forecasts) == MOST:
            raise Refused(f"{file} has more than {MOST:,} forecasts: give it in parts.")
        if row.question not in known:
            raise Refused(f"{row.place}: no proposition has the id {forecast_rows.short(row.question)!r}.")
        if len(row.forecaster) > MOST_NAME:
            raise Refused(f"{row.place}: the forecaster's name is too long: use at most {MOST_NAME} characters.")
        if row.at is not None:
            forecasts.append(
                ArchivedForecast(
                    proposition=row.question, forecaster=row.forecaster, probability=row.probability, at=row.at
                )
            )
    return sorted(forecasts, key=lambda forecast: forecast.at)


def _decision(row: rows.JsonRow, known: Collection[str]) -> ArchivedDecision:
    proposition, stance, strength = (
        row.text(name, needed=name != "strength").strip() for name in ("proposition", "stance", "strength")
    )
    if proposition not in known:
        raise row.refused(f"no proposition has the id {proposition[:80]!r}.")
    if stance not in STANCES:
        raise row.refused(f"{stance[:80]!r} is no stance: write one of {', '.join(STANCES)}.")
    if stance in MOVING and strength not in Evidence.Strength.values:
        raise row.refused(f'"strength" must be one of {", ".join(Evidence.Strength.values)}.')
    link = row.text("link", needed=True).strip()
    if len(link) > MAX_LINK_LENGTH:
        raise row.refused(
            f'"link" has {len(link):,} characters: give the address of the entry, at most {MAX_LINK_LENGTH:,}.'
        )
    return ArchivedDecision(
        proposition=proposition,
        link=link,
        stance=stance,
        strength=strength if stance in MOVING else "",
        at=moment(row, "at"),
        reason=row.text("reason")[:1000],
    )
