"""How good a forecast was: proper scores of a probability, averaged over the time it stood."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from forecasts.maths.odds import probability


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A probability that stood from `since` (included) to `until` (excluded)."""

    probability: float
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Averaged:
    """Scores over a window, weighted by time: Brier 0 to 1 (less is better), log in nats (at most 0, more is
    better), the share of the window covered, 0 to 1, and the last probability given before the day of settlement."""

    brier: float
    log: float
    coverage: float
    final: float


def brier(chance: float, *, outcome: bool) -> float:
    """(p - o)^2, 0 to 1, for the one event asked about; half of Brier's own sum over both classes.

    G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78 (1950).
    """
    return (probability(chance) - outcome) ** 2


def log_score(chance: float, *, outcome: bool) -> float:
    """Natural logarithm of the probability given to what happened, at most 0.

    I. J. Good, "Rational decisions", Journal of the Royal Statistical Society B 14 (1952).
    """
    chance = probability(chance)
    return math.log(chance) if outcome else math.log1p(-chance)


def time_averaged(
    standings: Iterable[Standing], *, outcome: bool, opens: datetime, closes: datetime, settles: datetime
) -> Averaged | None:
    """Scores averaged over the time within [opens, closes) during which one forecaster's forecasts stood.

    What was given from `settles` on may know the end, and so is final only for whoever said nothing before. None if
    none stood for any time. `ValueError` if two stood at once.
    """
    stood = _within(standings, opens=opens, closes=closes)
    seconds = [(standing.until - standing.since).total_seconds() for standing in stood]
    length = math.fsum(seconds)
    if length <= 0:
        return None
    unknowing = [standing for standing in stood if standing.since < settles] or stood[:1]

    def average(values: Iterable[float]) -> float:
        return math.fsum(value * time for value, time in zip(values, seconds, strict=True)) / length

    return Averaged(
        brier=average(brier(standing.probability, outcome=outcome) for standing in stood),
        log=average(log_score(standing.probability, outcome=outcome) for standing in stood),
        coverage=min(1.0, length / (closes - opens).total_seconds()),
        final=unknowing[-1].probability,
    )


def _within(standings: Iterable[Standing], *, opens: datetime, closes: datetime) -> list[Standing]:
    stood = sorted(
        (
            Standing(
                probability=standing.probability,
                since=max(standing.since, opens),
                until=min(standing.until, closes),
            )
            for standing in standings
            if max(standing.since, opens) < min(standing.until, closes)
        ),
        key=lambda standing: standing.since,
    )
    for earlier, later in pairwise(stood):
        if later.since < earlier.until:
            raise ValueError(f"Two forecasts of one forecaster stood at once at {later.since.isoformat()}.")
    return stood
