"""Push: ask hubs to send us news as it appears, ask again before their promises lapse, and tell them when to stop.

1. Rows come into being for feeds that name a hub; rows of feeds that name none any more, or are polled no more, end.
2. A batch of due rows and their hubs' hosts is claimed with a lease and a token, and marked as asked for before anybody
is asked, since hubs may call back before they answer. 3. What the hub answers is stored while the token is still ours;
a confirmation that came meanwhile has taken the token away and stands.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from news.fetch.addresses import host_of
from news.fetch.connections import Fetch, Fetched, Request
from news.polling import websub
from news.polling.schedule import demanded_wait
from tracker.jobs.feeds import leases
from tracker.jobs.feeds.fetching import HostSession
from tracker.mail.links import absolute
from tracker.models import Feed, Push

LOOKED_THROUGH = 1_000
GOODBYES = 3  # times that a hub is told to stop; after that it finds out by itself
ELSEWHERE = "The hub sends us on to another server, which is being asked for something else at the moment."
NO_CALLBACK = "It was not asked: this site has no address at which it could call back."
State = Push.State


@dataclass(frozen=True, slots=True, kw_only=True)
class PushReport:
    """Pushes newly wanted, ended and lapsed; hubs whose turn it was, and those that did not take the question."""

    wanted: int = 0
    ended: int = 0
    lapsed: int = 0
    asked: int = 0
    failed: int = 0


def push(now: datetime, *, fetch: Fetch, limit: int = 20, gap: timedelta = timedelta(0)) -> PushReport:
    """Bring up to `limit` pushes on their way. Nothing is asked where no hub could call back.

    Hubs are asked again no sooner than `gap` after the last answer.
    """
    if not websub.reachable(settings.HINDCAST_BASE_URL, allowed=settings.HINDCAST_ALLOWED_NETWORKS):
        return PushReport()
    ended, lapsed = _end(now), _lapse(now)
    wanted = _begin(now, limit=limit) + _begin_anew(now, limit=limit)
    token = secrets.token_hex(16)
    claimed = _claim(now, token=token, limit=limit)
    hosts = frozenset(host_of(row.hub) for row in claimed)
    session = HostSession(token=token, now=now, fetch=fetch, hosts=hosts)
    answers = _ask(claimed, session)
    failed = sum(_store(row, answer, now) for row, answer in answers)
    leases.freeze_hosts((answer for _, answer in answers), now=now)
    leases.let_go(token, free_at=now + timedelta(seconds=session.seconds) + gap)
    return PushReport(wanted=wanted, ended=ended, lapsed=lapsed, asked=len(claimed), failed=failed)


def _end(now: datetime) -> int:
    """Pushes that are wanted no more end at once; the hub is told when there is one that may know of it."""
    unwanted = Push.objects.unwanted()
    known = unwanted.filter(state__in=(State.ASKED, State.ACTIVE))
    known = Push.objects.filter(pk__in=known.values("pk"))
    unknown = Push.objects.filter(pk__in=unwanted.values("pk"))
    informed = known.let_go(state=State.ENDED, failures=0, next_try_at=now)
    return informed + unknown.let_go(state=State.ENDED, next_try_at=None)


def _lapse(now: datetime) -> int:
    words = "The hub let its promise lapse; it is asked anew."
    return Push.objects.lapsed(now).let_go(state=State.WANTED, failures=0, next_try_at=now, last_error=words)


def _begin(now: datetime, *, limit: int) -> int:
    """A row for feeds that name a hub and have none; whoever is first with a feed wins."""
    named = Feed.objects.filter(state=Feed.State.ACTIVE, push__isnull=True).exclude(hub="").exclude(topic="")
    feeds = list(named.order_by("pk")[:limit])
    Push.objects.bulk_create(
        [Push(feed=feed, hub=feed.hub, topic=feed.topic, next_try_at=now, **_secrets()) for feed in feeds],
        ignore_conflicts=True,
    )
    return len(feeds)


def _begin_anew(now: datetime, *, limit: int) -> int:
    """The same row under a new address and secret, so that what the old hub still sends is not taken for the new."""
    begun = 0
    for row in Push.objects.outdated().select_related("feed").order_by("pk")[:limit]:
        unchanged = Push.objects.outdated().filter(pk=row.pk, path=row.path, state=row.state)
        begun += Push.objects.filter(pk__in=unchanged.values("pk")).let_go(
            hub=row.feed.hub,
            topic=row.feed.topic,
            state=State.WANTED,
            asked_at=None,
            lapses_at=None,
            last_push_at=None,
            next_try_at=now,
            failures=0,
            last_error="",
            **_secrets(),
        )
    return begun


def _secrets() -> dict[str, str]:
    return {"path": secrets.token_hex(24), "secret": secrets.token_hex(32)}


def _claim(now: datetime, *, token: str, limit: int) -> list[Push]:
    """Due rows that nobody else asks for, of hubs that may be asked now, leased and marked as asked for.

    A hub that was asked before had kept silent.
    """
    with transaction.atomic():
        due = Push.objects.due(now).values_list("pk", "hub")[:LOOKED_THROUGH]
        chosen = leases.hold_hosts_of(due, limit=limit, token=token, now=now, of_a_host=limit)
        rows = list(leases.locked(Push.objects.due(now).filter(pk__in=chosen)))
        for row in rows:
            row.lease_until, row.lease_token = now + leases.LEASE, token
            if row.state == State.ENDED:
                continue
            row.asked_at, row.failures = now, row.failures + (row.state == State.ASKED)
            if row.state != State.ACTIVE:
                row.state = State.ASKED
        Push.objects.bulk_update(rows, ["lease_until", "lease_token", "asked_at", "failures", "state"])
    return rows


def _ask(rows: Sequence[Push], session: HostSession) -> list[tuple[Push, Fetched]]:
    base_url, allowed = settings.HINDCAST_BASE_URL, settings.HINDCAST_ALLOWED_NETWORKS
    asked = [row for row in rows if websub.calls_back(row.hub, base_url=base_url, allowed=allowed)]
    pairs = zip(asked, session.follow([_request(row) for row in asked]), strict=True)
    answers = [(row, replace(answer, error=ELSEWHERE) if answer.onward else answer) for row, answer in pairs]
    silent = [row for row in rows if row not in asked]
    return answers + [(row, Fetched(address=row.hub, final_address=row.hub, error=NO_CALLBACK)) for row in silent]


def _request(row: Push) -> Request:
    mode = "unsubscribe" if row.state == State.ENDED else "subscribe"
    callback = absolute("hub", row.path)
    return Request(address=row.hub, form=websub.question(mode, topic=row.topic, callback=callback, secret=row.secret))


def _store(row: Push, answer: Fetched, now: datetime) -> bool:
    """True where it failed."""
    changed = _refused(row, answer, now) if answer.error else _taken(row, now)
    Push.objects.filter(pk=row.pk, lease_token=row.lease_token).let_go(**changed)
    return bool(answer.error)


def _taken(row: Push, now: datetime) -> dict[str, Any]:
    """The hub has taken the question; when it does not call back in time, it is asked again."""
    if row.state == State.ENDED:
        return {"next_try_at": None, "last_error": ""}
    silent = "The hub took the question before and did not confirm it." if row.failures else ""
    again = now + max(websub.CONFIRMED_WITHIN, websub.wait(row.failures))
    return {"next_try_at": again, "last_error": silent}


def _refused(row: Push, answer: Fetched, now: datetime) -> dict[str, Any]:
    failures = row.failures + 1
    at = now + max(websub.wait(failures), min(demanded_wait(answer.headers, now=now), websub.LONGEST_WAIT))
    changed: dict[str, Any] = {"failures": failures, "last_error": answer.error[:500], "next_try_at": at}
    if row.state == State.ASKED:
        changed["state"] = State.WANTED
    if row.state == State.ENDED and failures >= GOODBYES:
        changed["next_try_at"] = None
    return changed
