"""Resolved questions as they were lived through, and keeping what was fitted on them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from forecasts.maths.evidence import Crowd
from forecasts.maths.fitting import Fitted, Known, Past
from forecasts.maths.parameters import DEFAULTS
from forecasts.models import CrowdEstimate, Fit, Proposition, Resolution
from forecasts.scores import window_of


def past(resolution: Resolution, *, known: Iterable[Known]) -> Past | None:
    """The question of a standing ruling yes or no, with the signals known about it and the crowds that were recorded.

    None if it was never open for any time.
    """
    proposition, window = resolution.proposition, window_of(resolution)
    if window.closes <= window.opens:
        return None
    return Past(
        ref=proposition.key,
        prior=proposition.prior,
        life=proposition.life,
        known=tuple(known),
        crowds=tuple((row.at, _crowd(row)) for row in proposition.crowd_estimates.order_by("at", "pk")),
        outcome=window.outcome,
        settles=window.settles,
        closes=window.closes,
    )


def keep(fitted: Fitted, *, taken: bool, by: str, at: datetime) -> Fit:
    """Write a fit down; one that is taken has every open question estimated anew by its parameters."""
    return _keep(
        Fit(
            at=at,
            parameters=fitted.parameters.to_json(),
            propositions=fitted.questions,
            gain=fitted.gain,
            gain_error=fitted.error,
            taken=taken,
            by=by,
        )
    )


def forget(*, by: str, at: datetime) -> Fit:
    """Go back to the documented defaults."""
    defaults = DEFAULTS.to_json()
    return _keep(Fit(at=at, parameters=defaults, propositions=0, gain=0.0, gain_error=0.0, taken=True, by=by))


def _keep(fit: Fit) -> Fit:
    with transaction.atomic():
        fit.save(force_insert=True)
        if fit.taken:
            Proposition.objects.filter(state=Proposition.State.OPEN).mark_unsettled(fit.at)
    return fit


def _crowd(row: CrowdEstimate) -> Crowd | None:
    return None if row.probability is None else Crowd(probability=row.probability, count=row.count, at=row.at)
