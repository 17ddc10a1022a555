"""Days of holidays: those that fall on a date or a weekday of a month, and Easter."""

import re
from datetime import date, timedelta

from language.time.days import DaySpan, near_day

FIXED = {
    "christmas": (12, 25), "year's eve": (12, 31), "year's day": (1, 1), "new year": (1, 1), "midyear": (6, 30),
    "boxing": (12, 26), "halloween": (10, 31), "valentine": (2, 14), "independence day": (7, 4), "of july": (7, 4),
    "bastille": (7, 14), "may day": (5, 1), "christmas eve": (12, 24),
}  # fmt: skip
THURSDAY, MONDAY = 3, 0


def feast(match: re.Match[str], published: date) -> DaySpan | None:
    """The next such day, or that of the year named."""
    words = " ".join(match["feast"].lower().replace("’", "'").replace("-", "").split())
    if words.replace(" ", "") == "midyear":
        words = "midyear"
    named = match["year"] or (str(published.year + 1) if match["next"] else None)
    fixed = max((name for name in FIXED if name in words), key=len, default="")
    if fixed:
        month, day = FIXED[fixed]
        return near_day(day, month, named, published)
    year = int(named) if named else published.year
    on = _moving(words, year)
    if not named and on < published:
        on = _moving(words, year + 1)
    return on, on, False, bool(named)


def _moving(words: str, year: int) -> date:
    if "easter" in words:
        return easter(year)
    if "good friday" in words:
        return easter(year) - timedelta(days=2)
    if "thanksgiving" in words:
        return _nth(year, 11, THURSDAY, 4)
    if "black friday" in words:
        return _nth(year, 11, THURSDAY, 4) + timedelta(days=1)
    if "election" in words:
        return _nth(year, 11, MONDAY, 1) + timedelta(days=1)  # of the United States
    if "memorial" in words:
        return _nth(year, 6, MONDAY, 1) - timedelta(days=7)
    return _nth(year, 9, MONDAY, 1)  # Labour Day of North America


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def easter(year: int) -> date:
    """Western Easter Sunday, by the rule of Meeus, Jones and Butcher."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= epact // 28 * (1 - 29 // (epact + 1) * (21 - golden) // 11)
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    days = epact - weekday
    month = 3 + (days + 40) // 44
    return date(year, month, days + 28 - 31 * (month // 4))
