"""The calibration plot: what was said against what came true, as geometry of two drawings, wide and narrow. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from forecasts.maths.calibration import Bin, Calibration
from tracker.pages.drawing.calibration_labels import Spot, Words, placed
from tracker.pages.drawing.instruments import short
from tracker.wording import number


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One bin: a dot whose area grows with its count, an upright that holds the true share 80 times in 100."""

    x: float
    y: float
    radius: float
    upright: str
    words: str
    at: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words of an axis, and the path of the grid line or tick that they belong to."""

    x: float
    y: float
    words: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A drawing of `width` by `height`; `shade` is where less came true than was said, `fit` the line between.

    `above` and `below` say so: where all that was said is 50% or more, that is being less, or more, sure than events.
    """

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    shade: str
    fit: str
    above: str
    below: str
    shares: tuple[Label, ...]
    chances: tuple[Label, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a set of forecasts fits events: a title, the drawings by size, and the same in words and as bins.

    `name` says whose forecasts they are, `across` what the horizontal axis holds. Without drawings it is too little.
    """

    name: str
    title: str
    across: str
    words: str
    calibration: Calibration
    plots: dict[str, Plot]

    @property
    def heading(self) -> str:
        """Whose forecasts they are, with the finding where there is one."""
        return f"{self.name}: {self.title[:1].lower()}{self.title[1:]}" if self.plots else self.name


SIZES: Final = {"wide": (560, 447, 46.0), "narrow": (330, 374, 34.0)}
TOP, RIGHT_MARGIN, FOOT = 16.0, 20.0, 44.0
STATEMENTS: Final = "of {count} statements said at {stated:.0%}, {happened} came true"
QUESTIONS: Final = "of {count} questions given {stated:.0%} for Yes, {happened} came out Yes"


def fit(
    name: str,
    found: Calibration,
    *,
    is_enough: bool,
    across: str = "chance given for Yes",
    phrase: str = QUESTIONS,
) -> Fit:
    """The drawings of a calibration, where there is enough to draw."""
    return Fit(
        name=name,
        title=_title(found),
        across=across,
        words=in_words(found.bins, phrase=phrase),
        calibration=found,
        plots=both(found.bins) if is_enough and found.bins else {},
    )


def both(found: Sequence[Bin]) -> dict[str, Plot]:
    """The drawing in each size."""
    return {size: plot(found, size=size) for size in SIZES}


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
        above="less sure than events" if least else "more often than said",
        below="surer than events" if least else "less often than said",
        shares=tuple(_share(share, left=left, right=right, y=y(share / 100)) for share in (0, 25, 50, 75, 100)),
        chances=tuple(
            _chance(chance, x=x(chance / 100), bottom=bottom)
            for chance in range(int(least * 100), 101, 10 if least else 20)
        ),
        dots=_dots([_spot(one, x=x(one.stated), scale=y) for one in found], width=width, bottom=bottom),
    )


def _share(share: int, *, left: float, right: float, y: float) -> Label:
    words = f"{share}%" if share == 100 else str(share)
    return Label(x=left - 8, y=round(y + 4, 1), words=words, path=f"M{short(left)} {short(y)}H{short(right)}")


def _chance(chance: int, *, x: float, bottom: float) -> Label:
    words = f"{chance}%" if chance == 100 else str(chance)
    return Label(x=round(x, 1), y=bottom + 18, words=words, path=f"M{short(x)} {short(bottom)}v5")


def _spot(one: Bin, *, x: float, scale: Callable[[float], float]) -> Spot:
    return Spot(
        x=round(x, 1),
        y=round(scale(one.frequency), 1),
        radius=min(round(3.2 + 2.3 * sqrt(one.count), 1), 16.0),
        top=scale(one.interval.high),
        foot=scale(one.interval.low),
        words=f"{one.happened} of {one.count}",
    )


def _dots(spots: Sequence[Spot], *, width: float, bottom: float) -> tuple[Dot, ...]:
    return tuple(
        Dot(
            x=spot.x,
            y=spot.y,
            radius=spot.radius,
            upright=f"M{short(spot.x)} {short(spot.foot)}V{short(spot.top)}",
            words=spot.words,
            at=words,
        )
        for spot, words in zip(spots, placed(spots, width=width, bottom=bottom), strict=True)
    )


def in_words(found: Sequence[Bin], *, phrase: str = STATEMENTS) -> str:
    """The plot for those who cannot see it."""
    return "; ".join(phrase.format(count=one.count, stated=one.stated, happened=one.happened) for one in found)


def _title(found: Calibration) -> str:
    """Whether the bins hold what was said, with their numbers."""
    bins, holding = len(found.bins), found.fitting
    if not bins:
        return "Nothing to compare yet"
    if bins == 1:
        return f"What was said {'fits' if holding else 'does not fit'} what happened"
    return f"What was said fits what happened in {number(holding) if holding else 'none'} of {number(bins)} bins"
