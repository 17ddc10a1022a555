"""Store: the responses of feeds, in one transaction for many, each table written once.

A response under a lease that was lost stores nothing. If one feed cannot be stored, the others are stored without it.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from news.entries.changes import ChangeKind, EntryChange
from news.formats.documents import Parsed
from tracker.jobs.feeds import entry_rows, feed_rows, leases, redirects
from tracker.jobs.feeds.responses import FeedResponse, FeedResult
from tracker.models import Attempt, Feed, bulk

log = logging.getLogger(__name__)

_ATTEMPT = ("feed_id", "at", "status", "new_entries", "new_revisions", "bytes", "seconds", "error")


def store(responses: Sequence[FeedResponse], *, now: datetime) -> list[FeedResult]:
    """Store them together, or, when that fails, one by one; their results, in order."""
    try:
        return _store(responses, now)
    except Exception as error:  # one feed's trouble must not lose the others' news
        if len(responses) > 1:
            return [result for response in responses for result in store([response], now=now)]
        (response,) = responses
        log.exception("Feed %s could not be stored.", response.feed.pk)
        if response.parsed is not None and response.parsed.error:
            raise
        failure = Parsed(error=f"What it said could not be stored ({type(error).__name__}).")
        return _store([replace(response, parsed=failure, document_sha256="")], now)


def _store(responses: Sequence[FeedResponse], now: datetime) -> list[FeedResult]:
    with transaction.atomic():
        held = _still_held(responses)
        changes = entry_rows.decide_changes(held)
        entry_rows.insert_entries(held, changes, now=now)
        entry_rows.insert_revisions(changes, now=now)
        entry_rows.mark_withdrawn(held, now=now)
        results = [_result(response, own) for response, own in zip(held, changes, strict=True)]
        looks = list(zip(held, results, strict=True))
        bulk.insert(Attempt, _ATTEMPT, [_attempt(response, result, now) for response, result in looks])
        polls = [(response, result) for response, result in looks if response.token]
        feed_rows.write_polled(polls, now=now)
        feed_rows.write_pushed([one.feed.pk for one in held if not one.token and not one.error], now=now)
        leases.freeze_hosts([response.answer for response, _ in polls], now=now)
        redirects.move_feeds([response.feed for response, _ in polls], now=now)
    by_feed = {response.feed.pk: result for response, result in looks}
    return [by_feed.get(response.feed.pk, FeedResult(lease_lost=True)) for response in responses]


def _still_held(responses: Sequence[FeedResponse]) -> list[FeedResponse]:
    """The responses of feeds that are still leased as they were read, and are now locked."""
    keys = [response.feed.pk for response in responses]
    feeds = Feed.objects.filter(pk__among=keys).order_by("pk").select_for_update()
    tokens = dict(feeds.values_list("pk", "lease_token"))
    return [one for one in responses if one.feed.pk in tokens and one.token in ("", tokens[one.feed.pk])]


def _result(response: FeedResponse, changes: Sequence[EntryChange]) -> FeedResult:
    return FeedResult(
        new_entries=sum(change.kind is ChangeKind.NEW for change in changes),
        new_revisions=sum(change.kind is ChangeKind.CHANGED for change in changes),
        error=response.error,
    )


def _attempt(response: FeedResponse, result: FeedResult, now: datetime) -> tuple[object, ...]:
    answer = response.answer
    size, news = len(answer.body), (result.new_entries, result.new_revisions)
    return (response.feed.pk, now, answer.status, *news, size, answer.seconds, result.error[:500])
