"""Baselines of the estimate: how good its prior, its evidence and the crowd each were alone, beside the whole."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any, Final, Literal, get_args

from forecasts.maths.calibration import JudgedForecast
from forecasts.maths.evidence import within_limit
from forecasts.maths.scoring import ForecastSpan, ScoringWindow

Way = Literal["estimate", "evidence", "crowd", "prior"]
WAYS: Final[tuple[Way, ...]] = get_args(Way)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedChance:
    """A probability from `at` on, until the next one; None: nobody said anything any more."""

    at: datetime
    probability: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitEstimate:
    """An estimate as it was stored, taken apart: the whole, the prior in it, and all of it but the crowd."""

    at: datetime
    estimate: float
    evidence: float
    prior: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineScore:
    """The scores of one way of knowing over the time in which a question is scored.

    `brier` (0 best, 1 worst) and `log` (nats, 0 best) are averaged over the share `coverage` of that time during which
    it stood; both gains are over the prior during that same time, and more is better. `final` is the chance of Yes
    before the day of settlement. `over_time` holds each chance that stood, weighted by its share of that time.
    """

    brier: float
    log: float
    brier_gain: float
    log_gain: float
    coverage: float
    final: float
    over_time: tuple[JudgedForecast, ...]


def split(parts: Iterable[Mapping[str, Any]], *, at: datetime, probability: float) -> SplitEstimate:
    """The parts of an estimate of that probability, as they were stored, set apart.

    Evidence alone is everything but the crowd and what was taken back at the limit, held to the limit anew. Of each
    part only kind and log_odds are read, since a backtest goes through every estimate ever made. `ValueError` if one
    is damaged.
    """
    priors, others = [], []
    try:
        for part in parts:
            if part["kind"] == "prior":
                priors.append(part["log_odds"])
            elif part["kind"] not in ("crowd", "limit"):
                others.append(part["log_odds"])
        prior, evidence = math.fsum(priors), math.fsum([*priors, *others])
    except (KeyError, TypeError) as error:
        raise ValueError(f"The parts of an estimate are damaged: {error!r}") from error
    return SplitEstimate(at=at, estimate=probability, evidence=within_limit(evidence), prior=within_limit(prior))


def baseline_scores(
    window: ScoringWindow, *, prior: float, estimates: Sequence[SplitEstimate], crowd: Iterable[DatedChance]
) -> Mapping[Way, BaselineScore]:
    """The score of each way; the crowd's only if one stood, and none at all where the window has no length.

    Estimates and crowd come oldest first. Until the first estimate its prior stands, or the `prior` given without one.
    """
    first = DatedChance(at=window.opens, probability=estimates[0].prior if estimates else prior)

    def alone(way: Literal["estimate", "evidence", "prior"]) -> list[ForecastSpan]:
        chances = [DatedChance(at=estimate.at, probability=getattr(estimate, way)) for estimate in estimates]
        return _spans([first, *chances], window)

    prior_spans = alone("prior")
    spans_by_way: dict[Way, list[ForecastSpan]] = {
        "estimate": alone("estimate"),
        "evidence": alone("evidence"),
        "crowd": _spans(list(crowd), window),
        "prior": prior_spans,
    }
    scores = {way: _score(spans, prior_spans, window) for way, spans in spans_by_way.items()}
    return {way: score for way, score in scores.items() if score is not None}


def _spans(chances: Sequence[DatedChance], window: ScoringWindow) -> list[ForecastSpan]:
    """The chances within the window, equal neighbours joined; one of before the opening stands from there on."""
    begins = [max(chance.at, window.opens) for chance in chances]
    ends = [min(later, window.closes) for _, later in pairwise([*begins, window.closes])]
    spans: list[ForecastSpan] = []
    for chance, since, until in zip(chances, begins, ends, strict=True):
        if chance.probability is None or since >= until:
            continue
        if spans and spans[-1].until == since and spans[-1].probability == chance.probability:
            spans[-1] = replace(spans[-1], until=until)
        else:
            spans.append(ForecastSpan(probability=chance.probability, since=since, until=until))
    return spans


def _score(spans: Sequence[ForecastSpan], prior: Sequence[ForecastSpan], window: ScoringWindow) -> BaselineScore | None:
    own = window.averaged(spans)
    if own is None:
        return None
    same_time = [
        replace(other, since=max(other.since, span.since), until=min(other.until, span.until))
        for span in spans
        for other in prior
        if max(other.since, span.since) < min(other.until, span.until)
    ]
    reference = window.averaged(same_time) or own
    lengths = [(span.until - span.since).total_seconds() for span in spans]
    whole = math.fsum(lengths)
    return BaselineScore(
        brier=own.brier,
        log=own.log,
        brier_gain=reference.brier - own.brier,
        log_gain=own.log - reference.log,
        coverage=own.coverage,
        final=own.final,
        over_time=tuple(
            JudgedForecast(probability=span.probability, outcome=window.outcome, weight=length / whole)
            for span, length in zip(spans, lengths, strict=True)
        ),
    )
