"""Parts of an estimate: contributions in log-odds, their exact sum, and how they are stored."""

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal, get_args

Kind = Literal["prior", "time", "evidence", "suggestion", "crowd", "limit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One contribution in log-odds. `share` is what saturation and fading left of a story's own weight.

    `at` is None for the prior and the limit, which have no moment of their own; of time it says until when it counts.
    """

    kind: Kind
    ref: str
    log_odds: float
    at: datetime | None = None
    share: float = 1.0


def total(parts: Iterable[Part]) -> float:
    """The exactly rounded sum of the parts' log-odds, whatever their order."""
    return math.fsum(part.log_odds for part in parts)


def to_json(parts: Iterable[Part]) -> list[dict[str, str | float | None]]:
    """The parts as small JSON objects, floats kept to the last bit."""
    return [asdict(part) | {"at": part.at.isoformat() if part.at else None} for part in parts]


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
