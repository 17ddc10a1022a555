"""Pictures of scores as SVG that stands alone, light and dark: mean scores and calibration of each way of knowing."""

from collections.abc import Callable, Iterator, Sequence
from math import sqrt
from typing import Final

from forecasts.maths.calibration import CONFIDENCE, Bin
from forecasts.maths.comparison import NAMES, BaselineSummary, Mean, Summary
from lab.pictures import svg

TOP, SIDE = 66, 300  # of a calibration panel: where it begins, and how wide and high its square is
PANELS: Final = (
    ("brier", "Brier score", "less is better", ".3f"),
    ("log", "Log score, nats", "nearer to 0 is better", ".2f"),
    ("log_gain", "Log score, better than the prior by", "right of the dotted line is better", "+.2f"),
)
NAME_ROOM, PANEL, GAP, ROW = 150, 200, 40, 40


def scores(summary: Summary) -> str:
    """A row a way, a dot for the mean, a bar for its interval; on three scales."""
    width, bottom = NAME_ROOM + 3 * (PANEL + GAP) + 10, 100 + ROW * len(summary.lines)
    parts = [
        *_titled(f"How well each did on {_propositions(summary.runs)}", _reservation(summary)),
        *(svg.text(16, 104 + ROW * n, NAMES[line.way].capitalize(), "b") for n, line in enumerate(summary.lines)),
        *(
            svg.text(16, 119 + ROW * n, f"on {_propositions(line.runs)}")
            for n, line in enumerate(summary.lines)
            if line.runs < summary.runs
        ),
    ]
    for n, (name, words, hint, form) in enumerate(PANELS):
        lines = [(row, line) for row, line in enumerate(summary.lines) if name != "log_gain" or line.way != "prior"]
        means = [(row, _mean_of(line, name)) for row, line in lines]
        left = NAME_ROOM + n * (PANEL + GAP)
        parts += [svg.text(left, 68, words, "b"), svg.text(left, 83, hint)]
        parts += _panel(means, left=left, bottom=bottom, form=form, holds_zero=name == "log_gain")
    return svg.drawn(
        width, bottom + 30, parts, "Mean scores of " + ", ".join(NAMES[line.way] for line in summary.lines)
    )


def _mean_of(line: BaselineSummary, name: str) -> Mean:
    return {"brier": line.brier, "log": line.log, "log_gain": line.log_gain}[name]


def _panel(means: Sequence[tuple[int, Mean]], *, left: int, bottom: int, form: str, holds_zero: bool) -> Iterator[str]:
    """Means by row on one scale, which fits them and their intervals."""
    ends = [end for _, mean in means for end in _ends(mean)] + [0.0] * holds_zero
    low, high = min(ends, default=0.0), max(ends, default=0.0)
    room = (high - low or 0.1) * 0.08

    def x(value: float) -> float:
        return left + PANEL * (value - low + room) / (high - low + 2 * room or 1.0)

    yield f'<path class="axis" d="M{left} {bottom}H{left + PANEL}"/>'
    for value, anchor in ((low, "m"), (high, "m")) if high > low else ((low, "m"),):
        yield f'<path class="rule" d="M{x(value):.1f} {bottom}v5"/>' + svg.text(
            x(value), bottom + 18, _number(value, form), anchor
        )
    if holds_zero:
        yield f'<path class="even" d="M{x(0.0):.1f} 92V{bottom}"/>'
    for row, mean in means:
        y = 100 + ROW * row
        if mean.interval:
            yield f'<path class="bar" d="M{x(mean.interval.low):.1f} {y}H{x(mean.interval.high):.1f}"/>'
        yield f'<circle class="dot" cx="{x(mean.value):.1f}" cy="{y}" r="5"/>'
        yield svg.text(x(mean.value), y + 20, _number(mean.value, form), "m halo b")


def _ends(mean: Mean) -> tuple[float, ...]:
    return (mean.value, mean.interval.low, mean.interval.high) if mean.interval else (mean.value,)


def calibration(summary: Summary) -> str:
    """Estimate and prior side by side: what was said before the day of settlement, and how often it came true."""
    lines = [line for line in summary.lines if line.way in ("estimate", "prior")]
    parts = list(_titled(f"Said and came true, on {_propositions(summary.runs)}", _reservation(summary)))
    for n, line in enumerate(lines):
        parts += _square(line, left=60 + n * (SIDE + 80))
    words = "; ".join(f"{NAMES[line.way]}: {_in_words(line.final.bins)}" for line in lines)
    return svg.drawn(60 + len(lines) * (SIDE + 80) - 50, TOP + SIDE + 110, parts, f"Calibration. {words}")


def _square(line: BaselineSummary, *, left: int) -> Iterator[str]:
    top, right, bottom = TOP + 20, left + SIDE, TOP + 20 + SIDE

    def x(chance: float) -> float:
        return left + SIDE * chance

    def y(share: float) -> float:
        return bottom - SIDE * share

    yield svg.text(left, TOP + 6, NAMES[line.way].capitalize(), "b")
    yield f'<path class="water" d="M{left} {bottom}L{right} {top}V{bottom}Z"/>'
    for tick in (0, 25, 50, 75, 100):
        words = f"{tick}%" if tick == 100 else str(tick)
        yield f'<path class="rule" d="M{left} {y(tick / 100):.1f}H{right}"/>'
        yield svg.text(left - 8, y(tick / 100) + 4, words, "e") + svg.text(x(tick / 100), bottom + 18, words, "m")
    yield f'<path class="even" d="M{left} {bottom}L{right} {top}"/>'
    yield svg.text(left, bottom + 36, "chance of Yes before the day of settlement")
    yield from _dots(line.final.bins, x, y)
    yield svg.text(right - 10, bottom - 12, "said more than came true", "e")
    yield svg.text(left + 10, top + 20, "said less", "halo")
    yield svg.text(left - 8, bottom + 58, "true", "e") + svg.text(left - 8, bottom + 74, "of", "e")
    for group in line.final.bins:
        place = x((group.low + group.high) / 2)
        yield svg.text(place, bottom + 58, f"{group.happened:,}", "m") + svg.text(
            place, bottom + 74, f"{group.count:,}", "m b"
        )


def _dots(bins: Sequence[Bin], x: Callable[[float], float], y: Callable[[float], float]) -> Iterator[str]:
    """Dots grow with the number of propositions."""
    for group in bins:
        place = x(group.stated)
        yield f'<path class="bar" d="M{place:.1f} {y(group.interval.low):.1f}V{y(group.interval.high):.1f}"/>'
        yield f'<circle class="dot" cx="{place:.1f}" cy="{y(group.frequency):.1f}" r="{_radius(group):.1f}"/>'


def _radius(group: Bin) -> float:
    return min(3.2 + 2.3 * sqrt(group.count), 16.0)


def _in_words(bins: Sequence[Bin]) -> str:
    return ", ".join(f"of {group.count} said at {group.stated:.0%} {group.happened} came true" for group in bins)


def _reservation(summary: Summary) -> str:
    share = f"Bars hold the true value {CONFIDENCE:.0%} of the time"
    if summary.too_few:
        return f"{share}. Too few to tell from luck."
    if summary.hindsight:
        return f"{share}. {summary.hindsight} written with hindsight: they show how it works, and no skill."
    return f"{share}."


def _propositions(number: int) -> str:
    return "1 proposition" if number == 1 else f"{number:,} propositions"


def _number(value: float, form: str) -> str:
    return f"{value:{form}}".replace("-", "\N{MINUS SIGN}") if value else "0"


def _titled(title: str, hint: str) -> Iterator[str]:
    yield svg.text(16, 26, title, "h")
    yield svg.text(16, 44, hint)
