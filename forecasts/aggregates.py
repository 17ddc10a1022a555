"""The crowd: what members, bots and other sites say together, recorded whenever it changes."""

from datetime import datetime, timedelta
from typing import Final

from forecasts.maths.evidence import Crowd
from forecasts.maths.odds import clamp
from forecasts.maths.pooling import CLIP, geometric_mean_of_odds, mean, median, percentile, pool, recency_weights
from forecasts.models import CrowdEstimate, Forecaster, Proposition

# A forecast that nobody renews says less and less: it stands for a fifth of the question's life, at least 30 days.
STANDS_FOR: Final = 0.2
STANDS_AT_LEAST: Final = timedelta(days=30)
_TICK: Final = timedelta(microseconds=1)


def expiry(proposition: Proposition, *, forecaster: Forecaster, at: datetime) -> datetime | None:
    """When a forecast made at `at` stops standing unless it is renewed; None: not before the question closes.

    Only members and bots can let a forecast lie: other sites are asked again and again, authors have said their word.
    """
    if forecaster.kind not in (Forecaster.Kind.MEMBER, Forecaster.Kind.BOT):
        return None
    life = proposition.closes_at - proposition.opens_at
    ends = at + max(STANDS_AT_LEAST, STANDS_FOR * life)
    return ends if ends < proposition.closes_at else None


def standing(proposition: Proposition, *, at: datetime) -> Crowd | None:
    """What the forecasts standing at `at` (at its close, from then on) say together; None if there are none."""
    return _together(_standing(proposition, at=at))


def record(proposition: Proposition, *, at: datetime) -> Crowd | None:
    """As `standing`, and stored if it changed; where a crowd stood before and none does now, a row of none says so."""
    if not _has_spoken(proposition):
        return None
    rows = _standing(proposition, at=at)
    pooled = _pooled(proposition, [chance for chance, _ in rows])
    latest = proposition.crowd_estimates.order_by("at", "pk").last()
    if _said(pooled) != (_said(latest) if latest else _said(_pooled(proposition, []))):
        pooled.at = max(at, latest.at + _TICK) if latest else at
        pooled.save(force_insert=True)
    return _together(rows)


def _has_spoken(proposition: Proposition) -> bool:
    """Whether anybody of the crowd ever forecast it: of most questions nobody does, and this is the cheaper to ask."""
    return proposition.forecasts.of_crowd().exists()


def _standing(proposition: Proposition, *, at: datetime) -> list[tuple[float, datetime]]:
    """Chances with their times, oldest first."""
    own = proposition.forecasts.of_crowd().standing(min(at, proposition.closes_at - _TICK))
    return list(own.order_by("made_at", "pk").values_list("probability", "made_at"))


def _together(oldest_first: list[tuple[float, datetime]]) -> Crowd | None:
    if not oldest_first:
        return None
    chances = [chance for chance, _ in oldest_first]
    return Crowd(probability=pool(chances), count=len(chances), at=oldest_first[-1][1])


def _pooled(proposition: Proposition, oldest_first: list[float]) -> CrowdEstimate:
    """A row not stored yet, without a time."""
    if not oldest_first:
        return CrowdEstimate(proposition=proposition, count=0)
    clipped = [clamp(chance, low=CLIP) for chance in oldest_first]
    weights = recency_weights(len(clipped))
    return CrowdEstimate(
        proposition=proposition,
        count=len(clipped),
        probability=pool(oldest_first),
        median=median(clipped, weights=weights),
        mean=mean(clipped, weights=weights),
        geometric_mean=geometric_mean_of_odds(clipped, weights=weights),
        low=percentile(clipped, share=0.25, weights=weights),
        high=percentile(clipped, share=0.75, weights=weights),
    )


def _said(row: CrowdEstimate) -> tuple[float | None, ...]:
    return row.count, row.probability, row.median, row.mean, row.geometric_mean, row.low, row.high
