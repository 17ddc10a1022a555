"""Scorecards: how good and how well calibrated forecasters are, over any set of propositions, in constant queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Any, cast

from django.db.models import Avg, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from forecasts.maths import points
from forecasts.maths.calibration import TOO_FEW, Calibration, Interval, JudgedForecast, calibrate
from forecasts.maths.scoring import brier
from forecasts.maths.skill import Paired, Skill, skill
from forecasts.models import Forecaster, Proposition, Score


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredQuestion:
    """One forecaster on one ruled proposition; `probability` is the chance of YES before it was settled.

    `baseline`, `peer` and `relative` are None where there is no such score, `brier_range` and `log_range` where no
    wording was read, `crowd` where the crowd said nothing (or is whom this is about). `coverage` is the share of the
    time the question was open, `covered` that of its planned life, of which `attainable` could be covered. Of the
    crowd's and the base rate's, which is the proposition's prior, the Brier scores.
    """

    forecaster_id: int
    proposition_id: int
    probability: float
    outcome: bool
    effective_on: date
    brier: float
    brier_range: Interval | None
    log: float
    log_range: Interval | None
    baseline: float | None
    peer: float | None
    peer_coverage: float
    relative: float | None
    coverage: float
    covered: float
    attainable: float
    crowd: float | None
    base_rate: float
    hindsight: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsTotal:
    """Points over `count` propositions, and the sum of the shares of their planned lives that were covered."""

    total: float
    count: int
    coverage: float

    @property
    def mean(self) -> float:
        return self.total / self.count

    @property
    def average(self) -> float:
        """Points a question's worth of coverage, as on Metaculus' leaderboard: what is less than 30 counts as 30."""
        return points.leaderboard(self.total, coverage=self.coverage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """A record, newest ruling first: the rows and what follows from them.

    `resolved` counts propositions, `hindsight` those among them written after the fact. Means are over rows, None
    without any: Brier 0 to 1, log in nats, relative Brier -2 to 2; a range is what the wordings allow. `covered` is the
    share covered of what was `attainable` of the planned lives. `calibration` is of the chance of YES. Skill compares
    with whoever said something on the same propositions.
    """

    scored: tuple[ScoredQuestion, ...]
    resolved: int
    hindsight: int
    mean_brier: float | None
    brier_range: Interval | None
    mean_log: float | None
    log_range: Interval | None
    mean_relative: float | None
    baseline: PointsTotal | None
    peer: PointsTotal | None
    attainable: float | None
    covered: float | None
    calibration: Calibration
    against_crowd: Skill | None
    against_base_rate: Skill | None

    @property
    def too_few(self) -> bool:
        return self.resolved < TOO_FEW


def scorecard(forecasters: Iterable[Forecaster], propositions: QuerySet[Proposition] | None = None) -> Scorecard:
    """The joint record of the forecasters (one, or an outlet's authors) on the propositions (all, if not given).

    Rulings taken back and void ones do not count; propositions written with hindsight do, and are counted apart.
    One query.
    """
    return _carded(_scored(scores_in_force(propositions).filter(forecaster__in=_among(forecasters))))


def calibration_of(forecasters: Iterable[Forecaster], propositions: QuerySet[Proposition] | None = None) -> Calibration:
    """The calibration of their chances of YES, on the same rows as a scorecard; one query."""
    scores = scores_in_force(propositions).filter(forecaster__in=_among(forecasters), rule=Score.Rule.BRIER)
    rows = scores.order_by("pk").values_list("final_probability", "resolution__outcome")
    return calibrate(
        JudgedForecast(probability=chance, outcome=outcome == Proposition.Outcome.YES) for chance, outcome in rows
    )


def scores_in_force(propositions: QuerySet[Proposition] | None) -> QuerySet[Score]:
    """Scores of rulings that nobody has taken back, on the propositions (all, if not given)."""
    scores = Score.objects.filter(resolution__reversed_at__isnull=True)
    if propositions is None:
        return scores
    return scores.filter(resolution__proposition__in=propositions.order_by().values("pk"))


def _crowds_brier() -> Subquery:
    """For a query of scores: the crowd's Brier score on the same ruling, of rows that are not its own."""
    pooled = Score.objects.filter(
        resolution=OuterRef("resolution"), rule=Score.Rule.BRIER, forecaster__kind=Forecaster.Kind.POOL
    )
    return Subquery(pooled.exclude(forecaster=OuterRef("forecaster")).values("value")[:1])


def _among(forecasters: Iterable[Forecaster]) -> QuerySet[Forecaster] | list[Forecaster]:
    return forecasters if isinstance(forecasters, QuerySet) else list(forecasters)


def _of(rule: Score.Rule, column: str = "value") -> Avg:
    """The one value of a rule, in a query that groups the rules of a forecaster on a ruling."""
    return Avg(column, filter=Q(rule=rule))


def _scored(scores: QuerySet[Score]) -> tuple[ScoredQuestion, ...]:
    """A row of all rules' values per forecaster and ruling, newest ruling first."""
    rule = Score.Rule
    rows = (
        scores.values("forecaster_id", "resolution_id")
        .annotate(
            proposition_id=F("resolution__proposition_id"),
            ruled=F("resolution__outcome"),
            effective_on=F("resolution__effective_on"),
            prior=F("resolution__proposition__prior"),
            hindsight=F("resolution__proposition__written_with_hindsight"),
            probability=Max("final_probability"),
            open_for=Max("attainable"),
            brier=_of(rule.BRIER),
            brier_low=_of(rule.BRIER, "low"),
            brier_high=_of(rule.BRIER, "high"),
            during=_of(rule.BRIER, "coverage"),
            log=_of(rule.LOG),
            log_low=_of(rule.LOG, "low"),
            log_high=_of(rule.LOG, "high"),
            baseline=_of(rule.BASELINE),
            covered=Coalesce(_of(rule.BASELINE, "coverage"), 0.0),
            peer=_of(rule.PEER),
            peer_coverage=Coalesce(_of(rule.PEER, "coverage"), 0.0),
            relative=_of(rule.RELATIVE),
            crowd=Max(_crowds_brier()),
        )
        .order_by("-effective_on", "proposition_id", "forecaster_id")
    )
    return tuple(_row(**row) for row in cast("Iterable[dict[str, Any]]", rows))


def _row(*, resolution_id: int, ruled: str, prior: float, during: float, open_for: float, **row: Any) -> ScoredQuestion:
    outcome = ruled == Proposition.Outcome.YES
    ranges: dict[str, Any] = {
        f"{rule}_range": _range(row.pop(f"{rule}_low"), row.pop(f"{rule}_high")) for rule in ("brier", "log")
    }
    base_rate = brier(prior, outcome=outcome)
    return ScoredQuestion(outcome=outcome, coverage=during, attainable=open_for, base_rate=base_rate, **ranges, **row)


def _range(low: float | None, high: float | None) -> Interval | None:
    return None if low is None or high is None else Interval(low=low, high=high)


def _carded(scored: tuple[ScoredQuestion, ...]) -> Scorecard:
    attainable = fsum(row.attainable for row in scored)
    return Scorecard(
        scored=scored,
        resolved=len({row.proposition_id for row in scored}),
        hindsight=len({row.proposition_id for row in scored if row.hindsight}),
        mean_brier=_mean(row.brier for row in scored),
        brier_range=_mean_range([(row.brier, row.brier_range) for row in scored]),
        mean_log=_mean(row.log for row in scored),
        log_range=_mean_range([(row.log, row.log_range) for row in scored]),
        mean_relative=_mean(row.relative for row in scored if row.relative is not None),
        baseline=_points([(row.baseline, row.covered) for row in scored]),
        peer=_points([(row.peer, row.peer_coverage) for row in scored]),
        attainable=_mean(row.attainable for row in scored),
        covered=min(1.0, fsum(row.covered for row in scored) / attainable) if attainable else None,
        calibration=calibrate(JudgedForecast(probability=row.probability, outcome=row.outcome) for row in scored),
        against_crowd=skill(
            Paired(question=row.proposition_id, own=row.brier, reference=row.crowd)
            for row in scored
            if row.crowd is not None
        ),
        against_base_rate=skill(
            Paired(question=row.proposition_id, own=row.brier, reference=row.base_rate) for row in scored
        ),
    )


def _points(earned: Sequence[tuple[float | None, float]]) -> PointsTotal | None:
    """The points of the rows that have such a score."""
    rows = [(value, coverage) for value, coverage in earned if value is not None]
    if not rows:
        return None
    return PointsTotal(
        total=fsum(value for value, _ in rows), count=len(rows), coverage=fsum(coverage for _, coverage in rows)
    )


def _mean_range(values: Sequence[tuple[float, Interval | None]]) -> Interval | None:
    """The means with every wording at its best and at its worst; None where no wording was read."""
    if all(found is None for _, found in values):
        return None
    ends = [found or Interval(low=value, high=value) for value, found in values]
    return Interval(low=fsum(end.low for end in ends) / len(ends), high=fsum(end.high for end in ends) / len(ends))


def _mean(values: Iterable[float]) -> float | None:
    numbers = list(values)
    return fsum(numbers) / len(numbers) if numbers else None
