"""What a feed document changes: which items are new, changed or the same; rules over plain data.

An item is known by its guid, written without scheme and host, which sites change; by its link where the guid is
missing or misused; else by title and date. One whose guid is new is still known by its link, if nothing speaks
against it, so that guids made anew for each poll double nothing.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from news.entries.links import canonical
from news.formats.documents import Item

MAX_REVISIONS = 24
# Two titles that share less of their words than this are of two reports.
SAME_REPORT = 0.2
_SITE = re.compile(r"https?://[^/?#]+(?=[/?].)", re.I)


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    FLAPPING = "flapping"  # changed so often that no more revisions are kept
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Named:
    """An item and what it is found by: `identity` (SHA-256, hex), and a number made of its link.

    Without a link that number is made of title and date, and None if these are missing as well. `link_identity` names
    the item where its guid turns out to be another report's. `has_own_link` if no other item leads to the same page.
    """

    item: Item
    identity: str
    link_key: int | None
    link_identity: str
    has_own_link: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is stored of an entry: what names it, and its present words by their hash.

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
class Decision:
    """What an item means; `known` is the stored entry it belongs to, None for a new one."""

    kind: Kind
    identity: str
    link_key: int | None
    content_sha256: str
    item: Item
    known: Known | None


def named(items: Sequence[Item]) -> tuple[Named, ...]:
    """The items of one document: repeats of an earlier one and items without any words left out."""
    links = [canonical(item.link) for item in items]
    misused = _misused_guids(items, links)
    led_to = {(_page(link), item.guid or item.title) for item, link in zip(items, links, strict=True)}
    pages = Counter(page for page, _ in led_to)
    found: dict[str, Named] = {}
    for item, link in zip(items, links, strict=True):
        if item.title or item.body or item.link:
            name = _identity(item, link, misused)
            is_alone = pages[_page(link)] == 1
            found.setdefault(name, Named(item, name, _link_key(item, link), _linked(item, link), is_alone))
    return tuple(found.values())


def guid_identity(guid: str) -> str:
    """What an item with this guid is known by, as long as its feed does not misuse it."""
    return _sha256("guid", _without_site(guid))


def _without_site(guid: str) -> str:
    return _SITE.sub("", guid, count=1) if "://" in guid[:8] else guid


def content_hash(item: Item) -> str:
    """SHA-256 (hex) of what a reader sees of an item."""
    flat = item.body.replace("\n", " ")
    folded = " ".join(flat.split()) if "   " in flat else flat.replace("  ", " ")
    return _sha256("content", item.title, folded)


def must_be_sought(name: Named, known: Mapping[str, Known]) -> bool:
    """Whether what is stored under the item's link must be known as well, to decide about it."""
    stored = known.get(name.identity)
    return name.link_key is not None and (stored is None or _is_another_report(stored, name))


def decide(
    names: Sequence[Named], known: Mapping[str, Known], by_link: Mapping[int, Sequence[Known]]
) -> tuple[Decision, ...]:
    """What each item means, but for those that turn out to repeat an earlier one.

    `known` is by identity; `by_link`, by link key, has what `must_be_sought` asked for.
    """
    taken = {known[name.identity].key for name in names if name.identity in known}
    named_here = {name.identity for name in names}
    decisions: dict[int | str, Decision] = {}
    for name in names:
        identity, stored = name.identity, known.get(name.identity)
        linked = by_link.get(name.link_key, ()) if name.link_key is not None else ()
        if stored is not None and _is_another_report(stored, name):
            identity = name.link_identity
            if identity in named_here:
                continue
            stored = next((entry for entry in linked if entry.identity == identity), None)
        digest = content_hash(name.item)
        if stored is None and identity == name.identity:
            stored = _renamed(name, digest, [entry for entry in linked if entry.key not in taken])
        if stored is not None:
            taken.add(stored.key)
        decision = Decision(_kind(stored, digest), identity, name.link_key, digest, name.item, stored)
        decisions.setdefault(stored.key if stored else identity, decision)
    return tuple(decisions.values())


def _renamed(name: Named, digest: str, linked: Sequence[Known]) -> Known | None:
    """An entry with the item's link and title, or the one with its link and date, of those that no item names.

    Of several with one link and title that with the same words comes first, then with the same date, then the latest.
    """
    raw = name.item.published_raw
    if alike := [entry for entry in linked if entry.title == name.item.title]:
        return max(alike, key=lambda entry: (_says(entry, digest), entry.published_raw == raw, entry.key))
    dated = [entry for entry in linked if entry.published_raw == raw]
    return dated[0] if len(dated) == 1 and name.has_own_link and raw else None


def _is_another_report(stored: Known, name: Named) -> bool:
    """Whether the feed has given one guid to a second report: link, date and title all differ."""
    item = name.item
    if stored.link_key is None or name.link_key is None or stored.link_key == name.link_key:
        return False
    if not item.published_raw or item.published_raw == stored.published_raw or name.identity == name.link_identity:
        return False
    one, other = set(stored.title.lower().split()), set(item.title.lower().split())
    return len(one & other) < SAME_REPORT * max(min(len(one), len(other)), 1)


def _identity(item: Item, link: str, misused: frozenset[str]) -> str:
    if item.guid and item.guid not in misused:
        return guid_identity(item.guid)
    return _sha256("link", link, item.title) if link and item.guid in misused else _linked(item, link)


def _linked(item: Item, link: str) -> str:
    """What names an item without its guid."""
    return _sha256("link", link, "") if link else _sha256("text", item.title or item.body[:500], item.published_raw)


def _page(link: str) -> str:
    """A link without its scheme, which sites change."""
    return link.partition("://")[2]


def _link_key(item: Item, link: str) -> int | None:
    """Signed 64 bits of the link without its scheme, or of title and date where there is none."""
    if not link and not (item.title and item.published_raw):
        return None
    told = _page(link) if link else f"{item.title}\0{item.published_raw}"
    return int.from_bytes(hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def _misused_guids(items: Iterable[Item], links: Iterable[str]) -> frozenset[str]:
    """Guids that one document gives to items with other links or titles, which therefore identify nothing.

    Likewise those that differ in scheme and host alone.
    """
    given: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for item, link in zip(items, links, strict=True):
        if item.guid:
            given[_without_site(item.guid)].add((item.guid, link, item.title))
    return frozenset(guid for different in given.values() if len(different) > 1 for guid, _, _ in different)


def _kind(stored: Known | None, content_sha256: str) -> Kind:
    if stored is None:
        return Kind.NEW
    if _says(stored, content_sha256):
        return Kind.SAME
    return Kind.CHANGED if stored.revisions < MAX_REVISIONS else Kind.FLAPPING


def _says(stored: Known, content_sha256: str) -> bool:
    """Whether these are the entry's present words, kept or not."""
    return content_sha256 in (stored.content_sha256, stored.unkept_sha256)


def _sha256(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
