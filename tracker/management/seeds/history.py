"""Plays the seed chronology once through the real jobs with a simulated clock, decided and ruled on as on the day."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from xml.etree import ElementTree

from django.db import transaction

from forecasts import watching
from forecasts.models import Proposition, Resolution, start_of
from news.entries.changes import guid_identity
from news.fetch.connections import Fetched, Request
from tracker.curation import evidence, rulings
from tracker.jobs.estimates.review import review
from tracker.jobs.estimates.revise import revise
from tracker.jobs.feeds.ingest import ingest
from tracker.jobs.matching.match import match
from tracker.management.seeds.files import ATOM, SeedDecision, SeedQuestion, Seeds
from tracker.management.seeds.rows import CHRONOLOGY
from tracker.models import Entry, Evidence, Feed, Revision

READ_AT = time(18, tzinfo=UTC)  # the hour by which the seed curator has read the reports of the day
RULE_AT = time(23, 59, tzinfo=UTC)  # a day's last minute, so that what the day brought is known
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """Moments lived through just now, pieces of evidence decided on, questions ruled on."""

    moments: int = 0
    decided: int = 0
    ruled: int = 0


def to_play(seeds: Seeds, *, now: datetime) -> list[datetime]:
    """The moments still to be played: none when all were, in their order."""
    feed = Feed.objects.get(address=CHRONOLOGY)
    since = feed.last_attempt_at or NEVER
    return [moment for moment in moments(seeds) if since < moment <= now]


def has_company(seeds: Seeds) -> bool:
    """Whether other questions or news are here, for which the clock cannot be turned back."""
    own = [question.slug for question in seeds.questions]
    return Proposition.objects.exclude(key__in=own).exists() or Entry.objects.exclude(feed__address=CHRONOLOGY).exists()


def moments(seeds: Seeds) -> list[datetime]:
    """When something happens: the opening, the hour after each day with news, deadlines that pass unruled, rulings."""
    opening = start_of(seeds.article.published_on)
    read = {_read_at(seeds, event) for event in seeds.published}
    ruled = {at for question in seeds.questions if (at := _ruled_at(question))}
    happens = {opening} | read | ruled
    last = max(happens)
    passed = {start_of(question.deadline + timedelta(days=1)) for question in seeds.questions}
    return sorted(happens | {at for at in passed if at < last})


def play(
    seeds: Seeds, *, at: Sequence[datetime], on_moment: Callable[[datetime], None] = lambda _moment: None
) -> Played:
    """Live through the given moments. Each is one transaction that ends with a mark on the chronology's feed."""
    decided = ruled = 0
    feed = Feed.objects.get(address=CHRONOLOGY)
    for moment in at:
        with transaction.atomic():
            watching.note(moment, since=start_of(seeds.article.published_on))
            decided += _read(seeds, feed, moment)
            ruled += sum(_rule(question, by=seeds.curator, at=moment) for question in _to_rule(seeds, moment))
            revise(moment)
            review(moment)
            Feed.objects.filter(pk=feed.pk).update(last_attempt_at=moment)
        on_moment(moment)
    return Played(moments=len(at), decided=decided, ruled=ruled)


def _read(seeds: Seeds, feed: Feed, moment: datetime) -> int:
    """Take in and match what came out for this moment and decide on it; the number of decisions."""
    events = {event for event in seeds.published if _read_at(seeds, event) == moment}
    if not events:
        return 0
    Feed.objects.filter(pk=feed.pk).update(next_poll_at=moment)
    ingest(moment, limit=1, fetch=_answers(_excerpt(seeds.chronology, events)), archives=True)
    match(moment, limit=len(events))
    decisions = [decision for decision in seeds.decisions if decision.event in events]
    slugs = {question.key: question.slug for question in seeds.questions}
    return sum(
        _decide(decision, slug=slugs[decision.question], feed=feed, by=seeds.curator, at=moment)
        for decision in decisions
    )


def _excerpt(chronology: bytes, events: set[str]) -> bytes:
    """The feed as it stood, with these entries alone."""
    root = ElementTree.fromstring(chronology)  # noqa: S314 (our own file)
    for entry in root.findall(f"{ATOM}entry"):
        if entry.findtext(f"{ATOM}id") not in events:
            root.remove(entry)
    document: bytes = ElementTree.tostring(root, encoding="utf-8")
    return document


def _answers(document: bytes) -> Callable[[Sequence[Request]], list[Fetched]]:
    def fetch(requests: Sequence[Request]) -> list[Fetched]:
        return [
            Fetched(
                address=request.address,
                final_address=request.address,
                status=200,
                headers={"content-type": "application/atom+xml"},
                body=document,
            )
            for request in requests
        ]

    return fetch


def _decide(decision: SeedDecision, *, slug: str, feed: Feed, by: str, at: datetime) -> bool:
    """Whether the decision was taken now; where somebody has decided already, that stands."""
    revision = Revision.objects.select_related("entry__story").get(
        entry__feed=feed, entry__identity=guid_identity(decision.event), is_current=True
    )
    proposition = Proposition.objects.get(key=slug)
    held = Evidence.objects.filter(proposition=proposition, story=revision.entry.story)
    if held.exclude(decided_by="").exists():
        return False
    evidence.attach(
        revision,
        proposition=proposition,
        stance=decision.stance,
        strength=decision.strength,
        by=by,
        reason=decision.reason,
        at=at,
    )
    return True


def _to_rule(seeds: Seeds, moment: datetime) -> Iterator[SeedQuestion]:
    return (question for question in seeds.questions if _ruled_at(question) == moment)


def _rule(question: SeedQuestion, *, by: str, at: datetime) -> bool:
    """Whether it was ruled on now; a ruling that was ever made, even one taken back, stands as it is."""
    proposition = Proposition.objects.get(key=question.slug)
    if question.ruling is None or Resolution.objects.filter(proposition=proposition).exists():
        return False
    rulings.rule(
        proposition,
        outcome=question.ruling.outcome,
        effective_on=question.ruling.effective_on,
        source=question.ruling.source,
        reason=question.ruling.reason,
        confidence=question.ruling.confidence,
        by=by,
        at=at,
    )
    return True


def _read_at(seeds: Seeds, event: str) -> datetime:
    """Reports from before the article are read on its day."""
    return _on(max(seeds.published[event], seeds.article.published_on), READ_AT)


def _ruled_at(question: SeedQuestion) -> datetime | None:
    return _on(question.ruling.ruled_on, RULE_AT) if question.ruling else None


def _on(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour)
