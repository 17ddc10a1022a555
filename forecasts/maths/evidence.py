"""The estimate: log-odds of prior, time, stories and crowd that sum to one probability, to the last digit.

Bayes' rule in log-odds form (I. J. Good, "Probability and the Weighing of Evidence", 1950): each story adds the
logarithm of its likelihood ratio, times how far its source and relevance can be trusted.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from forecasts.maths import hazard
from forecasts.maths.hazard import QuestionLife
from forecasts.maths.odds import expit, logit, probability
from forecasts.maths.parameters import DEFAULTS, Parameters
from forecasts.maths.parts import Part, total

# Log-likelihood ratios: how many times likelier such a story is if the answer is Yes than if it is No (or the reverse).
STRENGTHS: Final = {
    "weak": math.log(1.5),  # a hint: a comment, an intention, a rumour with a name on it
    "moderate": math.log(3.0),  # a step on the way: talks opened, a draft, a partial figure
    "strong": math.log(8.0),  # what usually comes just before: an agreement in principle, an official announcement
    "decisive": math.log(40.0),  # what the criteria ask for, as far as one report can show it
}
LIMIT: Final = 5.2933  # log-odds of 99.5 in 100, rounded down: no sum of news makes anything certain
SATURATED_AFTER: Final = 10  # stories of one day and direction that count at all; the tenth counts 1/512
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A story's bearing on a proposition.

    `ref` names the story, `direction` is +1 towards Yes, -1 towards No or 0, `strength` a log-likelihood ratio of at
    least 0, `weight` the trust in source and relevance from 0 to 1, `at` when the story became known. One that
    `settles` the question says that it has happened. One that a `classifier` suggested was confirmed by nobody: all
    that this classifier suggests together moves the log-odds by less than `bound`.
    """

    ref: str
    direction: int
    strength: float
    weight: float
    at: datetime
    settles: bool = False
    classifier: str = ""
    bound: float = 0.0

    def __post_init__(self) -> None:
        if not self.ref:
            raise ValueError("A signal needs a ref: the name of the story that it comes from.")
        if self.direction not in (-1, 0, 1):
            raise ValueError(f"Direction {self.direction!r} of {self.ref} is none of -1, 0, 1.")
        if not (math.isfinite(self.strength) and self.strength >= 0):
            raise ValueError(f"Strength {self.strength!r} of {self.ref} is no log-odds of 0 or more.")
        if not 0.0 <= self.weight <= 1.0:
            raise ValueError(f"Weight {self.weight!r} of {self.ref} is not between 0 and 1.")
        if self.at.tzinfo is None:
            raise ValueError(f"The time of {self.ref} lacks a time zone.")
        if self.settles and self.classifier:
            raise ValueError(f"{self.ref} is a suggestion: only what a person confirmed can settle a question.")
        if self.classifier and not (math.isfinite(self.bound) and self.bound > 0):
            raise ValueError(f"Bound {self.bound!r} of {self.ref} is no log-odds above 0.")

    @property
    def log_odds(self) -> float:
        """The story's log-odds if it stood alone and was new."""
        return self.direction * self.strength * self.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdForecast:
    """The aggregate of a crowd: pooled probability, how many they are, when the last one spoke."""

    probability: float
    count: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """A probability and the parts whose log-odds sum to it, in order: prior, time, stories by time, crowd, limit."""

    probability: float
    parts: tuple[Part, ...]

    @property
    def log_odds(self) -> float:
        return total(self.parts)


def combine(
    prior: float,
    *,
    life: QuestionLife | None = None,
    signals: Iterable[Signal] = (),
    crowd: CrowdForecast | None = None,
    at: datetime,
    parameters: Parameters = DEFAULTS,
) -> Estimated:
    """The probability at the time `at`, of everything known by then.

    Time without news counts by the question's `life`. A story counts once, and less with age unless it settles the
    question. Stories of one UTC day and one direction saturate: the strongest counts whole, the next half, then a
    quarter. Suggestions of one classifier are summed, both directions together, and the sum bent to stay within its
    bound, since its errors are alike. The crowd pulls the sum towards its own log-odds by n / (n + crowd_doubt). What
    would go beyond 0.5 or 99.5 in 100 is taken back by a part of its own. Order and repetition change nothing.
    """
    stories = _one_a_story(signal for signal in signals if signal.at <= at)
    parts = [Part(kind="prior", ref="prior", log_odds=logit(prior))]
    if life is not None:
        parts += _time(prior, life, stories, at=at, shape=parameters.hazard_shape)
    parts += _stories(stories, at=life.within(at) if life else at, parameters=parameters)
    if crowd is not None and crowd.at <= at:
        parts.append(_crowd_part(crowd, so_far=total(parts), parameters=parameters))
    beyond = _limited(total(parts))
    if beyond is not None:
        taken_back = math.fsum([beyond, *(-part.log_odds for part in parts)])
        parts.append(Part(kind="limit", ref="limit", log_odds=taken_back))
    return Estimated(probability=expit(total(parts)), parts=tuple(parts))


def crowd_weight(count: int, *, doubt: float = DEFAULTS.crowd_doubt) -> float:
    """The weight with which a crowd of this many pulls the sum towards itself, 0 to 1."""
    if count < 1:
        raise ValueError(f"A crowd of {count} says nothing: give at least one forecaster.")
    return count / (count + doubt)


def within_limit(log_odds: float) -> float:
    """The probability of the log-odds, held to 0.5 and 99.5 in 100."""
    return expit(min(max(log_odds, -LIMIT), LIMIT))


def _time(prior: float, life: QuestionLife, signals: Iterable[Signal], *, at: datetime, shape: float) -> list[Part]:
    """Time counts until something happened: a story that settles the question against it stops the clock on its day.

    A story trusted by half stops it by half.
    """
    passed = hazard.log_odds(prior, life=life, at=at, shape=shape)
    stopped = [passed]
    for signal in signals:
        if signal.settles and signal.direction == -life.direction:
            then = hazard.log_odds(prior, life=life, at=min(at, signal.at), shape=shape)
            stopped.append(signal.weight * then + (1 - signal.weight) * passed)
    counted = min(stopped, key=abs)
    return [Part(kind="time", ref="time", log_odds=counted, at=life.within(at))] if counted else []


def _stories(signals: Iterable[Signal], *, at: datetime, parameters: Parameters) -> list[Part]:
    days: dict[object, list[tuple[float, Signal]]] = defaultdict(list)
    classifiers: dict[str, list[tuple[float, Signal]]] = defaultdict(list)
    for signal in signals:
        left = _left(signal, at=at, half_life_days=parameters.half_life_days)
        if not (signal.log_odds and left):
            continue
        if signal.classifier:
            classifiers[signal.classifier].append((left, signal))
        else:
            days[signal.at.astimezone(UTC).date(), signal.direction].append((left, signal))
    parts = [part for group in days.values() for part in _saturated(group, parameters.evidence_scale)]
    parts += (part for group in classifiers.values() for part in _bounded(group))
    return sorted(parts, key=lambda part: (part.at, part.ref))


def _saturated(group: list[tuple[float, Signal]], scale: float) -> Iterable[Part]:
    # Strongest first, so that one more story can never undo what an earlier one said.
    ranked = sorted(group, key=lambda pair: (-pair[0] * abs(pair[1].log_odds), pair[1].ref))
    for rank, (left, signal) in enumerate(ranked[:SATURATED_AFTER]):
        share = 0.5**rank * left
        yield Part(kind="evidence", ref=signal.ref, log_odds=share * scale * signal.log_odds, at=signal.at, share=share)


def _bounded(group: list[tuple[float, Signal]]) -> Iterable[Part]:
    """Balance of a classifier's suggestions, bent by tanh: small sums stay as they are, large ones near the bound."""
    balance = math.fsum(left * signal.log_odds for left, signal in group)
    bound = min(signal.bound for _, signal in group)
    bent = bound * math.tanh(balance / bound) / balance if balance else 1.0
    for left, signal in group:
        share = left * bent
        yield Part(kind="suggestion", ref=signal.ref, log_odds=share * signal.log_odds, at=signal.at, share=share)


def _left(signal: Signal, *, at: datetime, half_life_days: float) -> float:
    """The share of a story that age has left, from 1 to 0."""
    if signal.settles:
        return 1.0
    return float(0.5 ** (max(timedelta(), at - signal.at) / (half_life_days * DAY)))


def _one_a_story(signals: Iterable[Signal]) -> list[Signal]:
    """The strongest reading of each story; of equals the earliest, so that the order of arrival cannot matter."""
    best: dict[str, Signal] = {}
    for signal in signals:
        rival = best.get(signal.ref)
        if rival is None or _precedence(signal) > _precedence(rival):
            best[signal.ref] = signal
    return list(best.values())


def _precedence(signal: Signal) -> tuple[bool, float, float, int, bool, str]:
    """A confirmed reading comes before a suggested one of the same story."""
    time = -signal.at.timestamp()
    return not signal.classifier, abs(signal.log_odds), time, signal.direction, signal.settles, signal.classifier


def _crowd_part(crowd: CrowdForecast, *, so_far: float, parameters: Parameters) -> Part:
    crowd_odds = parameters.crowd_exponent * logit(probability(crowd.probability))
    pull = crowd_weight(crowd.count, doubt=parameters.crowd_doubt) * (crowd_odds - so_far)
    return Part(kind="crowd", ref=f"crowd of {crowd.count}", log_odds=pull, at=crowd.at)


def _limited(log_odds: float) -> float | None:
    if abs(log_odds) <= LIMIT:
        return None
    return math.copysign(LIMIT, log_odds)
