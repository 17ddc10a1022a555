"""Match: hold new words of entries against the open propositions and suggest evidence."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forecasts.models import Proposition
from language.matching import relevance
from language.matching.gate import EntryText, QuestionText
from language.sentences import embeddings
from language.weights import ModelUnavailable
from tracker.jobs.matching import attaching
from tracker.jobs.matching.classifiers import Candidate, Judged, judge
from tracker.jobs.matching.thresholds import thresholds
from tracker.models import Entry, Evidence, Revision, SuggestionQueue

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchReport:
    """Entries read, propositions open, evidence suggested, and the model used (in words when there is none)."""

    entries: int = 0
    propositions: int = 0
    suggested: int = 0
    model: str = ""


def match(now: datetime, *, limit: int = 500, threads: int = 1) -> MatchReport:
    """Read up to `limit` unmatched entries; each is marked in the transaction that stores what it suggests.

    `threads` are for the model: one where workers share a machine, more where a command has it to itself.
    """
    revisions = _unmatched(now, limit)
    if not revisions:
        return MatchReport()
    open_ = {str(p.pk): p for p in Proposition.objects.open(now)}
    encoder, model = _encoder(threads) if open_ else (None, "")
    known = attaching.lessons_of([p.pk for p in open_.values()]) if encoder else {}
    bars = thresholds([p.pk for p in open_.values() if p.pk not in known], prior=relevance.bar(encoder))
    bars |= dict.fromkeys(known, attaching.WORTH_JUDGING)
    matches = relevance.rank(
        [_asked(key, p) for key, p in open_.items()],
        [EntryText(key=str(r.pk), title=r.title, body=r.body) for r in revisions],
        encoder=encoder,
        thresholds={str(pk): bar for pk, bar in bars.items()},
    )
    by_key = {str(r.pk): r for r in revisions}
    candidates = attaching.bearing(_candidates(matches, open_, by_key), known=known, encoder=encoder)
    evidence = [
        _evidence(each, judged, now)
        for each, judged in zip(candidates, judge(candidates, now=now, threads=threads), strict=True)
        if judged.judgement.attach
    ]
    suggested = _store(evidence, revisions, propositions={p.pk for p in open_.values()}, now=now)
    return MatchReport(entries=len(revisions), propositions=len(open_), suggested=suggested, model=model)


def _unmatched(now: datetime, limit: int) -> list[Revision]:
    waiting = Entry.objects.unmatched().filter(published_at__lte=now).values_list("pk", flat=True)[:limit]
    found = Revision.objects.filter(entry__in=list(waiting), is_current=True).select_related("entry")
    return sorted(found, key=lambda revision: (revision.entry.published_at, revision.pk))


def _encoder(threads: int) -> tuple[embeddings.Encoder | None, str]:
    try:
        relevance.load_weights()
        return embeddings.load_minilm(threads=threads), embeddings.NAME
    except ModelUnavailable as missing:
        log.warning("Matching goes on with full text alone: %s", missing)
        return None, f"full text alone: {missing}"


def _asked(key: str, proposition: Proposition) -> QuestionText:
    return QuestionText(
        key=key,
        claim=proposition.statement,
        question=proposition.question,
        keywords=tuple(proposition.keywords),
        actors=tuple(proposition.actors),
    )


def _candidates(
    matches: Sequence[relevance.Match], propositions: Mapping[str, Proposition], revisions: Mapping[str, Revision]
) -> list[Candidate]:
    """At most one a story and proposition, the most relevant telling of it."""
    best: dict[tuple[int, int], Candidate] = {}
    for found in sorted(matches, key=lambda m: -m.relevance):
        proposition, revision = propositions[found.question], revisions[found.entry]
        about = (proposition.pk, revision.entry.story_id)
        if about not in best and revision.entry.published_at >= proposition.opens_at:
            best[about] = Candidate(
                proposition=proposition, revision=revision, relevance=found.relevance, passage=found.passage
            )
    return list(best.values())


def _evidence(each: Candidate, judged: Judged, now: datetime) -> Evidence:
    said = judged.judgement
    return Evidence(
        proposition=each.proposition,
        story_id=each.revision.entry.story_id,
        revision=each.revision,
        passage=said.passage or each.passage,
        relevance=each.relevance,
        suggested_stance=said.stance,
        strength=said.strength,
        confidence=said.confidence,
        supports=said.supports,
        contradicts=said.contradicts,
        why=said.why[:200],
        classifier=judged.classifier,
        published_at=each.revision.entry.published_at,
        attached_at=now,
    )


def _store(
    evidence: Sequence[Evidence], revisions: Sequence[Revision], *, propositions: set[int], now: datetime
) -> int:
    """Evidence and marks together; another worker's evidence on the same story wins quietly, by the database's word.

    What changed while we read stays unmarked, for the next run: all of it when a question opened, else new words.
    """
    stories = {each.story_id for each in evidence}
    entries = Entry.objects.filter(pk__in=[revision.entry_id for revision in revisions])
    with transaction.atomic():
        # Whoever opens a question or stores new words writes these rows: from here on that is over, or waits for us.
        told = dict(entries.select_for_update().order_by("pk").values_list("pk", "story_id"))
        # A curator may have split or joined stories meanwhile: what was held against the old one is read again.
        moved = {each.entry_id for each in revisions if told.get(each.entry_id) != each.entry.story_id}
        evidence = [each for each in evidence if each.revision.entry_id not in moved]
        known = set(Evidence.objects.filter(story__in=stories).values_list("proposition_id", "story_id"))
        new = [each for each in evidence if (each.proposition_id, each.story_id) not in known]
        Evidence.objects.bulk_create(new, ignore_conflicts=True)
        # A suggestion counts at once as far as its classifier's record goes.
        touched = {each.proposition_id for each in new}
        Proposition.objects.filter(pk__in=touched).mark_unsettled(now)
        SuggestionQueue.objects.mark_stale(touched)
        if propositions.issuperset(Proposition.objects.open(now).values_list("pk", flat=True)):
            current = Revision.objects.filter(pk__in=[revision.pk for revision in revisions], is_current=True)
            entries.filter(pk__in=current.values("entry")).exclude(pk__in=moved).update(matched_at=now)
    return len(new)
