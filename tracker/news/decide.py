"""What a document changes, and when to look again: rules over plain data."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tracker.news.documents import Item
from tracker.news.links import canonical

MAX_REVISIONS = 24

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
LONGEST_AFTER_ERRORS = timedelta(days=7)
JITTER = 0.1


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    FLAPPING = "flapping"  # changed once too often: only the hash is kept
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of an entry: the hash of its present words and how many revisions it has."""

    content_sha256: str
    revisions: int = 1


@dataclass(frozen=True, slots=True)
class Decision:
    kind: Kind
    identity: str
    content_sha256: str
    item: Item


def identity(item: Item, *, misused: frozenset[str] = frozenset()) -> str:
    """SHA-256 (hex) of what names an item in its feed: its guid unless misused, else link, else title and date."""
    if item.guid and item.guid not in misused:
        return _sha256("guid", item.guid)
    if link := canonical(item.link):
        return _sha256("link", link, item.title if item.guid in misused else "")
    return _sha256("text", item.title or item.body[:500], item.published_raw)


def content_hash(item: Item) -> str:
    """SHA-256 (hex) of what a reader sees of an item."""
    return _sha256("content", item.title, " ".join(item.body.split()))


def misused_guids(items: Iterable[Item]) -> frozenset[str]:
    """Guids that one document gives to items with different links, which therefore identify nothing."""
    links: defaultdict[str, set[str]] = defaultdict(set)
    for item in items:
        links[item.guid].add(canonical(item.link) or item.title)
    return frozenset(guid for guid, different in links.items() if guid and len(different) > 1)


def decide(items: Sequence[Item], known: Mapping[str, Known]) -> tuple[Decision, ...]:
    """What each item of one document means, items that repeat an earlier one and those without any words left out.

    `known` maps identities to what is stored; those it lacks are new.
    """
    misused = misused_guids(items)
    decisions: dict[str, Decision] = {}
    for item in items:
        if not (item.title or item.body or item.link):
            continue
        name = identity(item, misused=misused)
        if name not in decisions:
            digest = content_hash(item)
            decisions[name] = Decision(_kind(known.get(name), digest), name, digest, item)
    return tuple(decisions.values())


def _kind(stored: Known | None, content_sha256: str) -> Kind:
    if stored is None:
        return Kind.NEW
    if stored.content_sha256 == content_sha256:
        return Kind.SAME
    return Kind.CHANGED if stored.revisions < MAX_REVISIONS else Kind.FLAPPING


@dataclass(frozen=True, slots=True)
class Poll:
    """When to look next, and the rhythm (minutes, without jitter) to go on from."""

    at: datetime
    interval_minutes: int


def next_poll(
    now: datetime,
    *,
    address: str,
    ok: bool,
    failures: int,
    new_entries: int,
    previous_minutes: int,
    asked: timedelta = timedelta(0),
    retry_after: timedelta = timedelta(0),
) -> Poll:
    """The next look at a feed: sooner where it brings news, later where it does not; errors wait ever longer.

    `failures` counts attempts in a row that failed, this one included; `asked` is the longest of what the feed and its
    server ask for (ttl, max-age); `retry_after` is what the server demands. The jitter hangs on the address, so it is
    the same each time and parts feeds from each other.
    """
    rhythm = timedelta(minutes=previous_minutes)
    if ok:
        rhythm = rhythm / 2 if new_entries > 1 else rhythm if new_entries else rhythm * 1.5
    rhythm = _clamped(rhythm, SHORTEST, LONGEST)
    wait = max(rhythm, min(asked, LONGEST))
    if not ok:
        doublings = min(max(failures - 1, 0), 16)
        wait = min(max(rhythm * 2**doublings, retry_after), LONGEST_AFTER_ERRORS)
    wait = max(wait, min(retry_after, LONGEST_AFTER_ERRORS))
    # Later only, so that neither the shortest wait nor what a server asked for is undercut.
    ceiling = LONGEST if ok and retry_after <= LONGEST else LONGEST_AFTER_ERRORS
    at = now + min(wait * (1 + JITTER * _fraction(address)), ceiling)
    return Poll(at, int(rhythm.total_seconds() // 60))


def _clamped(value: timedelta, lowest: timedelta, highest: timedelta) -> timedelta:
    return max(lowest, min(value, highest))


def _fraction(address: str) -> float:
    """A number in [0, 1) that an address always has."""
    return int.from_bytes(hashlib.sha256(address.encode()).digest()[:4], "big") / 2**32


def _sha256(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
