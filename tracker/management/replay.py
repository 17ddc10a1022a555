"""Replay: the real jobs over archived news with a simulated clock, and what came of it as files."""

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from forecasts.models import Estimate, Proposition, start_of
from tracker.curation import articles, claims
from tracker.jobs.ingest import ingest
from tracker.jobs.match import match
from tracker.jobs.review import review
from tracker.jobs.revise import revise
from tracker.management.archive import Archived, Asked, Playback
from tracker.models import Claim, Entry, Evidence, Feed, StatusChange, Story, Test

BY = "replay"
BATCH = 250
THREADS = os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From when to when, and in what steps, the simulated clock runs."""

    since: datetime
    until: datetime
    step: timedelta

    def __post_init__(self) -> None:
        if self.step < timedelta(minutes=1):
            raise ValueError("A step must last at least a minute.")
        if self.until <= self.since:
            raise ValueError(f"The end {self.until:%Y-%m-%d} does not lie after the beginning {self.since:%Y-%m-%d}.")

    def moments(self) -> list[datetime]:
        """The times at which the jobs run: the end of each step, the last one cut at the end."""
        count = -((self.since - self.until) // self.step)
        return [min(self.since + (n + 1) * self.step, self.until) for n in range(count)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayReport:
    """What one replay did. Evidence counts pieces, not entries; `model` says what read them."""

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


def replay(
    asked: Sequence[Asked],
    entries: Sequence[Archived],
    *,
    window: Window,
    on_progress: Callable[[datetime, int], None] = lambda _moment, _entries: None,
) -> ReplayReport:
    """Store the propositions, then ingest, match, revise and review at each moment of the window.

    `on_progress` hears the simulated time and how many more entries have been read.
    """
    began = time.monotonic()
    _put(asked, window.since)
    playback = Playback(entries)
    Feed.objects.bulk_create(
        Feed(title=title, address=address, state=Feed.State.ARCHIVE, next_poll_at=window.since, added_at=window.since)
        for address, title in playback.feeds().items()
    )
    models, before, moments = set[str](), window.since - timedelta(microseconds=1), window.moments()
    for moment in moments:
        playback.window, before = (before, moment), moment
        _ingest(playback, moment)
        while (matched := match(moment, limit=BATCH, threads=THREADS)).entries:
            models.add(matched.model)
            on_progress(moment, matched.entries)
        revise(moment)
        review(moment)
    return _report(len(moments), time.monotonic() - began, models)


def _put(asked: Sequence[Asked], at: datetime) -> None:
    """An article that says each claim on a line of its own, so that statuses have a claim to be about."""
    text = "\n".join(proposition.claim for proposition in asked)
    article = articles.add_article(text, title="Claims under replay", published_on=at.date(), by=BY, at=at).article
    position = 0
    for number, row in enumerate(asked, start=1):
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
        claims.put_to_test(claim, proposition=_open(row, at), side=Test.Side.YES, title=row.claim[:300], by=BY, at=at)
        position += len(row.claim) + 1


def _open(row: Asked, at: datetime) -> Proposition:
    question = claims.Question(
        key=claims.free_key(row.id),
        question=row.question[:400],
        statement=row.claim[:400],
        resolution_criteria=row.resolution_criteria,
        opens_on=row.opens,
        deadline=row.deadline,
        keywords=row.keywords,
        actors=row.actors,
        note=row.id,
    )
    return claims.open_question(question, by=BY, at=at)


def _ingest(playback: Playback, moment: datetime) -> None:
    with_news = playback.with_news()
    for first in range(0, len(with_news), BATCH):
        batch = with_news[first : first + BATCH]
        Feed.objects.filter(address__in=batch).update(next_poll_at=moment)
        ingest(moment, limit=BATCH, fetch=playback.fetch, archives=True)


def _report(steps: int, seconds: float, models: set[str]) -> ReplayReport:
    return ReplayReport(
        propositions=Proposition.objects.count(),
        feeds=Feed.objects.count(),
        entries=Entry.objects.count(),
        stories=Story.objects.count(),
        evidence=Evidence.objects.count(),
        estimates=Estimate.objects.count(),
        status_changes=StatusChange.objects.count(),
        steps=steps,
        seconds=round(seconds, 1),
        model=", ".join(sorted(models - {""})),
    )


def write(report: ReplayReport, folder: Path) -> None:
    """`evidence.jsonl`, `estimates.jsonl`, `statuses.jsonl` and `report.json` in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_lines(folder / "evidence.jsonl", _evidence_rows())
    _write_lines(folder / "estimates.jsonl", _estimate_rows())
    _write_lines(folder / "statuses.jsonl", _status_rows())
    (folder / "report.json").write_text(json.dumps(asdict(report), indent=2) + "\n", encoding="utf-8")


def _write_lines(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _evidence_rows() -> Iterator[dict[str, Any]]:
    rows: QuerySet[Evidence] = Evidence.objects.select_related("proposition", "revision__entry")
    for row in rows.order_by("attached_at", "pk"):
        yield {
            "proposition": row.proposition.note,
            "link": row.revision.entry.link,
            "title": row.revision.title,
            "published": row.published_at.isoformat(),
            "relevance": round(row.relevance, 4),
            "stance": row.shown_stance,
            "confidence": round(row.confidence, 4),
            "story": row.story_id,
            "attached_at": row.attached_at.isoformat(),
        }


def _estimate_rows() -> Iterator[dict[str, Any]]:
    for row in Estimate.objects.select_related("proposition").order_by("at", "pk"):
        at = row.at.isoformat()
        yield {"proposition": row.proposition.note, "at": at, "probability": row.probability, "parts": row.parts}


def _status_rows() -> Iterator[dict[str, Any]]:
    for row in StatusChange.objects.select_related("test__proposition").order_by("at", "pk"):
        yield {
            "proposition": row.test.proposition.note,
            "at": row.at.isoformat(),
            "old": row.old,
            "new": row.new,
            "reason": row.reason,
        }


def window_of(
    entries: Sequence[Archived], *, since: datetime | None, until: datetime | None, step: timedelta
) -> Window:
    """The whole days that the entries span, unless told otherwise."""
    first = since or start_of(entries[0].published.astimezone(UTC).date())
    last = until or start_of(entries[-1].published.astimezone(UTC).date() + timedelta(days=1))
    return Window(since=first, until=last, step=step)
