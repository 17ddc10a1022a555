"""Leases: the feeds that a worker reads now, and their hosts, which nobody else asks meanwhile.

A host is asked by one worker at a time, which keeps its own limits, and not again before the gap has passed. What a
worker holds ends with its lease: whoever was killed has stored nothing, and the next one takes the feeds up.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TypeVar

from django.db import connection, models, transaction
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from news.fetch.addresses import host_of
from news.fetch.connections import Fetched
from news.fetch.exchange import BUSY
from news.polling.schedule import demanded_wait, frozen_until
from tracker.models import Attempt, Feed, Host, bulk
from tracker.models.leases import has_come

# Longer than a whole batch of one host's silent servers takes.
LEASE = timedelta(minutes=20)
FEEDS_OF_A_HOST = 10
# With so many times the feeds looked through, workers that start at once find different ones.
LOOKED_THROUGH = 8
# So many of a host's latest attempts are looked through for refusals in a row.
LOOKED_AT = 20
# What a look needs to know of its feed; to load whole rows would take twice as long.
_READ = str.split(
    "title address homepage host etag last_modified document_sha256 interval_minutes asked_minutes skip_hours "
    "skip_days last_success_at failures moved_to moves_seen"
)
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class FeedBatch:
    """Feeds under one lease, and the hosts that may be asked for them."""

    token: str
    feeds: tuple[Feed, ...]
    hosts: frozenset[str]


def hold(now: datetime, *, limit: int) -> FeedBatch:
    """Up to `limit` due feeds, the longest waiting first, of hosts that nobody asks and that may be asked."""
    token = secrets.token_hex(16)
    _find_hosts()
    with transaction.atomic():
        feeds = _choose(now, limit=limit)
        hosts = {feed.host_id for feed in feeds}
        Host.objects.filter(pk__among=hosts).lease(token, until=now + LEASE)
        Feed.objects.filter(pk__among=[feed.pk for feed in feeds]).lease(token, until=now + LEASE)
    return _batch(token, feeds)


def hold_archives(now: datetime, *, limit: int) -> FeedBatch:
    """Up to `limit` archives of which the next part is due; they have no host."""
    token = secrets.token_hex(16)
    with transaction.atomic():
        feeds = list(locked(Feed.objects.archives(now)).order_by("next_poll_at", "pk").only(*_READ)[:limit])
        Feed.objects.filter(pk__among=[feed.pk for feed in feeds]).lease(token, until=now + LEASE)
    return _batch(token, feeds)


def hold_hosts_of(
    rows: Iterable[tuple[int, str]], *, limit: int, token: str, now: datetime, of_a_host: int = 1
) -> list[int]:
    """Up to `limit` of these rows (keys with addresses) whose hosts were free and are now held.

    The first of each host come before the second of any, and so on, `of_a_host` at most.
    """
    by_host: dict[str, list[int]] = {}
    for pk, address in rows:
        by_host.setdefault(host_of(address)[:255], []).append(pk)
    by_host.pop("", None)
    known = Host.objects.filter(name__in=set(by_host))
    taken = set(known.exclude(is_free("", now)).values_list("name", flat=True))
    held = hold_hosts([name for name in by_host if name not in taken][:limit], token=token, now=now)
    turns = [(turn, pk) for name in held for turn, pk in enumerate(by_host[name][:of_a_host])]
    return [pk for _, pk in sorted(turns)][:limit]


def hold_hosts(names: Iterable[str], *, token: str, now: datetime) -> frozenset[str]:
    """Hosts of these that are free, now held as well: redirects lead to them."""
    wanted = sorted(set(names))
    if not wanted:
        return frozenset()
    with transaction.atomic():
        Host.objects.bulk_create([Host(name=name) for name in wanted], ignore_conflicts=True)
        free = _free(Host.objects.filter(name__in=wanted), now)
        held = dict(free.values_list("pk", "name"))
        Host.objects.filter(pk__in=held).lease(token, until=now + LEASE)
    return frozenset(held.values())


def let_go(token: str, *, free_at: datetime) -> None:
    """Give the hosts back, and from when on they may be asked again."""
    Host.objects.filter(lease_token=token).let_go(free_at=free_at)


def put_off(feeds: Sequence[int], *, token: str, until: datetime) -> None:
    """Give feeds back unread that are still held under the token; they are due again then."""
    if feeds:
        Feed.objects.filter(pk__in=feeds, lease_token=token).let_go(next_poll_at=until)


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


def _refusals(name: str) -> int:
    """Latest attempts in a row that the host refused so, its last one included."""
    latest = Attempt.objects.filter(feed__host__name=name).order_by("-at", "-pk").values_list("status", flat=True)
    refused = takewhile(lambda status: status in BUSY, latest[:LOOKED_AT])
    return max(sum(1 for _ in refused), 1)


def _batch(token: str, feeds: Sequence[Feed]) -> FeedBatch:
    return FeedBatch(token, tuple(feeds), frozenset(host_of(feed.address) for feed in feeds))


def _find_hosts() -> None:
    """Name the host of feeds that are new or have another address."""
    strangers = Feed.objects.filter(host=None, state=Feed.State.ACTIVE).order_by("pk")
    if not strangers.exists():
        return
    with transaction.atomic():
        addresses = strangers.select_for_update().values_list("pk", "address")
        names = {pk: host_of(address)[:255] for pk, address in addresses}
        Host.objects.bulk_create([Host(name=name) for name in sorted(set(names.values()))], ignore_conflicts=True)
        keys = dict(Host.objects.filter(name__in=set(names.values())).values_list("name", "pk"))
        bulk.update(Feed, ["host_id"], [(keys[name], pk) for pk, name in names.items()])


def _choose(now: datetime, *, limit: int) -> list[Feed]:
    """Due feeds, the longest waiting first, locked as their hosts are. Ranked first: no host fills the batch alone."""
    rank = Window(RowNumber(), partition_by=F("host"), order_by=("next_poll_at", "pk"))
    ranked = Feed.objects.due(now).filter(is_free("host__", now)).annotate(rank=rank).filter(rank__lte=FEEDS_OF_A_HOST)
    looked_at = list(ranked.values_list("pk", "host_id")[: LOOKED_THROUGH * limit])
    hosts = _free(Host.objects.filter(pk__among={host for _, host in looked_at}), now)
    free = set(hosts.order_by(F("free_at").asc(nulls_first=True), "pk").values_list("pk", flat=True)[:limit])
    wanted = [feed for feed, host in looked_at if host in free][:limit]
    # Some may have been taken or changed since; whoever changes one now is not waited for.
    feeds = locked(Feed.objects.due(now).filter(pk__among=wanted, host__pk__among=free))
    return list(feeds.order_by("next_poll_at", "pk").only(*_READ))


def _free(hosts: models.QuerySet[Host], now: datetime) -> models.QuerySet[Host]:
    return locked(hosts.filter(is_free("", now)))


def locked(rows: models.QuerySet[Row]) -> models.QuerySet[Row]:
    """Rows that nobody else has locked; waiting for them could end in a deadlock."""
    return rows.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)


def is_free(prefix: str, now: datetime) -> Q:
    return has_come(*(f"{prefix}{name}" for name in ("lease_until", "free_at", "frozen_until")), now=now)
