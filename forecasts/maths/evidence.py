"""How a prior, stories and a crowd add up to one probability: log-odds that sum to what is shown, to the last digit.

Bayes' rule in log-odds form (I. J. Good, "Probability and the Weighing of Evidence", 1950): each story adds the
logarithm of its likelihood ratio, times how far its source and relevance can be trusted.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, get_args

from forecasts.maths.odds import expit, logit, probability

# Log-likelihood ratios: how many times likelier such a story is if the answer is Yes than if it is No (or the reverse).
STRENGTHS: Final = {
    "weak": math.log(1.5),  # a hint: a comment, an intention, a rumour with a name on it
    "moderate": math.log(3.0),  # a step on the way: talks opened, a draft, a partial figure
    "strong": math.log(8.0),  # what usually comes just before: an agreement in principle, an official announcement
    "decisive": math.log(40.0),  # what the criteria ask for, as far as one report can show it
}
CROWD_DOUBT: Final = 4.0  # forecasters needed before the crowd counts for as much as prior and evidence together
LIMIT: Final = 5.2933  # log-odds of 99.5 in 100, rounded down: no sum of news makes anything certain
SATURATED_AFTER: Final = 10  # stories of one day and direction that count at all; the tenth counts 1/512

Kind = Literal["prior", "evidence", "crowd", "limit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What one story says about a proposition.

    `ref` names the story, `direction` is +1 towards Yes, -1 towards No or 0, `strength` a log-likelihood ratio of at
    least 0, `weight` the trust in source and relevance from 0 to 1, `at` when the story became known.
    """

    ref: str
    direction: int
    strength: float
    weight: float
    at: datetime

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

    @property
    def log_odds(self) -> float:
        """What the story would add if it stood alone."""
        return self.direction * self.strength * self.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """What forecasters say together: pooled probability, how many they are, when the last one spoke."""

    probability: float
    count: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One contribution in log-odds. `share` is the part of a story's own weight left after saturation; `at` is
    None for the prior and the limit, which have no moment of their own."""

    kind: Kind
    ref: str
    log_odds: float
    at: datetime | None = None
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """A probability and the parts whose log-odds sum to it, in order: prior, stories by time, crowd, limit."""

    probability: float
    parts: tuple[Part, ...]

    @property
    def log_odds(self) -> float:
        return total(self.parts)


def combine(prior: float, *, signals: Iterable[Signal] = (), crowd: Crowd | None = None, at: datetime) -> Estimated:
    """The probability at the time `at`, of everything known by then.

    A story counts once. Stories of one UTC day and one direction saturate: the strongest counts whole, the next
    half, then a quarter. The crowd pulls the sum towards its own log-odds by n / (n + CROWD_DOUBT). What would
    go beyond 0.5 or 99.5 in 100 is taken back by a part of its own. Order and repetition change nothing.
    """
    known = (signal for signal in signals if signal.at <= at)
    parts = [Part(kind="prior", ref="prior", log_odds=logit(prior)), *_stories(known)]
    if crowd is not None and crowd.at <= at:
        parts.append(_crowd_part(crowd, so_far=total(parts)))
    beyond = _limited(total(parts))
    if beyond is not None:
        taken_back = math.fsum([beyond, *(-part.log_odds for part in parts)])
        parts.append(Part(kind="limit", ref="limit", log_odds=taken_back))
    return Estimated(probability=expit(total(parts)), parts=tuple(parts))


def total(parts: Iterable[Part]) -> float:
    """The exactly rounded sum of the parts' log-odds, whatever their order."""
    return math.fsum(part.log_odds for part in parts)


def crowd_weight(count: int) -> float:
    """How far a crowd of this many pulls the sum towards itself, 0 to 1."""
    if count < 1:
        raise ValueError(f"A crowd of {count} says nothing: give at least one forecaster.")
    return count / (count + CROWD_DOUBT)


def _stories(signals: Iterable[Signal]) -> list[Part]:
    groups: dict[tuple[object, int], list[Signal]] = defaultdict(list)
    for signal in _one_a_story(signals):
        if signal.log_odds:
            groups[signal.at.astimezone(UTC).date(), signal.direction].append(signal)
    parts = []
    for group in groups.values():
        # Strongest first, so that one more story can never undo what an earlier one said.
        group.sort(key=lambda signal: (-abs(signal.log_odds), signal.ref))
        for rank, signal in enumerate(group[:SATURATED_AFTER]):
            share = 0.5**rank
            parts.append(
                Part(kind="evidence", ref=signal.ref, log_odds=share * signal.log_odds, at=signal.at, share=share)
            )
    return sorted(parts, key=lambda part: (part.at, part.ref))


def _one_a_story(signals: Iterable[Signal]) -> list[Signal]:
    """The strongest reading of each story; of equals the earliest, so that the order of arrival cannot matter."""
    best: dict[str, Signal] = {}
    for signal in signals:
        rival = best.get(signal.ref)
        if rival is None or _precedence(signal) > _precedence(rival):
            best[signal.ref] = signal
    return list(best.values())


def _precedence(signal: Signal) -> tuple[float, float, int]:
    return abs(signal.log_odds), -signal.at.timestamp(), signal.direction


def _crowd_part(crowd: Crowd, *, so_far: float) -> Part:
    pull = crowd_weight(crowd.count) * (logit(probability(crowd.probability)) - so_far)
    return Part(kind="crowd", ref=f"crowd of {crowd.count}", log_odds=pull, at=crowd.at)


def _limited(log_odds: float) -> float | None:
    if abs(log_odds) <= LIMIT:
        return None
    return math.copysign(LIMIT, log_odds)


def to_json(parts: Iterable[Part]) -> list[dict[str, str | float | None]]:
    """The parts as small JSON objects, floats kept to the last bit."""
    return [
        {
            "kind": part.kind,
            "ref": part.ref,
            "log_odds": part.log_odds,
            "at": part.at.isoformat() if part.at else None,
            "share": part.share,
        }
        for part in parts
    ]


def from_json(stored: object) -> tuple[Part, ...]:
    """The parts that `to_json` wrote; `ValueError` says which item is damaged and how."""
    if not isinstance(stored, list):
        raise ValueError(f"Parts are a list, not {type(stored).__name__}.")
    return tuple(_part(item, place) for place, item in enumerate(stored))


def _part(item: object, place: int) -> Part:
    if not isinstance(item, dict) or item.keys() != {"kind", "ref", "log_odds", "at", "share"}:
        raise ValueError(f"Part {place} must have kind, ref, log_odds, at and share: {item!r}")
    kind, ref, at = item["kind"], item["ref"], item["at"]
    if kind not in get_args(Kind):
        raise ValueError(f"Part {place} is of an unknown kind: {kind!r}")
    if not isinstance(ref, str) or not ref:
        raise ValueError(f"Part {place} refers to nothing: {ref!r}")
    return Part(
        kind=kind,
        ref=ref,
        log_odds=_number(item["log_odds"], place),
        at=None if at is None else _moment(at, place),
        share=_number(item["share"], place),
    )


def _number(value: object, place: int) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"Part {place} holds {value!r} where a finite number belongs.")
    return float(value)


def _moment(value: object, place: int) -> datetime:
    try:
        moment = datetime.fromisoformat(value)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise ValueError(f"Part {place} has no ISO 8601 time: {value!r}") from error
    if moment.tzinfo is None:
        raise ValueError(f"The time of part {place} lacks a time zone: {value!r}")
    return moment
