"""Poll frequency of a feed, its own rhythm: the wait between looks, from what the last ones found.

A look costs the publisher and us something, and waiting costs the reader. With r entries a minute and a look every m
minutes, 1/m looks are made and r·m/2 minutes of waiting arise in each minute. Where a look may cost as much as
LOOK_WORTH minutes of one entry's waiting, the sum LOOK_WORTH/m + r·m/2 is least at m = √(2·LOOK_WORTH/r): a feed that
brings four times as much is looked at twice as often, which is the least waiting that so many looks can buy.
"""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

# Minutes that one entry may wait to save one look.
LOOK_WORTH = 15.0
# How far back a rate reaches: the time in which the feed brings so many entries, within bounds.
REMEMBERED_ENTRIES = 8.0
SHORTEST_MEMORY, LONGEST_MEMORY = 12 * 60.0, 7 * 24 * 60.0
# Entries dated closer together than this came out together; dates older than a month tell of another time. Where
# nothing came out in the time that was looked at, half an entry is taken to be on its way.
TOGETHER, OLDEST, AT_LEAST = timedelta(minutes=10), timedelta(days=30), 0.5


def after_a_look(minutes: float, *, new_entries: int, since: timedelta) -> float:
    """The rhythm in minutes, once a look `since` the last good one found so many new entries.

    The rate that the rhythm stands for is mixed with the one just seen, by the share of its memory that has passed.
    """
    passed = max(since.total_seconds() / 60, 1.0)
    before, seen = _rate(minutes), _weight(new_entries) / passed
    memory = min(max(REMEMBERED_ENTRIES / before, SHORTEST_MEMORY), LONGEST_MEMORY)
    kept = math.exp(-passed / memory)
    return _minutes(kept * before + (1 - kept) * seen)


def from_dates(published: Sequence[datetime], *, now: datetime) -> float | None:
    """The rhythm that the dates of a first document tell of, in minutes; None where it has none.

    Counted is what came out after its oldest entry, or in the last month where that is older.
    """
    dates = sorted(date for date in published if date <= now)
    if not dates:
        return None
    since = max(dates[0], now - OLDEST)
    bursts: list[int] = []
    begun = since
    for date in dates:
        if date - begun >= TOGETHER:
            bursts.append(0)
            begun = date
        if bursts:
            bursts[-1] += 1
    passed = max((now - since).total_seconds() / 60, 60.0)
    return _minutes(max(sum(map(_weight, bursts)), AT_LEAST) / passed)


def _weight(entries: int) -> float:
    """Entries that so many at once count for: twenty put out together are no reason to come twenty times."""
    return math.log2(1 + entries)


def _rate(minutes: float) -> float:
    """Entries a minute that a rhythm stands for."""
    return 2 * LOOK_WORTH / max(minutes, 1.0) ** 2


def _minutes(rate: float) -> float:
    return math.sqrt(2 * LOOK_WORTH / max(rate, 1e-9))
