"""Answers of other sites, and the strict reading of their documents: whatever is odd is refused in words."""

import json
import math
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NoReturn

from forecasts.refused import Refused

MOST_BYTES: Final = 4 * 1024 * 1024  # a question with years of history has some hundred kilobytes
LOWEST: Final = 0.001  # sites round to 0 and 1; no chance of an open question is either
_SHOWN = 60


class OutsideState(StrEnum):
    """The state of a question on its site."""

    OPEN = "open"
    CLOSED = "closed"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideQuestion:
    """A question on a site: its id there, the page for people, and the document that is asked for."""

    source: str
    forecaster: str
    question_id: str
    page: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideAnswer:
    """The chance of the site's YES, None where it shows none; `outcome` is yes, no or void once it is resolved."""

    title: str
    probability: float | None
    state: OutsideState
    outcome: str = ""
    closes_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether forecasts are still made there, so that its chance is today's."""
        return self.state == OutsideState.OPEN and (self.closes_at is None or self.closes_at > now)


def read_json(body: bytes, *, site: str) -> Any:
    """The document as plain values; NaN and infinities are refused, and so is what is too large or nested too deep."""
    check_size(body, site=site)
    try:
        return json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{site} answered with something that is not proper JSON.") from error


def check_size(body: bytes, *, site: str) -> None:
    if len(body) > MOST_BYTES:
        raise Refused(f"{site} answered with more than {MOST_BYTES // 1024**2} MiB, so it was not read.")


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def an_object(value: object, name: str, *, site: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused(f"{site} answered without “{name}” in the form it is known to have.")
    return value


def words(value: object) -> str:
    """Text, short enough to show and fit to be stored; "" for anything else."""
    if not isinstance(value, str):
        return ""
    storable = value[:1000].replace("\x00", "").encode("utf-8", "ignore").decode()
    return " ".join(storable.split())[:300]


def chance(value: object, *, site: str) -> float:
    """A chance from 0 to 1, kept off both ends, from a JSON number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(f"{site} gave {shown(value)} where a probability should be.")
    if not (0 <= value <= 1) or math.isnan(value):
        raise Refused(f"{site} gave {shown(value)}, which is no probability from 0 to 1.")
    return min(max(float(value), LOWEST), 1.0 - LOWEST)


def written_chance(value: object, *, site: str) -> float:
    """The same from text such as "0.655"."""
    try:
        number = float(value) if isinstance(value, str) and len(value) <= _SHOWN else math.nan
    except ValueError:
        number = math.nan
    if math.isnan(number):
        raise Refused(f"{site} gave {shown(value)} where a probability should be.")
    return chance(number, site=site)


def shown(value: object) -> str:
    """A value cut to the room of a message; lists and objects are only named, since they may be huge."""
    if isinstance(value, str):
        return f"“{words(value)[:_SHOWN]}”"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**15 else "a huge number"
    return {bool: "true or false", dict: "an object", list: "a list"}.get(type(value), "nothing")
