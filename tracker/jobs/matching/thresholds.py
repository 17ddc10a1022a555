"""Thresholds: from which relevance by itself news is attached to a question, by its curators' decisions so far."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models.functions import Coalesce

from language.matching.thresholds import threshold
from tracker.models import Evidence


def thresholds(propositions: Collection[int], *, prior: float) -> dict[int, float]:
    """For each proposition by pk, in one query; `prior` where nobody decided. What people attached is left out."""
    decided: dict[int, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    untaught = Coalesce("untaught_relevance", "relevance")
    rows = Evidence.objects.decided_of(propositions).order_by().values_list("proposition_id", untaught, "state")
    for about, relevance, state in rows.iterator():
        decided[about][state == Evidence.State.REJECTED].append(relevance)
    return {each: threshold(*decided[each], prior=prior) if each in decided else prior for each in propositions}
