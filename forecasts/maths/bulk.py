"""Scores of many forecasts on many questions at once: the formulas of `scoring` and `points` over sorted columns.

Peer scores need no loop over moments. While n forecasts stand whose logs sum to S, one of them with log l earns
100 (n l - S) / (n - 1) a unit of time. Two running sums over the moments of a question, of n / (n - 1) and of
S / (n - 1), thus give every forecast its score as a difference between its end and its beginning.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from forecasts.maths.points import EarnedPoints
from forecasts.maths.scoring import ForecastSpan

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

BLOCK: Final = 32_768  # forecasts scored together: their columns stay in the processor's cache, so time grows evenly


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class QuestionColumns:
    """A row a question: seconds of its opening, its close, and the close that was planned; whether it happened."""

    opens: Floats
    closes: Floats
    horizon: Floats
    outcome: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ForecastColumns:
    """A row a forecast that stood, sorted by question (its row in Questions), forecaster (any number) and `since`.

    Times in seconds; `until` is infinite for what still stands.
    """

    question: Whole
    forecaster: Whole
    probability: Floats
    since: Floats
    until: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScoreColumns:
    """A row for each forecaster with time on a question, sorted like the forecasts.

    Brier and log are averaged over the time covered, as `scoring.time_averaged` does, and `coverage` is the share of
    the time from opening to close. Baseline, peer and `horizon_coverage` are sums as in `points`.
    """

    question: Whole
    forecaster: Whole
    brier: Floats
    log: Floats
    coverage: Floats
    baseline: Floats
    peer: Floats
    horizon_coverage: Floats


def score(forecasts: ForecastColumns, questions: QuestionColumns) -> ScoreColumns:
    """`ValueError` names the first row that is unsorted or no probability, or that overlaps another's time."""
    _refuse_damaged(forecasts, questions)
    parts = [_scored(_rows(forecasts, block), questions) for block in _blocks(forecasts.question)]
    columns = [[getattr(part, field.name) for part in parts] for field in fields(ScoreColumns)]
    return ScoreColumns(
        **{field.name: np.concatenate(column) for field, column in zip(fields(ScoreColumns), columns, strict=True)}
    )


def peers(
    spans: Mapping[int, Sequence[ForecastSpan]],
    *,
    outcome: bool,
    opens: datetime,
    closes: datetime,
    horizon: datetime,
) -> dict[int, EarnedPoints]:
    """The sums of peer scores by forecaster on one question, in time that grows as the forecasts do.

    Whoever had no time is left out. `ValueError` if two forecasts of one forecaster stood at once.
    """
    rows = [(name, span) for name in sorted(spans) for span in sorted(spans[name], key=lambda span: span.since)]
    scored = score(
        ForecastColumns(
            question=np.zeros(len(rows), dtype=np.int64),
            forecaster=np.array([name for name, _ in rows], dtype=np.int64),
            probability=np.array([span.probability for _, span in rows], dtype=np.float64),
            since=np.array([(span.since - opens).total_seconds() for _, span in rows], dtype=np.float64),
            until=np.array([(span.until - opens).total_seconds() for _, span in rows], dtype=np.float64),
        ),
        QuestionColumns(
            opens=np.zeros(1),
            closes=np.array([(closes - opens).total_seconds()]),
            horizon=np.array([(horizon - opens).total_seconds()]),
            outcome=np.array([outcome]),
        ),
    )
    columns = (scored.forecaster.tolist(), scored.peer.tolist(), scored.horizon_coverage.tolist())
    return {name: EarnedPoints(score=peer, coverage=coverage) for name, peer, coverage in zip(*columns, strict=True)}


def _scored(forecasts: ForecastColumns, questions: QuestionColumns) -> ScoreColumns:
    """Times are shares of the question's life, so that long and short questions are equally exact."""
    opens, closes = questions.opens[forecasts.question], questions.closes[forecasts.question]
    window = closes - opens
    since, until = np.maximum(forecasts.since, opens), np.minimum(forecasts.until, closes)
    stood = np.flatnonzero(since < until)
    forecasts, window = _rows(forecasts, stood), window[stood]
    since, until = (since[stood] - opens[stood]) / window, (until[stood] - opens[stood]) / window
    fresh = np.ones(len(stood), dtype=bool)
    fresh[1:] = (np.diff(forecasts.question) != 0) | (np.diff(forecasts.forecaster) != 0)
    if np.any((since[1:] < until[:-1]) & ~fresh[1:]):
        raise ValueError("Two forecasts of one forecaster stood at once: let each end where the next begins.")
    outcome, time = questions.outcome[forecasts.question], until - since
    logs = np.log(np.where(outcome, forecasts.probability, 1 - forecasts.probability))
    peer = _peer(_Stood(question=forecasts.question, logs=logs, since=since, until=until, fresh=fresh))
    firsts = np.flatnonzero(fresh)
    question = forecasts.question[firsts]

    def summed(values: Floats) -> Floats:
        return np.add.reduceat(values, firsts) if len(firsts) else values

    covered, log = summed(time), summed(logs * time)
    life = questions.horizon[question] - questions.opens[question]
    scale = np.divide(window[firsts], life, out=np.zeros_like(life), where=life > 0)
    return ScoreColumns(
        question=question,
        forecaster=forecasts.forecaster[firsts],
        brier=summed((forecasts.probability - outcome) ** 2 * time) / covered,
        log=log / covered,
        coverage=np.minimum(covered, 1.0),
        baseline=100 * (covered + log / math.log(2)) * scale,
        peer=100 * summed(peer) * scale,
        horizon_coverage=covered * scale,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Stood:
    """Forecasts that stood for some time: logs of what they gave to what happened, times from 0 to 1, and whether
    each is the first of its forecaster on its question."""

    question: Whole
    logs: Floats
    since: Floats
    until: Floats
    fresh: NDArray[np.bool_]


def _peer(spans: _Stood) -> Floats:
    """The lead of each forecast over the mean of the others, integrated over the time it stood.

    A forecast that begins where the forecaster's last one ends replaces it in one step, which saves a moment.
    """
    count, logs = len(spans.logs), spans.logs
    if not count:
        return logs
    replaces = np.zeros(count + 1, dtype=bool)  # the last is nobody's: no forecast is replaced from outside
    replaces[1:-1] = ~spans.fresh[1:] & (spans.since[1:] == spans.until[:-1])
    left = np.flatnonzero(~replaces[1:])  # those that nothing replaces
    place = np.zeros(count)  # questions of this block, counted from 0, two apart: no time reaches the next question
    place[1:] = np.cumsum(np.diff(spans.question) != 0) * 2
    times = np.concatenate((spans.since, spans.until[left]))
    order = np.argsort(np.concatenate((place, place[left])) + times)
    came = logs.copy()
    came[1:] -= logs[:-1] * replaces[1:-1]
    present = np.cumsum(np.concatenate((~replaces[:-1], np.full(len(left), -1.0)))[order])
    total = np.cumsum(np.concatenate((came, -logs[left]))[order])
    # Where fewer than two stand the rate is 0; so the last moment of a question leads over to the next harmlessly.
    rate = np.zeros(len(times))
    np.divide(np.diff(times[order]), present[:-1] - 1, out=rate[:-1], where=present[:-1] > 1)
    whole, others = (_risen(rate * growth, order, left=left) for growth in (present, total))
    return logs * whole - others


def _risen(grows: Floats, order: Whole, *, left: Whole) -> Floats:
    """By how much a running sum rises from the beginning of each forecast to its end."""
    sums = np.empty(len(grows))
    sums[order] = np.cumsum(grows) - grows
    count = len(grows) - len(left)
    ends = np.empty(count)
    ends[:-1] = sums[1:count]  # where the next one begins, unless nothing replaced it
    ends[left] = sums[count:]
    return ends - sums[:count]


def _blocks(question: Whole) -> Iterator[slice]:
    """Runs of rows with whole questions in them, about BLOCK rows long; one empty run where there are no rows."""
    starts, rows = np.flatnonzero(np.diff(question, prepend=-1)), len(question)
    begin = 0
    while True:
        later = int(np.searchsorted(starts, begin + BLOCK))
        end = int(starts[later]) if later < len(starts) else rows
        yield slice(begin, end)
        if end >= rows:
            return
        begin = end


def _rows(forecasts: ForecastColumns, rows: Any) -> ForecastColumns:
    return ForecastColumns(**{field.name: getattr(forecasts, field.name)[rows] for field in fields(ForecastColumns)})


def _refuse_damaged(forecasts: ForecastColumns, questions: QuestionColumns) -> None:
    if len({len(getattr(forecasts, field.name)) for field in fields(ForecastColumns)}) > 1:
        raise ValueError("The columns of forecasts are not equally long.")
    if len({len(getattr(questions, field.name)) for field in fields(QuestionColumns)}) > 1:
        raise ValueError("The columns of questions are not equally long.")
    if not all(np.isfinite(times).all() for times in (questions.opens, questions.closes, questions.horizon)):
        raise ValueError("Questions open and close at finite times.")
    later, earlier = slice(1, None), slice(None, -1)
    same = forecasts.question[later] == forecasts.question[earlier]
    same_forecaster = same & (forecasts.forecaster[later] == forecasts.forecaster[earlier])
    unsorted = np.zeros(len(forecasts.question), dtype=bool)
    unsorted[later] = (
        (forecasts.question[later] < forecasts.question[earlier])
        | (same & (forecasts.forecaster[later] < forecasts.forecaster[earlier]))
        | (same_forecaster & (forecasts.since[later] < forecasts.since[earlier]))
    )
    for damaged, complaint in (
        (~((forecasts.probability > 0) & (forecasts.probability < 1)), "is no probability between 0 and 1"),
        (np.isnan(forecasts.since) | np.isnan(forecasts.until), "has no time"),
        ((forecasts.question < 0) | (forecasts.question >= len(questions.opens)), "is on no question"),
        (unsorted, "is out of order: sort by question, forecaster and time"),
    ):
        if damaged.any():
            raise ValueError(f"Forecast {int(np.argmax(damaged))} (from 0) {complaint}.")
