"""Aggregates: the forecasts in force of members, bots and other sites as one chance, recorded whenever it changes."""

from datetime import datetime, timedelta
from typing import Final

from forecasts.maths.evidence import CrowdForecast
from forecasts.maths.odds import clamp
from forecasts.maths.pooling import CLIP, geometric_mean_of_odds, mean, median, percentile, pool, recency_weights
from forecasts.models import AggregateForecast, Forecaster, Proposition

# A forecast that nobody renews says less and less: it stands for a fifth of the question's life, at least 30 days.
STANDS_FOR: Final = 0.2
STANDS_AT_LEAST: Final = timedelta(days=30)
FIGURES: Final = ("count", "probability", "median", "mean", "geometric_mean", "low", "high")
_TICK: Final = timedelta(microseconds=1)


def expiry(proposition: Proposition, *, forecaster: Forecaster, at: datetime) -> datetime | None:
    """When a forecast made at `at` expires unless it is renewed; None: not before the question closes.

    Only members and bots can let a forecast lie: other sites are asked again and again, authors have said their word.
    """
    if forecaster.kind not in (Forecaster.Kind.MEMBER, Forecaster.Kind.BOT):
        return None
    life = proposition.closes_at - proposition.opens_at
    ends = at + max(STANDS_AT_LEAST, STANDS_FOR * life)
    return ends if ends < proposition.closes_at else None


def record(proposition: Proposition, *, at: datetime) -> CrowdForecast | None:
    """The aggregate of the forecasts in force at `at` (at its close, from then on), stored if it changed.

    None if there are none; where the last one has lapsed or gone, a row of none says so.
    """
    if not proposition.forecasts.of_crowd().exists():  # true of most questions, and cheaper to ask than what follows
        return None
    forecasts = _in_force(proposition, at=at)
    row = _row(proposition, [chance for chance, _ in forecasts])
    latest = proposition.aggregates.order_by("at", "pk").last()
    before = latest or AggregateForecast(count=0)
    if any(getattr(row, name) != getattr(before, name) for name in FIGURES):
        row.at = max(at, latest.at + _TICK) if latest else at
        row.save(force_insert=True)
    return _aggregate(forecasts)


def _in_force(proposition: Proposition, *, at: datetime) -> list[tuple[float, datetime]]:
    """Chances with their times, oldest first."""
    forecasts = proposition.forecasts.of_crowd().in_force(min(at, proposition.closes_at - _TICK))
    return list(forecasts.order_by("made_at", "pk").values_list("probability", "made_at"))


def _aggregate(oldest_first: list[tuple[float, datetime]]) -> CrowdForecast | None:
    if not oldest_first:
        return None
    chances = [chance for chance, _ in oldest_first]
    return CrowdForecast(probability=pool(chances), count=len(chances), at=oldest_first[-1][1])


def _row(proposition: Proposition, oldest_first: list[float]) -> AggregateForecast:
    """Not stored yet, without a time."""
    if not oldest_first:
        return AggregateForecast(proposition=proposition, count=0)
    clipped = [clamp(chance, low=CLIP) for chance in oldest_first]
    weights = recency_weights(len(clipped))
    return AggregateForecast(
        proposition=proposition,
        count=len(clipped),
        probability=pool(oldest_first),
        median=median(clipped, weights=weights),
        mean=mean(clipped, weights=weights),
        geometric_mean=geometric_mean_of_odds(clipped, weights=weights),
        low=percentile(clipped, share=0.25, weights=weights),
        high=percentile(clipped, share=0.75, weights=weights),
    )
