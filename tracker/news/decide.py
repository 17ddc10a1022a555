"""What a feed document changes: which items are new, changed or the same; rules over plain data."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.news.documents import Item
from tracker.news.links import canonical

MAX_REVISIONS = 24


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    FLAPPING = "flapping"  # changed so often that no more revisions are kept
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


def by_identity(items: Sequence[Item]) -> dict[str, Item]:
    """The items of one document by identity: repeats of an earlier one and items without any words left out."""
    misused = misused_guids(items)
    named: dict[str, Item] = {}
    for item in items:
        if item.title or item.body or item.link:
            named.setdefault(identity(item, misused=misused), item)
    return named


def decide(items: Mapping[str, Item], known: Mapping[str, Known]) -> tuple[Decision, ...]:
    """What each item means; both maps are by identity, and what `known` lacks is new."""
    decisions = []
    for name, item in items.items():
        digest = content_hash(item)
        decisions.append(Decision(_kind(known.get(name), digest), name, digest, item))
    return tuple(decisions)


def _kind(stored: Known | None, content_sha256: str) -> Kind:
    if stored is None:
        return Kind.NEW
    if stored.content_sha256 == content_sha256:
        return Kind.SAME
    return Kind.CHANGED if stored.revisions < MAX_REVISIONS else Kind.FLAPPING


def _sha256(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
