"""Small drawn instruments: a gauge with its history, a lifeline, a segmented bar. Pure data in, geometry out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tracker import statuses
from tracker.pages.drawing.histories import Chance, Lifeline
from tracker.pages.drawing.shapes import across, step_path
from tracker.statuses import StatusTraits

GAP: Final = 4.0  # between two segments of a bar, in units of 996
ABOVE, BELOW = ("lifeline-for", 3.0), ("lifeline-against", 9.0)
# Of a lifeline, by the tone of a status that is no ruling: its bars, and the stroke of the line.
BARS: Final = {"for": (ABOVE,), "against": (BELOW,), "both": (ABOVE, BELOW), "neutral": (), "call": ()}
STROKES: Final = {
    "for": "lifeline-axis",
    "against": "lifeline-axis",
    "both": "lifeline-axis",
    "neutral": "lifeline-wait",
    "call": "lifeline-due",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect:
    name: str
    x: float
    y: float = 0.0
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GaugeDrawing:
    """A step line that runs into an upright tank, filled to the height of the chance."""

    width: int
    height: int
    line: str
    tank: Rect
    fill: Rect


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeDrawing:
    """Bars above and below a line, dotted and thick stretches of it, and where the ruling's sign goes."""

    bars: tuple[Rect, ...]
    strokes: tuple[tuple[str, str], ...]  # a class and a path
    ruling: StatusTraits | None
    sign_x: float
    words: str


def gauge(chance: Chance, *, width: int, height: int, tank: int) -> GaugeDrawing:
    """The levels over their time, `width` units wide all told; the line is clipped to them and ends at the chance."""
    room = width - tank - 1
    top = height - height * chance.percent / 100
    return GaugeDrawing(
        width=width,
        height=height,
        line=_steps(chance, room=room, height=height),
        tank=Rect(name="gt", x=room + 1, width=tank, height=height),
        fill=Rect(name="gf", x=room + 1, y=round(top, 1), width=tank, height=round(height - top, 1)),
    )


def _steps(chance: Chance, *, room: float, height: int) -> str:
    def up(percent: int) -> float:
        # A hair inside the box, so that a line along its edge is not cut in half.
        return min(height - 1.0, max(1.0, height - height * percent / 100))

    if not chance.levels:
        return across(up(chance.percent), left=0, right=room)
    first, *later = chance.levels
    places = [room * _share(level.at, first=first.at, last=chance.until) for level in later]
    heights = [up(level.percent) for level in chance.levels]
    return step_path([*zip((0.0, *places), heights, strict=True), (room, heights[-1])])


def lifeline(life: Lifeline, *, room: float = 204.0) -> LifeDrawing:
    """In a box of 220 by 18: the line at 9, bars of 6 above and below it, a sign of 16 after its end."""
    bars: list[Rect] = []
    strokes: list[tuple[str, str]] = []
    end = 0.0
    for span in life.spans:
        start, end = (room * _share(at, first=life.first, last=life.last) for at in (span.start, span.end))
        if end <= start:
            continue
        traits = statuses.of(span.status)
        bars += [
            Rect(name=name, x=round(start, 1), y=y, width=round(end - start, 1), height=6)
            for name, y in (() if traits.is_ruled else BARS[traits.tone])
        ]
        stroke = "lifeline-axis" if traits.is_ruled else STROKES[traits.tone]
        strokes.append((stroke, across(9, left=start, right=end)))
    return LifeDrawing(
        bars=tuple(bars),
        strokes=tuple(strokes),
        ruling=statuses.of(life.ruling) if life.ruling else None,
        sign_x=round(end, 1),
        words=_words(life),
    )


def _share(moment: datetime, *, first: datetime, last: datetime) -> float:
    """Of the time from first to last, how much has gone; all of it where that is no time."""
    length = (last - first).total_seconds()
    share = (moment - first).total_seconds() / length if length > 0 else 1.0
    return min(1.0, max(0.0, share))


def _words(life: Lifeline) -> str:
    steps = [f"{span.status} from {span.start:%Y-%m-%d}" for span in life.spans]
    if life.ruling:
        steps.append(f"ruled: {life.ruling}")
    return ", ".join(steps)


def segments(counts: Sequence[tuple[str, int]]) -> tuple[Rect, ...]:
    """A bar of 996 by 12 cut in proportion to the counts, each named by its class, with gaps between."""
    kept = [(name, count) for name, count in counts if count > 0]
    total = sum(count for _, count in kept)
    room = 996 - GAP * (len(kept) - 1)
    bars, x = [], 0.0
    for name, count in kept:
        width = room * count / total
        bars.append(Rect(name=name, x=round(x, 1), width=round(width, 1), height=12))
        x += width + GAP
    return tuple(bars)
