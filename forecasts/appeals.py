"""Appeals against a ruling, and their answers. Only a new ruling changes an outcome."""

from datetime import datetime

from django.db import IntegrityError, transaction

from forecasts.models import Appeal, Proposition, Resolution
from forecasts.refused import Refused

MOST = Appeal._meta.get_field("reason").max_length or 0  # characters of an appeal, and of an answer


def appeal(resolution: Resolution, *, by: str, reason: str, at: datetime) -> Appeal:
    """Note that somebody (by name) objects to a ruling in force, and why; it waits for an answer.

    `Refused` for a ruling taken back, while this person's last appeal against it waits, for a time before the
    ruling, and for words that are empty or longer than `MOST`.
    """
    objection = _words(reason, field="reason", empty="Say why the ruling does not hold: readers will see it.")
    try:
        with transaction.atomic():
            current = _in_force(resolution)
            if at < current.ruled_at:
                raise Refused("The appeal would come before the ruling: check the clock.")
            if current.appeals.filter(by=by, answered_at__isnull=True).exists():
                raise Refused(f"An appeal by {by} waits here already: it will be answered first.")
            return Appeal.objects.create(resolution=current, by=by, reason=objection, at=at)
    except IntegrityError as error:
        raise Refused(f"An appeal by {by} waits here already: it will be answered first.") from error


def answer(appeal: Appeal, *, by: str, words: str, at: datetime) -> Appeal:
    """Answer an appeal while its ruling stands; a ruling that is taken back has answered it by that.

    `Refused` if somebody has answered it, for a ruling taken back, for a time before the appeal, and for words
    that are empty or longer than `MOST`.
    """
    reply = _words(words, field="words", empty="Say why the ruling stands, or take it back: readers will see it.")
    with transaction.atomic():
        _in_force(appeal.resolution)
        current = Appeal.objects.select_for_update().get(pk=appeal.pk)
        if current.answered_at is not None:
            raise Refused(f"{current.answered_by} answered it on {current.answered_at:%d %b %Y}.")
        if at < current.at:
            raise Refused("The answer would come before the appeal: check the clock.")
        current.answer, current.answered_by, current.answered_at = reply, by, at
        current.save(update_fields=["answer", "answered_by", "answered_at"])
    return current


def _in_force(resolution: Resolution) -> Resolution:
    """The ruling as it is now, its question held until the transaction ends, so that it is not taken back meanwhile."""
    Proposition.objects.locked(resolution.proposition_id)
    current = Resolution.objects.get(pk=resolution.pk)
    if current.reversed_at is not None:
        raise Refused(
            f"This ruling was taken back by {current.reversed_by} on {current.reversed_at:%d %b %Y}: "
            "there is nothing left to object to."
        )
    return current


def _words(text: str, *, field: str, empty: str) -> str:
    text = text.replace("\0", "").strip()  # PostgreSQL keeps no NUL
    if not text:
        raise Refused(empty, field)
    if len(text) > MOST:
        raise Refused(f"That is {len(text)} characters long; at most {MOST} are kept. Shorten it.", field)
    return text
