"""Waterfall of an estimate: from the prior, story by story, in whole points that add up to the number shown. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from forecasts.maths.evidence import within_limit
from forecasts.maths.odds import logit
from forecasts.maths.parts import Part
from tracker.pages.formats import percent

STORIES: Final = ("evidence", "suggestion")
MOST_BARS: Final = 12  # of stories; beyond it the smaller ones are summed in one


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceStep:
    """The effect of one part of an estimate: from one whole percentage of the claim's chance to the next."""

    kind: str
    ref: str
    before: int
    after: int

    @property
    def points(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterfallBar:
    """A row of the waterfall: its step, or several small ones summed (`count`), drawn from `start` for `width`."""

    kind: str
    ref: str
    points: int
    start: int
    width: int
    count: int = 1

    @property
    def fill(self) -> str:
        return "fill-call" if self.kind in ("crowd", "time") else "fill-for" if self.points > 0 else "fill-against"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """The prior's percentage, what time did, each story's step in order, the crowd last; the last one ends at `end`."""

    prior: int
    steps: tuple[ChanceStep, ...]

    @property
    def end(self) -> int:
        return self.steps[-1].after if self.steps else self.prior

    def of(self, ref: str) -> ChanceStep | None:
        """The step of a story, by the number of its evidence."""
        return next((step for step in self.steps if step.kind in STORIES and step.ref == ref), None)

    def moved_by(self, kind: str) -> bool:
        """Whether what is of this kind moved the chance by a point or more."""
        return any(step.points for step in self.steps if step.kind == kind)


def waterfall(parts: Sequence[Part], *, prior: float, side: str) -> Waterfall:
    """Add up an estimate's parts one by one, rounding after each, as the page does.

    No sum goes beyond the limit of what news can say, so the part that takes the excess back needs no step of its own.
    """
    sums = [part.log_odds for part in parts if part.kind == "prior"] or [logit(prior)]
    start = before = _percent(sums, side=side)
    steps = []
    for part in parts:
        if part.kind in ("prior", "limit"):
            continue
        sums.append(part.log_odds)
        after = _percent(sums, side=side)
        steps.append(ChanceStep(kind=part.kind, ref=part.ref, before=before, after=after))
        before = after
    return Waterfall(prior=start, steps=tuple(steps))


def bars(waterfall: Waterfall) -> tuple[WaterfallBar, ...]:
    """Each bar starts where the last one ended; what moved nothing is left out, and small ones are summed."""
    moving = [step for step in waterfall.steps if step.points]
    time, crowd = ([step for step in moving if step.kind == kind] for kind in ("time", "crowd"))
    stories = [step for step in moving if step.kind in STORIES]
    large = _largest(stories)
    small = [step for step in stories if step not in large]
    rows = [(step.kind, step.ref, step.points, 1) for step in (*time, *large)]
    if small:
        rows.append(("smaller", "", sum(step.points for step in small), len(small)))
    rows += [(step.kind, step.ref, step.points, 1) for step in crowd]
    bars, at = [], waterfall.prior
    for kind, ref, points, count in rows:
        # Without the small ones between them the larger may run over the edge: the bar is cut there, its number is not.
        start, end = (min(100, max(0, place)) for place in sorted((at, at + points)))
        bars.append(WaterfallBar(kind=kind, ref=ref, points=points, start=start, width=end - start, count=count))
        at += points
    return tuple(bars)


def _percent(log_odds: Sequence[float], *, side: str) -> int:
    return percent(within_limit(math.fsum(log_odds)), side=side)


def _largest(steps: Sequence[ChanceStep]) -> list[ChanceStep]:
    if len(steps) <= MOST_BARS:
        return list(steps)
    largest = sorted(steps, key=lambda step: -abs(step.points))[: MOST_BARS - 1]
    return [step for step in steps if step in largest]
