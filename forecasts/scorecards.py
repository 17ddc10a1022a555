"""Read side: how good and how well calibrated forecasters are, over any set of propositions, in constant queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Final

from django.db.models import Avg, Count, Max, Q, QuerySet

from forecasts.maths.calibration import Bin, Judged, bins
from forecasts.models import Forecaster, Proposition, Score

TOO_FEW: Final = 10  # below it a record cannot be told from luck


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One forecaster on one ruled proposition; `probability` is the chance of YES before it was settled."""

    forecaster_id: int
    proposition_id: int
    probability: float
    outcome: bool
    effective_on: date
    brier: float
    log: float
    coverage: float
    hindsight: bool

    @property
    def sureness(self) -> float:
        """The chance given to the side it leaned to, .5 to 1."""
        return max(self.probability, 1.0 - self.probability)

    @property
    def was_right(self) -> bool:
        """Whether the side it leaned to came true; even chances lean to Yes."""
        return self.outcome == (self.probability >= 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """A record, newest ruling first: the rows and what follows from them.

    `resolved` counts propositions, `hindsight` those among them written after the fact. Means are over rows, None
    without any: Brier 0 to 1, log in nats. Both sets of bins are tenths: `calibration` of the chance of YES,
    `leanings` of the chance given to the side leaned to, so .5 and up.
    """

    scored: tuple[Scored, ...]
    resolved: int
    hindsight: int
    right: int
    mean_brier: float | None
    mean_log: float | None
    mean_sureness: float | None
    mean_coverage: float | None
    calibration: tuple[Bin, ...]
    leanings: tuple[Bin, ...]

    @property
    def too_few(self) -> bool:
        return self.resolved < TOO_FEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A forecaster's line in the standings."""

    forecaster_id: int
    name: str
    kind: str
    resolved: int
    mean_brier: float
    mean_log: float
    mean_coverage: float

    @property
    def too_few(self) -> bool:
        return self.resolved < TOO_FEW


def scorecard(forecasters: Iterable[Forecaster], propositions: QuerySet[Proposition] | None = None) -> Scorecard:
    """The joint record of the forecasters (one, or an outlet's authors) on the propositions (all, if not given).

    Rulings taken back and void ones do not count; propositions written with hindsight do, and are counted apart.
    One query.
    """
    among = forecasters if isinstance(forecasters, QuerySet) else list(forecasters)
    return _carded(_scored(_standing_scores(propositions).filter(forecaster__in=among)))


def standings(
    propositions: QuerySet[Proposition] | None = None, *, kinds: Iterable[Forecaster.Kind] = Forecaster.Kind
) -> tuple[Place, ...]:
    """Forecasters by mean Brier score, best first, those with too few rulings after all others; one query.

    Propositions written with hindsight are left out: nobody earns a place by knowing the end.
    """
    rows = (
        _standing_scores(propositions)
        .filter(forecaster__kind__in=list(kinds), resolution__proposition__written_with_hindsight=False)
        .values("forecaster_id", "forecaster__name", "forecaster__kind")
        .annotate(
            resolved=Count("resolution__proposition", distinct=True),
            mean_brier=Avg("value", filter=Q(rule=Score.Rule.BRIER)),
            mean_log=Avg("value", filter=Q(rule=Score.Rule.LOG)),
            mean_coverage=Avg("coverage"),
        )
        .order_by()
    )
    places = (
        Place(
            forecaster_id=row["forecaster_id"],
            name=row["forecaster__name"],
            kind=row["forecaster__kind"],
            resolved=row["resolved"],
            mean_brier=row["mean_brier"],
            mean_log=row["mean_log"],
            mean_coverage=row["mean_coverage"],
        )
        for row in rows
    )
    return tuple(sorted(places, key=lambda place: (place.too_few, place.mean_brier, place.name, place.forecaster_id)))


def _standing_scores(propositions: QuerySet[Proposition] | None) -> QuerySet[Score]:
    scores = Score.objects.filter(resolution__reversed_at__isnull=True, rule__in=[Score.Rule.BRIER, Score.Rule.LOG])
    if propositions is None:
        return scores
    return scores.filter(resolution__proposition__in=propositions.order_by().values("pk"))


def _scored(scores: QuerySet[Score]) -> tuple[Scored, ...]:
    """A row of both rules' values per forecaster and ruling, newest ruling first."""
    rows = (
        scores.values(
            "forecaster_id",
            "resolution__proposition_id",
            "resolution__outcome",
            "resolution__effective_on",
            "resolution__proposition__written_with_hindsight",
        )
        .annotate(
            probability=Max("final_probability"),
            covered=Max("coverage"),
            brier=Avg("value", filter=Q(rule=Score.Rule.BRIER)),
            log=Avg("value", filter=Q(rule=Score.Rule.LOG)),
        )
        .order_by("-resolution__effective_on", "resolution__proposition_id", "forecaster_id")
    )
    return tuple(
        Scored(
            forecaster_id=row["forecaster_id"],
            proposition_id=row["resolution__proposition_id"],
            probability=row["probability"],
            outcome=row["resolution__outcome"] == Proposition.Outcome.YES,
            effective_on=row["resolution__effective_on"],
            brier=row["brier"],
            log=row["log"],
            coverage=row["covered"],
            hindsight=row["resolution__proposition__written_with_hindsight"],
        )
        for row in rows
    )


def _carded(scored: tuple[Scored, ...]) -> Scorecard:
    return Scorecard(
        scored=scored,
        resolved=len({row.proposition_id for row in scored}),
        hindsight=len({row.proposition_id for row in scored if row.hindsight}),
        right=sum(row.was_right for row in scored),
        mean_brier=_mean(row.brier for row in scored),
        mean_log=_mean(row.log for row in scored),
        mean_sureness=_mean(row.sureness for row in scored),
        mean_coverage=_mean(row.coverage for row in scored),
        calibration=bins(Judged(probability=row.probability, outcome=row.outcome) for row in scored),
        leanings=bins(Judged(probability=row.sureness, outcome=row.was_right) for row in scored),
    )


def _mean(values: Iterable[float]) -> float | None:
    numbers = list(values)
    return fsum(numbers) / len(numbers) if numbers else None
