"""The crowd as it was recorded: how many stood when, what they said together, and how far they were apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from forecasts.maths import odds
from forecasts.models import AggregateForecast
from tracker.pages.drawing.histories import Band

MOST: Final = 300  # the newest that a page draws


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Aggregate from a moment on, in per cent for Yes; of nobody (`count` 0) all the rest is 0."""

    at: datetime
    count: int
    pooled: int = 0
    median: int = 0
    mean: int = 0
    geometric_mean: int = 0
    low: int = 0
    high: int = 0


def of(proposition: int, *, until: datetime) -> tuple[Pool, ...]:
    """Each recorded change up to then, oldest first; one query."""
    rows = AggregateForecast.objects.filter(proposition=proposition, at__lte=until).order_by("-at", "-pk")[:MOST]
    return tuple(_pool(row) for row in reversed(rows))


def bands(pools: Sequence[Pool], *, side: str, until: datetime) -> tuple[Band, ...]:
    """Between which chances the middle half lay and until when, seen from a side; of fewer than three, none."""
    ends = [*(pool.at for pool in pools[1:]), until][: len(pools)]
    return tuple(
        Band(start=pool.at, end=end, low=100 - pool.high, high=100 - pool.low)
        if side == "no"
        else Band(start=pool.at, end=end, low=pool.low, high=pool.high)
        for pool, end in zip(pools, ends, strict=True)
        if pool.count >= 3
    )


def _pool(row: AggregateForecast) -> Pool:
    if row.probability is None:
        return Pool(at=row.at, count=0)
    return Pool(
        at=row.at,
        count=row.count,
        pooled=odds.percent(row.probability),
        median=_percent(row.median),
        mean=_percent(row.mean),
        geometric_mean=_percent(row.geometric_mean),
        low=_percent(row.low),
        high=_percent(row.high),
    )


def _percent(chance: float | None) -> int:
    return 0 if chance is None else odds.percent(chance)
