"""Pooling several forecasts into one: medians, means, and the default pool.

Recency weights, weighted median and percentiles follow Metaculus (utils/the_math/aggregations.py). The default pool
is the plain mean of median, mean and geometric mean of odds, without extremising: on resolved forecasts of
professionals it did as well as the best of the three on each set, and no exponent carried over from one set to another.
"""

import math
from collections.abc import Sequence
from typing import Final

from forecasts.maths.odds import clamp, expit, logit, probability

CLIP: Final = 0.01  # one forecaster at 1 in 10,000 should not decide a geometric mean


def recency_weights(count: int) -> tuple[float, ...]:
    """exp(sqrt(n) - sqrt(N)) for n = 1 (the oldest) to N; all 1 for one or two forecasts."""
    if count <= 2:
        return (1.0,) * count
    return tuple(math.exp(math.sqrt(n) - math.sqrt(count)) for n in range(1, count + 1))


def percentile(chances: Sequence[float], *, share: float, weights: Sequence[float] | None = None) -> float:
    """Weighted: the mean of the first values whose cumulative weight reaches, and exceeds, `share` of the whole.

    Metaculus' own rule; `share` lies between 0 and 1, so 0.25 is the lower quartile.
    """
    if not 0.0 < share < 1.0:
        raise ValueError(f"{share} is no share: give a number between 0 and 1, such as 0.25.")
    pairs = sorted(zip(chances, _weights(chances, weights), strict=True))
    sought = math.fsum(weight for _, weight in pairs) * share
    reaching = exceeding = None
    cumulative = 0.0
    for chance, weight in pairs:
        cumulative += weight
        same = math.isclose(cumulative, sought, rel_tol=1e-12)
        if reaching is None and (same or cumulative > sought):
            reaching = chance
        if not same and cumulative > sought:
            exceeding = chance
            break
    if reaching is None or exceeding is None:  # rounding alone can leave the last sum short of the total
        return pairs[-1][0]
    return (reaching + exceeding) / 2


def median(chances: Sequence[float], *, weights: Sequence[float] | None = None) -> float:
    """Weighted median: the mean of the first values whose cumulative weight reaches, and exceeds, one half."""
    return percentile(chances, share=0.5, weights=weights)


def mean(chances: Sequence[float], *, weights: Sequence[float] | None = None) -> float:
    """Weighted arithmetic mean."""
    weighing = _weights(chances, weights)
    return math.fsum(w * chance for w, chance in zip(weighing, chances, strict=True)) / math.fsum(weighing)


def geometric_mean_of_odds(chances: Sequence[float], *, weights: Sequence[float] | None = None) -> float:
    """The probability whose log-odds are the weighted mean of the given log-odds."""
    return expit(mean([logit(chance) for chance in chances], weights=weights))


def pool(oldest_first: Sequence[float], *, weights: Sequence[float] | None = None) -> float:
    """The default pool of the forecasts in force, clipped to [.01, .99]; recency weights unless others are given.

    Weights are ranks in time, so the sequence must come oldest first. `ValueError` if it is empty.
    """
    clipped = [clamp(probability(chance), low=CLIP) for chance in oldest_first]
    weighing = recency_weights(len(clipped)) if weights is None else weights
    return math.fsum(way(clipped, weights=weighing) for way in (median, mean, geometric_mean_of_odds)) / 3


def _weights(chances: Sequence[float], weights: Sequence[float] | None) -> Sequence[float]:
    if not chances:
        raise ValueError("There is nothing to pool: give at least one forecast.")
    if weights is None:
        return (1.0,) * len(chances)
    if len(weights) != len(chances):
        raise ValueError(f"{len(chances)} forecasts came with {len(weights)} weights.")
    if any(not math.isfinite(weight) or weight < 0 for weight in weights) or not any(weights):
        raise ValueError("Weights must be finite, none below 0, and not all 0.")
    return weights
