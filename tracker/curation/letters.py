"""Sending a letter once more, after what stood in its way is mended."""

from datetime import datetime

from django.db import transaction

from forecasts.refused import Refused
from tracker.curation.decisions import note
from tracker.models import Letter, User


def try_again(letter: Letter, *, by: User | str, at: datetime) -> None:
    """Let the next delivery take a letter that was given up or that waits for a later try."""
    with transaction.atomic():
        unsent = Letter.objects.filter(pk=letter.pk, sent_at__isnull=True)
        if not unsent.update(given_up_at=None, next_try_at=at, tries=0):
            raise Refused("This letter has been sent already.")
        note("try again", subject=letter, by=by, at=at)
