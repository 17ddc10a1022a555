"""Frame of the estimate chart: the scales of time and chance, the lanes, the months beneath. Pure geometry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from tracker.pages.drawing.chart_data import LANES
from tracker.pages.drawing.histories import Level
from tracker.pages.drawing.shapes import Box, Point
from tracker.pages.formats import short_day

STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120)  # months between two labels, the first that leaves room
ROOM_FOR_A_LABEL: Final = 34.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartFrame:
    """The plot's box, three lanes for stories under it, and the strip of statuses, in units of the drawing."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    lane_top: float
    strip_top: float
    is_wide: bool
    start: datetime
    end: datetime

    def x(self, moment: datetime) -> float:
        """A moment's place, held inside the plot."""
        share = (moment - self.start) / (self.end - self.start)
        return self.left + (self.right - self.left) * min(1.0, max(0.0, share))

    def y(self, percent: float) -> float:
        return self.bottom - (self.bottom - self.top) * percent / 100

    def lane(self, name: str) -> float:
        return self.lane_top + 24 * list(LANES).index(name)

    @property
    def lane_bottom(self) -> float:
        """Where uprights end: half a mark beneath the lowest lane."""
        return self.lane_top + 24 * len(LANES) - 12

    @property
    def box(self) -> Box:
        """The plot alone."""
        return Box(self.left, self.top, self.right, self.bottom)

    def step_line(self, levels: Sequence[Level], *, until: datetime) -> list[Point]:
        """The starts of the treads of a step line, and its end; nothing without levels."""
        corners = [(self.x(level.at), self.y(level.percent)) for level in levels]
        return [*corners, (max(corners[-1][0], self.x(until)), corners[-1][1])] if corners else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line on the time axis, and words either centred on the stretch that follows or set at the line."""

    x: float
    words: str = ""
    words_x: float = 0.0


def frames(start: datetime, end: datetime) -> tuple[ChartFrame, ChartFrame]:
    """The wide drawing's and the narrow one's, over a day at least."""
    wide = ChartFrame(
        width=1104,
        height=460,
        left=44,
        right=972,
        top=30,
        bottom=330,
        lane_top=368,
        strip_top=438,
        is_wide=True,
        start=start,
        end=max(end, start + timedelta(days=1)),
    )
    narrow = replace(
        wide, width=340, height=412, left=8, right=328, bottom=280, lane_top=320, strip_top=390, is_wide=False
    )
    return wide, narrow


def ticks(frame: ChartFrame) -> Iterator[Tick]:
    """Months, named where there is room; days where the whole is shorter than two months."""
    if frame.end - frame.start < timedelta(days=62):
        yield from _weeks(frame)
    else:
        yield from _months(frame)


def _weeks(frame: ChartFrame) -> Iterator[Tick]:
    every = max(1, (frame.end - frame.start).days // (8 if frame.is_wide else 4))
    day = frame.start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=every)
    while day < frame.end:
        x = frame.x(day)
        yield Tick(x=x, words=short_day(day) if _fits(x, frame) else "", words_x=x)
        day += timedelta(days=every)


def _months(frame: ChartFrame) -> Iterator[Tick]:
    width = (frame.right - frame.left) / max(1.0, (frame.end - frame.start).days / 30.44)
    step = next((step for step in STEPS if step * width >= ROOM_FOR_A_LABEL), STEPS[-1])
    for month in _month_starts(frame.start, frame.end):
        if (month.year * 12 + month.month - 1) % step:
            continue
        x, after = frame.x(month), frame.x(_next_month(month))
        has_room = step > 1 or after - x >= ROOM_FOR_A_LABEL - 6
        words_x = (x + after) / 2 if step == 1 else x
        words = _month_name(month, step=step) if has_room and _fits(words_x, frame) else ""
        yield Tick(x=x, words=words, words_x=words_x)


def _month_starts(start: datetime, end: datetime) -> Iterator[datetime]:
    month = _next_month(start.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0))
    while month < end:
        yield month
        month = _next_month(month)


def _next_month(month: datetime) -> datetime:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def _month_name(month: datetime, *, step: int) -> str:
    if step >= 12:
        return f"{month.year}"
    return f"{month:%b ’%y}" if month.month == 1 else f"{month:%b}"


def _fits(x: float, frame: ChartFrame) -> bool:
    """A word centred at the very edge would be cut off on a phone."""
    return frame.left + 8 <= x <= frame.right - (0 if frame.is_wide else 8)
