"""Take: read the documents that hubs have sent, each as if it had been polled.

A document goes in the transaction that stores what it says, under the lock of its feed's row: two workers cannot store
it twice, and whoever was killed has stored nothing, so that the next run reads it again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.db import transaction

from news.fetch.connections import Fetched
from news.formats.confined import Document, parse_all
from news.formats.documents import Parsed
from tracker.jobs.feeds.feed_rows import Outcome, Reading
from tracker.jobs.feeds.storing import store
from tracker.models import Feed, PushedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReport:
    """Documents read, those of them that could not be, and what was stored."""

    documents: int = 0
    failed: int = 0
    new_entries: int = 0
    new_revisions: int = 0


def take(now: datetime, *, limit: int = 100) -> TakeReport:
    """Read up to `limit` documents, the longest waiting first."""
    outcomes = list(_outcomes(now, limit))
    return TakeReport(
        documents=len(outcomes),
        failed=sum(bool(outcome.error) for outcome in outcomes),
        new_entries=sum(outcome.new_entries for outcome in outcomes),
        new_revisions=sum(outcome.new_revisions for outcome in outcomes),
    )


def _outcomes(now: datetime, limit: int) -> Iterator[Outcome]:
    waiting = PushedDocument.objects.filter(feed__state=Feed.State.ACTIVE).order_by("received_at", "pk")
    for pk in list(waiting.values_list("pk", flat=True)[:limit]):
        document = PushedDocument.objects.filter(pk=pk).select_related("feed").first()
        if document is not None:
            answer = _answer(document)
            # Outside the transaction, since it may take seconds.
            (parsed,) = parse_all([_document(answer, now)])
            if (outcome := _replace(document, answer, parsed, now)) is not None:
                yield outcome


def _answer(document: PushedDocument) -> Fetched:
    """What was sent as if it had been fetched from the address that the feed calls its own."""
    return Fetched(
        address=document.feed.address,
        final_address=document.feed.topic or document.feed.address,
        status=HTTPStatus.OK,
        headers={"content-type": document.content_type},
        body=bytes(document.body),
    )


def _document(answer: Fetched, now: datetime) -> Document:
    content_type = answer.headers["content-type"]
    return Document(body=answer.body, address=answer.final_address, content_type=content_type, now=now)


def _replace(document: PushedDocument, answer: Fetched, parsed: Parsed, now: datetime) -> Outcome | None:
    """The document by what it says; None where somebody else was first."""
    with transaction.atomic():
        feed = Feed.objects.select_for_update().get(pk=document.feed_id)
        if not PushedDocument.objects.filter(pk=document.pk).delete()[0]:
            return None
        (outcome,) = store([Reading(feed=feed, answer=answer, parsed=parsed)], now=now)
    return outcome
