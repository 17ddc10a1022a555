"""Forecasts of bots, entered as a table: all of it or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forecasts import estimates
from forecasts.models import Forecast, Forecaster, Proposition
from forecasts.refused import Refused
from tracker.curation.decisions import Verb, note
from tracker.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabled:
    """A row: the chance of Yes that a bot gave a question (by its key); `place` says where it stands, for refusals."""

    question: str
    bot: str
    probability: float
    at: datetime
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Counts of the forecasts recorded, of their bots, and of those that had been recorded before."""

    recorded: int
    bots: int
    known: int


def enter(rows: Iterable[Tabled], *, by: User | str, at: datetime) -> Entered:
    """Record the rows in the order of their times; what a former run recorded is left alone.

    A name that is new becomes a bot. Raises Refused, and records nothing, for the first row that cannot be taken:
    an unknown question, a time to come, or whatever a member's forecast would be refused for.
    """
    ordered = sorted(rows, key=lambda row: row.at)
    recorded: dict[str, int] = {}
    with transaction.atomic():
        questions = {each.key: each for each in Proposition.objects.published()}
        bots = {each.name: each for each in Forecaster.objects.filter(kind=Forecaster.Kind.BOT)}
        for row in ordered:
            if row.question not in questions:
                raise Refused(f"{row.place}: no question has the key {row.question[:80]!r}; it stands in its address.")
            if row.at > at:
                raise Refused(f"{row.place}: {row.at.isoformat()} has not come yet.")
            if row.bot not in bots:
                bots[row.bot] = Forecaster.objects.create(kind=Forecaster.Kind.BOT, name=row.bot[:200])
            if _record(row, questions[row.question], bots[row.bot]):
                recorded[row.bot] = recorded.get(row.bot, 0) + 1
        for name, count in recorded.items():
            note(Verb.ENTER_FORECASTS, subject=bots[name], by=by, at=at, after={"forecasts": count})
    done = sum(recorded.values())
    return Entered(recorded=done, bots=len(recorded), known=len(ordered) - done)


def _record(row: Tabled, proposition: Proposition, bot: Forecaster) -> bool:
    """Whether it is new."""
    same = Forecast.objects.filter(proposition=proposition, forecaster=bot, made_at=row.at, probability=row.probability)
    if same.exists():
        return False
    try:
        estimates.record(proposition, forecaster=bot, probability=row.probability, at=row.at)
    except Refused as refused:
        raise Refused(f"{row.place}: {refused}") from refused
    return True
