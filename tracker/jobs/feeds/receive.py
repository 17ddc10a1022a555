"""Receive: read the documents that hubs have sent, each as if it had been polled.

A document goes in the transaction that stores what it says, under the lock of its feed's row: two workers cannot store
it twice, and whoever was killed has stored nothing, so that the next run reads it again.
"""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.db import transaction

from news.fetch.connections import Fetched
from news.formats.confined import parse_all
from tracker.jobs.feeds.responses import FeedResponse, FeedResult, as_document
from tracker.jobs.feeds.store import store
from tracker.models import Feed, PushedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveReport:
    """Documents read, those of them that could not be, and what was stored."""

    documents: int = 0
    failed: int = 0
    new_entries: int = 0
    new_revisions: int = 0


def receive(now: datetime, *, limit: int = 100) -> ReceiveReport:
    """Read up to `limit` documents, the longest waiting first."""
    waiting = PushedDocument.objects.filter(feed__state=Feed.State.ACTIVE).order_by("received_at", "pk")
    keys = list(waiting.values_list("pk", flat=True)[:limit])
    results = [result for pk in keys if (result := _receive(pk, now)) is not None]
    return ReceiveReport(
        documents=len(results),
        failed=sum(bool(result.error) for result in results),
        new_entries=sum(result.new_entries for result in results),
        new_revisions=sum(result.new_revisions for result in results),
    )


def _receive(pk: int, now: datetime) -> FeedResult | None:
    """Read one document and put what it says in its place; None where somebody else was first."""
    document = PushedDocument.objects.filter(pk=pk).select_related("feed").first()
    if document is None:
        return None
    answer = _answer(document)
    (parsed,) = parse_all([as_document(answer, now)])  # outside the transaction, since it may take seconds
    with transaction.atomic():
        feed = Feed.objects.select_for_update().get(pk=document.feed_id)
        if not PushedDocument.objects.filter(pk=document.pk).delete()[0]:
            return None
        (result,) = store([FeedResponse(feed=feed, answer=answer, parsed=parsed)], now=now)
    return result


def _answer(document: PushedDocument) -> Fetched:
    """The document as if it had been fetched from the address that the feed calls its own."""
    return Fetched(
        address=document.feed.address,
        final_address=document.feed.topic or document.feed.address,
        status=HTTPStatus.OK,
        headers={"content-type": document.content_type},
        body=bytes(document.body),
    )
