"""What a ruling earns everybody: scores by each rule, for forecasters, authors, the product and the crowd."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import Final, TypedDict

from forecasts.maths import bulk, daily, points
from forecasts.maths.scoring import Averaged, Standing, time_averaged
from forecasts.models import Forecast, Forecaster, Proposition, Resolution, Score, start_of

PRODUCT_NAME: Final = "Hindcast"
CROWD_NAME: Final = "The crowd"

Valued = dict[Score.Rule, tuple[float, float]]  # value and coverage by rule


class _Life(TypedDict):
    outcome: bool
    opens: datetime
    closes: datetime
    horizon: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time over which forecasts are scored, when the day began that settled it, and what they are held against.

    `horizon` is when the question was meant to close.
    """

    opens: datetime
    settles: datetime
    closes: datetime
    horizon: datetime
    outcome: bool

    @property
    def life(self) -> _Life:
        return {"outcome": self.outcome, "opens": self.opens, "closes": self.closes, "horizon": self.horizon}

    @property
    def attainable(self) -> float:
        return points.attainable(opens=self.opens, closes=self.closes, horizon=self.horizon)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What one forecaster said and for how long; `ends` the same with the least and the most the wording allows."""

    standings: list[Standing]
    ends: tuple[list[Standing], ...] = ()


def earned(resolution: Resolution) -> Iterator[Score]:
    """A row per forecaster and rule, unsaved, for whoever had a forecast standing before the question closed.

    The outcome is yes or no: what else a ruling may say scores nobody, and is not asked about here. Peer and relative
    scores compare members, bots and sites with one another, where there are two or more.
    """
    window = window_of(resolution)
    scored: dict[int, tuple[_Said, Averaged]] = {}
    for forecaster_id, said in _standings(resolution.proposition, until=window.closes):
        averaged = _averaged(said.standings, window)
        if averaged is not None:
            scored[forecaster_id] = said, averaged
    kinds = Forecaster.objects.filter(pk__in=scored, kind__in=Forecaster.CROWD)
    compared = _compared({key: scored[key][0].standings for key in kinds.values_list("pk", flat=True)}, window)
    for key, (said, averaged) in scored.items():
        values: Valued = {
            Score.Rule.BRIER: (averaged.brier, averaged.coverage),
            Score.Rule.LOG: (averaged.log, averaged.coverage),
            Score.Rule.BASELINE: _summed(points.baseline_accuracy(said.standings, **window.life)),
            **compared.get(key, {}),
        }
        ends = _ends(said, window)
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
                attainable=window.attainable,
                final_probability=averaged.final,
            )


def _averaged(standings: Iterable[Standing], window: Window) -> Averaged | None:
    return time_averaged(
        standings, outcome=window.outcome, opens=window.opens, closes=window.closes, settles=window.settles
    )


def _ends(said: _Said, window: Window) -> dict[Score.Rule, tuple[float, float]]:
    """Between which values the wording leaves the score: each rises or falls with the chance, the outcome given."""
    found = [each for standings in said.ends if (each := _averaged(standings, window)) is not None]
    if not found:
        return {}
    briers, logs = [each.brier for each in found], [each.log for each in found]
    return {Score.Rule.BRIER: (min(briers), max(briers)), Score.Rule.LOG: (min(logs), max(logs))}


def _compared(crowd: Mapping[int, list[Standing]], window: Window) -> dict[int, Valued]:
    """Peer and relative scores with their coverage, by forecaster."""
    if len(crowd) < 2:
        return {}
    by_moment = bulk.peers(crowd, **window.life)
    by_day = daily.daily(crowd, outcome=window.outcome, opens=window.opens, closes=window.closes)
    found: dict[int, Valued] = {}
    for key in crowd:
        found[key] = {Score.Rule.PEER: (by_moment[key].score, by_moment[key].coverage)}
        if key in by_day:
            found[key][Score.Rule.RELATIVE] = by_day[key].relative, by_day[key].participation
    return found


def _summed(by_forecast: Iterable[points.Points]) -> tuple[float, float]:
    """A forecaster's score and coverage, from those of each forecast."""
    parts = list(by_forecast)
    return math.fsum(part.score for part in parts), math.fsum(part.coverage for part in parts)


def window_of(resolution: Resolution) -> Window:
    """Over which time a ruling scores, and by which outcome."""
    proposition = resolution.proposition
    end_of_day = start_of(resolution.effective_on + timedelta(days=1))
    return Window(
        opens=proposition.opens_at,
        settles=start_of(min(resolution.effective_on, proposition.deadline)),
        closes=min(end_of_day, proposition.closes_at, resolution.ruled_at),
        horizon=proposition.closes_at,
        outcome=resolution.outcome == Proposition.Outcome.YES,
    )


def _standings(proposition: Proposition, *, until: datetime) -> Iterator[tuple[int, _Said]]:
    """Each forecaster with what it said and for how long, up to `until`; then the product, then the crowd."""
    forecasts = proposition.forecasts.exclude(forecaster__kind__in=Forecaster.WORKED_OUT).order_by(
        "forecaster_id", "made_at", "pk"
    )
    for forecaster_id, own in groupby(forecasts, key=lambda forecast: forecast.forecaster_id):
        yield forecaster_id, _one_after_another(list(own), until=until)
    estimates = proposition.estimates.order_by("at", "pk").values_list("at", "probability")
    if own_words := _in_turn(estimates, until=until):
        yield _ours(Forecaster.Kind.PRODUCT, PRODUCT_NAME), _Said(standings=own_words)
    pooled = proposition.crowd_estimates.order_by("at", "pk").values_list("at", "probability")
    if together := _in_turn(pooled, until=until):
        yield _ours(Forecaster.Kind.POOL, CROWD_NAME), _Said(standings=together)


def _one_after_another(rows: Sequence[Forecast], *, until: datetime) -> _Said:
    """Each stands until the next one, its withdrawal, its expiry, or the end; the forecasts come oldest first."""
    nexts = [later.made_at for later in rows[1:]] + [until]
    ends = [
        min(end for end in (following, row.withdrawn_at, row.expires_at) if end is not None)
        for row, following in zip(rows, nexts, strict=True)
    ]

    def saying(chances: Iterable[float]) -> list[Standing]:
        return [
            Standing(probability=chance, since=row.made_at, until=end)
            for chance, row, end in zip(chances, rows, ends, strict=True)
        ]

    if all(row.low is None for row in rows):
        return _Said(standings=saying(row.probability for row in rows))
    least = saying(row.probability if row.low is None else row.low for row in rows)
    most = saying(row.probability if row.high is None else row.high for row in rows)
    return _Said(standings=saying(row.probability for row in rows), ends=(least, most))


def _in_turn(said: Iterable[tuple[datetime, float | None]], *, until: datetime) -> list[Standing]:
    """Chances that each stood until the next moment; None is silence."""
    rows = [*said, (until, None)]
    return [
        Standing(probability=chance, since=since, until=end)
        for (since, chance), (end, _) in pairwise(rows)
        if chance is not None
    ]


def _ours(kind: Forecaster.Kind, name: str) -> int:
    """The one forecaster of a kind of our own, made when it is first needed."""
    found, _ = Forecaster.objects.get_or_create(kind=kind, defaults={"name": name})
    return found.pk
