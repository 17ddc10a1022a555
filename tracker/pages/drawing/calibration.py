"""Calibration plot: chances against the share that came true, as geometry of two drawings, wide and narrow. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from forecasts.maths.calibration import Bin, Calibration
from tracker.pages.drawing.calibration_labels import DotWords, Spot, place_words
from tracker.pages.drawing.shapes import across, coordinate, upright
from tracker.wording import number


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationDot:
    """One bin: a dot whose area grows with its count, an upright that holds the true share 80 times in 100."""

    x: float
    y: float
    radius: float
    upright: str
    words: str
    at: DotWords


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisLabel:
    """Words of an axis, and the path of their grid line or tick."""

    x: float
    y: float
    words: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationPlot:
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
    shares: tuple[AxisLabel, ...]
    chances: tuple[AxisLabel, ...]
    dots: tuple[CalibrationDot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationFit:
    """How a set of forecasts fits events: a title, the drawings by size, and the same in words and as bins.

    `name` says whose forecasts they are, `across` what the horizontal axis holds. Without drawings it is too little.
    """

    name: str
    title: str
    across: str
    words: str
    calibration: Calibration
    plots: dict[str, CalibrationPlot]

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
    calibration: Calibration,
    *,
    is_enough: bool,
    across: str = "chance given for Yes",
    phrase: str = QUESTIONS,
) -> CalibrationFit:
    """The drawings of a calibration, where there is enough to draw."""
    return CalibrationFit(
        name=name,
        title=_title(calibration),
        across=across,
        words=in_words(calibration.bins, phrase=phrase),
        calibration=calibration,
        plots=plots(calibration.bins) if is_enough and calibration.bins else {},
    )


def plots(bins: Sequence[Bin]) -> dict[str, CalibrationPlot]:
    """The drawing in each size."""
    return {size: plot(bins, size=size) for size in SIZES}


def plot(bins: Sequence[Bin], *, size: str) -> CalibrationPlot:
    """The bins on a square of chances; the axis of what was said starts at 50% where nobody said less."""
    width, height, left = SIZES[size]
    right, bottom = width - RIGHT_MARGIN, height - FOOT
    least = 0.0 if any(row.stated < 0.5 for row in bins) else 0.5

    def x(chance: float) -> float:
        return left + (right - left) * (chance - least) / (1 - least)

    def y(share: float) -> float:
        return bottom - (bottom - TOP) * share

    diagonal = f"M{coordinate(left)} {coordinate(y(least))}L{coordinate(right)} {coordinate(TOP)}"
    return CalibrationPlot(
        width=width,
        height=height,
        left=left,
        right=right,
        top=TOP,
        bottom=bottom,
        shade=f"{diagonal}V{coordinate(bottom)}H{coordinate(left)}Z",
        fit=diagonal,
        above="less sure than events" if least else "more often than said",
        below="surer than events" if least else "less often than said",
        shares=tuple(
            _axis(share, x=left - 8, y=y(share / 100) + 4, path=across(y(share / 100), left=left, right=right))
            for share in (0, 25, 50, 75, 100)
        ),
        chances=tuple(
            _axis(chance, x=(at := x(chance / 100)), y=bottom + 18, path=f"M{coordinate(at)} {coordinate(bottom)}v5")
            for chance in range(int(least * 100), 101, 10 if least else 20)
        ),
        dots=_dots([_spot(row, x=x(row.stated), scale=y) for row in bins], width=width, bottom=bottom),
    )


def _axis(percentage: int, *, x: float, y: float, path: str) -> AxisLabel:
    words = f"{percentage}%" if percentage == 100 else str(percentage)
    return AxisLabel(x=round(x, 1), y=round(y, 1), words=words, path=path)


def _spot(row: Bin, *, x: float, scale: Callable[[float], float]) -> Spot:
    return Spot(
        x=round(x, 1),
        y=round(scale(row.frequency), 1),
        radius=min(round(3.2 + 2.3 * sqrt(row.count), 1), 16.0),
        top=scale(row.interval.high),
        foot=scale(row.interval.low),
        words=f"{row.happened} of {row.count}",
    )


def _dots(spots: Sequence[Spot], *, width: float, bottom: float) -> tuple[CalibrationDot, ...]:
    return tuple(
        CalibrationDot(
            x=spot.x,
            y=spot.y,
            radius=spot.radius,
            upright=upright(spot.x, start=spot.foot, end=spot.top),
            words=spot.words,
            at=words,
        )
        for spot, words in zip(spots, place_words(spots, width=width, bottom=bottom), strict=True)
    )


def in_words(bins: Sequence[Bin], *, phrase: str = STATEMENTS) -> str:
    """The plot for those who cannot see it."""
    return "; ".join(phrase.format(count=row.count, stated=row.stated, happened=row.happened) for row in bins)


def _title(calibration: Calibration) -> str:
    """In how many bins the chances given fit what happened."""
    bins, fitting = len(calibration.bins), calibration.fitting
    if not bins:
        return "Nothing to compare yet"
    if bins == 1:
        return f"What was said {'fits' if fitting else 'does not fit'} what happened"
    return f"What was said fits what happened in {number(fitting) if fitting else 'none'} of {number(bins)} bins"
