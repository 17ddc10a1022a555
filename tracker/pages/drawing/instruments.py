"""The small drawn instruments: a gauge with its history, a lifeline, a segmented bar. Pure data in, geometry out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tracker.pages.formats import Chance, Life

GAP: Final = 4.0  # between two segments of a bar, in units of 996


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
    sign: str
    sign_x: float
    words: str


def short(number: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")


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
    def up(percent: int) -> str:
        # A hair inside the box, so that a line along its edge is not cut in half.
        return short(min(height - 1.0, max(1.0, height - height * percent / 100)))

    if not chance.levels:
        return f"M0 {up(chance.percent)}H{short(room)}"
    first, *later = chance.levels
    length = (chance.until - first.at).total_seconds()
    path = f"M0 {up(first.percent)}"
    for level in later:
        share = (level.at - first.at).total_seconds() / length if length > 0 else 1.0
        path += f"H{short(room * min(1.0, max(0.0, share)))}V{up(level.percent)}"
    return f"{path}H{short(room)}"


def lifeline(life: Life, *, room: float = 204.0) -> LifeDrawing:
    """In a box of 220 by 18: the line at 9, bars of 6 above and below it, a sign of 16 after its end."""
    bars: list[Rect] = []
    strokes: list[tuple[str, str]] = []
    end = 0.0
    for span in life.spans:
        start, end = (_place(moment, life=life, room=room) for moment in (span.start, span.end))
        if end <= start:
            continue
        bars += [
            Rect(name=name, x=round(start, 1), y=y, width=round(end - start, 1), height=6)
            for name, y in _BARS.get(span.status, ())
        ]
        stroke = _STROKES.get(span.status, "l-axis")
        strokes.append((stroke, f"M{short(start)} 9H{short(end)}"))
    return LifeDrawing(
        bars=tuple(bars), strokes=tuple(strokes), sign=life.ruling, sign_x=round(end, 1), words=_said(life)
    )


_BARS: Final = {
    "holding up": (("l-pro", 3.0),),
    "in doubt": (("l-con", 9.0),),
    "contested": (("l-pro", 3.0), ("l-con", 9.0)),
}
_STROKES: Final = {"watching": "l-wait", "due": "l-due"}


def _place(moment: datetime, *, life: Life, room: float) -> float:
    length = (life.last - life.first).total_seconds()
    share = (moment - life.first).total_seconds() / length if length > 0 else 1.0
    return room * min(1.0, max(0.0, share))


def _said(life: Life) -> str:
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
