"""Deciding on evidence: confirm a stance, turn a suggestion down, take that back, or attach a story by hand."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from forecasts.models import Proposition
from forecasts.refused import Refused
from tracker import lessons, signals
from tracker.curation.decisions import Verb, deciding, name_of
from tracker.models import Entry, Evidence, Revision, SuggestionQueue, User

MOVING = (Evidence.Stance.SUPPORTS, Evidence.Stance.CONTRADICTS)


def confirm(
    evidence: Evidence, *, stance: str, strength: str = "", by: User | str, reason: str = "", at: datetime
) -> Evidence:
    """Say what a story says about its question, towards YES; from now on it counts. A later word replaces this one."""
    decided = {"stance": stance, "strength": _checked(stance, strength)}
    return _decide(evidence, Verb.CONFIRM, Evidence.State.CONFIRMED, **decided, by=by, reason=reason, at=at)


def reject(evidence: Evidence, *, by: User | str, reason: str = "", at: datetime) -> Evidence:
    """Say that a story does not bear on its question; it stays on record and counts for nothing."""
    return _decide(evidence, Verb.REJECT, Evidence.State.REJECTED, by=by, reason=reason, at=at)


def take_back(evidence: Evidence, *, by: User | str, reason: str = "", at: datetime) -> Evidence:
    """Let a story wait for a decision again, as if nobody had decided on it."""
    if not evidence.classifier:
        raise Refused("No classifier suggested this story, a person attached it: reject it instead.")
    return _decide(evidence, Verb.TAKE_BACK, Evidence.State.SUGGESTED, by=by, reason=reason, at=at)


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


@transaction.atomic
def _decide(
    evidence: Evidence,
    verb: Verb,
    state: str,
    *,
    by: User | str,
    reason: str,
    at: datetime,
    stance: str = "",
    strength: str = "",
) -> Evidence:
    """Store what was decided, and judge anew what waits beside it.

    Its question is estimated anew, and each question that its classifier's record moves.
    """
    worth = _worth(evidence.classifier)
    with deciding(evidence, verb, by=by, at=at, reason=reason) as row:
        row.state, row.stance, row.strength = state, stance, strength
        row.decided_by, row.decided_at, row.reason = name_of(by), at, reason
        row.queue_place, row.tells_about = None, 0
        if state == Evidence.State.SUGGESTED:
            row.decided_by, row.decided_at, row.reason = "", None, ""
    touched = Q(pk=row.proposition_id)
    if _worth(row.classifier) != worth:
        suggested = Evidence.objects.to_confirm().filter(classifier=row.classifier)
        touched |= Q(pk__in=suggested.order_by().values("proposition"))
    Proposition.objects.filter(touched).mark_unsettled(at)
    SuggestionQueue.objects.mark_stale([row.proposition_id])
    lessons.judge_anew(row.proposition_id, at=at, only_at_once=True)
    return row


def _worth(classifier: str) -> dict[tuple[str, str], float]:
    """The worth of a classifier's words by footing, by all decisions so far; nothing of what a person attached."""
    rows = Evidence.objects.filter(classifier=classifier) if classifier else Evidence.objects.none()
    worths = signals.worths(rows).items()
    return {(key.footing, said): worth for key, words in worths for said, worth in words.items() if worth}
