"""Lessons: suggestions that wait on a question, judged anew from what was decided on it, and put into an order.

1. Whoever decides, or attaches news, marks the question's queue stale in the same transaction.
2. Where every story has its vector, the queue is judged at once; else the next run of the job embeds what lacks one.
3. Only what still waits is changed. What somebody decides on at this moment is passed over, and the mark then stays.
"""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import Q

from forecasts.models import Proposition
from language.classifiers.protocol import STANCES
from language.sentences.embeddings import DIMENSIONS, Encoder, Vectors
from language.stance import taught, teaching
from language.stance.taught import Lessons, TaughtChances
from language.weights import ModelUnavailable
from tracker.models import Evidence, SuggestionQueue, bulk

log = logging.getLogger(__name__)

MOST_AT_ONCE = 600  # suggestions that a person's decision waits for; more are judged by the job
MOST_LESSONS = 500  # decisions, the latest, that are learned from
# Of a suggestion, what a judgement writes.
WRITTEN = (
    *("relevance", "supports", "contradicts", "suggested_stance", "confidence", "decisions_known", "weighed_id"),
    *("untaught_relevance", "untaught_supports", "untaught_contradicts", "queue_place", "tells_about"),
)
READ = ("proposition", "state", "stance", "classifier", "vector", "weighed", *WRITTEN)


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A classifier's word by itself."""

    relevance: float
    supports: float
    contradicts: float


def embed(proposition: int, *, encoder: Encoder) -> list[int]:
    """Give every story of a question that lacks one its vector; the keys of these rows of evidence."""
    rows = list(
        Evidence.objects.filter(proposition=proposition, vector__isnull=True)
        .select_related("revision")
        .only("vector", "revision__title", "revision__body")
    )
    vectors = encoder.encode([taught.text_of(row.revision.title, row.revision.body) for row in rows]) if rows else ()
    for row, vector in zip(rows, vectors, strict=True):
        row.vector = vector.astype(np.float16).tobytes()
    Evidence.objects.bulk_update(rows, ["vector"], batch_size=100)
    return [row.pk for row in rows]


def known(propositions: Collection[int]) -> dict[int, Lessons]:
    """Lessons by question, of those on which something was decided; stories without a vector teach nothing."""
    rows = Evidence.objects.filter(proposition__in=propositions, vector__isnull=False).decided().only(*_names(READ))
    decided: dict[int, list[Evidence]] = {}
    for row in rows.order_by("-decided_at", "-pk"):
        decided.setdefault(row.proposition_id, []).append(row)
    return {about: _lessons(found[:MOST_LESSONS]) for about, found in decided.items()}


def judge_anew(proposition: int, *, at: datetime, only_at_once: bool) -> int:
    """Judge what waits on a question whose queue is stale; count the suggestions.

    `only_at_once`: leave it to the job where that would take long, since vectors are missing or much waits.
    """
    with transaction.atomic():
        queue = SuggestionQueue.objects.stale().filter(pk=proposition).first()
        if queue is None:
            return 0
        about = Evidence.objects.filter(proposition=proposition)
        if only_at_once and (about.filter(vector__isnull=True).exists() or about.to_confirm().count() > MOST_AT_ONCE):
            return 0
        # What others hold is being decided on or judged at this moment.
        held = about.to_confirm().select_for_update(skip_locked=True, of=("self",))
        waiting = list(held.only(*_names(READ)).order_by("-relevance", "pk"))
        passed_over = about.to_confirm().count() - len(waiting)
        latest = about.decided().only(*_names(READ)).order_by("-decided_at", "-pk")
        decided = [row for row in latest[:MOST_LESSONS] if row.vector]
        _write(_judged([row for row in waiting if row.vector], decided))
        if not passed_over:
            SuggestionQueue.objects.filter(pk=proposition, judged_count__lt=queue.change_count).update(
                judged_count=queue.change_count
            )
        if waiting:
            Proposition.objects.filter(pk=proposition).mark_unsettled(at)
    return len(waiting)


def _names(attributes: Sequence[str]) -> list[str]:
    return [name.removesuffix("_id") for name in attributes]


def _judged(waiting: Sequence[Evidence], decided: Sequence[Evidence]) -> list[Evidence]:
    """The rows with their new chances, places and reasons; not yet stored."""
    if not waiting:
        return []
    vectors, known = vectors_of(waiting), _lessons(decided)
    own = [_own(row) for row in waiting]
    for row, word in zip(waiting, own, strict=True):
        row.untaught_relevance, row.untaught_supports = word.relevance, word.supports
        row.untaught_contradicts = word.contradicts
    for row, chances in zip(waiting, _chances(own, vectors, known), strict=True):
        _take(row, chances, decided)
    for place, lesson in enumerate(teaching.order(vectors, known.vectors)):
        row = waiting[lesson.place]
        row.queue_place, row.tells_about = place, lesson.tells_about
    return list(waiting)


def _own(row: Evidence) -> OwnWord:
    taught_stance = row.untaught_supports is not None and row.untaught_contradicts is not None
    return OwnWord(
        relevance=row.relevance if row.untaught_relevance is None else row.untaught_relevance,
        supports=(row.untaught_supports or 0.0) if taught_stance else row.supports,
        contradicts=(row.untaught_contradicts or 0.0) if taught_stance else row.contradicts,
    )


def _chances(own: Sequence[OwnWord], vectors: Vectors, known: Lessons) -> list[TaughtChances]:
    try:
        fitted = taught.load()
    except ModelUnavailable as missing:
        log.warning("Nothing is learned from decisions: %s", missing)
        known = taught.lessons([], [], [])
        fitted = taught.UNTAUGHT
    chances = np.array([[each.supports, each.contradicts, 1 - each.supports - each.contradicts] for each in own])
    relevances = np.array([each.relevance for each in own])
    return taught.judge(np.clip(chances, 0, 1), relevances, vectors, lessons=known, fitted=fitted)


def _take(row: Evidence, chances: TaughtChances, decided: Sequence[Evidence]) -> None:
    shares = {name: getattr(chances, name) for name in STANCES}
    row.relevance = min(1.0, chances.relevance)
    row.supports, row.contradicts = chances.supports, chances.contradicts
    row.suggested_stance = max(reversed(STANCES), key=lambda name: shares[name])  # "mentions" where it is a tie
    row.confidence = min(1.0, max(shares.values()))
    row.decisions_known = len(decided)
    row.weighed_id = None if chances.weighed is None else decided[chances.weighed].pk


def _lessons(decided: Sequence[Evidence]) -> Lessons:
    return Lessons(
        vectors=vectors_of(decided),
        places=np.array([STANCES.index(row.stance) if row.is_confirmed else -1 for row in decided], dtype=np.int64),
        # A person who attached a story said so by that alone.
        relevances=np.array([_own(row).relevance if row.classifier else np.nan for row in decided]),
    )


def vectors_of(rows: Sequence[Evidence]) -> Vectors:
    """Stored vectors of stories, a row each, all of which have one."""
    stored = [np.frombuffer(bytes(row.vector or b""), dtype=np.float16) for row in rows]
    vectors: Vectors = np.array(stored, dtype=np.float32).reshape(len(rows), DIMENSIONS)
    return vectors


def _write(rows: Sequence[Evidence]) -> None:
    bulk.update(Evidence, WRITTEN, [(*(getattr(row, name) for name in WRITTEN), row.pk) for row in rows])


def stale(limit: int) -> list[SuggestionQueue]:
    """Queues to be judged anew, of questions that are not ruled on."""
    return list(SuggestionQueue.objects.stale().filter(~Q(proposition__state=Proposition.State.RESOLVED))[:limit])
