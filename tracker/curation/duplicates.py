"""Deciding that two claims which read alike are not the same, or are after all. The pair stays on record either way."""

from datetime import datetime

from tracker.curation.decisions import Verb, deciding
from tracker.models import DuplicateClaim, User


def dismiss(pair: DuplicateClaim, *, by: User | str, at: datetime, reason: str = "") -> DuplicateClaim:
    """From now on neither claim names the other."""
    with deciding(pair, Verb.DISMISS_DUPLICATE, by=by, at=at, reason=reason) as row:
        row.is_dismissed = True
    return row


def restore(pair: DuplicateClaim, *, by: User | str, at: datetime, reason: str = "") -> DuplicateClaim:
    """Take it back: they say the same."""
    with deciding(pair, Verb.RESTORE_DUPLICATE, by=by, at=at, reason=reason) as row:
        row.is_dismissed = False
    return row
