"""Skill: how much better than a reference somebody forecast, and how far luck may have moved that."""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from forecasts.maths.bootstrap import DRAWS, drawn_means, interval_of
from forecasts.maths.calibration import Interval

CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """A score and the reference's on the same question, both at least 0 and less the better, such as Brier scores."""

    question: Hashable
    own: float
    reference: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """1 - mean own / mean reference over `pairs` on `questions`: 1 is perfect, 0 does as the reference does.

    The interval holds it in 95 of 100 sets of such questions; None where one question tells nothing about others.
    """

    value: float
    interval: Interval | None
    questions: int
    pairs: int

    @property
    def is_better(self) -> bool:
        """Than the reference, and not by luck."""
        return self.interval is not None and self.interval.low > 0

    @property
    def is_worse(self) -> bool:
        return self.interval is not None and self.interval.high < 0


def skill(pairs: Iterable[Paired], *, draws: int = DRAWS, confidence: float = CONFIDENCE) -> Skill | None:
    """The skill score with its percentile bootstrap interval; None without pairs, or where the reference is perfect.

    Questions are drawn, with all pairs on them, since whoever forecasts one question shares its luck. The order of
    the pairs and the names of the questions change nothing. `ValueError` for a score below 0 or none at all.
    Sources: A. H. Murphy, "Skill scores based on the mean square error and their relationships to the correlation
    coefficient", Monthly Weather Review 116 (1988), and those of `bootstrap`.
    """
    if draws < 1 or not 0.0 < confidence < 1.0:
        raise ValueError(f"{draws} draws at {confidence} give no interval: give at least 1, and a level such as 0.95.")
    cases = list(pairs)
    for pair in cases:
        if not (math.isfinite(pair.own) and math.isfinite(pair.reference) and min(pair.own, pair.reference) >= 0):
            raise ValueError(f"{pair.own} and {pair.reference} are no scores to compare: give numbers from 0 up.")
    sums = _by_question(cases)
    own, reference = (math.fsum(question[side] for question in sums) for side in (0, 1))
    if reference <= 0:
        return None
    return Skill(
        value=1 - own / reference,
        interval=_interval(sums, draws=draws, confidence=confidence),
        questions=len(sums),
        pairs=len(cases),
    )


def _by_question(pairs: Sequence[Paired]) -> list[tuple[float, float]]:
    """Sums of both scores by question, in an order that depends on nothing but them."""
    groups: dict[Hashable, list[Paired]] = {}
    for pair in pairs:
        groups.setdefault(pair.question, []).append(pair)
    return sorted(
        (math.fsum(pair.own for pair in group), math.fsum(pair.reference for pair in group))
        for group in groups.values()
    )


def _interval(sums: Sequence[tuple[float, float]], *, draws: int, confidence: float) -> Interval | None:
    """None for a single question, and where some draw would have a perfect reference to be held against."""
    if len(sums) < 2:
        return None
    drawn = drawn_means(sums, draws=draws)
    if not (drawn[:, 1] > 0).all():
        return None
    return interval_of(1 - drawn[:, 0] / drawn[:, 1], confidence=confidence)
