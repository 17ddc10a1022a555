"""Days of a week or a day within a month ("the second week of June", "by the 20th"), and of counts left vague."""

import re
from datetime import date, timedelta

from language.time import days
from language.time.days import DaySpan

ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def nth_week(match: re.Match[str], published: date) -> DaySpan | None:
    """Seven days from the 1st, 8th, 15th or 22nd; the last seven for "the last week"."""
    words = (match["words"] or "").lower()
    if "last" in words:
        return None
    if match["month"]:
        year = days.year_of(words, published)
        first, last = days.months_from(year or published.year, days.month_number(match["month"]))
        if year is None and last < published:
            first, last = days.months_from(published.year + 1, first.month)
    else:
        year = None
        first, last = days.months_from(published.year, published.month + (match["which"].lower() == "next"))
    number = ORDER.get(match["nth"].lower())
    start = last - timedelta(days=6) if number is None else first + timedelta(days=7 * (number - 1))
    return start, start + timedelta(days=6), True, year is not None


def after_next(match: re.Match[str], published: date) -> DaySpan | None:
    """ "The week after next": the second that begins from now."""
    unit = match["unit"].lower()
    if unit in {"week", "weekend"}:
        first = published - timedelta(days=published.weekday()) + timedelta(days=14)
        return first, first + timedelta(days=6), True, False
    if unit == "year":
        return date(published.year + 2, 1, 1), date(published.year + 2, 12, 31), True, False
    span = 3 if unit == "quarter" else 1
    return *days.months_from(published.year, (published.month - 1) // span * span + 1 + 2 * span, span), True, False


def nth_day(match: re.Match[str], published: date) -> DaySpan | None:
    """ "By the 20th": of this month, or of the next where this one is past it."""
    day = int(match["day"])
    is_past = match["which"] is None and day < published.day
    step = 1 if is_past or (match["which"] or "").lower() == "next" else 0
    on = days.months_from(published.year, published.month + step)[0].replace(day=day)
    return on, on, True, False


def or_two(match: re.Match[str], published: date) -> DaySpan | None:
    """ "In a year or two": the later one; "or so" leaves as much again."""
    number = match["number"].lower()
    count = 2.0 if number == "so" else days.count_of(number)
    return published, days.add(published, count, match["unit"].lower()), True, False


def weekdays(match: re.Match[str], published: date) -> DaySpan | None:
    """ "Friday and Saturday", "Friday into Sunday": both, as they come."""
    ahead = (days.WEEKDAYS.index(match[1].lower()) - published.weekday()) % 7
    first = published + timedelta(days=ahead)
    span = (days.WEEKDAYS.index(match[2].lower()) - first.weekday()) % 7
    return first, first + timedelta(days=span), False, False
