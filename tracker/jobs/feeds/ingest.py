"""Ingest: read the feeds that are due and store what they say that is new.

1. A batch of due feeds and their hosts is leased. 2. Their documents are fetched; a redirect to another host waits
until that host is held too. 3. What changed is parsed. 4. One transaction stores entries, revisions and stories, the
attempts and the next times, and gives the leases back, but only of feeds whose lease is still ours.
"""

import gc
import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from news.fetch.connections import Fetch, Fetched, Request
from news.formats.confined import Document, parse_all
from news.formats.documents import Parsed
from tracker.jobs.feeds import leases
from tracker.jobs.feeds.feed_rows import Outcome, Reading
from tracker.jobs.feeds.fetching import ask
from tracker.jobs.feeds.leases import LEASE, Held
from tracker.jobs.feeds.storing import store
from tracker.models import Feed

__all__ = ["BATCH", "LEASE", "IngestReport", "ingest"]

log = logging.getLogger(__name__)

BATCH = 250
# A feed whose host somebody else is asking, or has just asked for patience, is due again so soon.
SOON = timedelta(minutes=1)
PORTION = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """Feeds read, those of them that failed, what was stored, and leases that somebody else had taken over."""

    feeds: int = 0
    failed: int = 0
    new_entries: int = 0
    new_revisions: int = 0
    leases_lost: int = 0


def ingest(
    now: datetime, *, fetch: Fetch, limit: int = BATCH, archives: bool = False, gap: timedelta = timedelta(0)
) -> IngestReport:
    """Read one batch of up to `limit` due feeds with `fetch`; `archives` reads those that are played back instead.

    Their hosts are asked again no sooner than `gap` after the last answer.
    """
    held = (leases.hold_archives if archives else leases.hold)(now, limit=limit)
    if not held.feeds:
        return IngestReport()
    with _no_collecting():
        return _ingest(held, now, fetch=fetch, gap=gap)


def _ingest(held: Held, now: datetime, *, fetch: Fetch, gap: timedelta) -> IngestReport:
    answers = _answers(held, fetch, now)
    outcomes = _stored(answers, held, now)
    longest = max((answer.ended_after for _, answer in answers), default=0.0)
    leases.let_go(held.token, free_at=now + timedelta(seconds=longest) + gap)
    read = [outcome for outcome in outcomes if not outcome.lease_lost]
    if lost := len(outcomes) - len(read):
        log.warning("Leases of %s feeds ran out; what was fetched is left to their new holders.", lost)
    return IngestReport(
        feeds=len(read),
        failed=sum(bool(outcome.error) for outcome in read),
        new_entries=sum(outcome.new_entries for outcome in read),
        new_revisions=sum(outcome.new_revisions for outcome in read),
        leases_lost=lost,
    )


def _stored(answers: Sequence[tuple[Feed, Fetched]], held: Held, now: datetime) -> list[Outcome]:
    """Whatever brings nothing to read is stored at once, the others by PORTION, so that few are in memory at a time."""
    digests = [(feed, answer, _digest(feed, answer)) for feed, answer in answers]
    quiet = [_quiet(feed, answer, held) for feed, answer, digest in digests if not digest]
    changed = [found for found in digests if found[2]]
    outcomes = store(quiet, now=now) if quiet else []
    for start in range(0, len(changed), PORTION):
        outcomes += store(_readings(changed[start : start + PORTION], held, now), now=now)
    return outcomes


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A batch makes rows by the ten thousand, none in a circle, and each search for circles looks at all of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _answers(held: Held, fetch: Fetch, now: datetime) -> list[tuple[Feed, Fetched]]:
    """The answer for each feed, but for those put off: their host is busy, or refuses, or there was no room."""
    requests = [_request(feed, held) for feed in held.feeds]
    answers = ask(requests, hosts=held.hosts, token=held.token, now=now, fetch=fetch)
    pairs = list(zip(held.feeds, answers, strict=True))
    put_off = [feed.pk for feed, answer in pairs if answer.onward or answer.is_put_off]
    if put_off:
        Feed.objects.filter(pk__in=put_off, lease_token=held.token).update(
            next_poll_at=now + SOON, lease_until=None, lease_token=""
        )
    return [(feed, answer) for feed, answer in pairs if not answer.onward and not answer.is_put_off]


def _request(feed: Feed, held: Held) -> Request:
    hosts = held.hosts if feed.host_id else None
    return Request(address=feed.address, etag=feed.etag, last_modified=feed.last_modified, hosts=hosts)


def _quiet(feed: Feed, answer: Fetched, held: Held) -> Reading:
    parsed = Parsed(error=answer.error) if answer.error else None
    return Reading(feed=feed, answer=answer, parsed=parsed, token=held.token)


def _readings(changed: Sequence[tuple[Feed, Fetched, str]], held: Held, now: datetime) -> list[Reading]:
    """What the documents say that are not those that were read last."""
    parsed = parse_all([_document(answer, now) for _, answer, _ in changed])
    return [
        Reading(feed=feed, answer=answer, parsed=said, document_sha256=digest, token=held.token)
        for (feed, answer, digest), said in zip(changed, parsed, strict=True)
    ]


def _digest(feed: Feed, answer: Fetched) -> str:
    """SHA-256 (hex) of a document that must be read; "" where there is none, or the one that was read last."""
    if answer.error or answer.status == HTTPStatus.NOT_MODIFIED:
        return ""
    digest = hashlib.sha256(answer.body).hexdigest()
    return "" if digest == feed.document_sha256 else digest


def _document(answer: Fetched, now: datetime) -> Document:
    content_type = answer.headers.get("content-type", "")
    return Document(body=answer.body, address=answer.final_address, content_type=content_type, now=now)
