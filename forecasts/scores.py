"""Scores that a ruling earns everybody, by each rule: forecasters, authors, the product and the crowd."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import Final

from forecasts.maths import bulk, daily, points
from forecasts.maths.scoring import Averaged, ForecastSpan, ScoringWindow
from forecasts.models import Forecast, Forecaster, Proposition, Resolution, Score, start_of

PRODUCT_NAME: Final = "Hindcast"
CROWD_NAME: Final = "The crowd"

Values = dict[Score.Rule, tuple[float, float]]  # value and coverage by rule


@dataclass(frozen=True, slots=True, kw_only=True)
class _ForecastHistory:
    """One forecaster's chances, each over its time; `ends` the same with the least and the most the wording allows."""

    spans: list[ForecastSpan]
    ends: tuple[list[ForecastSpan], ...] = ()


def earned(resolution: Resolution) -> Iterator[Score]:
    """A row per forecaster and rule, unsaved, for whoever had a forecast in force before the question closed.

    The outcome is yes or no: what else a ruling may say scores nobody, and is not asked about here. Peer and relative
    scores compare members, bots and sites with one another, where there are two or more.
    """
    window = window_of(resolution)
    scored: dict[int, tuple[_ForecastHistory, Averaged]] = {}
    for forecaster_id, history in _histories(resolution.proposition, until=window.closes):
        averaged = window.averaged(history.spans)
        if averaged is not None:
            scored[forecaster_id] = history, averaged
    crowd = Forecaster.objects.filter(pk__in=scored, kind__in=Forecaster.CROWD).values_list("pk", flat=True)
    compared = _compared({key: scored[key][0].spans for key in crowd}, window)
    attainable = points.attainable(opens=window.opens, closes=window.closes, horizon=window.horizon)
    for key, (history, averaged) in scored.items():
        values: Values = {
            Score.Rule.BRIER: (averaged.brier, averaged.coverage),
            Score.Rule.LOG: (averaged.log, averaged.coverage),
            Score.Rule.BASELINE: _baseline(history.spans, window),
            **compared.get(key, {}),
        }
        ends = _ends(history, window)
        for rule, (value, coverage) in values.items():
            low, high = ends.get(rule, (None, None))
            yield Score(
                resolution=resolution,
                forecaster_id=key,
                rule=rule,
                value=value,
                low=low,
                high=high,
                coverage=min(coverage, 1.0),
                attainable=attainable,
                final_probability=averaged.final,
            )


def _ends(history: _ForecastHistory, window: ScoringWindow) -> dict[Score.Rule, tuple[float, float]]:
    """The least and the most that the wording makes of a score, which rises or falls with the chance."""
    averages = [averaged for spans in history.ends if (averaged := window.averaged(spans)) is not None]
    if not averages:
        return {}
    briers, logs = [averaged.brier for averaged in averages], [averaged.log for averaged in averages]
    return {Score.Rule.BRIER: (min(briers), max(briers)), Score.Rule.LOG: (min(logs), max(logs))}


def _compared(crowd: Mapping[int, list[ForecastSpan]], window: ScoringWindow) -> dict[int, Values]:
    """Peer and relative scores with their coverage, by forecaster."""
    if len(crowd) < 2:
        return {}
    outcome, opens, closes = window.outcome, window.opens, window.closes
    by_moment = bulk.peers(crowd, outcome=outcome, opens=opens, closes=closes, horizon=window.horizon)
    by_day = daily.daily(crowd, outcome=outcome, opens=opens, closes=closes)
    values: dict[int, Values] = {}
    for key in crowd:
        values[key] = {Score.Rule.PEER: (by_moment[key].score, by_moment[key].coverage)}
        if key in by_day:
            values[key][Score.Rule.RELATIVE] = by_day[key].relative, by_day[key].participation
    return values


def _baseline(spans: Iterable[ForecastSpan], window: ScoringWindow) -> tuple[float, float]:
    """A forecaster's score and coverage, from those of each forecast."""
    parts = points.baseline_accuracy(
        spans, outcome=window.outcome, opens=window.opens, closes=window.closes, horizon=window.horizon
    )
    return math.fsum(part.score for part in parts), math.fsum(part.coverage for part in parts)


def window_of(resolution: Resolution) -> ScoringWindow:
    """The time over which a ruling scores, and by which outcome."""
    proposition = resolution.proposition
    end_of_day = start_of(resolution.effective_on + timedelta(days=1))
    return ScoringWindow(
        opens=proposition.opens_at,
        settles=start_of(min(resolution.effective_on, proposition.deadline)),
        closes=min(end_of_day, proposition.closes_at, resolution.ruled_at),
        horizon=proposition.closes_at,
        outcome=resolution.outcome == Proposition.Outcome.YES,
    )


def _histories(proposition: Proposition, *, until: datetime) -> Iterator[tuple[int, _ForecastHistory]]:
    """Each forecaster with its chances and how long each stood, up to `until`; then the product, then the crowd."""
    forecasts = proposition.forecasts.exclude(forecaster__kind__in=Forecaster.WORKED_OUT).order_by(
        "forecaster_id", "made_at", "pk"
    )
    for forecaster_id, own in groupby(forecasts, key=lambda forecast: forecast.forecaster_id):
        yield forecaster_id, _history(list(own), until=until)
    estimates = proposition.estimates.order_by("at", "pk").values_list("at", "probability")
    if spans := _in_turn(estimates, until=until):
        yield _ours(Forecaster.Kind.PRODUCT, PRODUCT_NAME), _ForecastHistory(spans=spans)
    aggregates = proposition.aggregates.order_by("at", "pk").values_list("at", "probability")
    if spans := _in_turn(aggregates, until=until):
        yield _ours(Forecaster.Kind.POOL, CROWD_NAME), _ForecastHistory(spans=spans)


def _history(forecasts: Sequence[Forecast], *, until: datetime) -> _ForecastHistory:
    """Each stands until the next one, its withdrawal, its expiry, or the end; the forecasts come oldest first."""
    nexts = [later.made_at for later in forecasts[1:]] + [until]
    ends = [
        min(end for end in (following, forecast.withdrawn_at, forecast.expires_at) if end is not None)
        for forecast, following in zip(forecasts, nexts, strict=True)
    ]

    def spans(chances: Iterable[float]) -> list[ForecastSpan]:
        return [
            ForecastSpan(probability=chance, since=forecast.made_at, until=end)
            for chance, forecast, end in zip(chances, forecasts, ends, strict=True)
        ]

    stated = spans(forecast.probability for forecast in forecasts)
    if all(forecast.low is None for forecast in forecasts):
        return _ForecastHistory(spans=stated)
    least = spans(forecast.probability if forecast.low is None else forecast.low for forecast in forecasts)
    most = spans(forecast.probability if forecast.high is None else forecast.high for forecast in forecasts)
    return _ForecastHistory(spans=stated, ends=(least, most))


def _in_turn(chances: Iterable[tuple[datetime, float | None]], *, until: datetime) -> list[ForecastSpan]:
    """Chances that each stood until the next moment; None is silence."""
    return [
        ForecastSpan(probability=chance, since=since, until=end)
        for (since, chance), (end, _) in pairwise([*chances, (until, None)])
        if chance is not None
    ]


def _ours(kind: Forecaster.Kind, name: str) -> int:
    """The one forecaster of a kind of our own, made when it is first needed."""
    forecaster, _ = Forecaster.objects.get_or_create(kind=kind, defaults={"name": name})
    return forecaster.pk
