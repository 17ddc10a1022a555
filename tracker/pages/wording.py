"""Numbers, spans of time and lists as sentences have them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
DAY = timedelta(days=1)


def number(count: int) -> str:
    """In words up to twelve: "no", "three", "13"."""
    return SMALL[count] if 0 <= count < len(SMALL) else f"{count:,}"


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def counted(count: int, one: str, many: str = "") -> str:
    """ "one feed", "three feeds", "no feeds"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def figured(count: int, one: str, many: str = "") -> str:
    """ "1 feed", "3 feeds": for lines of figures."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def day(when: date | datetime) -> str:
    """ "9 May 2025"."""
    return f"{when.day} {when:%b %Y}"


def length(span: timedelta) -> str:
    """The largest unit that fits, rounded down: "40 min", "6 h", "37 days"."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes < 1:
        return "less than a minute"
    if minutes < 120:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return figured(minutes // (24 * 60), "day")


def time_on(since: date, *, until: date) -> str:
    """How long after `since` a reader looks, for the head of a sentence: "On the day", "Nine months on"."""
    days = (until - since).days
    if days < 1:
        return "On the day"
    if days < 14:
        return f"{capital(counted(days, 'day'))} on"
    if days < 61:
        return f"{capital(counted(days // 7, 'week'))} on"
    months = round(days / 30.44)
    return f"{capital(counted(months, 'month'))} on" if months < 24 else f"{capital(counted(days // 365, 'year'))} on"
