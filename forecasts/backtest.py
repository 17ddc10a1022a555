"""Read side: the ruled questions with what estimate, evidence, crowd and prior said of each, ready to be compared."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from forecasts.maths.baselines import Life, Moment, Step, moment, tracks
from forecasts.maths.comparison import Run
from forecasts.models import CrowdEstimate, Estimate, Proposition, Resolution
from forecasts.scores import window_of


def runs(propositions: QuerySet[Proposition] | None = None) -> tuple[Run, ...]:
    """Of the propositions (all, if not given) with a standing ruling Yes or No, the last settled first; three queries.

    A question ruled on at its opening has no life over which to score anything, and is left out.
    """
    rulings = _rulings(propositions)
    moments, crowds = _moments(rulings), _crowds(rulings)
    found = (_run(ruling, moments[ruling.proposition_id], crowds[ruling.proposition_id]) for ruling in rulings)
    return tuple(run for run in found if run.tracks)


def _rulings(propositions: QuerySet[Proposition] | None) -> QuerySet[Resolution]:
    rulings = Resolution.objects.scored().select_related("proposition")
    if propositions is not None:
        rulings = rulings.filter(proposition__in=propositions.order_by().values("pk"))
    return rulings.order_by("-effective_on", "-pk")


def _moments(rulings: QuerySet[Resolution]) -> Mapping[int, list[Moment]]:
    rows = Estimate.objects.filter(proposition__in=rulings.order_by().values("proposition")).order_by("at", "pk")
    found: defaultdict[int, list[Moment]] = defaultdict(list)
    for key, at, probability, parts in rows.values_list("proposition_id", "at", "probability", "parts").iterator():
        found[key].append(moment(parts, at=at, probability=probability))
    return found


def _crowds(rulings: QuerySet[Resolution]) -> Mapping[int, list[Step]]:
    rows = CrowdEstimate.objects.filter(proposition__in=rulings.order_by().values("proposition")).order_by("at", "pk")
    found: defaultdict[int, list[Step]] = defaultdict(list)
    for key, at, probability in rows.values_list("proposition_id", "at", "probability"):
        found[key].append(Step(at=at, probability=probability))
    return found


def _run(ruling: Resolution, moments: Sequence[Moment], crowd: Sequence[Step]) -> Run:
    proposition, window = ruling.proposition, window_of(ruling)
    life = Life(opens=window.opens, settles=window.settles, closes=window.closes, outcome=window.outcome)
    return Run(
        proposition_id=proposition.pk,
        key=proposition.key,
        question=proposition.question,
        outcome=life.outcome,
        effective_on=ruling.effective_on,
        hindsight=proposition.written_with_hindsight,
        tracks=tracks(life, prior=proposition.prior, moments=moments, crowd=crowd),
    )
