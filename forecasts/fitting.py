"""Resolved questions as the estimate met them, and the fits made on them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from forecasts import watching
from forecasts.maths.evidence import CrowdForecast
from forecasts.maths.fitting import FitResult, KnownSignal, PastQuestion
from forecasts.maths.parameters import DEFAULTS
from forecasts.models import AggregateForecast, ParameterFit, Proposition, Resolution
from forecasts.scores import window_of


def past(
    resolution: Resolution, *, known: Iterable[KnownSignal], watched: Sequence[watching.Period]
) -> PastQuestion | None:
    """The question of a ruling yes or no in force, with the signals known about it and the crowds that were recorded.

    None if it was never open for any time.
    """
    proposition, window = resolution.proposition, window_of(resolution)
    life = watching.life(proposition, watched)
    if window.closes <= max(window.opens, life.opens):
        return None
    return PastQuestion(
        ref=proposition.key,
        prior=proposition.prior,
        life=life,
        known=tuple(known),
        crowds=tuple((row.at, _crowd(row)) for row in proposition.aggregates.order_by("at", "pk")),
        outcome=window.outcome,
        settles=window.settles,
        closes=window.closes,
    )


def keep(fitted: FitResult, *, taken: bool, by: str, at: datetime) -> ParameterFit:
    """Write a fit down; one that is taken has every open question estimated anew by its parameters."""
    row = ParameterFit(
        at=at,
        parameters=fitted.parameters.to_json(),
        propositions=fitted.questions,
        gain=fitted.gain,
        gain_error=fitted.error,
        taken=taken,
        by=by,
    )
    with transaction.atomic():
        row.save(force_insert=True)
        if taken:
            Proposition.objects.filter(state=Proposition.State.OPEN).mark_unsettled(at)
    return row


def forget(*, by: str, at: datetime) -> ParameterFit:
    """Go back to the documented defaults."""
    nothing = FitResult(parameters=DEFAULTS, questions=0, gain=0.0, error=0.0, log_before=0.0, log_after=0.0)
    return keep(nothing, taken=True, by=by, at=at)


def _crowd(row: AggregateForecast) -> CrowdForecast | None:
    return None if row.probability is None else CrowdForecast(probability=row.probability, count=row.count, at=row.at)
