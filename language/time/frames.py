"""Frames: the period that a heading or a title gives to what follows ("Predictions for 2027", "Summer:")."""

from dataclasses import dataclass
from datetime import date

from language.time import periods


@dataclass(frozen=True, slots=True)
class Frame:
    """The words of a heading that name a period, and the period's first and last day."""

    words: str
    first: date
    last: date


def read(heading: str, *, published: date) -> Frame | None:
    """The period a heading gives to what follows, seen from the day of publication; None where it gives none to come."""
    ahead = [period for period in periods.find(heading, published=published) if period.last >= published]
    if not ahead:
        return None
    period = ahead[-1]
    return Frame(heading[period.start : period.end], period.first, period.last)
