"""Ingest: read the feeds that are due and store what they say that is new. One way down, each step called once:

leases.hold       due feeds and their hosts, leased to this batch
HostSession       fetches their documents; a redirect to another host waits until that host is held too
parse_responses   reads those that changed, a portion at a time
store             in one transaction a portion, for feeds whose lease is still ours: what is stored already and what
                  is new (entry_rows, decided by news.entries.changes), attempts, the feeds' own rows and next
                  times (feed_rows), hosts that want to be left alone (leases), addresses that moved (redirects)
leases.let_go     the hosts, free again after the gap
"""

import gc
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from forecasts import watching
from news.fetch.connections import Fetch, Request
from tracker.jobs.feeds import leases
from tracker.jobs.feeds.fetching import HostSession
from tracker.jobs.feeds.responses import FeedResult, parse_responses
from tracker.jobs.feeds.store import store
from tracker.models import Feed

log = logging.getLogger(__name__)

BATCH = 250
# A feed whose host somebody else is asking, or has just asked for patience, is due again so soon.
SOON = timedelta(minutes=1)


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
    batch = leases.hold_archives(now, limit=limit) if archives else leases.hold(now, limit=limit)
    if not batch.feeds:
        return IngestReport()
    with _no_collecting():
        session = HostSession(token=batch.token, now=now, fetch=fetch, hosts=batch.hosts)
        answers = list(zip(batch.feeds, session.follow([_request(feed) for feed in batch.feeds]), strict=True))
        # Their host is busy, or refuses, or there was no room.
        unread = [feed.pk for feed, answer in answers if answer.onward or answer.is_put_off]
        leases.put_off(unread, token=batch.token, until=now + SOON)
        read = [(feed, answer) for feed, answer in answers if not answer.onward and not answer.is_put_off]
        results = [
            result
            for responses in parse_responses(read, token=batch.token, now=now)
            for result in store(responses, now=now)
        ]
        if any(not result.error for result in results):
            watching.note(now)
        leases.let_go(batch.token, free_at=now + timedelta(seconds=session.seconds) + gap)
    return _report(results)


def _request(feed: Feed) -> Request:
    return Request(address=feed.address, etag=feed.etag, last_modified=feed.last_modified)


def _report(results: Sequence[FeedResult]) -> IngestReport:
    stored = [result for result in results if not result.lease_lost]
    if lost := len(results) - len(stored):
        log.warning("Leases of %s feeds ran out; what was fetched is left to their new holders.", lost)
    return IngestReport(
        feeds=len(stored),
        failed=sum(bool(result.error) for result in stored),
        new_entries=sum(result.new_entries for result in stored),
        new_revisions=sum(result.new_revisions for result in stored),
        leases_lost=lost,
    )


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Rows are made by the ten thousand, none in a circle, and each search for circles would look at all of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
