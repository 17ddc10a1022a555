"""Changes that a feed document brings: which items are new, changed or the same; rules over plain data.

An item is known by its guid, written without scheme and host, which sites change; by its link where the guid is
missing or misused; else by title and date. One whose guid is new is still known by its link, if nothing speaks
against it, so that guids made anew for each poll double nothing.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from news.entries.links import canonical
from news.formats.documents import FeedItem

MAX_REVISIONS = 24
# Two titles that share less of their words than this are of two reports.
SAME_REPORT = 0.2
_SITE = re.compile(r"https?://[^/?#]+(?=[/?].)", re.I)


class ChangeKind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    FLAPPING = "flapping"  # changed so often that no more revisions are kept
    SAME = "same"


@dataclass(frozen=True, slots=True)
class NamedItem:
    """An item and its names: `identity` (SHA-256, hex), and a number made of its link.

    Without a link that number is made of title and date, and None if these are missing as well. `link_identity` names
    the item where its guid turns out to be another report's. `has_own_link` if no other item leads to the same page.
    """

    item: FeedItem
    identity: str
    link_key: int | None
    link_identity: str
    has_own_link: bool


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """A stored entry: its names, and its present words by their hash.

    `unkept_sha256` is that of newer words which were not kept; `listed_on` when its feed was last seen to list it.
    """

    key: int
    identity: str
    link_key: int | None = None
    title: str = ""
    published_raw: str = ""
    content_sha256: str = ""
    revisions: int = 1
    unkept_sha256: str = ""
    listed_on: date | None = None


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A change that an item brings to its entry; `stored` is None for a new one."""

    kind: ChangeKind
    identity: str
    link_key: int | None
    content_sha256: str
    item: FeedItem
    stored: StoredEntry | None


def named_items(items: Sequence[FeedItem]) -> tuple[NamedItem, ...]:
    """The items of one document: repeats of an earlier one and items without any words left out."""
    links = [canonical(item.link) for item in items]
    misused = _misused_guids(items, links)
    led_to = {(_page(link), item.guid or item.title) for item, link in zip(items, links, strict=True)}
    pages = Counter(page for page, _ in led_to)
    found: dict[str, NamedItem] = {}
    for item, link in zip(items, links, strict=True):
        if item.title or item.body or item.link:
            identity = _identity(item, link, misused)
            is_alone = pages[_page(link)] == 1
            found.setdefault(identity, NamedItem(item, identity, _link_key(item, link), _linked(item, link), is_alone))
    return tuple(found.values())


def guid_identity(guid: str) -> str:
    """The identity of an item with this guid, as long as its feed does not misuse it."""
    return _sha256("guid", _without_site(guid))


def _without_site(guid: str) -> str:
    return _SITE.sub("", guid, count=1) if "://" in guid[:8] else guid


def content_hash(item: FeedItem) -> str:
    """SHA-256 (hex) of the words of an item that a reader sees."""
    flat = item.body.replace("\n", " ")
    folded = " ".join(flat.split()) if "   " in flat else flat.replace("  ", " ")
    return _sha256("content", item.title, folded)


def link_keys_to_search(items: Sequence[NamedItem], stored: Sequence[StoredEntry]) -> set[int]:
    """Link keys whose entries must be known as well, to decide about these items."""
    by_identity = {entry.identity: entry for entry in stored}
    return {
        named.link_key
        for named in items
        if named.link_key is not None
        and ((entry := by_identity.get(named.identity)) is None or _is_another_report(entry, named))
    }


def decide(items: Sequence[NamedItem], stored: Sequence[StoredEntry]) -> tuple[EntryChange, ...]:
    """The change that each item brings, but for those that turn out to repeat an earlier one.

    `stored` are the feed's entries under the items' identities, and under the link keys of `link_keys_to_search`.
    """
    by_identity = {entry.identity: entry for entry in stored}
    by_link: defaultdict[int | None, list[StoredEntry]] = defaultdict(list)
    for one in by_identity.values():
        by_link[one.link_key].append(one)
    named_here = {named.identity for named in items}
    taken = {by_identity[identity].key for identity in named_here & by_identity.keys()}
    changes: dict[int | str, EntryChange] = {}
    for named in items:
        identity, entry = named.identity, by_identity.get(named.identity)
        if entry is not None and _is_another_report(entry, named):
            identity = named.link_identity
            if identity in named_here:
                continue
            entry = by_identity.get(identity)
        digest = content_hash(named.item)
        if entry is None and identity == named.identity and named.link_key is not None:
            entry = _renamed(named, digest, [one for one in by_link[named.link_key] if one.key not in taken])
        if entry is not None:
            taken.add(entry.key)
        change = EntryChange(_kind(entry, digest), identity, named.link_key, digest, named.item, entry)
        changes.setdefault(entry.key if entry else identity, change)
    return tuple(changes.values())


def _renamed(named: NamedItem, digest: str, linked: Sequence[StoredEntry]) -> StoredEntry | None:
    """An entry with the item's link and title, or the one with its link and date, of those that no item names.

    Of several with one link and title that with the same words comes first, then with the same date, then the latest.
    """
    raw = named.item.published_raw
    if alike := [entry for entry in linked if entry.title == named.item.title]:
        return max(alike, key=lambda entry: (_says(entry, digest), entry.published_raw == raw, entry.key))
    dated = [entry for entry in linked if entry.published_raw == raw]
    return dated[0] if len(dated) == 1 and named.has_own_link and raw else None


def _is_another_report(stored: StoredEntry, named: NamedItem) -> bool:
    """Whether the feed has given one guid to a second report: link, date and title all differ."""
    item = named.item
    if stored.link_key is None or named.link_key is None or stored.link_key == named.link_key:
        return False
    if not item.published_raw or item.published_raw == stored.published_raw or named.identity == named.link_identity:
        return False
    one, other = set(stored.title.lower().split()), set(item.title.lower().split())
    return len(one & other) < SAME_REPORT * max(min(len(one), len(other)), 1)


def _identity(item: FeedItem, link: str, misused: frozenset[str]) -> str:
    if item.guid and item.guid not in misused:
        return guid_identity(item.guid)
    return _sha256("link", link, item.title) if link and item.guid in misused else _linked(item, link)


def _linked(item: FeedItem, link: str) -> str:
    """Identity of an item without its guid."""
    return _sha256("link", link, "") if link else _sha256("text", item.title or item.body[:500], item.published_raw)


def _page(link: str) -> str:
    """A link without its scheme, which sites change."""
    return link.partition("://")[2]


def _link_key(item: FeedItem, link: str) -> int | None:
    """Signed 64 bits of the link without its scheme, or of title and date where there is none."""
    if not link and not (item.title and item.published_raw):
        return None
    source = _page(link) if link else f"{item.title}\0{item.published_raw}"
    digest = hashlib.blake2b(source.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _misused_guids(items: Iterable[FeedItem], links: Iterable[str]) -> frozenset[str]:
    """Guids that one document gives to items with other links or titles, which therefore identify nothing.

    Likewise those that differ in scheme and host alone.
    """
    variants: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for item, link in zip(items, links, strict=True):
        if item.guid:
            variants[_without_site(item.guid)].add((item.guid, link, item.title))
    return frozenset(guid for items_of in variants.values() if len(items_of) > 1 for guid, _, _ in items_of)


def _kind(stored: StoredEntry | None, content_sha256: str) -> ChangeKind:
    if stored is None:
        return ChangeKind.NEW
    if _says(stored, content_sha256):
        return ChangeKind.SAME
    return ChangeKind.CHANGED if stored.revisions < MAX_REVISIONS else ChangeKind.FLAPPING


def _says(stored: StoredEntry, content_sha256: str) -> bool:
    """Whether these are the entry's present words, kept or not."""
    return content_sha256 in (stored.content_sha256, stored.unkept_sha256)


def _sha256(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
