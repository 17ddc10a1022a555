"""Fit: whether other parameters of the estimate would have done better on the questions resolved here."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from forecasts import fitting, watching
from forecasts.maths.fitting import FitResult, KnownSignal, PastQuestion, fit
from forecasts.maths.parameters import Parameters
from forecasts.models import AggregateForecast, Resolution
from tracker.models import Evidence
from tracker.signals import confirmed


class NothingToFit(Exception):
    """There is no question to fit on; the message says what counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FitReport:
    """Result of a fit, whether it was taken, and of how many questions the end was known to those who asked."""

    fitted: FitResult
    taken: bool
    hindsight: int


def refit(
    now: datetime,
    *,
    by: str,
    with_hindsight: bool = False,
    dry: bool = False,
    on_progress: Callable[[Parameters], None] = lambda _tried: None,
) -> FitReport:
    """Fit on all questions ruled yes or no, and take what gained more than its standard error.

    Questions written with hindsight teach nothing about foresight: they are left out, and a fit that holds them is
    shown and never taken. Nothing is stored of a `dry` one. Raises NothingToFit.
    """
    lived = pasts(with_hindsight=with_hindsight)
    if not lived:
        raise NothingToFit(
            "No question has been ruled Yes or No yet"
            + ("." if with_hindsight else " that was written without knowing its end.")
        )
    fitted = fit(lived, on_progress=on_progress)
    hindsight = (
        Resolution.objects.scored().filter(proposition__written_with_hindsight=True).count() if with_hindsight else 0
    )
    taken = fitted.is_worth_taking and not hindsight and not dry
    if not dry:
        fitting.keep(fitted, taken=taken, by=by, at=now)
    return FitReport(fitted=fitted, taken=taken, hindsight=hindsight)


def pasts(*, with_hindsight: bool) -> list[PastQuestion]:
    """The questions ruled yes or no, each with what was known when; six queries."""
    rows = Resolution.objects.scored().select_related("proposition").order_by("ruled_at", "pk")
    crowds = Prefetch("proposition__aggregates", queryset=AggregateForecast.objects.order_by("at", "pk"))
    if not with_hindsight:
        rows = rows.filter(proposition__written_with_hindsight=False)
    known, watched = _known(), watching.periods()
    found = (
        fitting.past(row, known=known[row.proposition_id], watched=watched) for row in rows.prefetch_related(crowds)
    )
    return [each for each in found if each is not None]


def _known() -> dict[int, list[KnownSignal]]:
    """Confirmed signals on ruled questions, each with the time since when it was known."""
    found: dict[int, list[KnownSignal]] = defaultdict(list)
    rows = Evidence.objects.confirmed().filter(proposition__in=Resolution.objects.scored().values("proposition"))
    for evidence in rows.select_related("revision__entry__feed__outlet").defer("revision__body"):
        since = evidence.decided_at or evidence.attached_at
        found[evidence.proposition_id].append(KnownSignal(signal=confirmed(evidence), since=since))
    return found
