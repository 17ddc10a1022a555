"""What answers mean beyond the attempt: a host that wants to be left alone, an address that is the feed's new one."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from news.fetch.addresses import host_of
from news.fetch.connections import Fetched
from news.fetch.exchange import BUSY
from news.polling.redirects import AGREEING
from news.polling.schedule import demanded_wait, frozen_until
from tracker.models import Attempt, Decision, Feed, Host

BY = "ingest"
# So many of a host's latest attempts are looked through for refusals in a row.
LOOKED_AT = 20


def freeze_hosts(answers: Iterable[Fetched], *, now: datetime) -> None:
    """Let nobody ask a host that has answered 429 or 503 until the time that it named, or ever longer.

    `now` is when the batch began, whose attempts are stored already. No answer shortens a freeze.
    """
    for answer in answers:
        if answer.status not in BUSY:
            continue
        name = host_of(answer.final_address)
        at = now + timedelta(seconds=answer.ended_after)
        wait = demanded_wait(answer.headers, now=at)
        until = frozen_until(at, status=answer.status, refusals=_refusals(name), retry_after=wait)
        Host.objects.bulk_create([Host(name=name)], ignore_conflicts=True)
        shorter = Q(frozen_until__isnull=True) | Q(frozen_until__lt=until)
        Host.objects.filter(shorter, name=name).update(frozen_until=until)


def move_feeds(feeds: Iterable[Feed], *, now: datetime) -> None:
    """Store the new address of those that enough answers agree about, unless another feed has it; their decisions."""
    for feed in feeds:
        if feed.moves_seen < AGREEING or not feed.moved_to:
            continue
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


def _refusals(name: str) -> int:
    """How many of the host's latest attempts in a row were refused so, its last one included."""
    latest = Attempt.objects.filter(feed__host__name=name).order_by("-at", "-pk").values_list("status", flat=True)
    count = 0
    for status in latest[:LOOKED_AT]:
        if status not in BUSY:
            break
        count += 1
    return max(count, 1)
