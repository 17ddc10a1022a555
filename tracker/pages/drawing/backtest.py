"""The picture of the backtest page as geometry: the ways of knowing beside each other. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from forecasts.maths.comparison import NAMES, BaselineSummary, Mean, Summary
from tracker.pages.drawing.instruments import short
from tracker.wording import capitalised


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One way: its name at (`name_x`, `name_y`), a dot at (`x`, `y`), the path of its interval, its number."""

    name: str
    name_x: float
    name_y: float
    x: float
    y: float
    interval: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The ways on one scale of Brier scores, less to the left; `prior` is the upright through the prior's."""

    width: int
    height: int
    left: float
    right: float
    bottom: float
    prior: str
    low: str
    high: str
    bars: tuple[Bar, ...]

    @property
    def words(self) -> str:
        return "; ".join(f"{bar.name} {bar.words}" for bar in self.bars)


SIZES: Final = {"wide": (1104, 190.0), "narrow": (330, 12.0)}  # width, and where the scale begins
MARGIN, EDGE, FOOT = 34.0, 30.0, 30


def both(summary: Summary) -> dict[str, Beside]:
    """The drawing in each size."""
    return {size: beside(summary, size=size) for size in SIZES}


def beside(summary: Summary, *, size: str) -> Beside:
    """A row a way; in the narrow drawing its name stands above it."""
    width, left = SIZES[size]
    is_wide, right = size == "wide", width - MARGIN
    row, first = (42, 20.0) if is_wide else (58, 34.0)
    ends = [end for line in summary.lines for end in _ends(line.brier)]
    low, high = min(ends), max(ends)
    bottom = first + row * len(summary.lines) - 4

    def x(value: float) -> float:
        return left + EDGE + (right - left - 2 * EDGE) * ((value - low) / (high - low) if high > low else 0.5)

    bars = [
        Bar(
            name=f"{capitalised(NAMES[line.way])}{_on(line, summary)}",
            name_x=0.0 if is_wide else left,
            name_y=first + row * n + (4 if is_wide else -14),
            x=round(x(line.brier.value), 1),
            y=first + row * n,
            interval=_interval(line.brier, y=first + row * n, ends=tuple(map(x, _ends(line.brier)))),
            words=f"{line.brier.value:.3f}",
        )
        for n, line in enumerate(summary.lines)
    ]
    prior = summary.line("prior")
    return Beside(
        width=width,
        height=int(bottom) + FOOT,
        left=left,
        right=right,
        bottom=bottom,
        prior=f"M{short(x(prior.brier.value))} 4V{short(bottom)}" if prior else "",
        low=f"{low:.3f}",
        high=f"{high:.3f}",
        bars=tuple(bars),
    )


def _on(line: BaselineSummary, summary: Summary) -> str:
    """Where a way is missing somewhere, on how many questions it stands."""
    return f", on {line.runs:,}" if line.runs < summary.runs else ""


def _ends(mean: Mean) -> tuple[float, ...]:
    return (mean.interval.low, mean.value, mean.interval.high) if mean.interval else (mean.value,)


def _interval(mean: Mean, *, y: float, ends: Sequence[float]) -> str:
    return f"M{short(ends[0])} {short(y)}H{short(ends[-1])}" if mean.interval else ""
