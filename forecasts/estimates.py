"""Recording what people forecast, and revising the product's own estimate from prior, evidence and crowd."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from forecasts.maths.evidence import Crowd, Estimated, Signal, combine, to_json
from forecasts.maths.odds import probability as checked
from forecasts.maths.pooling import pool
from forecasts.models import Estimate, Forecast, Forecaster, Proposition

_TICK = timedelta(microseconds=1)


class ForecastRefused(Exception):
    """A forecast that cannot be taken or withdrawn; the message says why, in words for the forecaster."""


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
    """Store the chance of YES that somebody gives; it stands until it is replaced or withdrawn.

    `ForecastRefused` before the opening, from the deadline's end on, after a ruling, for a draft, and for whatever
    is no probability. An author's may be dated before a later one of the same author: it then stood until that one.
    `low` and `high`, both or neither, are the least and the most that an author's wording allows.
    """
    try:
        chance = checked(probability)
        if (low, high) != (None, None) and not checked(low) <= chance <= checked(high):
            raise ForecastRefused(f"{low} to {high} is no range around {probability}: it must hold the chance given.")
    except ValueError as error:
        raise ForecastRefused(str(error)) from error
    if forecaster.kind == Forecaster.Kind.PRODUCT:
        raise ForecastRefused("Hindcast's own estimate is worked out from evidence; nobody can enter it.")
    limit = Forecast._meta.get_field("comment").max_length or 0
    if len(comment) > limit:
        raise ForecastRefused(f"The comment has {len(comment)} characters; at most {limit} are kept. Shorten it.")
    with transaction.atomic():
        current = _locked(proposition)
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
            comment=comment,
        )
        _unsettle(current, forecaster=forecaster, at=at)
    return forecast


def withdraw(proposition: Proposition, *, forecaster: Forecaster, at: datetime) -> Forecast:
    """End the forecaster's standing forecast; it stays on record and scores for the time it stood.

    `ForecastRefused` if none stands or the question is closed.
    """
    with transaction.atomic():
        current = _locked(proposition)
        _refuse_unless_open(current, at=at)
        forecast = current.forecasts.standing(at).filter(forecaster=forecaster).first()
        if forecast is None:
            raise ForecastRefused(f"{forecaster} has no forecast standing here, so there is nothing to withdraw.")
        forecast.withdrawn_at = at
        forecast.save(update_fields=["withdrawn_at"])
        _unsettle(current, forecaster=forecaster, at=at)
    return forecast


def revise(proposition: Proposition, *, signals: Iterable[Signal], at: datetime) -> Estimate | None:
    """Settle an unsettled proposition: one new estimate if its probability or its parts changed, else None.

    `signals` are all that is known, not only the news. They are iterated once, after the mark is cleared and in the
    same transaction, so a lazy iterable misses nothing that is written meanwhile. One dated ahead of `at` keeps the
    proposition marked until its time has come. None, too, if the proposition is not marked, is ruled on, or was marked
    anew since it was read: then a later run settles it.
    """
    if proposition.unsettled_at is None:
        return None
    with transaction.atomic():
        # The update locks the row first: whoever writes evidence now waits and marks the proposition again.
        claimed = Proposition.objects.filter(
            pk=proposition.pk, state=Proposition.State.OPEN, unsettled_at=proposition.unsettled_at
        ).update(unsettled_at=None)
        if not claimed:
            return None
        current = Proposition.objects.get(pk=proposition.pk)
        known = list(signals)
        estimated = combine(current.prior, signals=known, crowd=crowd(current, at=at), at=at)
        if any(signal.at > at for signal in known):
            Proposition.objects.filter(pk=current.pk).mark_unsettled(at)
        return _added(current, estimated, at=at)


def crowd(proposition: Proposition, *, at: datetime) -> Crowd | None:
    """What members, bots and other sites say together by their forecasts standing at `at`; None if there are none."""
    standing = (
        Forecast.objects.filter(proposition=proposition).standing(at).of_crowd().order_by("made_at", "pk")
    ).values_list("probability", "made_at")
    rows = list(standing)
    if not rows:
        return None
    return Crowd(probability=pool([chance for chance, _ in rows]), count=len(rows), at=rows[-1][1])


def _added(proposition: Proposition, estimated: Estimated, *, at: datetime) -> Estimate | None:
    parts = to_json(estimated.parts)
    latest = proposition.estimates.order_by("at", "pk").last()
    if latest is not None:
        if latest.probability == estimated.probability and latest.parts == parts:
            return None
        at = max(at, latest.at + _TICK)  # two of one instant, or a clock that went back, still come one after the other
    estimate = Estimate.objects.create(proposition=proposition, at=at, probability=estimated.probability, parts=parts)
    Proposition.objects.filter(pk=proposition.pk).mark_moved(at)
    return estimate


def _locked(proposition: Proposition) -> Proposition:
    """The row as it is now, held until the transaction ends, so that no ruling comes in between."""
    return Proposition.objects.select_for_update().get(pk=proposition.pk)


def _unsettle(proposition: Proposition, *, forecaster: Forecaster, at: datetime) -> None:
    if forecaster.kind in Forecaster.CROWD:
        Proposition.objects.filter(pk=proposition.pk).mark_unsettled(at)


def _refuse_unless_open(proposition: Proposition, *, at: datetime) -> None:
    if proposition.state == Proposition.State.DRAFT:
        raise ForecastRefused("This question is a draft: it takes forecasts once a curator has published it.")
    if proposition.state == Proposition.State.RESOLVED:
        raise ForecastRefused("This question has been ruled on, so its forecasts are closed.")
    if at < proposition.opens_at:
        raise ForecastRefused(f"This question opens on {proposition.opens_on}: forecasts count from that day.")
    if at >= proposition.closes_at:
        raise ForecastRefused(f"This question closed at the end of {proposition.deadline}.")


def _refuse_if_overtaken(proposition: Proposition, *, forecaster: Forecaster, at: datetime) -> None:
    later = proposition.forecasts.filter(forecaster=forecaster, made_at__gt=at).order_by("made_at").last()
    if later is not None:
        raise ForecastRefused(
            f"{forecaster} already gave a forecast at {later.made_at.isoformat()}, later than {at.isoformat()}: "
            "check the clock and send it again."
        )
