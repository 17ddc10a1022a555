"""Estimate, evidence, crowd and prior beside each other: mean scores, intervals and calibration of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Final

from forecasts.maths.baselines import WAYS, Track, Way
from forecasts.maths.bootstrap import mean_intervals
from forecasts.maths.calibration import (
    TOO_FEW,
    Calibration,
    Decomposition,
    Interval,
    Judged,
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
    """One ruled proposition with its tracks; the crowd's is missing where nobody forecast."""

    proposition_id: int
    key: str
    question: str
    outcome: bool
    effective_on: date
    hindsight: bool
    tracks: Mapping[Way, Track]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """Over propositions, with its 80% bootstrap interval where there are two or more."""

    value: float
    interval: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How one way of knowing did on `runs` propositions; scores and gains are as a Track's.

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
    lines: tuple[Line, ...]

    @property
    def too_few(self) -> bool:
        return self.runs < TOO_FEW

    def line(self, way: Way) -> Line | None:
        return next((line for line in self.lines if line.way == way), None)


def summarise(found: Iterable[Run]) -> Summary:
    """Means over the runs, whatever their order."""
    among = list(found)
    by_way = {way: [run.tracks[way] for run in among if way in run.tracks] for way in WAYS}
    outcomes = {way: [run.outcome for run in among if way in run.tracks] for way in WAYS}
    return Summary(
        runs=len(among),
        hindsight=sum(run.hindsight for run in among),
        lines=tuple(_line(way, own, outcomes[way]) for way, own in by_way.items() if own),
    )


def _line(way: Way, own: Sequence[Track], outcomes: Sequence[bool]) -> Line:
    rows = [(track.brier, track.log, track.brier_gain, track.log_gain) for track in own]
    brier, log, brier_gain, log_gain = _means(rows)
    final = [Judged(probability=track.final, outcome=outcome) for track, outcome in zip(own, outcomes, strict=True)]
    over_time = [track.over_time for track in own]
    return Line(
        way=way,
        runs=len(own),
        brier=brier,
        log=log,
        brier_gain=brier_gain,
        log_gain=log_gain,
        final=calibrate(final),
        over_time=shares(over_time),
        over_time_parts=decompose(judged for track in over_time for judged in track),
    )


def _means(rows: Sequence[Sequence[float]]) -> Iterator[Mean]:
    intervals = mean_intervals(rows) or [None] * len(rows[0])
    for column, interval in zip(zip(*rows, strict=True), intervals, strict=True):
        yield Mean(value=fsum(column) / len(rows), interval=interval)
