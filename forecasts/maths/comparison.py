"""Estimate, evidence, crowd and prior beside each other: mean scores, intervals and calibration of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Final

from forecasts.maths.baselines import WAYS, BaselineScore, Way
from forecasts.maths.bootstrap import mean_intervals
from forecasts.maths.calibration import (
    TOO_FEW,
    Calibration,
    Decomposition,
    Interval,
    JudgedForecast,
    Share,
    calibrate,
    decompose,
    shares,
)

NAMES: Final[Mapping[Way, str]] = {
    "estimate": "estimate",
    "evidence": "evidence alone",
    "crowd": "crowd alone",
    "prior": "prior alone",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One ruled proposition with the score of each way; the crowd's is missing where nobody forecast."""

    proposition_id: int
    key: str
    question: str
    outcome: bool
    effective_on: date
    hindsight: bool
    baselines: Mapping[Way, BaselineScore]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A mean over propositions, with its 80% bootstrap interval where there are two or more."""

    value: float
    interval: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineSummary:
    """Mean scores of one way of knowing on `runs` propositions; scores and gains as in BaselineScore.

    The bins are tenths of the chance of Yes before the day of settlement (`final`) and over the whole life
    (`over_time`), each with Murphy's decomposition of its Brier score.
    """

    way: Way
    runs: int
    brier: Mean
    log: Mean
    brier_gain: Mean
    log_gain: Mean
    final: Calibration
    over_time: tuple[Share, ...]
    over_time_parts: Decomposition | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The ways beside each other, in the order of WAYS; only those that ever said anything."""

    runs: int
    hindsight: int
    lines: tuple[BaselineSummary, ...]

    @property
    def too_few(self) -> bool:
        return self.runs < TOO_FEW

    def line(self, way: Way) -> BaselineSummary | None:
        return next((line for line in self.lines if line.way == way), None)


def summarise(runs: Iterable[Run]) -> Summary:
    """Means over the runs, whatever their order."""
    runs = list(runs)
    by_way = {way: [run.baselines[way] for run in runs if way in run.baselines] for way in WAYS}
    outcomes = {way: [run.outcome for run in runs if way in run.baselines] for way in WAYS}
    return Summary(
        runs=len(runs),
        hindsight=sum(run.hindsight for run in runs),
        lines=tuple(_line(way, scores, outcomes[way]) for way, scores in by_way.items() if scores),
    )


def _line(way: Way, scores: Sequence[BaselineScore], outcomes: Sequence[bool]) -> BaselineSummary:
    rows = [(score.brier, score.log, score.brier_gain, score.log_gain) for score in scores]
    brier, log, brier_gain, log_gain = _means(rows)
    final = [
        JudgedForecast(probability=score.final, outcome=outcome)
        for score, outcome in zip(scores, outcomes, strict=True)
    ]
    over_time = [score.over_time for score in scores]
    return BaselineSummary(
        way=way,
        runs=len(scores),
        brier=brier,
        log=log,
        brier_gain=brier_gain,
        log_gain=log_gain,
        final=calibrate(final),
        over_time=shares(over_time),
        over_time_parts=decompose(judged for score in over_time for judged in score),
    )


def _means(rows: Sequence[Sequence[float]]) -> Iterator[Mean]:
    intervals = mean_intervals(rows) or [None] * len(rows[0])
    for column, interval in zip(zip(*rows, strict=True), intervals, strict=True):
        yield Mean(value=fsum(column) / len(rows), interval=interval)
