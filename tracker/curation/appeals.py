"""A reader's objection to a ruling, and a curator's answer to it."""

from datetime import datetime

from django.db import transaction

from forecasts import appeals
from forecasts.models import Appeal, Resolution
from tracker.curation.decisions import Verb, name_of, note
from tracker.models import User


def appeal(ruling: Resolution, *, by: User, reason: str, at: datetime) -> Appeal:
    """Object to a standing ruling; it stands until a curator takes it back. Raises Refused."""
    with transaction.atomic():
        made = appeals.appeal(ruling, by=name_of(by), reason=reason, at=at)
        note(Verb.APPEAL, subject=ruling, by=by, at=at, reason=made.reason)
    return made


def answer(appeal: Appeal, *, by: User | str, words: str, at: datetime) -> Appeal:
    """Say why the ruling stands. To give in, the ruling is taken back instead. Raises Refused."""
    with transaction.atomic():
        answered = appeals.answer(appeal, by=name_of(by), words=words, at=at)
        note(Verb.ANSWER_APPEAL, subject=appeal.resolution, by=by, at=at, reason=answered.answer)
    return answered
