"""Days of quarters, halves and financial years, from their match and the day of publication.

Financial years are read as ending with the calendar year they name: firms differ, and nobody is judged too early.
"""

import re
from datetime import date

from language.time.days import DaySpan, count_of, month_number, months_from, part_of, year_of

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
FROM_THE_END = frozenset({"latter", "other", "last", "final"})


def span(match: re.Match[str], published: date) -> DaySpan | None:
    """Quarters and halves by their number: "the first half of 2026"."""
    part, ordinal, kind, words = match[1], match[2].lower(), match[3].lower(), match[4]
    length = 6 if kind == "half" else 3
    number = 12 // length if ordinal in FROM_THE_END else ORDINALS[ordinal]
    if number > 12 // length:
        return None
    return _nth(part, number, length, words, published)


def short_span(match: re.Match[str], published: date) -> DaySpan | None:
    """ "Q3 2026", "2026 Q3", "3Q26" and "H1"."""
    length, number = (6 if match["kind"].lower() == "h" else 3), int(match["nth"])
    words = match["words"]
    return _nth(match.groupdict().get("part"), number, length, words, published) if number <= 12 // length else None


def financial_year(match: re.Match[str], published: date) -> DaySpan | None:
    """ "FY2027", "FY27", "fiscal 2026", "FY2026/27"."""
    digits = match["last"] or match["first"]
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    return date(year - 1, 1, 1), date(year, 12, 31), False, True


def first_months(match: re.Match[str], published: date) -> DaySpan | None:
    """ "the first three months of 2026"."""
    months = round(count_of(match["number"]))
    year = year_of(match["words"], published) or published.year
    return (*months_from(year, 1, months), False, True) if 1 <= months <= 12 else None


def to_month(match: re.Match[str], published: date) -> DaySpan | None:
    """ "The June quarter": the three months that end with June, of the year named or the next to end."""
    return _ending(match, published, months=3)


def months_to(match: re.Match[str], published: date) -> DaySpan | None:
    """ "The nine months to September 2026"."""
    months = round(count_of(match["number"]))
    return _ending(match, published, months=months) if 1 <= months <= 60 else None


def _ending(match: re.Match[str], published: date, *, months: int) -> DaySpan | None:
    words, month = (match["words"] or "").lower(), month_number(match["month"])
    if "last" in words:
        return None
    year = year_of(words, published)
    last = months_from(year or published.year, month)[1]
    if year is None and last < published:
        last = months_from(published.year + 1, month)[1]
    start = last.year * 12 + last.month - months  # months since the year 0, of the first
    return date(start // 12, start % 12 + 1, 1), last, False, year is not None


def _nth(part: str | None, number: int, length: int, words: str | None, published: date) -> DaySpan:
    year = year_of(words, published)
    first, last = months_from(year or published.year, (number - 1) * length + 1, length)
    if year is None and last < published:
        first, last = months_from(published.year + 1, (number - 1) * length + 1, length)
    return *part_of(part, first, last), False, year is not None
