"""Rulings on a proposition and their reversals; scores are written, or removed, in the same transaction."""

import re
from datetime import UTC, date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction

from forecasts import scores
from forecasts.models import Proposition, Resolution, Score
from forecasts.refused import Refused

_AN_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S", re.IGNORECASE)
_check_web_address = URLValidator(schemes=["http", "https"])


def resolve(
    proposition: Proposition,
    *,
    outcome: str,
    effective_on: date,
    source: str,
    reason: str,
    by: str,
    at: datetime,
    confidence: str = "",
) -> Resolution:
    """Rule yes, no, partly or void, settled in the world on `effective_on` (which may lie back), and score everybody.

    Scored are all forecasters, the product's own estimates and the crowd, over the time from the opening to the end
    of the effective day or of the deadline, whichever comes first; after partly and void nobody is scored. `source` is
    the address of a page or words; only a void ruling does without. `Refused` for a draft, a question ruled on
    already, a day to come, a time before the last reversal, or without an outcome, a reason or a proper source.
    """
    resolution = Resolution(
        proposition=proposition,
        outcome=outcome,
        effective_on=effective_on,
        source=source.strip(),
        reason=reason.strip(),
        confidence=confidence,
        ruled_at=at,
        ruled_by=by,
    )
    _check(resolution)
    try:
        with transaction.atomic():
            current = Proposition.objects.locked(proposition.pk)
            _refuse_unless_awaiting(current)
            if current.resolutions.filter(reversed_at__gt=at).exists():
                raise Refused("The ruling would come before the last one was taken back: check the clock.")
            resolution.proposition = current
            resolution.save(force_insert=True)
            current.state, current.outcome = Proposition.State.RESOLVED, resolution.outcome
            current.save(update_fields=["state", "outcome"])
            if resolution.is_scored:
                Score.objects.bulk_create(scores.earned(resolution))
            Proposition.objects.filter(pk=current.pk).mark_changed(at)
    except IntegrityError as error:
        raise Refused("This question has a standing ruling already: take that one back first.") from error
    return resolution


def reverse(resolution: Resolution, *, reason: str, by: str, at: datetime) -> Resolution:
    """Take a ruling back: it stays in the history, its scores go, and the question is open again.

    `Refused` without a reason, for a ruling already taken back, and for a time before the ruling.
    """
    reason = reason.strip()
    if not reason:
        raise Refused("Say why the ruling is taken back: readers will see it.", "reason")
    with transaction.atomic():
        proposition = Proposition.objects.locked(resolution.proposition_id)
        current = Resolution.objects.get(pk=resolution.pk)
        if current.reversed_at is not None:
            raise Refused(f"This ruling was taken back by {current.reversed_by} on {current.reversed_at:%d %b %Y}.")
        if at < current.ruled_at:
            raise Refused("The ruling would be taken back before it was made: check the clock.")
        current.reversed_at, current.reversed_by, current.reversal_reason = at, by, reason
        current.save(update_fields=["reversed_at", "reversed_by", "reversal_reason"])
        current.scores.all().delete()
        proposition.state, proposition.outcome = Proposition.State.OPEN, ""
        proposition.save(update_fields=["state", "outcome"])
        row = Proposition.objects.filter(pk=proposition.pk)
        row.mark_changed(at)
        row.mark_unsettled(at)
    return current


def _check(resolution: Resolution) -> None:
    try:
        resolution.clean_fields(exclude=["proposition"])
    except ValidationError as error:
        complaints = (f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())
        raise Refused("; ".join(complaints), next(iter(error.message_dict))) from error
    if not resolution.source and resolution.outcome != Proposition.Outcome.VOID:
        raise Refused("source: say what settles it, by the address of a page or in words.", "source")
    if _AN_ADDRESS.match(resolution.source):
        try:
            _check_web_address(resolution.source)
        except ValidationError as error:
            words = f"source: {resolution.source[:100]} is no address of a page on the web."
            raise Refused(words, "source") from error
    if resolution.effective_on > resolution.ruled_at.astimezone(UTC).date():
        raise Refused(
            f"{resolution.effective_on} has not come yet: rule when the day is over or the fact is out.", "effective_on"
        )


def _refuse_unless_awaiting(proposition: Proposition) -> None:
    if proposition.state == Proposition.State.DRAFT:
        raise Refused("This question is a draft: publish it before you rule on it.")
    if proposition.state == Proposition.State.RESOLVED:
        raise Refused("This question has been ruled on already: take that ruling back first.")
