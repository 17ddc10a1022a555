"""Brier scores by the day, beside the crowd's median of the same days, as Good Judgment Open and Fatebook count them.

Both halves of the question are summed, as Brier did: 0 is best and 2 worst, twice what `scoring.brier` gives.
Sources: Good Judgment Open, FAQ, "How are my forecasts scored for accuracy?"; Fatebook, `lib/_scoring.ts`.
"""

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Final, TypeVar

from forecasts.maths.scoring import ForecastSpan, brier

Name = TypeVar("Name", bound=Hashable)

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A forecaster's days on one question.

    `brier` is the mean over the days on which a forecast stood, `crowd` the mean of the crowd's daily medians over
    every day on which anyone's did, `participation` the share of the question's days. `relative` is own less median
    of the same day, summed and divided by all days (Fatebook): it compares like with like, and is the one to use.
    One's own score is part of the median, as on those sites, so that neither is proper where few forecast; the mean is.
    """

    brier: float
    crowd: float
    participation: float
    relative: float

    @property
    def accuracy(self) -> float:
        """Good Judgment Open's: the difference of the two means times participation; less than 0 beats the crowd."""
        return (self.brier - self.crowd) * self.participation


def daily(
    forecasters: Mapping[Name, Iterable[ForecastSpan]], *, outcome: bool, opens: datetime, closes: datetime
) -> dict[Name, Days]:
    """Scores by the day of each forecaster who had a forecast at the end of some day; the others are left out.

    A day is one in UTC, and what stood at its end counts for all of it; the last day ends when the question closes.
    """
    number = _ended(closes, opens=opens, closes=closes) if opens < closes else 0
    runs = {name: _runs(spans, opens=opens, closes=closes) for name, spans in forecasters.items()}
    changes: dict[int, dict[Name, float | None]] = {}  # of each day, what each forecaster's score becomes on it
    for name, days in runs.items():
        for _, stop, _ in days:
            changes.setdefault(stop, {})[name] = None
        for first, _, chance in days:
            changes.setdefault(first, {})[name] = 2 * brier(chance, outcome=outcome)
    medians: list[tuple[int, float]] = []  # days in a row and the median of each
    own: dict[Name, list[tuple[int, float, float]]] = {}  # days in a row, one's own score and the median
    scores: dict[Name, float | None] = {}
    for first, stop in pairwise(sorted(changes)):
        scores |= changes[first]
        present = {name: score for name, score in scores.items() if score is not None}
        if not present:
            continue
        crowd = median(present.values())
        medians.append((stop - first, crowd))
        for name, score in present.items():
            own.setdefault(name, []).append((stop - first, score, crowd))
    return {name: _days(own[name], medians=medians, number=number) for name in forecasters if name in own}


def _days(own: list[tuple[int, float, float]], *, medians: list[tuple[int, float]], number: int) -> Days:
    present = sum(days for days, _, _ in own)
    return Days(
        brier=math.fsum(days * score for days, score, _ in own) / present,
        crowd=math.fsum(days * crowd for days, crowd in medians) / sum(days for days, _ in medians),
        participation=present / number,
        relative=math.fsum(days * (score - crowd) for days, score, crowd in own) / number,
    )


def _runs(spans: Iterable[ForecastSpan], *, opens: datetime, closes: datetime) -> list[tuple[int, int, float]]:
    """Runs of days: the first at whose end a span stood, the day after the last such, and its probability.

    `ValueError` if two of them stood at the end of one day.
    """
    runs = sorted(
        (first, stop, span.probability)
        for span in spans
        if max(span.since, opens) < min(span.until, closes)
        for first in [_ended(max(span.since, opens), opens=opens, closes=closes)]
        for stop in [_ended(min(span.until, closes), opens=opens, closes=closes)]
        if first < stop
    )
    for (_, stop, _), (first, _, _) in pairwise(runs):
        if first < stop:
            raise ValueError("Two forecasts of one forecaster stood at the end of one day.")
    return runs


def _ended(at: datetime, *, opens: datetime, closes: datetime) -> int:
    """The number of the question's days that have ended at that moment, its own included."""
    midnight = opens.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if at >= closes:
        return -((midnight - closes) // DAY)
    return (at - midnight) // DAY
