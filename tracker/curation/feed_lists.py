"""Deciding on lists of feeds: which lines would be added, and adding them all at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from forecasts.refused import Refused
from news.formats.opml import Outline
from tracker.curation.articles import outlet_named
from tracker.curation.decisions import Verb, note
from tracker.models import Feed, Outlet, User

# Feeds of one host begin this far apart, but all of them within the hour.
APART, WITHIN = timedelta(seconds=30), timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A list as it would come in: what is new, what is there already (with its feed), what cannot be added."""

    new: tuple[Outline, ...]
    known: tuple[tuple[Outline, Feed], ...]
    refused: tuple[Outline, ...]
    doubles: tuple[Outline, ...]


def check(outlines: Sequence[Outline]) -> Checked:
    """Each line once; the same address by http and by https is one feed."""
    followed = {_key(feed.address): feed for feed in Feed.objects.order_by("pk")}
    new: dict[str, Outline] = {}
    known, refused, doubles = [], [], []
    met: set[str] = set()
    for outline in outlines:
        key = _key(outline.address)
        if outline.refusal:
            refused.append(outline)
        elif key in met:
            doubles.append(outline)
        elif key in followed:
            known.append((outline, followed[key]))
        else:
            new[key] = outline
        met.add(key)
    return Checked(new=tuple(new.values()), known=tuple(known), refused=tuple(refused), doubles=tuple(doubles))


def import_feeds(outlines: Sequence[Outline], *, by: User | str, at: datetime, reason: str = "") -> list[Feed]:
    """Follow every line of the list that is not followed yet, or, should one fail, none of them."""
    try:
        with transaction.atomic():
            new = check(outlines).new
            outlets: dict[str, Outlet | None] = {name: outlet_named(name) for name in {one.outlet for one in new}}
            due = _due([one.address for one in new], at=at)
            feeds = [
                Feed(
                    title=(one.title or urlsplit(one.address).hostname or one.address)[:300],
                    address=one.address,
                    homepage=one.homepage,
                    outlet=outlets[one.outlet],
                    language=one.language,
                    next_poll_at=next_poll_at,
                    added_at=at,
                )
                for one, next_poll_at in zip(new, due, strict=True)
            ]
            Feed.objects.bulk_create(feeds)
            for feed in feeds:
                note(Verb.ADD_FEED, subject=feed, by=by, at=at, reason=reason, after={"address": feed.address})
    except IntegrityError as error:
        raise Refused("Somebody else added one of these feeds at this moment: check the list once more.") from error
    return feeds


def exported() -> list[Outline]:
    """Every feed that is or was polled, as lines of a list."""
    rows = Feed.objects.exclude(state=Feed.State.ARCHIVE).select_related("outlet").order_by("title", "pk")
    return [
        Outline(
            line=number,
            address=feed.address,
            title=feed.title,
            homepage=feed.homepage,
            outlet=feed.outlet.name if feed.outlet else "",
            language=feed.language,
        )
        for number, feed in enumerate(rows, start=1)
    ]


def _due(addresses: Sequence[str], *, at: datetime) -> list[datetime]:
    """First polls, so that no host is asked for all of its feeds at the same moment."""
    hosts = [urlsplit(address).hostname or "" for address in addresses]
    of_host, before = Counter(hosts), Counter[str]()
    times = []
    for host in hosts:
        times.append(at + min(APART, WITHIN / of_host[host]) * before[host])
        before[host] += 1
    return times


def _key(address: str) -> str:
    return address.partition("://")[2] or address
