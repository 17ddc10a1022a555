"""Baseline and peer scores as Metaculus defines them, over the time a forecast stood or at one moment, in points.

Source: Metaculus, "Scores FAQ", and `scoring/score_math.py` of its published code.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Final

from forecasts.maths.odds import probability
from forecasts.maths.scoring import ForecastSpan, log_score

HUNDRED: Final = 100.0  # points: a sure and right forecast has a baseline score of 100
FEWEST_COVERED: Final = 30.0  # questions, below which a sum of peer scores is divided by this many


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnedPoints:
    """The points of one forecast, already multiplied by its coverage, and the share of the horizon it covered."""

    score: float
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdMeans:
    """A crowd from `since` on, until the next one: how many forecasts stood, and the geometric means of what they gave
    to No and to Yes, which need not sum to 1. Both are None where none stood."""

    since: datetime
    count: int
    no: float | None
    yes: float | None


NOTHING: Final = EarnedPoints(score=0.0, coverage=0.0)


def baseline(chance: float, *, outcome: bool) -> float:
    """100 (1 + log2 of the probability given to what happened): 0 for 50%, 100 for a sure and right forecast."""
    return HUNDRED * (1 + log_score(chance, outcome=outcome) / math.log(2))


def peer(chance: float, *, outcome: bool, others: Sequence[float]) -> float:
    """100 times the mean, over the others, of ln(what we gave to what happened / what they gave); 0 without others."""
    if not others:
        return 0.0
    theirs = math.fsum(log_score(other, outcome=outcome) for other in others) / len(others)
    return HUNDRED * (log_score(chance, outcome=outcome) - theirs)


def geometric_means(spans: Iterable[ForecastSpan]) -> tuple[CrowdMeans, ...]:
    """The crowd from each moment on at which a forecast began or ended, oldest first."""
    lasting = [span for span in spans if span.since < span.until]
    starts, ends = _by_moment(lasting, of=lambda s: s.since), _by_moment(lasting, of=lambda s: s.until)
    present: dict[int, tuple[float, float]] = {}
    crowds = []
    for moment in sorted({*starts, *ends}):
        for number in ends.get(moment, ()):
            del present[number]
        for number in starts.get(moment, ()):
            chance = probability(lasting[number].probability)
            present[number] = (math.log1p(-chance), math.log(chance))
        crowds.append(_crowd(list(present.values()), since=moment))
    return tuple(crowds)


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


def peer_accuracy(
    spans: Sequence[ForecastSpan], *, outcome: bool, opens: datetime, closes: datetime, horizon: datetime
) -> tuple[EarnedPoints, ...]:
    """The peer score of each forecast against whatever else stood at each moment, summed over time like the above.

    Time during which it stood alone scores 0 and is covered. Where nobody stands, nobody is scored or covered;
    Metaculus' own code lets the last crowd before such a gap run on through it.
    """
    within = [replace(span, since=max(span.since, opens), until=min(span.until, closes)) for span in spans]
    crowds = geometric_means(within)
    periods = [
        (crowd, _share(crowd.since, later.since, opens=opens, closes=closes, horizon=horizon))
        for crowd, later in pairwise(crowds)
    ]

    def earned(span: ForecastSpan) -> EarnedPoints:
        stood = [(crowd, part) for crowd, part in periods if _stood(span, crowd.since)]
        if not stood:
            return NOTHING
        mine = log_score(span.probability, outcome=outcome)
        return EarnedPoints(
            score=math.fsum(_against(crowd, mine=mine, outcome=outcome) * part for crowd, part in stood),
            coverage=math.fsum(part for _, part in stood),
        )

    return tuple(earned(span) for span in within)


def baseline_spot(spans: Iterable[ForecastSpan], *, outcome: bool, at: datetime) -> tuple[EarnedPoints, ...]:
    """The baseline score of each forecast that stood at one moment; nothing for the others."""
    return tuple(
        EarnedPoints(score=baseline(span.probability, outcome=outcome), coverage=1.0) if _stood(span, at) else NOTHING
        for span in spans
    )


def peer_spot(spans: Sequence[ForecastSpan], *, outcome: bool, at: datetime) -> tuple[EarnedPoints, ...]:
    """The peer score of each forecast that stood at one moment against the others that did; nothing for the rest."""
    logs = [log_score(span.probability, outcome=outcome) if _stood(span, at) else None for span in spans]
    present = [log for log in logs if log is not None]
    total, others = math.fsum(present), len(present) - 1

    def earned(mine: float | None) -> EarnedPoints:
        if mine is None:
            return NOTHING
        return EarnedPoints(score=HUNDRED * (mine - (total - mine) / others) if others else 0.0, coverage=1.0)

    return tuple(earned(mine) for mine in logs)


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


def _by_moment(lasting: Sequence[ForecastSpan], *, of: Callable[[ForecastSpan], datetime]) -> dict[datetime, list[int]]:
    numbers: dict[datetime, list[int]] = {}
    for number, span in enumerate(lasting):
        numbers.setdefault(of(span), []).append(number)
    return numbers


def _crowd(logs: Sequence[tuple[float, float]], *, since: datetime) -> CrowdMeans:
    if not logs:
        return CrowdMeans(since=since, count=0, no=None, yes=None)
    no, yes = (math.exp(math.fsum(side) / len(logs)) for side in zip(*logs, strict=True))
    return CrowdMeans(since=since, count=len(logs), no=no, yes=yes)


def _against(crowd: CrowdMeans, *, mine: float, outcome: bool) -> float:
    """n / (n - 1) ln(mine / the geometric mean of all n) is what is left when oneself is taken out of the mean."""
    theirs = crowd.yes if outcome else crowd.no
    if crowd.count < 2 or theirs is None:
        return 0.0
    return HUNDRED * crowd.count / (crowd.count - 1) * (mine - math.log(theirs))


def _stood(span: ForecastSpan, at: datetime) -> bool:
    return span.since <= at < span.until


def _share(since: datetime, until: datetime, *, opens: datetime, closes: datetime, horizon: datetime) -> float:
    """The share of [opens, horizon) from `since` to `until`, as far as it lies within [opens, closes)."""
    life = (horizon - opens).total_seconds()
    time = (min(until, closes) - max(since, opens)).total_seconds()
    return time / life if life > 0 and time > 0 else 0.0
