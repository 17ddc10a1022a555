"""Peer and spot scores by Metaculus' own words, a moment and a forecast at a time: what scores in bulk are held to."""

import math
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from forecasts.maths.odds import probability
from forecasts.maths.points import HUNDRED, NOTHING, EarnedPoints, _share, baseline
from forecasts.maths.scoring import log_score


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdMeans:
    """A crowd from `since` on, until the next one: how many forecasts stood, and the geometric means of what they gave
    to No and to Yes, which need not sum to 1. Both are None where none stood."""

    since: datetime
    count: int
    no: float | None
    yes: float | None


def peer(chance, *, outcome, others):
    """100 times the mean, over the others, of ln(what we gave to what happened / what they gave); 0 without others."""
    if not others:
        return 0.0
    theirs = math.fsum(log_score(other, outcome=outcome) for other in others) / len(others)
    return HUNDRED * (log_score(chance, outcome=outcome) - theirs)


def geometric_means(spans):
    """The crowd from each moment on at which a forecast began or ended, oldest first."""
    lasting = [span for span in spans if span.since < span.until]
    starts, ends = _by_moment(lasting, of=lambda s: s.since), _by_moment(lasting, of=lambda s: s.until)
    present = {}
    crowds = []
    for moment in sorted({*starts, *ends}):
        for number in ends.get(moment, ()):
            del present[number]
        for number in starts.get(moment, ()):
            chance = probability(lasting[number].probability)
            present[number] = (math.log1p(-chance), math.log(chance))
        crowds.append(_crowd(list(present.values()), since=moment))
    return tuple(crowds)


def peer_accuracy(spans, *, outcome, opens, closes, horizon):
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

    def earned(span):
        stood = [(crowd, part) for crowd, part in periods if _stood(span, crowd.since)]
        if not stood:
            return NOTHING
        mine = log_score(span.probability, outcome=outcome)
        return EarnedPoints(
            score=math.fsum(_against(crowd, mine=mine, outcome=outcome) * part for crowd, part in stood),
            coverage=math.fsum(part for _, part in stood),
        )

    return tuple(earned(span) for span in within)


def baseline_spot(spans, *, outcome, at):
    """The baseline score of each forecast that stood at one moment; nothing for the others."""
    return tuple(
        EarnedPoints(score=baseline(span.probability, outcome=outcome), coverage=1.0) if _stood(span, at) else NOTHING
        for span in spans
    )


def peer_spot(spans, *, outcome, at):
    """The peer score of each forecast that stood at one moment against the others that did; nothing for the rest."""
    logs = [log_score(span.probability, outcome=outcome) if _stood(span, at) else None for span in spans]
    present = [log for log in logs if log is not None]
    total, others = math.fsum(present), len(present) - 1

    def earned(mine):
        if mine is None:
            return NOTHING
        return EarnedPoints(score=HUNDRED * (mine - (total - mine) / others) if others else 0.0, coverage=1.0)

    return tuple(earned(mine) for mine in logs)


def _by_moment(lasting, *, of):
    numbers = {}
    for number, span in enumerate(lasting):
        numbers.setdefault(of(span), []).append(number)
    return numbers


def _crowd(logs, *, since):
    if not logs:
        return CrowdMeans(since=since, count=0, no=None, yes=None)
    no, yes = (math.exp(math.fsum(side) / len(logs)) for side in zip(*logs, strict=True))
    return CrowdMeans(since=since, count=len(logs), no=no, yes=yes)


def _against(crowd, *, mine, outcome):
    """n / (n - 1) ln(mine / the geometric mean of all n) is what is left when oneself is taken out of the mean."""
    theirs = crowd.yes if outcome else crowd.no
    if crowd.count < 2 or theirs is None:
        return 0.0
    return HUNDRED * crowd.count / (crowd.count - 1) * (mine - math.log(theirs))


def _stood(span, at):
    return span.since <= at < span.until
