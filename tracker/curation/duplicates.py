"""Deciding that two claims which read alike are not the same, or are after all. The pair stays on record either way."""

from datetime import datetime

from django.db import transaction

from tracker.curation.decisions import note
from tracker.models import DuplicateClaim, User


def tell_apart(pair: DuplicateClaim, *, by: User | str, at: datetime, reason: str = "") -> DuplicateClaim:
    """From now on neither claim names the other."""
    return _decide(pair, is_dismissed=True, verb="tell apart", by=by, at=at, reason=reason)


def join(pair: DuplicateClaim, *, by: User | str, at: datetime, reason: str = "") -> DuplicateClaim:
    """Take it back: they say the same."""
    return _decide(pair, is_dismissed=False, verb="say the same", by=by, at=at, reason=reason)


def _decide(
    pair: DuplicateClaim, *, is_dismissed: bool, verb: str, by: User | str, at: datetime, reason: str
) -> DuplicateClaim:
    with transaction.atomic():
        row = DuplicateClaim.objects.select_for_update().get(pk=pair.pk)
        if row.is_dismissed != is_dismissed:
            before, row.is_dismissed = row.is_dismissed, is_dismissed
            row.save(update_fields=["is_dismissed"])
            after = {"is_dismissed": is_dismissed}
            note(verb, subject=row, by=by, at=at, reason=reason, before={"is_dismissed": before}, after=after)
    return row
