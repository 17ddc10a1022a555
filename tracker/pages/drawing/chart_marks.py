"""Marks of the stories on the estimate chart: joined where they are too many, pushed apart where they touch. Pure."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from tracker.pages.drawing.chart_data import LANES, StoryMark
from tracker.pages.drawing.chart_frame import ChartFrame

APART: Final = 24.0  # between neighbours in a lane: the least size of a target
LEAST: Final = 4  # marks that a lane holds from the first day on


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMark:
    """A mark and its centre and half its width in a drawing."""

    mark: StoryMark
    x: float
    y: float
    radius: float


def place_marks(marks: Sequence[StoryMark], *, until: datetime, frame: ChartFrame) -> tuple[PlacedMark, ...]:
    """Every mark in its lane and before `until`, no two nearer than a target's width; in order of time by lane.

    A question that has only just opened lends the lanes a little of its future.
    """
    placed: list[PlacedMark] = []
    right = min(frame.right, max(frame.x(until), frame.left + LEAST * APART))
    most = int((right - frame.left) // APART)
    for lane in LANES:
        # Of stories of one moment the one that moved more keeps its place.
        own = sorted((mark for mark in marks if mark.lane == lane), key=lambda mark: (mark.at, -abs(mark.points)))
        joined = _joined(own, most=most)
        places = spread([frame.x(mark.at) for mark in joined], right=right)
        placed += [
            PlacedMark(mark=mark, x=round(x, 1), y=frame.lane(lane), radius=_radius(mark))
            for mark, x in zip(joined, places, strict=True)
        ]
    return tuple(placed)


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


def _joined(marks: Sequence[StoryMark], *, most: int) -> list[StoryMark]:
    """As they are if they fit; else by the week, the fortnight and so on, until they do."""
    weeks, joined = 1, list(marks)
    while len(joined) > most:
        groups: dict[int, list[StoryMark]] = defaultdict(list)
        for mark in marks:
            groups[(mark.at - marks[0].at) // timedelta(weeks=weeks)].append(mark)
        joined = [_together(group) for group in groups.values()]
        weeks *= 2
    return joined


def _together(group: Sequence[StoryMark]) -> StoryMark:
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


def _radius(mark: StoryMark) -> float:
    if mark.count > 1:
        return 9.0
    return round(3.5 + 4.5 * math.sqrt(mark.weight), 1)
