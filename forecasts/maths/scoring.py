"""Proper scores of a probability, averaged over the time it stood."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from forecasts.maths.odds import probability


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastSpan:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringWindow:
    """The time over which forecasts are scored, when the day began that settled the question, and whether it happened.

    `horizon` is when the question was meant to close.
    """

    opens: datetime
    settles: datetime
    closes: datetime
    horizon: datetime
    outcome: bool

    def averaged(self, spans: Iterable[ForecastSpan]) -> Averaged | None:
        return time_averaged(spans, outcome=self.outcome, opens=self.opens, closes=self.closes, settles=self.settles)


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
    spans: Iterable[ForecastSpan], *, outcome: bool, opens: datetime, closes: datetime, settles: datetime
) -> Averaged | None:
    """Scores averaged over the time within [opens, closes) during which one forecaster's forecasts stood.

    What was given from `settles` on may know the end, and so is final only for whoever said nothing before. None if
    none stood for any time. `ValueError` if two stood at once.
    """
    stood = _within(spans, opens=opens, closes=closes)
    seconds = [(span.until - span.since).total_seconds() for span in stood]
    length = math.fsum(seconds)
    if length <= 0:
        return None
    unknowing = [span for span in stood if span.since < settles] or stood[:1]

    def average(values: Iterable[float]) -> float:
        return math.fsum(value * time for value, time in zip(values, seconds, strict=True)) / length

    return Averaged(
        brier=average(brier(span.probability, outcome=outcome) for span in stood),
        log=average(log_score(span.probability, outcome=outcome) for span in stood),
        coverage=min(1.0, length / (closes - opens).total_seconds()),
        final=unknowing[-1].probability,
    )


def _within(spans: Iterable[ForecastSpan], *, opens: datetime, closes: datetime) -> list[ForecastSpan]:
    stood = sorted(
        (
            replace(span, since=max(span.since, opens), until=min(span.until, closes))
            for span in spans
            if max(span.since, opens) < min(span.until, closes)
        ),
        key=lambda span: span.since,
    )
    for earlier, later in pairwise(stood):
        if later.since < earlier.until:
            raise ValueError(f"Two forecasts of one forecaster stood at once at {later.since.isoformat()}.")
    return stood
