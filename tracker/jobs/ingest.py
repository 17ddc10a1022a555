"""Ingest: read the feeds that are due and store what they say that is new.

1. A batch of due feeds is claimed with a lease and a token. 2. Their documents are fetched. 3. For each feed one
transaction stores entries, revisions and stories, the attempt and the next time, and gives the lease back, but only
while the token is still ours: whoever was killed or too slow has stored nothing, and the next claim does the work.
"""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from django.db import connection, transaction

from tracker.jobs.stories import Telling, stories_for
from tracker.models import Attempt, Entry, Feed, Revision
from tracker.news.decide import Decision, Kind, Known, by_identity, decide
from tracker.news.documents import Item, Parsed
from tracker.news.fetch import Fetch, Fetched, Request
from tracker.news.parse import parse
from tracker.news.schedule import Look, asked_wait, demanded_wait, next_poll

log = logging.getLogger(__name__)

# Longer than a whole batch of one host's silent servers takes.
LEASE = timedelta(minutes=20)
BATCH = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """Feeds read, those of them that failed, what was stored, and leases that somebody else had taken over."""

    feeds: int = 0
    failed: int = 0
    new_entries: int = 0
    new_revisions: int = 0
    leases_lost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What one attempt brought."""

    new_entries: int = 0
    new_revisions: int = 0
    error: str = ""


class _LeaseLost(Exception):
    """Somebody else holds the feed now."""


def ingest(now: datetime, *, fetch: Fetch, limit: int = 50, archives: bool = False) -> IngestReport:
    """Read up to `limit` due feeds with `fetch`; `archives` reads those that are played back instead of polled."""
    outcomes: list[_Outcome] = []
    taken = lost = 0
    while taken < limit and (feeds := _claim(now, limit=min(BATCH, limit - taken), archives=archives)):
        taken += len(feeds)
        answers = fetch([_request(feed) for feed in feeds])
        for feed, answer in zip(feeds, answers, strict=True):
            try:
                outcomes.append(_read(feed, answer, now))
            except _LeaseLost:
                lost += 1
                log.warning("The lease of feed %s ran out; what was fetched is left to its new holder.", feed.pk)
    return IngestReport(
        feeds=len(outcomes),
        failed=sum(bool(outcome.error) for outcome in outcomes),
        new_entries=sum(outcome.new_entries for outcome in outcomes),
        new_revisions=sum(outcome.new_revisions for outcome in outcomes),
        leases_lost=lost,
    )


def _claim(now: datetime, *, limit: int, archives: bool) -> list[Feed]:
    """Due feeds that nobody else holds, now leased under a token of their own."""
    token = secrets.token_hex(16)
    skip_locked = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        due = Feed.objects.archives(now) if archives else Feed.objects.due(now)
        chosen = list(due.select_for_update(skip_locked=skip_locked).values_list("pk", flat=True)[:limit])
        Feed.objects.filter(pk__in=chosen).update(lease_until=now + LEASE, lease_token=token)
    return list(Feed.objects.filter(lease_token=token).order_by("next_poll_at", "pk"))


def _request(feed: Feed) -> Request:
    return Request(address=feed.address, etag=feed.etag, last_modified=feed.last_modified)


def _read(feed: Feed, answer: Fetched, now: datetime) -> _Outcome:
    """Store what an answer says; what cannot be stored is remembered as an error of the feed."""
    parsed = _parsed(answer, now)
    try:
        return _store(feed, answer, parsed, now)
    except _LeaseLost:
        raise
    except Exception as error:  # one feed's trouble must not keep the others waiting
        log.exception("Feed %s could not be stored.", feed.pk)
        return _store(feed, answer, Parsed(error=f"What it said could not be stored ({type(error).__name__})."), now)


def _parsed(answer: Fetched, now: datetime) -> Parsed:
    if answer.error or answer.status == HTTPStatus.NOT_MODIFIED:
        return Parsed(error=answer.error)
    content_type = answer.headers.get("content-type", "")
    return parse(answer.body, address=answer.final_address, content_type=content_type, now=now)


def _store(feed: Feed, answer: Fetched, parsed: Parsed, now: datetime) -> _Outcome:
    with transaction.atomic():
        held = Feed.objects.select_for_update().filter(pk=feed.pk, lease_token=feed.lease_token).first()
        if held is None:
            raise _LeaseLost
        outcome = _store_entries(held, parsed, now)
        _store_attempt(held, answer, outcome, now)
        _remember(held, answer, parsed, outcome, now)
    return outcome


def _store_entries(feed: Feed, parsed: Parsed, now: datetime) -> _Outcome:
    items = by_identity(parsed.entries)
    current = _current(feed, items)
    known = {name: Known(revision.content_sha256, revision.number) for name, revision in current.items()}
    decisions = decide(items, known)
    new = [decision for decision in decisions if decision.kind is Kind.NEW]
    changed = [decision for decision in decisions if decision.kind is Kind.CHANGED]
    _add(feed, new, now)
    _revise(changed, current, now)
    return _Outcome(new_entries=len(new), new_revisions=len(changed), error=parsed.error)


def _current(feed: Feed, items: Mapping[str, Item]) -> dict[str, Revision]:
    """What is stored of these items, by identity."""
    rows = Revision.objects.filter(entry__feed=feed, entry__identity__in=list(items), is_current=True)
    return {revision.entry.identity: revision for revision in rows.select_related("entry").defer("body")}


def _add(feed: Feed, new: Sequence[Decision], now: datetime) -> None:
    # A feed's newest item stands first, so the first gets the highest key: the order holds where dates are missing.
    new = new[::-1]
    times = [min(decision.item.published_at or now, now) for decision in new]
    stories = stories_for(
        [
            Telling(title=decision.item.title, body=decision.item.body, published_at=at)
            for decision, at in zip(new, times, strict=True)
        ],
        feed=feed,
        now=now,
    )
    entries = [
        Entry(
            feed=feed,
            identity=decision.identity,
            link=decision.item.link,
            outlet_name=decision.item.outlet,
            story=story,
            published_at=at,
            published_raw=decision.item.published_raw,
            date_is_doubtful=bool(decision.item.published_raw) and decision.item.published_at is None,
            first_seen_at=now,
        )
        for decision, at, story in zip(new, times, stories, strict=True)
    ]
    Entry.objects.bulk_create(entries)
    Revision.objects.bulk_create(
        _revision(entry, decision, number=1, now=now) for entry, decision in zip(entries, new, strict=True)
    )


def _revise(changed: Sequence[Decision], current: Mapping[str, Revision], now: datetime) -> None:
    """New words beside the old ones; the entry waits to be matched again."""
    olds = [current[decision.identity] for decision in changed]
    Revision.objects.filter(pk__in=[old.pk for old in olds]).update(is_current=False)
    Revision.objects.bulk_create(
        _revision(old.entry, decision, number=old.number + 1, now=now)
        for old, decision in zip(olds, changed, strict=True)
    )
    Entry.objects.filter(pk__in=[old.entry_id for old in olds]).update(matched_at=None)


def _revision(entry: Entry, decision: Decision, *, number: int, now: datetime) -> Revision:
    return Revision(
        entry=entry,
        number=number,
        title=decision.item.title,
        body=decision.item.body,
        content_sha256=decision.content_sha256,
        seen_at=now,
    )


def _store_attempt(feed: Feed, answer: Fetched, outcome: _Outcome, now: datetime) -> None:
    Attempt.objects.create(
        feed=feed,
        at=now,
        status=answer.status,
        new_entries=outcome.new_entries,
        new_revisions=outcome.new_revisions,
        bytes=len(answer.body),
        seconds=answer.seconds,
        error=outcome.error[:500],
    )


def _remember(feed: Feed, answer: Fetched, parsed: Parsed, outcome: _Outcome, now: datetime) -> None:
    """The feed's own row: how it went, when to look next, and the lease given back."""
    feed.last_attempt_at = now
    feed.last_error = outcome.error[:500]
    before = feed.last_success_at
    if outcome.error:
        feed.failures += 1
    else:
        feed.failures, feed.last_success_at = 0, now
        _remember_document(feed, answer, parsed)
    if answer.status == HTTPStatus.GONE:
        feed.state = Feed.State.STOPPED
    look = Look(
        address=feed.address,
        interval_minutes=feed.interval_minutes,
        failures=feed.failures,
        new_entries=outcome.new_entries,
        since=now - before if before else None,
        published=[item.published_at for item in parsed.entries if item.published_at],
        asked=asked_wait(answer.headers, ttl_minutes=feed.asked_minutes, now=now),
        retry_after=demanded_wait(answer.headers, now=now),
        skip_hours=feed.skip_hours,
        skip_days=feed.skip_days,
    )
    poll = next_poll(now, look)
    feed.next_poll_at, feed.interval_minutes = poll.at, poll.interval_minutes
    feed.lease_until, feed.lease_token = None, ""
    feed.save()


def _remember_document(feed: Feed, answer: Fetched, parsed: Parsed) -> None:
    """What the next request sends back, and what the feed calls itself where nobody has named it."""
    if answer.status != HTTPStatus.NOT_MODIFIED:
        feed.etag = _header(answer, "etag", 500)
        feed.last_modified = _header(answer, "last-modified", 200)
        feed.asked_minutes = parsed.asked_minutes
        feed.skip_hours, feed.skip_days = parsed.skip_hours, parsed.skip_days
    if parsed.title and feed.title == urlsplit(feed.address).hostname:
        feed.title = parsed.title[:300]
    feed.homepage = feed.homepage or parsed.homepage


def _header(answer: Fetched, name: str, longest: int) -> str:
    """A validator as it came; one that could not be sent back unchanged is none."""
    value = answer.headers.get(name, "")
    return value if len(value) <= longest and value.isascii() and value.isprintable() else ""
