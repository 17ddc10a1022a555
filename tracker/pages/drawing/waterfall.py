"""From the prior to the number on the page, story by story: points that add up to what is shown. Pure."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from forecasts.maths.evidence import within_limit
from forecasts.maths.odds import logit
from forecasts.maths.parts import Part
from tracker.pages.formats import percent

STORIES: Final = ("evidence", "suggestion")
MOST_BARS: Final = 12  # of stories; beyond it the smaller ones are summed in one


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one part of an estimate does: from one whole percentage of the claim's chance to the next."""

    kind: str
    ref: str
    before: int
    after: int

    @property
    def points(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row of the waterfall: its step, or several small ones summed (`count`), drawn from `start` for `width`."""

    kind: str
    ref: str
    points: int
    start: int
    width: int
    count: int = 1

    @property
    def fill(self) -> str:
        return "f-call" if self.kind in ("crowd", "time") else "f-pro" if self.points > 0 else "f-con"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The prior's percentage, what time did, each story's step in order, the crowd last; the last one ends at `end`."""

    prior: int
    steps: tuple[Step, ...]

    @property
    def end(self) -> int:
        return self.steps[-1].after if self.steps else self.prior

    def of(self, ref: str) -> Step | None:
        """The step of a story, by the number of its evidence."""
        return next((step for step in self.steps if step.kind in STORIES and step.ref == ref), None)

    def moved_by(self, kind: str) -> bool:
        """Whether what is of this kind moved the chance by a point or more."""
        return any(step.points for step in self.steps if step.kind == kind)


def walk(parts: Iterable[Part], *, prior: float, side: str) -> Walk:
    """Add up an estimate's parts one by one, rounding after each, as the page does.

    No sum goes beyond the limit of what news can say, so the part that takes the excess back needs no step of its own.
    """
    said = [part for part in parts if part.kind != "limit"]
    begun = [part.log_odds for part in said if part.kind == "prior"] or [logit(prior)]
    sums, at = list(begun), _shown(begun, side=side)
    steps = []
    for part in said:
        if part.kind == "prior":
            continue
        sums.append(part.log_odds)
        after = _shown(sums, side=side)
        steps.append(Step(kind=part.kind, ref=part.ref, before=at, after=after))
        at = after
    return Walk(prior=_shown(begun, side=side), steps=tuple(steps))


def bars(walked: Walk) -> tuple[Bar, ...]:
    """Each bar starts where the last one ended; what moved nothing is left out, and small ones are summed."""
    moving = [step for step in walked.steps if step.points]
    told = [step for step in moving if step.kind in STORIES]
    kept = _largest(told)
    small = [step for step in told if step not in kept]
    found: list[Bar] = []
    at = walked.prior
    for step in [*(step for step in moving if step.kind == "time"), *kept]:
        at = _add(found, step.kind, step.ref, step.points, at=at)
    if small:
        at = _add(found, "smaller", "", sum(step.points for step in small), at=at, count=len(small))
    for step in moving:
        if step.kind == "crowd":
            at = _add(found, step.kind, step.ref, step.points, at=at)
    return tuple(found)


def _shown(log_odds: Sequence[float], *, side: str) -> int:
    return percent(within_limit(math.fsum(log_odds)), side=side)


def _largest(steps: Sequence[Step]) -> list[Step]:
    if len(steps) <= MOST_BARS:
        return list(steps)
    largest = sorted(steps, key=lambda step: -abs(step.points))[: MOST_BARS - 1]
    return [step for step in steps if step in largest]


def _add(found: list[Bar], kind: str, ref: str, points: int, *, at: int, count: int = 1) -> int:
    # Without the small ones between them the larger may run over the edge: the bar is cut there, its number is not.
    start, end = (min(100, max(0, place)) for place in sorted((at, at + points)))
    found.append(Bar(kind=kind, ref=ref, points=points, start=start, width=end - start, count=count))
    return at + points
