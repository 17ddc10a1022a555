"""Replay: the real jobs over archived news with a simulated clock, and people who decide at their times."""

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from forecasts import watching
from forecasts.models import Estimate, Proposition, start_of
from forecasts.refused import Refused
from lab.replay.archive import ArchivedEntry, ArchivedQuestion, Playback
from lab.replay.archived_people import ArchivedDecision, ArchivedForecast
from lab.replay.people import People, PeopleReport
from tracker.curation import articles, claims
from tracker.curation.positions import take_position
from tracker.curation.questions import open_question
from tracker.jobs.estimates.review import review
from tracker.jobs.estimates.revise import revise
from tracker.jobs.feeds.ingest import ingest
from tracker.jobs.matching.learn import learn
from tracker.jobs.matching.match import match
from tracker.models import Claim, Entry, Evidence, Feed, Position, StatusChange, Story

BY = "replay"
BATCH = 250
MOST_DAYS = 3_660  # that the clock goes on after the last entry
THREADS = os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayWindow:
    """The span of the simulated clock, and its step."""

    since: datetime
    until: datetime
    step: timedelta

    def __post_init__(self) -> None:
        if self.step < timedelta(minutes=1):
            raise ValueError("A step must last at least a minute.")
        if self.until <= self.since:
            raise ValueError(f"The end {self.until:%Y-%m-%d} does not lie after the beginning {self.since:%Y-%m-%d}.")

    def moments(self, also: Iterable[datetime] = ()) -> list[datetime]:
        """Times of the jobs: the end of each step, the last one cut at the end, and those of `also` within."""
        count = -((self.since - self.until) // self.step)
        steps = {min(self.since + (n + 1) * self.step, self.until) for n in range(count)}
        return sorted(steps | {at for at in also if self.since < at <= self.until})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayReport:
    """Counts of one replay. Evidence counts pieces, not entries; `model` names what read them; `people` counts what
    people did."""

    propositions: int
    feeds: int
    entries: int
    stories: int
    evidence: int
    estimates: int
    status_changes: int
    steps: int
    seconds: float
    model: str
    people: PeopleReport


def replay(
    questions: Sequence[ArchivedQuestion],
    entries: Sequence[ArchivedEntry],
    *,
    window: ReplayWindow,
    decisions: Sequence[ArchivedDecision] = (),
    forecasts: Sequence[ArchivedForecast] = (),
    on_progress: Callable[[datetime, int], None] = lambda _moment, _entries: None,
) -> ReplayReport:
    """Store the propositions, then ingest, match, learn, revise and review at each moment of the window.

    In between people forecast, decide and, at the end of the day on which a proposition was settled, rule.
    `on_progress` hears the simulated time and how many more entries have been read.
    """
    began = time.monotonic()
    propositions = _put(questions, window.since)
    people = People(propositions, questions=questions, decisions=decisions, forecasts=forecasts, by=BY)
    playback = Playback(entries)
    Feed.objects.bulk_create(
        Feed(title=title, address=address, state=Feed.State.ARCHIVE, next_poll_at=window.since, added_at=window.since)
        for address, title in playback.feeds().items()
    )
    moments = window.moments(also=[row.settled.known_at for row in questions if row.settled])
    models, before = set[str](), window.since - timedelta(microseconds=1)
    for moment in moments:
        watching.note(moment, since=max(before, window.since))
        playback.window, before = (before, moment), moment
        _ingest(playback, moment)
        while (matched := match(moment, limit=BATCH, threads=THREADS)).entries:
            models.add(matched.model)
            on_progress(moment, matched.entries)
        on_progress(moment, 0)
        learn(moment, limit=len(questions), threads=THREADS)
        people.forecast(moment)
        people.decide(moment)
        revise(moment, limit=len(questions))
        people.rule(moment)
        review(moment)
    return counted(steps=len(moments), seconds=time.monotonic() - began, models=models, people=people.report())


def _put(questions: Sequence[ArchivedQuestion], at: datetime) -> Mapping[str, Proposition]:
    """An article that says each claim on a line of its own, so that statuses have a claim to be about; the
    propositions by the ids that the file gave them."""
    text = "\n".join(proposition.claim for proposition in questions)
    article = articles.add_article(text, title="Claims under replay", published_on=at.date(), by=BY, at=at).article
    position, opened = 0, dict[str, Proposition]()
    for number, row in enumerate(questions, start=1):
        claim = Claim(
            article=article,
            slug=f"replay-{number}",
            title=row.claim[:300],
            start=position,
            end=position + len(row.claim),
            quote=row.claim,
            kind=Claim.Kind.FORECASTABLE,
        )
        claims.accept(claims.mark(claim, by=BY, at=at), by=BY, at=at)
        claim.refresh_from_db()
        opened[row.id] = proposition = _open(row, at)
        take_position(claim, proposition=proposition, side=Position.Side.YES, title=row.claim[:300], by=BY, at=at)
        position += len(row.claim) + 1
    return opened


def _open(row: ArchivedQuestion, at: datetime) -> Proposition:
    draft = Proposition(
        key=row.id,
        question=row.question[:400],
        statement=row.claim[:400],
        resolution_criteria=row.resolution_criteria,
        opens_on=row.opens,
        deadline=row.deadline,
        keywords=list(row.keywords),
        actors=list(row.actors),
        process=row.process,
        **({} if row.prior is None else {"prior": row.prior, "prior_reason": row.prior_reason[:300]}),
        written_with_hindsight=row.written_with_hindsight,
        note=row.id,
    )
    try:
        return open_question(draft, by=BY, at=at)
    except Refused as refused:
        raise Refused(f"Proposition {row.id}: {refused}") from refused


def _ingest(playback: Playback, moment: datetime) -> None:
    with_news = playback.with_news()
    for first in range(0, len(with_news), BATCH):
        batch = with_news[first : first + BATCH]
        Feed.objects.filter(address__in=batch).update(next_poll_at=moment)
        ingest(moment, limit=BATCH, fetch=playback.fetch, archives=True)


def counted(*, steps: int, seconds: float, models: set[str], people: PeopleReport) -> ReplayReport:
    """Counts of what is in the database now."""
    return ReplayReport(
        propositions=Proposition.objects.count(),
        feeds=Feed.objects.count(),
        entries=Entry.objects.count(),
        stories=Story.objects.count(),
        evidence=Evidence.objects.count(),
        estimates=Estimate.objects.count(),
        status_changes=StatusChange.objects.filter(position__claim__isnull=False).count(),
        steps=steps,
        seconds=round(seconds, 1),
        model=", ".join(sorted(models - {""})),
        people=people,
    )


def window_of(
    entries: Sequence[ArchivedEntry],
    questions: Sequence[ArchivedQuestion],
    *,
    since: datetime | None,
    until: datetime | None,
    step: timedelta,
) -> ReplayWindow:
    """The whole days that the entries span, and on to the last one that settled a proposition, unless told otherwise.

    `ValueError` where that is more than MOST_DAYS later.
    """
    first = since or start_of(entries[0].published.astimezone(UTC).date())
    read = start_of(entries[-1].published.astimezone(UTC).date() + timedelta(days=1))
    last = max([read, *(row.settled.known_at for row in questions if row.settled)])
    if until is None and (last - read).days > MOST_DAYS:
        raise ValueError(
            f"A proposition is settled on {last:%Y-%m-%d}, long after all entries: say --until when to go."
        )
    return ReplayWindow(since=first, until=until or last, step=step)
