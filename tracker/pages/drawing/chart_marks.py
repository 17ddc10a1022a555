"""The stories on the chart: binned where they are too many, pushed apart where they touch. Pure geometry."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from tracker.pages.drawing.chart_frame import LANES, Frame
from tracker.pages.formats import counted, points, short_day

APART: Final = 24.0  # between neighbours in a lane: the least size of a target
LEAST: Final = 4  # marks that a lane holds from the first day on
WORDS: Final = {"pro": "supports", "con": "contradicts", "men": "mentions"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A story: when, which way (`lane`: pro, con, men), how weighty (0 to 1), what it moved, where its row is."""

    at: datetime
    lane: str
    weight: float
    is_confirmed: bool
    points: int
    headline: str
    address: str
    count: int = 1
    until: datetime | None = None

    @property
    def name(self) -> str:
        """A whole sentence, for those who hear the chart and as its tip."""
        if self.count == 1:
            doubt = "" if self.is_confirmed else ", suggested"
            return f"{short_day(self.at)}: {WORDS[self.lane]}{doubt}, {_moved(self.points)}. {self.headline}"
        days = f"{short_day(self.at)} to {short_day(self.until or self.at)}"
        return f"{days}: {counted(self.count, 'story', 'stories')}, {WORDS[self.lane]}, {_moved(self.points)} together."


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A mark and its centre and half its width in a drawing."""

    mark: Mark
    x: float
    y: float
    radius: float


def place(marks: Sequence[Mark], *, until: datetime, frame: Frame) -> tuple[Placed, ...]:
    """Every mark in its lane and before `until`, no two nearer than a target's width; in order of time by lane.

    A question that has only just opened lends the lanes a little of its future.
    """
    found: list[Placed] = []
    right = min(frame.right, max(frame.x(until), frame.left + LEAST * APART))
    most = int((right - frame.left) // APART)
    for lane in LANES:
        # Of stories of one moment the one that moved more keeps its place.
        own = sorted((mark for mark in marks if mark.lane == lane), key=lambda mark: (mark.at, -abs(mark.points)))
        binned = _binned(own, most=most)
        places = spread([frame.x(mark.at) for mark in binned], right=right)
        found += [
            Placed(mark=mark, x=round(x, 1), y=frame.lane(lane), radius=_radius(mark))
            for mark, x in zip(binned, places, strict=True)
        ]
    return tuple(found)


def spread(places: Sequence[float], *, right: float) -> list[float]:
    """Rising places pushed to at least `APART` from each other, to the right first, then back from the edge."""
    pushed: list[float] = []
    for place in places:
        pushed.append(max(place, pushed[-1] + APART) if pushed else place)
    edge = right
    for index in range(len(pushed) - 1, -1, -1):
        pushed[index] = min(pushed[index], edge)
        edge = pushed[index] - APART
    return pushed


def _binned(marks: Sequence[Mark], *, most: int) -> list[Mark]:
    """As they are if they fit; else by the week, the fortnight and so on, until they do."""
    weeks, binned = 1, list(marks)
    while len(binned) > most:
        groups: dict[int, list[Mark]] = defaultdict(list)
        for mark in marks:
            groups[(mark.at - marks[0].at) // timedelta(weeks=weeks)].append(mark)
        binned = [_together(group) for group in groups.values()]
        weeks *= 2
    return binned


def _together(group: Sequence[Mark]) -> Mark:
    """One mark for several; it leads to the weightiest of them, and is filled as soon as one of them is."""
    if len(group) == 1:
        return group[0]
    chief = max(group, key=lambda mark: (mark.is_confirmed, abs(mark.points), mark.weight))
    return replace(
        chief,
        at=group[0].at,
        until=group[-1].at,
        weight=1.0,
        is_confirmed=any(mark.is_confirmed for mark in group),
        points=sum(mark.points for mark in group),
        count=len(group),
    )


def _radius(mark: Mark) -> float:
    if mark.count > 1:
        return 9.0
    return round(3.5 + 4.5 * math.sqrt(mark.weight), 1)


def _moved(difference: int) -> str:
    return f"{points(difference) if difference else '±0'} point{'' if abs(difference) == 1 else 's'}"
