"""The crowd as it was recorded: how many stood when, what they said together, and how far they were apart."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from forecasts.models import AggregateForecast
from tracker.pages.drawing.histories import Band
from tracker.pages.formats import percent

MOST: Final = 300  # the newest that a page draws


def of(proposition: int, *, until: datetime) -> tuple[AggregateForecast, ...]:
    """Each recorded change up to then, oldest first; one query."""
    rows = AggregateForecast.objects.filter(proposition=proposition, at__lte=until).order_by("-at", "-pk")[:MOST]
    return tuple(reversed(rows))


def bands(pools: Sequence[AggregateForecast], *, side: str, until: datetime) -> tuple[Band, ...]:
    """Between which chances the middle half lay and until when, seen from a side; of fewer than three, none."""
    ends = [*(pool.at for pool in pools[1:]), until][: len(pools)]
    found = []
    for pool, end in zip(pools, ends, strict=True):
        if pool.count >= 3 and pool.low is not None and pool.high is not None:
            low, high = sorted(percent(chance, side=side) for chance in (pool.low, pool.high))
            found.append(Band(start=pool.at, end=end, low=low, high=high))
    return tuple(found)
