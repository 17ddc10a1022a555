"""Events: note which new suggestions seem to tell what another story of the same question told in other words."""

from collections.abc import Collection
from datetime import datetime

import numpy as np

from language.matching.events import APART, LIKE, Report, is_one_event
from tracker.lessons import vectors_of
from tracker.models import Evidence, LikeStory

MOST_COMPARED = 1_000  # stories of a question and time, the latest


def note_like_stories(proposition: int, *, new: Collection[int], now: datetime) -> int:
    """Write down the pairs that new rows of evidence make with what is shown of their question; how many.

    All of them have their vectors by now.
    """
    rows = _around(proposition, new)
    if len(rows) < 2:
        return 0
    vectors = vectors_of(rows)
    fresh = [place for place, row in enumerate(rows) if row.pk in new]
    reports = [Report(row.revision.title, row.published_at) for row in rows]
    cosines = vectors[fresh] @ vectors.T
    found: dict[tuple[int, int], float] = {}
    for number, place in zip(*np.nonzero(cosines >= LIKE), strict=True):
        one, other, cosine = fresh[number], int(place), float(cosines[number, place])
        if rows[one].story_id != rows[other].story_id and is_one_event(reports[one], reports[other], cosine=cosine):
            earlier, later = sorted((rows[one], rows[other]), key=lambda row: (row.published_at, row.pk))
            found[earlier.story_id, later.story_id] = round(min(cosine, 1.0), 3)
    pairs = [
        LikeStory(earlier_id=earlier, later_id=later, likeness=likeness, found_at=now)
        for (earlier, later), likeness in found.items()
    ]
    return len(LikeStory.objects.bulk_create(pairs, ignore_conflicts=True))


def _around(proposition: int, new: Collection[int]) -> list[Evidence]:
    """Shown evidence on the question from around the times of the new rows, which are among it; two queries."""
    shown = Evidence.objects.shown().filter(proposition=proposition)
    times = list(shown.filter(pk__in=new).values_list("published_at", flat=True))
    if not times:
        return []
    near = shown.filter(vector__isnull=False, published_at__range=(min(times) - APART, max(times) + APART))
    rows = near.select_related("revision").only("story_id", "published_at", "vector", "revision__title")
    return list(rows.order_by("-published_at", "-pk")[:MOST_COMPARED])
