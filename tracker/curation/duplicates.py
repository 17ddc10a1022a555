"""Deciding that two claims which read alike are not the same, or are after all. The pair stays on record either way."""

from datetime import datetime

from django.db import transaction

from tracker.curation.decisions import note
from tracker.models import SameClaim, User


def tell_apart(pair: SameClaim, *, by: User | str, at: datetime, reason: str = "") -> SameClaim:
    """From now on neither claim names the other."""
    return _decide(pair, is_apart=True, verb="tell apart", by=by, at=at, reason=reason)


def join(pair: SameClaim, *, by: User | str, at: datetime, reason: str = "") -> SameClaim:
    """Take it back: they say the same."""
    return _decide(pair, is_apart=False, verb="say the same", by=by, at=at, reason=reason)


def _decide(pair: SameClaim, *, is_apart: bool, verb: str, by: User | str, at: datetime, reason: str) -> SameClaim:
    with transaction.atomic():
        row = SameClaim.objects.select_for_update().get(pk=pair.pk)
        if row.is_apart != is_apart:
            before, row.is_apart = row.is_apart, is_apart
            row.save(update_fields=["is_apart"])
            after = {"is_apart": is_apart}
            note(verb, subject=row, by=by, at=at, reason=reason, before={"is_apart": before}, after=after)
    return row
