"""What curators decided and forecasters gave in the time of an archive, read from files and refused by line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from forecasts import forecast_rows
from forecasts.refused import Refused
from lab.evaluate import rows
from news.entries.links import MAX_LINK_LENGTH
from tracker.models import Evidence

REJECTED: Final = "rejected"
STANCES: Final = (*Evidence.Stance.values, REJECTED)
MOVING: Final = (Evidence.Stance.SUPPORTS, Evidence.Stance.CONTRADICTS)
MOST: Final = 200_000  # of either, in one replay
MOST_NAME: Final = 200  # characters, as the database keeps them


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a curator said at a time about what stands behind a link: a stance towards Yes, or that it does not bear."""

    proposition: str
    link: str
    stance: str
    strength: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gave:
    """A forecaster's chance of Yes at a time."""

    proposition: str
    forecaster: str
    probability: float
    at: datetime


def read_decisions(file: Path, *, known: Collection[str]) -> list[Decided]:
    """The JSON lines at `file`, oldest first; each names one of the `known` propositions. Raises Refused."""
    found: list[Decided] = []
    for row in rows.read(file):
        if len(found) == MOST:
            raise Refused(f"{file} has more than {MOST:,} decisions: give it in parts.")
        found.append(_decided(row, known))
    return sorted(found, key=lambda decided: decided.at)


def read_forecasts(file: Path, *, known: Collection[str]) -> list[Gave]:
    """The CSV rows at `file`, oldest first; each is on one of the `known` propositions. Raises Refused."""
    found: list[Gave] = []
    for row in forecast_rows.read(file, timed=True):
        if len(found) == MOST:
            raise Refused(f"{file} has more than {MOST:,} forecasts: give it in parts.")
        if row.question not in known:
            raise Refused(f"{row.place}: no proposition has the id {forecast_rows.short(row.question)!r}.")
        if len(row.forecaster) > MOST_NAME:
            raise Refused(f"{row.place}: the forecaster's name is too long: use at most {MOST_NAME} characters.")
        if row.at is not None:
            found.append(
                Gave(proposition=row.question, forecaster=row.forecaster, probability=row.probability, at=row.at)
            )
    return sorted(found, key=lambda gave: gave.at)


def _decided(row: rows.JsonRow, known: Collection[str]) -> Decided:
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
    return Decided(
        proposition=proposition,
        link=link,
        stance=stance,
        strength=strength if stance in MOVING else "",
        at=_moment(row),
        reason=row.text("reason")[:1000],
    )


def _moment(row: rows.JsonRow) -> datetime:
    try:
        moment = datetime.fromisoformat(row.text("at", needed=True).strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise row.refused('"at" is no time: write it as 2026-02-05T10:00:00Z.') from error
