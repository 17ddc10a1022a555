"""Formats of pages: chances, stances, points, counts, days, spans of time and frequencies. Pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from forecasts.maths import odds
from tracker import wording

MINUS: Final = "−"  # the real sign, as wide as a plus
FLIPPED: Final = {"supports": "contradicts", "contradicts": "supports", "mentions": "mentions"}
EFFECT: Final = {"supports": "for", "contradicts": "against", "mentions": "neutral"}
DAY: Final = timedelta(days=1)
# Units of a frequency: the shortest in which at least two come is the one to name.
UNITS: Final = ((timedelta(hours=1), "an hour"), (DAY, "a day"), (timedelta(days=7), "a week"))


def percent(chance_of_yes: float, *, side: str) -> int:
    """The claim's chance in whole per cent, 1 to 99. The question's own is 100 less, so that the two always add up."""
    return odds.percent(1 - chance_of_yes if side == "no" else chance_of_yes)


def exact_percent(chance: float) -> str:
    """As its forecaster gave it: 35 or 12.5."""
    return f"{100 * chance:.4g}"


def in_words(percentage: int) -> str:
    return odds.in_words(percentage / 100)


def stance_for(side: str, stance: str) -> str:
    """A stance towards YES seen from the claim, or one seen from the claim towards YES: flipping is its own inverse."""
    return FLIPPED[stance] if side == "no" else stance


def points(difference: int) -> str:
    """+21, −22 or 0."""
    return signed(difference, digits=0)


def signed(value: float, *, digits: int = 1, plus: bool = True) -> str:
    """With a real minus, and a plus unless told otherwise; what rounds to nothing has neither."""
    words = f"{abs(value):.{digits}f}"
    if not words.strip("0."):
        return words
    return f"{MINUS}{words}" if value < 0 else f"+{words}" if plus else words


def counted(number: int, one: str, many: str = "") -> str:
    """In figures: 1 story, 2 stories, no stories."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def day(when: date) -> str:
    """9 May 2025."""
    return f"{short_day(when)} {_in_utc(when).year}"


def short_day(when: date) -> str:
    """9 May."""
    when = _in_utc(when)
    return f"{when.day} {when:%b}"


def moment(when: datetime) -> str:
    """9 May 2025, 18:10."""
    return f"{day(when)}, {_in_utc(when):%H:%M}"


def days_until(deadline: date, *, now: datetime) -> str:
    """In 3 days, today, 2 days ago."""
    left = (deadline - now.astimezone(UTC).date()).days
    if left == 0:
        return "today"
    return f"in {counted(left, 'day')}" if left > 0 else f"{counted(-left, 'day')} ago"


def duration(span: timedelta) -> str:
    """The largest unit that fits, rounded down: "40 min", "6 h", "37 days"."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes < 1:
        return "less than a minute"
    if minutes < 120:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60):,} days"


def time_on(since: date, *, until: date) -> str:
    """How long after `since` a reader looks, for the head of a sentence: "On the day", "Nine months on"."""
    days = (until - since).days
    months = round(days / 30.44)
    if days < 1:
        return "On the day"
    if days < 14:
        length = wording.counted(days, "day")
    elif days < 61:
        length = wording.counted(days // 7, "week")
    else:
        length = wording.counted(months, "month") if months < 24 else wording.counted(days // 365, "year")
    return f"{wording.capitalised(length)} on"


def published(times: Sequence[datetime]) -> str:
    """How often the entries of a document were published: "about 12 entries a day"; "" where it gives too few dates."""
    dates = sorted(times)
    if len(dates) < 3 or dates[-1] - dates[0] < timedelta(minutes=1):
        return ""
    return frequency(len(dates) - 1, over=dates[-1] - dates[0])


def frequency(count: int, *, over: timedelta) -> str:
    """So many entries in that time, in the shortest unit that gives at least two."""
    if not count:
        return "nothing"
    for unit, words in UNITS:
        share = round(count * (unit / over))
        if share >= 2:
            return f"about {share:,} entries {words}"
    share = max(round(count * (timedelta(days=30) / over)), 1)
    return f"about {share} {'entry' if share == 1 else 'entries'} a month"


def every(minutes: int) -> str:
    """Such as "every 40 minutes", "every 3 hours", "once a day"."""
    if minutes == 60:
        return "every hour"
    if minutes < 90:
        return f"every {minutes} minutes"
    hours = round(minutes / 60)
    return "once a day" if 23 <= hours <= 25 else f"every {hours} hours" if hours < 48 else f"every {hours // 24} days"


def _in_utc(when: date) -> date:
    return when.astimezone(UTC) if isinstance(when, datetime) else when
