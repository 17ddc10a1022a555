"""Frames: the period that a heading or a title gives to what follows ("Predictions for 2027", "Summer:")."""

import re
from dataclasses import dataclass
from datetime import date

from language.time import periods

FORESEEING = re.compile(
    r"\b(?:predict(?:ion|ing|s)?|forecast|outlook|prophec(?:y|ie)|prognostication|year\sahead|coming\syear|what\sto\s(?:expect|watch)|crystal\sball)s?\b",
    re.IGNORECASE,
)
LAST_MONTHS, FIRST_MONTH = 11, 1
LONGEST_DAYS = 50 * 366  # "the next 100 years" dates nothing that anybody now could judge


@dataclass(frozen=True, slots=True)
class Frame:
    """The words of a heading that name a period, and the period's first and last day.

    `is_loose` where the period is only understood ("Predictions"); `whole` is the last day of all of a season whose
    table is settled on `last`.
    """

    words: str
    first: date
    last: date
    is_loose: bool = False
    whole: date | None = None


def read(heading: str, *, published: date) -> Frame | None:
    """The period a heading gives to what follows, seen from the day of publication; None where it gives none to come.

    Of several the longest. "Predictions" without a year means the coming year in November and December, and the year
    that runs in January.
    """
    return named(heading, published=published) or understood(heading, published=published)


def named(heading: str, *, published: date) -> Frame | None:
    """The period that a heading names itself."""
    ahead = [
        period
        for period in periods.find(heading, published=published)
        if period.last >= published and (period.last - period.first).days <= LONGEST_DAYS
    ]
    if not ahead:
        return None
    period = max(ahead, key=lambda period: (period.last - period.first, period.last))
    return Frame(heading[period.start : period.end], period.first, period.last)


def understood(heading: str, *, published: date) -> Frame | None:
    """The year that "Predictions" without one means."""
    if (match := FORESEEING.search(heading)) is None or FIRST_MONTH < published.month < LAST_MONTHS:
        return None
    year = published.year + (published.month >= LAST_MONTHS)
    return Frame(match.group(), date(year, 1, 1), date(year, 12, 31), is_loose=True)
