"""Backtest: the ruled questions with the scores of estimate, evidence, crowd and prior on each, to be compared."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from forecasts.maths.baselines import DatedChance, SplitEstimate, baseline_scores, split
from forecasts.maths.comparison import Run
from forecasts.models import AggregateForecast, Estimate, Proposition, Resolution
from forecasts.scores import window_of


def runs(propositions: QuerySet[Proposition] | None = None) -> tuple[Run, ...]:
    """Of the propositions (all, if not given) with a ruling Yes or No in force, the last settled first; three queries.

    A question ruled on at its opening has no life over which to score anything, and is left out.
    """
    rulings = _rulings(propositions)
    estimates, crowds = _estimates(rulings), _crowds(rulings)
    every = (_run(ruling, estimates[ruling.proposition_id], crowds[ruling.proposition_id]) for ruling in rulings)
    return tuple(run for run in every if run.baselines)


def _rulings(propositions: QuerySet[Proposition] | None) -> QuerySet[Resolution]:
    rulings = Resolution.objects.scored().select_related("proposition")
    if propositions is not None:
        rulings = rulings.filter(proposition__in=propositions.order_by().values("pk"))
    return rulings.order_by("-effective_on", "-pk")


def _estimates(rulings: QuerySet[Resolution]) -> Mapping[int, list[SplitEstimate]]:
    rows = Estimate.objects.filter(proposition__in=rulings.order_by().values("proposition")).order_by("at", "pk")
    by_question: defaultdict[int, list[SplitEstimate]] = defaultdict(list)
    for key, at, probability, parts in rows.values_list("proposition_id", "at", "probability", "parts").iterator():
        by_question[key].append(split(parts, at=at, probability=probability))
    return by_question


def _crowds(rulings: QuerySet[Resolution]) -> Mapping[int, list[DatedChance]]:
    aggregates = AggregateForecast.objects.filter(proposition__in=rulings.order_by().values("proposition"))
    by_question: defaultdict[int, list[DatedChance]] = defaultdict(list)
    for key, at, probability in aggregates.order_by("at", "pk").values_list("proposition_id", "at", "probability"):
        by_question[key].append(DatedChance(at=at, probability=probability))
    return by_question


def _run(ruling: Resolution, estimates: Sequence[SplitEstimate], crowd: Sequence[DatedChance]) -> Run:
    proposition, window = ruling.proposition, window_of(ruling)
    return Run(
        proposition_id=proposition.pk,
        key=proposition.key,
        question=proposition.question,
        outcome=window.outcome,
        effective_on=ruling.effective_on,
        hindsight=proposition.written_with_hindsight,
        baselines=baseline_scores(window, prior=proposition.prior, estimates=estimates, crowd=crowd),
    )
