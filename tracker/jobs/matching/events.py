"""Events: note which new suggestions seem to tell what another story of the same question told in other words."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from language.matching import events
from language.matching.events import APART, LIKE, Report
from language.sentences.embeddings import Encoder
from tracker.models import Evidence, LikeStory
from tracker.models.evidence import EvidenceQuerySet

MOST_COMPARED = 40  # stories of a question and time, those nearest in time


def note_like_stories(evidence: Collection[Evidence], *, encoder: Encoder, now: datetime) -> int:
    """Write down the pairs that these new rows make with what is shown of their questions; how many, in two queries."""
    found: dict[tuple[int, int], float] = {}
    for row, others in _near(evidence):
        reports = [_report(other) for other in others]
        for other, likeness in zip(others, events.likeness_to(_report(row), reports, encoder=encoder), strict=True):
            if likeness >= LIKE:
                earlier, later = sorted((row, other), key=lambda each: (each.published_at, each.pk))
                found[earlier.story_id, later.story_id] = round(likeness, 3)
    rows = [
        LikeStory(earlier_id=earlier, later_id=later, likeness=likeness, found_at=now)
        for (earlier, later), likeness in found.items()
    ]
    return len(LikeStory.objects.bulk_create(rows, ignore_conflicts=True))


def _near(evidence: Collection[Evidence]) -> list[tuple[Evidence, list[Evidence]]]:
    """Each of the new rows with the shown ones of its question and time."""
    if not evidence:
        return []
    new = {(row.proposition_id, row.story_id) for row in evidence}
    first, last = (pick(row.published_at for row in evidence) for pick in (min, max))
    around = _with_words().filter(
        proposition__in={proposition for proposition, _ in new}, published_at__range=(first - APART, last + APART)
    )
    by_question: defaultdict[int, list[Evidence]] = defaultdict(list)
    for row in around:
        by_question[row.proposition_id].append(row)
    fresh = [row for rows in by_question.values() for row in rows if (row.proposition_id, row.story_id) in new]
    return [(row, _nearest(row, by_question[row.proposition_id])) for row in fresh]


def _with_words() -> EvidenceQuerySet:
    return Evidence.objects.shown().select_related("revision").order_by("pk")


def _nearest(row: Evidence, others: Collection[Evidence]) -> list[Evidence]:
    near = [other for other in others if other.story_id != row.story_id and _gap(row, other) <= APART]
    return sorted(near, key=lambda other: (_gap(row, other), other.pk))[:MOST_COMPARED]


def _gap(one: Evidence, other: Evidence) -> timedelta:
    return abs(one.published_at - other.published_at)


def _report(row: Evidence) -> Report:
    return Report(title=row.revision.title, body=row.revision.body, published_at=row.published_at)
