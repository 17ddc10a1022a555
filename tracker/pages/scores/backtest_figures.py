"""The figures of the backtest page: worked out once for the rulings that stand, since nothing else changes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Count, Max, Q

from forecasts import backtest
from forecasts.maths.baselines import WAYS, Way
from forecasts.maths.comparison import Run, Summary, summarise
from forecasts.models import Resolution

KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """One question with the Brier score of each way, None for the crowd where nobody forecast."""

    proposition_id: int
    question: str
    outcome: bool
    effective_on: date
    hindsight: bool
    briers: Mapping[Way, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Over all questions ruled Yes or No, over those among them not written with hindsight, and one by one."""

    everything: Summary
    sighted: Summary
    ruled: tuple[Ruled, ...]


def figures() -> Figures:
    """One query where they are known already, four where not."""
    known = Resolution.objects.aggregate(
        made=Count("pk"),
        last=Max("pk"),
        reversed_at=Max("reversed_at"),
        hindsight=Count("pk", filter=Q(proposition__written_with_hindsight=True)),
    )
    key = "backtest:" + ":".join(str(value).replace(" ", "T") for value in known.values())
    found: Figures | None = cache.get(key)
    if found is None:
        found = _figures(backtest.runs())
        cache.set(key, found, KEPT_SECONDS)
    return found


def _figures(runs: tuple[Run, ...]) -> Figures:
    return Figures(
        everything=summarise(runs),
        sighted=summarise(run for run in runs if not run.hindsight),
        ruled=tuple(_ruled(run) for run in runs),
    )


def _ruled(run: Run) -> Ruled:
    return Ruled(
        proposition_id=run.proposition_id,
        question=run.question,
        outcome=run.outcome,
        effective_on=run.effective_on,
        hindsight=run.hindsight,
        briers={way: track.brier if (track := run.baselines.get(way)) else None for way in WAYS},
    )
