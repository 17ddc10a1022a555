"""Deciding on evidence: confirm a stance, turn a suggestion down, or attach a story by hand."""

from datetime import datetime

from django.db import transaction

from forecasts.models import Proposition
from forecasts.refused import Refused
from tracker.curation.decisions import name_of, note
from tracker.models import Entry, Evidence, Revision, User

MOVING = (Evidence.Stance.SUPPORTS, Evidence.Stance.CONTRADICTS)


def confirm(
    evidence: Evidence, *, stance: str, strength: str = "", by: User | str, reason: str = "", at: datetime
) -> Evidence:
    """Say what a story says about its question, towards YES; from now on it counts. A later word replaces this one."""
    strength = _checked(stance, strength)
    with transaction.atomic():
        row = Evidence.objects.select_for_update().get(pk=evidence.pk)
        before = _state(row)
        row.state, row.stance, row.strength = Evidence.State.CONFIRMED, stance, strength
        _decide(row, by=by, reason=reason, at=at)
        note("confirm", subject=row, by=by, at=at, reason=reason, before=before, after=_state(row))
    return row


def reject(evidence: Evidence, *, by: User | str, reason: str = "", at: datetime) -> Evidence:
    """Say that a story does not bear on its question; it stays on record and counts for nothing."""
    with transaction.atomic():
        row = Evidence.objects.select_for_update().get(pk=evidence.pk)
        before = _state(row)
        row.state, row.stance, row.strength = Evidence.State.REJECTED, "", ""
        _decide(row, by=by, reason=reason, at=at)
        note("reject", subject=row, by=by, at=at, reason=reason, before=before, after=_state(row))
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


def _decide(row: Evidence, *, by: User | str, reason: str, at: datetime) -> None:
    row.decided_by, row.decided_at, row.reason = name_of(by), at, reason
    row.save(update_fields=["state", "stance", "strength", "decided_by", "decided_at", "reason"])
    Proposition.objects.filter(pk=row.proposition_id).mark_unsettled(at)


def _state(row: Evidence) -> dict[str, str]:
    return {"state": row.state, "stance": row.stance, "strength": row.strength}
