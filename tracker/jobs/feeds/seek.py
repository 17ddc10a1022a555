"""Seek: look on its own site for a feed that its server does not find any more (404), once a month at most.

1. A feed's site is held like any host that is polled. 2. The feed is claimed by the time at which it is sought, before
anybody is asked: whoever is killed, or comes second, asks nobody twice. 3. The home page and the feeds that it names
are read. 4. One transaction moves the feed or leaves it, and says what was found; what people did meanwhile stands.
"""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.db import transaction

from news.fetch.addresses import AddressRefused, check_address, host_of
from news.fetch.connections import Fetch, Fetched, Request
from news.fetch.exchange import BUSY
from news.polling.finding import NothingFound, same_feed_elsewhere
from news.polling.redirects import MISSED
from tracker.jobs.feeds import leases
from tracker.jobs.feeds.fetching import HostSession
from tracker.jobs.feeds.redirects import move
from tracker.models import Decision, Entry, Feed

BY = "seek"
# By so many of its newest entries a feed is known again.
KNOWN_BY = 100

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeekReport:
    """Feeds that were sought, and those of them that are read at a new address from now on."""

    sought: int = 0
    moved: int = 0


def seek(now: datetime, *, fetch: Fetch, limit: int = 5, gap: timedelta = timedelta(0)) -> SeekReport:
    """Look for up to `limit` lost feeds; their sites are asked again no sooner than `gap` after the last answer."""
    sought = moved = 0
    for feed in Feed.objects.missing(now)[:limit]:
        home = _home(feed)
        session = HostSession(token=secrets.token_hex(16), now=now, fetch=fetch)
        try:
            session.hold([home])
            if session.holds(home) and _claim(feed, now):
                sought += 1
                moved += _search(feed, home, session)
        except Exception:  # one odd site must not keep the other feeds waiting
            log.exception("Feed %s could not be sought.", feed.pk)
        finally:
            leases.let_go(session.token, free_at=now + timedelta(seconds=session.seconds) + gap)
    return SeekReport(sought=sought, moved=moved)


def _home(feed: Feed) -> str:
    try:
        return check_address(feed.homepage)
    except AddressRefused:
        return urljoin(feed.address, "/")


def _claim(feed: Feed, now: datetime) -> bool:
    claimed = Feed.objects.missing(now).filter(pk=feed.pk, address=feed.address, sought_at=feed.sought_at)
    return bool(claimed.update(sought_at=now))


def _search(feed: Feed, home: str, session: HostSession) -> bool:
    """Whether the feed has a new address now."""
    links = Entry.objects.filter(feed=feed).exclude(link="").values_list("link", flat=True)[:KNOWN_BY]
    refusals: list[Fetched] = []

    def fetch(requests: Sequence[Request]) -> list[Fetched]:
        answers = session.follow(requests)
        refusals.extend(answer for answer in answers if answer.status in BUSY)
        return [replace(answer, error=_busy(answer.onward)) if answer.onward else answer for answer in answers]

    try:
        to = same_feed_elsewhere(
            home, title=feed.title, links=list(links), fetch=fetch, now=session.now, instead_of=feed.address
        )
        words = "" if to else f"None was found on {home}."
    except NothingFound as nothing:
        to, words = "", str(nothing)
    leases.freeze_hosts(refusals, now=session.now)
    return _settle(feed, to, words, session.now)


def _settle(feed: Feed, to: str, words: str, now: datetime) -> bool:
    """Move the feed to where it was found, or say why not; nothing where its address or this search is not its own."""
    with transaction.atomic():
        row = Feed.objects.select_for_update().get(pk=feed.pk)
        if (row.address, row.sought_at) != (feed.address, now):
            return False
        if to and (row.state != Feed.State.ACTIVE or row.failures < MISSED):
            words = f"It was found at {to}, but has been {_meanwhile(row)} meanwhile, so its address was left."
        elif to and move(row, to=to, reason=f"It was found at {to} and is read there now.", now=now, by=BY):
            # Whoever is reading the old address finds that its lease is gone.
            Feed.objects.filter(pk=row.pk).let_go(next_poll_at=now, failures=0, last_error="")
            return True
        elif to:
            other = Feed.objects.filter(address=to).first()
            words = f"It was found at {to}, where {f'“{other}”' if other else 'another feed'} is read already."
        Decision.objects.create(subject=row, verb=Decision.Verb.SEEK_FEED, by=BY, at=now, reason=words)
    return False


def _meanwhile(row: Feed) -> str:
    return "read" if row.state == Feed.State.ACTIVE else str(row.state)


def _busy(address: str) -> str:
    return f"{host_of(address)} is being asked for something else at the moment, or wants to be left alone."
