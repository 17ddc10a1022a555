"""Brier scores of the ways of knowing beside each other, as geometry for the backtest page. Pure."""

from dataclasses import dataclass
from typing import Final

from forecasts.maths.comparison import NAMES, BaselineSummary, Mean, Summary
from tracker.pages.drawing.shapes import across, coordinate
from tracker.wording import capitalised


@dataclass(frozen=True, slots=True, kw_only=True)
class BrierDot:
    """One way: its name at (`name_x`, `name_y`), a dot at (`x`, `y`), the path of its interval, its number."""

    name: str
    name_x: float
    name_y: float
    x: float
    y: float
    interval: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrierPlot:
    """The ways on one scale of Brier scores, less to the left; `prior` is the upright through the prior's."""

    width: int
    height: int
    left: float
    right: float
    bottom: float
    prior: str
    low: str
    high: str
    dots: tuple[BrierDot, ...]

    @property
    def words(self) -> str:
        return "; ".join(f"{dot.name} {dot.words}" for dot in self.dots)


SIZES: Final = {"wide": (1104, 190.0), "narrow": (330, 12.0)}  # width, and where the scale begins
MARGIN, EDGE, FOOT = 34.0, 30.0, 30


def plots(summary: Summary) -> dict[str, BrierPlot]:
    """The drawing in each size."""
    return {size: plot(summary, size=size) for size in SIZES}


def plot(summary: Summary, *, size: str) -> BrierPlot:
    """A row a way; in the narrow drawing its name stands above it."""
    width, left = SIZES[size]
    is_wide, right = size == "wide", width - MARGIN
    row, first = (42, 20.0) if is_wide else (58, 34.0)
    ends = [end for line in summary.lines for end in _ends(line.brier)]
    low, high = min(ends), max(ends)
    bottom = first + row * len(summary.lines) - 4

    def x(value: float) -> float:
        return left + EDGE + (right - left - 2 * EDGE) * ((value - low) / (high - low) if high > low else 0.5)

    dots = [
        BrierDot(
            name=f"{capitalised(NAMES[line.way])}{_on(line, summary)}",
            name_x=0.0 if is_wide else left,
            name_y=first + row * n + (4 if is_wide else -14),
            x=round(x(line.brier.value), 1),
            y=first + row * n,
            interval=across(first + row * n, left=x(interval.low), right=x(interval.high)) if interval else "",
            words=f"{line.brier.value:.3f}",
        )
        for n, line in enumerate(summary.lines)
        for interval in (line.brier.interval,)
    ]
    prior = summary.line("prior")
    return BrierPlot(
        width=width,
        height=int(bottom) + FOOT,
        left=left,
        right=right,
        bottom=bottom,
        prior=f"M{coordinate(x(prior.brier.value))} 4V{coordinate(bottom)}" if prior else "",
        low=f"{low:.3f}",
        high=f"{high:.3f}",
        dots=tuple(dots),
    )


def _on(line: BaselineSummary, summary: Summary) -> str:
    """Where a way is missing somewhere, on how many questions it stands."""
    return f", on {line.runs:,}" if line.runs < summary.runs else ""


def _ends(mean: Mean) -> tuple[float, ...]:
    return (mean.interval.low, mean.value, mean.interval.high) if mean.interval else (mean.value,)
