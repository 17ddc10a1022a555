"""Sending a letter once more, after its hindrance is removed."""

from datetime import datetime

from forecasts.refused import Refused
from tracker.curation.decisions import Verb, deciding
from tracker.models import Letter, User


def try_again(letter: Letter, *, by: User | str, at: datetime, reason: str = "") -> None:
    """Let the next delivery take a letter that was given up or that waits for a later try."""
    with deciding(letter, Verb.TRY_AGAIN, by=by, at=at, reason=reason) as row:
        if row.sent_at is not None:
            raise Refused("This letter has been sent already.")
        row.given_up_at, row.next_try_at, row.tries = None, at, 0
