"""Deciding on evidence: confirm a stance, turn a suggestion down, or attach a story by hand."""

from datetime import datetime

from django.db import transaction

from forecasts.models import Proposition
from forecasts.refused import Refused
from tracker.curation.decisions import Verb, deciding, name_of
from tracker.models import Entry, Evidence, Revision, User

MOVING = (Evidence.Stance.SUPPORTS, Evidence.Stance.CONTRADICTS)


def confirm(
    evidence: Evidence, *, stance: str, strength: str = "", by: User | str, reason: str = "", at: datetime
) -> Evidence:
    """Say what a story says about its question, towards YES; from now on it counts. A later word replaces this one."""
    strength = _checked(stance, strength)
    with deciding(evidence, Verb.CONFIRM, by=by, at=at, reason=reason) as row:
        _decide(row, Evidence.State.CONFIRMED, stance=stance, strength=strength, by=by, reason=reason, at=at)
    return row


def reject(evidence: Evidence, *, by: User | str, reason: str = "", at: datetime) -> Evidence:
    """Say that a story does not bear on its question; it stays on record and counts for nothing."""
    with deciding(evidence, Verb.REJECT, by=by, at=at, reason=reason) as row:
        _decide(row, Evidence.State.REJECTED, by=by, reason=reason, at=at)
    return row


def attach(
    revision: Revision,
    *,
    proposition: Proposition,
    stance: str,
    strength: str = "",
    by: User | str,
    reason: str = "",
    at: datetime,
    passage: str = "",
) -> Evidence:
    """Tie a story to a question by hand, confirmed at once; a suggestion that is there already is confirmed."""
    strength = _checked(stance, strength)
    with transaction.atomic():
        # Whoever splits or joins stories locks their entries: from here on that is over, or waits for us.
        entry = Entry.objects.select_for_update().get(pk=revision.entry_id)
        row, _ = Evidence.objects.get_or_create(
            proposition=proposition,
            story_id=entry.story_id,
            defaults={
                "revision": revision,
                "passage": passage or revision.body[:300] or revision.title,
                "relevance": 1.0,
                "suggested_stance": stance,
                "published_at": entry.published_at,
                "attached_at": at,
            },
        )
        return confirm(row, stance=stance, strength=strength, by=by, reason=reason, at=at)


def _checked(stance: str, strength: str) -> str:
    if stance not in Evidence.Stance.values:
        raise Refused(f"“{stance}” is no stance: choose supports, contradicts or mentions.")
    if stance not in MOVING:
        return ""
    if strength not in Evidence.Strength.values:
        raise Refused("Say how strongly the story bears on the question: weak, moderate, strong or decisive.")
    return strength


def _decide(
    row: Evidence, state: str, *, by: User | str, reason: str, at: datetime, stance: str = "", strength: str = ""
) -> None:
    """Set what was decided, to be saved by the caller; its question is to be estimated anew."""
    row.state, row.stance, row.strength = state, stance, strength
    row.decided_by, row.decided_at, row.reason = name_of(by), at, reason
    Proposition.objects.filter(pk=row.proposition_id).mark_unsettled(at)
