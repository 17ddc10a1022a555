"""Take: read the documents that hubs have sent, each as if it had been polled.

A document is claimed by leasing its feed, as for a poll, so the same entries are never stored by two at once. It goes
in the transaction that stores what it says: whoever was killed has stored nothing, and the next run reads it again.
"""

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.db import transaction
from django.db.models import Q

from tracker.jobs.ingest import LEASE, _LeaseLost, _Outcome, _parsed, _store
from tracker.models import Feed, PushedDocument
from tracker.news.documents import Parsed
from tracker.news.fetch import Fetched

log = logging.getLogger(__name__)

# What polling knows of a feed. A hub may send only what is new, and without the validators and wishes of the server,
# so none of this may change by it, or a poll would miss what no hub has sent.
KNOWN_BY_POLLING = (
    *("etag", "last_modified", "document_sha256", "read_on", "next_poll_at", "interval_minutes", "asked_minutes"),
    *("skip_hours", "skip_days", "failures", "last_error", "warning", "moved_to", "moves_seen", "hub", "topic"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReport:
    """Documents read, those of them that could not be, and what was stored."""

    documents: int = 0
    failed: int = 0
    new_entries: int = 0
    new_revisions: int = 0


def take(now: datetime, *, limit: int = 100) -> TakeReport:
    """Read up to `limit` documents, the longest waiting first; those whose feeds are being polled wait."""
    waiting = PushedDocument.objects.filter(feed__state=Feed.State.ACTIVE).order_by("received_at", "pk")
    outcomes: list[_Outcome] = []
    for pk, feed in list(waiting.values_list("pk", "feed_id")[:limit]):
        if (outcome := _take(pk, feed, now)) is not None:
            outcomes.append(outcome)
    return TakeReport(
        documents=len(outcomes),
        failed=sum(bool(outcome.error) for outcome in outcomes),
        new_entries=sum(outcome.new_entries for outcome in outcomes),
        new_revisions=sum(outcome.new_revisions for outcome in outcomes),
    )


def _take(pk: int, feed_pk: int, now: datetime) -> _Outcome | None:
    feed = _claim(feed_pk, now)
    if feed is None:
        return None
    try:
        return _read(pk, feed, now)
    except _LeaseLost:
        log.warning("The lease of feed %s ran out; document %s waits for the next run.", feed.pk, pk)
        return None
    finally:
        Feed.objects.filter(pk=feed.pk, lease_token=feed.lease_token).update(lease_until=None, lease_token="")


def _claim(pk: int, now: datetime) -> Feed | None:
    token = secrets.token_hex(16)
    free = Feed.objects.filter(pk=pk).filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now))
    if not free.update(lease_until=now + LEASE, lease_token=token):
        return None
    return Feed.objects.filter(pk=pk, lease_token=token).first()


def _read(pk: int, feed: Feed, now: datetime) -> _Outcome | None:
    """None where somebody else was first. What cannot be stored goes all the same, and the attempt says so."""
    document = PushedDocument.objects.filter(pk=pk).first()
    if document is None:
        return None
    answer = _answer(document, feed)
    try:
        return _replace(document, feed, answer, _parsed(answer, now), now)
    except _LeaseLost:
        raise
    except Exception as error:  # one document's trouble must not keep the others waiting
        log.exception("What a hub sent for feed %s could not be stored.", feed.pk)
        words = f"What a hub sent could not be stored ({type(error).__name__})."
        return _replace(document, feed, answer, Parsed(error=words), now)


def _replace(document: PushedDocument, feed: Feed, answer: Fetched, parsed: Parsed, now: datetime) -> _Outcome | None:
    """The document by what it says."""
    with transaction.atomic():
        before = Feed.objects.select_for_update().get(pk=feed.pk)
        if not PushedDocument.objects.filter(pk=document.pk).delete()[0]:
            return None
        outcome = _store(feed, answer, parsed, now)
        Feed.objects.filter(pk=feed.pk).update(**{name: getattr(before, name) for name in KNOWN_BY_POLLING})
    return outcome


def _answer(document: PushedDocument, feed: Feed) -> Fetched:
    """What was sent as if it had been fetched from the address that the feed calls its own."""
    return Fetched(
        address=feed.address,
        final_address=feed.topic or feed.address,
        status=HTTPStatus.OK,
        headers={"content-type": document.content_type},
        body=bytes(document.body),
    )
