"""Ruling on a question whose time has come, and taking a ruling back."""

from datetime import date, datetime

from django.db import transaction

from forecasts import resolution
from forecasts.models import Proposition, Resolution
from tracker import reviews
from tracker.curation.decisions import Verb, name_of, note
from tracker.curation.questions import look_back
from tracker.models import User


def rule(
    proposition: Proposition,
    *,
    outcome: str,
    effective_on: date,
    source: str,
    reason: str,
    by: User | str,
    at: datetime,
    confidence: str = "",
) -> Resolution:
    """Settle a question as yes, no, partly or void; whoever is scored is so in the same transaction."""
    with transaction.atomic():
        ruling = resolution.resolve(
            proposition,
            outcome=outcome,
            effective_on=effective_on,
            source=source,
            reason=reason,
            confidence=confidence,
            by=name_of(by),
            at=at,
        )
        reviews.review_question(proposition, by=name_of(by), now=at)
        note(Verb.RULE, subject=proposition, by=by, at=at, reason=reason, after={"outcome": outcome})
    return ruling


def reverse(ruling: Resolution, *, reason: str, by: User | str, at: datetime) -> Resolution:
    """Take a ruling back: its scores go, the question opens again to news, the history shows both."""
    with transaction.atomic():
        taken_back = resolution.reverse(ruling, reason=reason, by=name_of(by), at=at)
        look_back(ruling.proposition, at=at)
        because = f"Ruling taken back: {reason.strip()}"
        reviews.review_question(ruling.proposition, by=name_of(by), now=at, because=because)
        note(Verb.REVERSE, subject=ruling.proposition, by=by, at=at, reason=reason, before={"outcome": ruling.outcome})
    return taken_back
