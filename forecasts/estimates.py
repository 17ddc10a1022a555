"""Forecasts recorded and withdrawn, and the product's own estimate revised from prior, evidence and crowd."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from forecasts import aggregates, watching
from forecasts.maths.evidence import Estimated, Signal, combine
from forecasts.maths.odds import probability as checked
from forecasts.maths.parameters import DEFAULTS, Parameters
from forecasts.maths.parts import to_json
from forecasts.models import Estimate, Forecast, Forecaster, ParameterFit, Proposition
from forecasts.refused import Refused

LEAST_BY_TIME: Final = 0.005  # half a point: less shows on no page
_TICK: Final = timedelta(microseconds=1)


def record(
    proposition: Proposition,
    *,
    forecaster: Forecaster,
    probability: float,
    at: datetime,
    comment: str = "",
    low: float | None = None,
    high: float | None = None,
) -> Forecast:
    """Store the chance of YES that somebody gives; it stands until it is replaced, withdrawn or expired.

    `Refused` before the opening, from the deadline's end on, after a ruling, for a draft, and for whatever
    is no probability. An author's may be dated before a later one of the same author: it then stood until that one.
    `low` and `high`, both or neither, are the least and the most that an author's wording allows.
    """
    try:
        chance = checked(probability)
        if (low, high) != (None, None) and not checked(low) <= chance <= checked(high):
            raise Refused(
                f"{low} to {high} is no range around {probability}: it must hold the chance given.", "probability"
            )
    except ValueError as error:
        raise Refused(str(error), "probability") from error
    if forecaster.kind in Forecaster.WORKED_OUT:
        raise Refused(f"What {forecaster} says is worked out, Hindcast's own estimate as the crowd's pool.")
    limit = Forecast._meta.get_field("comment").max_length or 0
    if len(comment) > limit:
        raise Refused(f"The comment has {len(comment)} characters; at most {limit} are kept. Shorten it.", "comment")
    with transaction.atomic():
        current = Proposition.objects.locked(proposition.pk)
        _refuse_unless_open(current, at=at)
        if forecaster.kind in Forecaster.CROWD:
            _refuse_if_overtaken(current, forecaster=forecaster, at=at)
        forecast = Forecast.objects.create(
            proposition=current,
            forecaster=forecaster,
            probability=chance,
            low=low,
            high=high,
            made_at=at,
            expires_at=aggregates.expiry(current, forecaster=forecaster, at=at),
            comment=comment,
        )
        _unsettle(current, forecaster=forecaster, at=at)
    return forecast


def withdraw(proposition: Proposition, *, forecaster: Forecaster, at: datetime) -> Forecast:
    """End the forecaster's forecast in force; it stays on record and scores for the time it stood.

    `Refused` if none is in force or the question is closed.
    """
    with transaction.atomic():
        current = Proposition.objects.locked(proposition.pk)
        _refuse_unless_open(current, at=at)
        forecast = current.forecasts.in_force(at).filter(forecaster=forecaster).first()
        if forecast is None:
            raise Refused(f"{forecaster} has no forecast standing here, so there is nothing to withdraw.")
        forecast.withdrawn_at = at
        forecast.save(update_fields=["withdrawn_at"])
        _unsettle(current, forecaster=forecaster, at=at)
    return forecast


def parameters() -> Parameters:
    """The parameters of the last fit that was taken, or the documented defaults; one query."""
    fit = ParameterFit.objects.in_use().first()
    return Parameters.from_json(fit.parameters) if fit else DEFAULTS


def revise(
    proposition: Proposition, *, signals: Iterable[Signal], at: datetime, by: Parameters | None = None
) -> Estimate | None:
    """Settle an unsettled proposition, or let time pass on one not looked at for a day; None if nothing came of it.

    One new estimate if its probability or its parts changed; where time alone changed them, if the probability moved by
    half a point. `signals` are all that is known, not only the news. They are iterated once, after the mark is cleared
    and in the same transaction, so a lazy iterable misses nothing that is written meanwhile. One dated ahead of `at`
    keeps the proposition marked until its time has come. None, too, if it is ruled on or was marked anew since it was
    read: then a later run settles it.
    """
    is_marked = proposition.unsettled_at is not None
    if not is_marked and not proposition.is_aged(at):
        return None
    with transaction.atomic():
        # The update locks the row first: whoever writes evidence now waits and marks the proposition again.
        claimed = Proposition.objects.filter(
            pk=proposition.pk,
            state=Proposition.State.OPEN,
            unsettled_at=proposition.unsettled_at,
            estimated_at=proposition.estimated_at,
        ).update(unsettled_at=None, estimated_at=at)
        if not claimed:
            return None
        current = Proposition.objects.get(pk=proposition.pk)
        every_signal = list(signals)
        crowd, by = aggregates.record(current, at=at), by or parameters()
        life = watching.life(current, watching.periods())

        def weighed(moment: datetime) -> Estimated:
            return combine(current.prior, life=life, signals=every_signal, crowd=crowd, at=moment, parameters=by)

        if any(signal.at > at for signal in every_signal):
            Proposition.objects.filter(pk=current.pk).mark_unsettled(at)
        return _added(current, weighed, at=at, is_news=is_marked)


def _added(
    proposition: Proposition, weighed: Callable[[datetime], Estimated], *, at: datetime, is_news: bool
) -> Estimate | None:
    """Store the estimate if it moved; if all known weighs the same at the last estimate's time, time alone moved it."""
    estimated = weighed(at)
    parts = to_json(estimated.parts)
    latest = proposition.estimates.order_by("at", "pk").last()
    if latest is not None:
        if latest.probability == estimated.probability and latest.parts == parts:
            return None
        by_time_alone = not is_news or to_json(weighed(latest.at).parts) == latest.parts
        if by_time_alone and abs(latest.probability - estimated.probability) < LEAST_BY_TIME:
            return None
        at = max(at, latest.at + _TICK)  # two of one instant, or a clock that went back, still come one after the other
    estimate = Estimate.objects.create(proposition=proposition, at=at, probability=estimated.probability, parts=parts)
    Proposition.objects.filter(pk=proposition.pk).mark_changed(at)
    return estimate


def _unsettle(proposition: Proposition, *, forecaster: Forecaster, at: datetime) -> None:
    if forecaster.kind in Forecaster.CROWD and forecaster.is_pooled:
        Proposition.objects.filter(pk=proposition.pk).mark_unsettled(at)


def _refuse_unless_open(proposition: Proposition, *, at: datetime) -> None:
    if proposition.state == Proposition.State.DRAFT:
        raise Refused("This question is a draft: it takes forecasts once a curator has published it.")
    if proposition.state == Proposition.State.RESOLVED:
        raise Refused("This question has been ruled on, so its forecasts are closed.")
    if at < proposition.opens_at:
        raise Refused(f"This question opens on {proposition.opens_on}: forecasts count from that day.")
    if at >= proposition.closes_at:
        raise Refused(f"This question closed at the end of {proposition.deadline}.")


def _refuse_if_overtaken(proposition: Proposition, *, forecaster: Forecaster, at: datetime) -> None:
    later = proposition.forecasts.filter(forecaster=forecaster, made_at__gt=at).order_by("made_at").last()
    if later is not None:
        raise Refused(
            f"{forecaster} already gave a forecast at {later.made_at.isoformat()}, later than {at.isoformat()}: "
            "check the clock and send it again."
        )
