"""How often a feed brings something, in words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

DAY: Final = timedelta(days=1)
LOOK_BACK: Final = timedelta(days=28)
# Steps of whole numbers: the longest in which at least two come is the one to name.
STEPS: Final = ((timedelta(hours=1), "an hour"), (DAY, "a day"), (timedelta(days=7), "a week"))


def published(times: Sequence[datetime]) -> str:
    """How often what a document lists was published: "about 12 entries a day"; "" where it gives too few dates."""
    dated = sorted(times)
    if len(dated) < 3 or dated[-1] - dated[0] < timedelta(minutes=1):
        return ""
    return often(len(dated) - 1, over=dated[-1] - dated[0])


def often(count: int, *, over: timedelta) -> str:
    """So many in that time, in the shortest unit that gives at least two."""
    if not count:
        return "nothing"
    for unit, words in STEPS:
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
