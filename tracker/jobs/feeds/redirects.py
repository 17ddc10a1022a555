"""Redirects: a feed gets the address that its answers agree about, or that a search has found."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from news.polling.redirects import AGREEING
from tracker.models import Decision, Feed

BY = "ingest"


def move_feeds(feeds: Iterable[Feed], *, now: datetime) -> None:
    """Store the new address of feeds that enough answers agree about, unless another has it; with their decisions."""
    for feed in feeds:
        if feed.moves_seen >= AGREEING and feed.moved_to:
            move(feed, to=feed.moved_to, reason=f"Its last {feed.moves_seen} answers said that it has moved.", now=now)


def move(feed: Feed, *, to: str, reason: str, now: datetime, by: str = BY) -> bool:
    """Whether the feed has got the address `to`; not where another has it, or somebody has changed it meanwhile."""
    if Feed.objects.filter(address=to).exists():
        return False
    row = Feed.objects.filter(pk=feed.pk, address=feed.address)
    try:
        with transaction.atomic():
            changed = row.update(
                address=to, host=None, moved_to="", moves_seen=0, etag="", last_modified="", document_sha256=""
            )
    except IntegrityError:  # another worker has just given it to another feed
        return False
    if changed:
        Decision.objects.create(
            subject=feed,
            verb=Decision.Verb.MOVE_FEED,
            by=by,
            at=now,
            reason=reason,
            before={"address": feed.address},
            after={"address": to},
        )
    return bool(changed)
