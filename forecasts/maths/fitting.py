"""Fitting the parameters of the estimate on resolved questions, shrunk hard towards their defaults.

What a fit is worth is measured by leaving each question out in turn and scoring it by what is fitted on the others
(M. Stone, "Cross-validatory choice and assessment of statistical predictions", Journal of the Royal Statistical Society
B 36, 1974).
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from forecasts.maths.evidence import CrowdForecast, Signal, combine
from forecasts.maths.hazard import QuestionLife
from forecasts.maths.parameters import DEFAULTS, Parameters
from forecasts.maths.scoring import ForecastSpan, time_averaged

FEWEST: Final = 10  # below it a gain cannot be told from luck
MOST_STEPS: Final = 50  # along the grid; its corners are about thirty apart
GLANCES: Final = 24  # looks at each question at even distances, between what happens to it, for time to show


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSignal:
    """A signal and since when it was known, which is later than its own time by what it took to confirm it."""

    signal: Signal
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PastQuestion:
    """A resolved question with its signals and crowds as they came: each crowd stood from its time on, oldest first.

    It is scored from its opening to `closes`; what was said from `settles` on may have known the end.
    """

    ref: str
    prior: float
    life: QuestionLife
    known: tuple[KnownSignal, ...]
    crowds: tuple[tuple[datetime, CrowdForecast | None], ...]
    outcome: bool
    settles: datetime
    closes: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FitResult:
    """A fit's parameters and worth. `gain` is the mean of the time-averaged log scores won over the defaults, in nats,
    each question scored by what the others gave; `error` is its standard error, `logs` the mean scores around it."""

    parameters: Parameters
    questions: int
    gain: float
    error: float
    log_before: float
    log_after: float

    @property
    def is_worth_taking(self) -> bool:
        """With questions enough, something changed, and more gained than the luck of the draw explains."""
        return self.questions >= FEWEST and self.parameters != DEFAULTS and self.gain > self.error


def log_score(past: PastQuestion, parameters: Parameters) -> float:
    """The estimate's time-averaged log score on one question, had it been made by these parameters."""
    moments = _moments(past)
    since = [at for at, _ in past.crowds]
    spans = []
    for at, until in pairwise([*moments, past.closes]):
        place = bisect_right(since, at)
        estimated = combine(
            past.prior,
            life=past.life,
            signals=[known.signal for known in past.known if known.since <= at],
            crowd=past.crowds[place - 1][1] if place else None,
            at=at,
            parameters=parameters,
        )
        spans.append(ForecastSpan(probability=estimated.probability, since=at, until=until))
    averaged = time_averaged(
        spans, outcome=past.outcome, opens=past.life.opens, closes=past.closes, settles=past.settles
    )
    assert averaged is not None, f"{past.ref} was never open"
    return averaged.log


def fit(pasts: Sequence[PastQuestion], *, on_progress: Callable[[Parameters], None] = lambda _tried: None) -> FitResult:
    """The parameters under which these questions, and a prior around the defaults, are most probable.

    `on_progress` hears of each set of parameters as it is first tried. `ValueError` without a question.
    """
    if not pasts:
        raise ValueError("There is nothing to fit on: no question has been resolved Yes or No.")
    tried: dict[Parameters, list[float]] = {}

    def logs(parameters: Parameters) -> list[float]:
        if parameters not in tried:
            on_progress(parameters)
            tried[parameters] = [log_score(past, parameters) for past in pasts]
        return tried[parameters]

    best = _climb(logs)
    before = logs(DEFAULTS)
    gains = [logs(_climb(logs, without=place))[place] - before[place] for place in range(len(pasts))]
    gain = math.fsum(gains) / len(gains)
    return FitResult(
        parameters=best,
        questions=len(pasts),
        gain=gain,
        error=_standard_error(gains, gain),
        log_before=math.fsum(before) / len(before),
        log_after=math.fsum(before) / len(before) + gain,
    )


def _climb(logs: Callable[[Parameters], list[float]], *, without: int | None = None) -> Parameters:
    """From the defaults uphill by single steps, as long as the penalised sum of log scores grows."""

    def worth(parameters: Parameters) -> float:
        own = logs(parameters)
        return math.fsum(own) - (0.0 if without is None else own[without]) - parameters.distance()

    best = DEFAULTS
    for _ in range(MOST_STEPS):
        step = max(best.neighbours(), key=worth)
        if worth(step) <= worth(best):
            break
        best = step
    return best


def _moments(past: PastQuestion) -> list[datetime]:
    """The times at which anything that the estimate rests on changed, and a look in between for time."""
    opens = past.life.opens
    glances = [opens + (past.closes - opens) * n / GLANCES for n in range(GLANCES)]
    happened = [known.since for known in past.known] + [at for at, _ in past.crowds]
    return sorted({*glances, *(at for at in happened if opens < at < past.closes)})


def _standard_error(gains: Sequence[float], mean: float) -> float:
    """The standard error of the mean; infinite for a single question."""
    if len(gains) < 2:
        return math.inf
    variance = math.fsum((gain - mean) ** 2 for gain in gains) / (len(gains) - 1)
    return math.sqrt(variance / len(gains))
