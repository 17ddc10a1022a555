"""The calibration plot: what was said against what came true, as geometry of two drawings, wide and narrow. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from forecasts.maths.calibration import Bin
from tracker.pages.instruments import short


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One bin: a dot whose area grows with its count, an upright that holds the true share 80 times in 100."""

    x: float
    y: float
    radius: float
    upright: str
    words: str
    words_x: float
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words of an axis, and the path of the grid line or tick that they belong to."""

    x: float
    y: float
    words: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A drawing of `width` by `height`; `shade` is where statements are surer than events, `fit` the line between."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    shade: str
    fit: str
    shares: tuple[Label, ...]
    chances: tuple[Label, ...]
    dots: tuple[Dot, ...]


SIZES: Final = {"wide": (560, 447, 46.0), "narrow": (330, 374, 34.0)}
TOP, RIGHT_MARGIN, FOOT = 16.0, 20.0, 44.0
ROOM_FOR_WORDS: Final = 60.0


def plot(found: Sequence[Bin], *, size: str) -> Plot:
    """The bins on a square of chances; the axis of what was said starts at 50% where nobody said less."""
    width, height, left = SIZES[size]
    right, bottom = width - RIGHT_MARGIN, height - FOOT
    least = 0.0 if any(one.stated < 0.5 for one in found) else 0.5

    def x(chance: float) -> float:
        return left + (right - left) * (chance - least) / (1 - least)

    def y(share: float) -> float:
        return bottom - (bottom - TOP) * share

    shade = f"M{short(left)} {short(y(least))}L{short(right)} {short(TOP)}V{short(bottom)}H{short(left)}Z"
    return Plot(
        width=width,
        height=height,
        left=left,
        right=right,
        top=TOP,
        bottom=bottom,
        shade=shade,
        fit=f"M{short(left)} {short(y(least))}L{short(right)} {short(TOP)}",
        shares=tuple(_share(share, left=left, right=right, y=y(share / 100)) for share in (0, 25, 50, 75, 100)),
        chances=tuple(
            _chance(chance, x=x(chance / 100), bottom=bottom)
            for chance in range(int(least * 100), 101, 10 if least else 20)
        ),
        dots=tuple(_dot(one, x=x(one.stated), scale=y, right=right) for one in found),
    )


def _share(share: int, *, left: float, right: float, y: float) -> Label:
    words = f"{share}%" if share == 100 else str(share)
    return Label(x=left - 8, y=round(y + 4, 1), words=words, path=f"M{short(left)} {short(y)}H{short(right)}")


def _chance(chance: int, *, x: float, bottom: float) -> Label:
    words = f"{chance}%" if chance == 100 else str(chance)
    return Label(x=round(x, 1), y=bottom + 18, words=words, path=f"M{short(x)} {short(bottom)}v5")


def _dot(one: Bin, *, x: float, scale: Callable[[float], float], right: float) -> Dot:
    radius = round(3.2 + 2.3 * sqrt(one.count), 1)
    has_room = x + radius + ROOM_FOR_WORDS < right
    return Dot(
        x=round(x, 1),
        y=round(scale(one.frequency), 1),
        radius=min(radius, 16.0),
        upright=f"M{short(x)} {short(scale(one.interval.low))}V{short(scale(one.interval.high))}",
        words=f"{one.happened} of {one.count}",
        words_x=round(x + radius + 6 if has_room else x - radius - 6, 1),
        anchor="start" if has_room else "end",
    )


def in_words(found: Sequence[Bin]) -> str:
    """The plot for those who cannot see it."""
    return "; ".join(f"of {one.count} statements said at {one.stated:.0%}, {one.happened} came true" for one in found)
