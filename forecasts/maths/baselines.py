"""What the prior, the evidence and the crowd each would have said alone beside the estimate, and how good each was."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any, Final, Literal, get_args

from forecasts.maths.calibration import Judged
from forecasts.maths.evidence import within_limit
from forecasts.maths.scoring import Averaged, Standing, time_averaged

Way = Literal["estimate", "evidence", "crowd", "prior"]
WAYS: Final[tuple[Way, ...]] = get_args(Way)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The time over which a question is scored, when the day began that settled it, and whether it happened."""

    opens: datetime
    settles: datetime
    closes: datetime
    outcome: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From `at` on this probability stood, until the next step; None: nobody said anything any more."""

    at: datetime
    probability: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An estimate as it was stored, taken apart: the whole, the prior in it, and all of it but the crowd."""

    at: datetime
    estimate: float
    evidence: float
    prior: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """How good one way of knowing was over a question's life.

    `brier` (0 best, 1 worst) and `log` (nats, 0 best) are averaged over the share `coverage` of the life during which
    it stood; both gains are over the prior during that same time, and more is better. `final` is the chance of Yes
    before the day of settlement. `over_time` holds each chance that stood, weighted by its share of that time.
    """

    brier: float
    log: float
    brier_gain: float
    log_gain: float
    coverage: float
    final: float
    over_time: tuple[Judged, ...]


def moment(parts: Iterable[Mapping[str, Any]], *, at: datetime, probability: float) -> Moment:
    """The parts of an estimate of that probability, as they were stored, told apart.

    Evidence alone is everything but the crowd and what was taken back at the limit, held to the limit anew. Of each
    part only kind and log_odds are read, since a backtest goes through every estimate ever made. `ValueError` if one
    is damaged.
    """
    priors, others = [], []
    try:
        for part in parts:
            if part["kind"] == "prior":
                priors.append(part["log_odds"])
            elif part["kind"] not in ("crowd", "limit"):
                others.append(part["log_odds"])
        prior, evidence = math.fsum(priors), math.fsum([*priors, *others])
    except (KeyError, TypeError) as error:
        raise ValueError(f"The parts of an estimate are damaged: {error!r}") from error
    return Moment(at=at, estimate=probability, evidence=within_limit(evidence), prior=within_limit(prior))


def tracks(life: Life, *, prior: float, moments: Sequence[Moment], crowd: Iterable[Step]) -> Mapping[Way, Track]:
    """Each way's track; the crowd's only if one stood, and none at all where the life has no length.

    Moments and steps come oldest first. Until the first estimate its prior stands, or the `prior` given without one.
    """
    first = Step(at=life.opens, probability=moments[0].prior if moments else prior)
    alone = _standings([first, *(Step(at=each.at, probability=each.prior) for each in moments)], life)
    by_way: dict[Way, list[Standing]] = {
        "estimate": _standings([first, *(Step(at=each.at, probability=each.estimate) for each in moments)], life),
        "evidence": _standings([first, *(Step(at=each.at, probability=each.evidence) for each in moments)], life),
        "crowd": _standings(list(crowd), life),
        "prior": alone,
    }
    found = {way: _track(standings, alone, life) for way, standings in by_way.items()}
    return {way: track for way, track in found.items() if track is not None}


def _standings(steps: Sequence[Step], life: Life) -> list[Standing]:
    """The steps within the life, equal neighbours joined. What was said before the opening stands from there on."""
    begins = [max(step.at, life.opens) for step in steps]
    ends = [min(later, life.closes) for _, later in pairwise([*begins, life.closes])]
    found: list[Standing] = []
    for step, since, until in zip(steps, begins, ends, strict=True):
        if step.probability is None or since >= until:
            continue
        if found and found[-1].until == since and found[-1].probability == step.probability:
            found[-1] = replace(found[-1], until=until)
        else:
            found.append(Standing(probability=step.probability, since=since, until=until))
    return found


def _track(standings: Sequence[Standing], prior: Sequence[Standing], life: Life) -> Track | None:
    own = _averaged(standings, life)
    if own is None:
        return None
    same_time = [
        Standing(probability=one.probability, since=max(one.since, ours.since), until=min(one.until, ours.until))
        for ours in standings
        for one in prior
        if max(one.since, ours.since) < min(one.until, ours.until)
    ]
    beside = _averaged(same_time, life) or own
    lengths = [(standing.until - standing.since).total_seconds() for standing in standings]
    whole = math.fsum(lengths)
    return Track(
        brier=own.brier,
        log=own.log,
        brier_gain=beside.brier - own.brier,
        log_gain=own.log - beside.log,
        coverage=own.coverage,
        final=own.final,
        over_time=tuple(
            Judged(probability=standing.probability, outcome=life.outcome, weight=length / whole)
            for standing, length in zip(standings, lengths, strict=True)
        ),
    )


def _averaged(standings: Iterable[Standing], life: Life) -> Averaged | None:
    return time_averaged(standings, outcome=life.outcome, opens=life.opens, closes=life.closes, settles=life.settles)
