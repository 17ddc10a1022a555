"""Baseline scores as Metaculus defines them, over the time a forecast stood, in points; peer scores are in `bulk`.

Source: Metaculus, "Scores FAQ", and `scoring/score_math.py` of its published code.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from forecasts.maths.scoring import ForecastSpan, log_score

HUNDRED: Final = 100.0  # points: a sure and right forecast has a baseline score of 100
FEWEST_COVERED: Final = 30.0  # questions, below which a sum of peer scores is divided by this many


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnedPoints:
    """The points of one forecast, already multiplied by its coverage, and the share of the horizon it covered."""

    score: float
    coverage: float


NOTHING: Final = EarnedPoints(score=0.0, coverage=0.0)


def baseline(chance: float, *, outcome: bool) -> float:
    """100 (1 + log2 of the probability given to what happened): 0 for 50%, 100 for a sure and right forecast."""
    return HUNDRED * (1 + log_score(chance, outcome=outcome) / math.log(2))


def baseline_accuracy(
    spans: Iterable[ForecastSpan], *, outcome: bool, opens: datetime, closes: datetime, horizon: datetime
) -> tuple[EarnedPoints, ...]:
    """The baseline score of each forecast times its coverage, in the order given; a forecaster's score is their sum.

    Coverage is the share of [opens, horizon), the life the question was meant to have, over which the forecast stood
    before `closes`, its actual end. Forecasts that stood for no time earn nothing.
    """
    return tuple(
        EarnedPoints(score=baseline(s.probability, outcome=outcome) * share, coverage=share) if share > 0 else NOTHING
        for s in spans
        for share in [_share(s.since, s.until, opens=opens, closes=closes, horizon=horizon)]
    )


def attainable(*, opens: datetime, closes: datetime, horizon: datetime) -> float:
    """The share of [opens, horizon), the life a question was meant to have, for which it was open at all, 0 to 1.

    Whoever forecast from the first moment to the end covers just this much: coverage is fairly judged against it.
    """
    return min(1.0, _share(opens, closes, opens=opens, closes=closes, horizon=horizon))


def leaderboard(total: float, *, coverage: float) -> float:
    """A sum of peer scores a unit of coverage, where less than 30 questions' worth count as 30.

    So nobody leads by one lucky question. Metaculus, "Medals FAQ", peer accuracy.
    """
    return total / max(FEWEST_COVERED, coverage)


def _share(since: datetime, until: datetime, *, opens: datetime, closes: datetime, horizon: datetime) -> float:
    """The share of [opens, horizon) from `since` to `until`, as far as it lies within [opens, closes)."""
    life = (horizon - opens).total_seconds()
    time = (min(until, closes) - max(since, opens)).total_seconds()
    return time / life if life > 0 and time > 0 else 0.0
