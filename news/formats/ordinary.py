"""Ordinary feeds, read the fast way: well-formed RSS 2.0 or Atom 1.0 of familiar elements, read by fastfeedparser.

Measured against feedparser it is wrong on little, and always on something odd. So whatever is odd (an element that it
reads otherwise, an item without its own link or date, a date in an unusual place) is no case for it: `ordinary` gives
None, and the document is read the slow way.
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fastfeedparser import main as fastfeedparser
from lxml import etree

from news.entries.links import absolute
from news.formats.dates import believable
from news.formats.documents import MAX_ENTRIES, MAX_GUID, MAX_TITLE, FeedItem, Parsed
from news.formats.markup import fullest, person, plain
from news.polling.hints import local_name, polling_hints, tree

_NAMES = re.compile(rb"<([A-Za-z_][^\s<>/]*)")
_EMPTY = {
    "rss": re.compile(rb"<(?:guid|link)(?:\s[^<>]*)?(?:/>|>\s*</)"),
    "atom": re.compile(rb"<id(?:\s[^<>]*)?(?:/>|>\s*</)"),
}
_FAMILIAR = frozenset(
    b"rss channel item title link guid description pubDate category comments author enclosure language copyright ttl "
    b"image url width height generator lastBuildDate managingEditor webMaster docs cloud skipHours hour skipDays day "
    b"rating feed entry id updated published summary content name email uri subtitle icon logo rights "
    b"contributor".split()
)
# With any prefix: what one of the two parsers takes for something else, or does not see.
_AMBIGUOUS = frozenset(
    b"title link guid pubdate published issued date created lastbuilddate updated modified origlink source item entry "
    b"channel content description id body deleted-entry".split()
)
_CHANNEL_LINK = (b"<atom:link", b"<atom10:link")
_HTML_TYPES = frozenset({"text/html", "html", "text", "text/plain", "application/xhtml+xml", "", None})


@dataclass(frozen=True, slots=True)
class _Document:
    """A document before its items are looked at; `markup` is it without its CDATA sections."""

    kind: str
    markup: bytes
    start: int  # of the first item
    count: int

    def each_has(self, tag: bytes) -> bool:
        return self.markup.count(tag, self.start) == self.count

    def none_has(self, tag: bytes) -> bool:
        return self.markup.find(tag, self.start) < 0


def ordinary(body: bytes, *, address: str, now: datetime) -> Parsed | None:
    """The feed in a UTF-8 document, or None where it is not an ordinary one."""
    markup = _without_cdata(body)
    if not _is_familiar(set(_NAMES.findall(markup))) or b"xml:base" in markup or b"<!DOCTYPE" in markup:
        return None
    # The package's own `parse` reads dates its own way and mends damage in silence; its extractor does neither.
    extract = fastfeedparser._core.parse_entries(body, dict, str, html.unescape, True, False, False, False)
    if isinstance(extract, str):
        return None
    kind, _, header, entries = extract
    if not entries or any(markup.count(link) != header.count(link) for link in _CHANNEL_LINK):
        return None
    start = markup.find(b"<entry" if kind == "atom" else b"<item")
    document = _Document(kind, markup, start, len(entries))
    raws = _dates(document)
    root = tree(header)
    if raws is None or root is None or not _is_plain(document, body):
        return None
    return _parsed(document, entries, raws, root, address=address, now=now)


def _parsed(
    document: _Document, entries: list[Any], raws: Sequence[str], root: etree._Element, *, address: str, now: datetime
) -> Parsed | None:
    is_atom = document.kind == "atom"
    hints = polling_hints(root, address=address)
    title, homepage = _channel(root, document.kind, address)
    base = address if is_atom else homepage or address
    # Where items lack these, the extractor puts a link or the beginning of the content in their place.
    has_id = is_atom or not document.none_has(b"<guid")
    has_summary = not document.none_has(b"<summary" if is_atom else b"<description")
    items = []
    del entries[MAX_ENTRIES:]
    entries.reverse()
    for raw in raws[:MAX_ENTRIES]:
        entry = entries.pop()  # given back one by one, so that a large document is not held once more
        stated = _atom_link(entry) if is_atom else entry.get("link")
        texts = _texts(entry, has_summary)
        if not stated or texts is None:
            return None
        items.append(
            FeedItem(
                guid=entry.get("id", "")[:MAX_GUID] if has_id else "",
                link=absolute(stated, base),
                title=plain(entry["title"][: 4 * MAX_TITLE])[:MAX_TITLE],
                body=fullest(texts),
                author=person(entry["author"]) if "author" in entry else "",
                published_at=believable(raw, now=now, language=hints.language),
                published_raw=plain(raw)[:100],
            )
        )
    return replace(
        hints,
        kind="Atom 1.0" if is_atom else f"RSS {root.get('version', '')[:10]}".strip(),
        title=title,
        homepage=homepage,
        entries=tuple(items),
    )


def _texts(entry: Mapping[str, Any], has_summary: bool) -> list[str] | None:
    """The texts that an item brings, each once; None where one is not plainly text."""
    contents = entry.get("content", ())
    if any(content["type"] not in _HTML_TYPES for content in contents):
        return None
    texts = [content["value"] for content in contents]
    return [*texts, entry["description"]] if has_summary and entry["description"] not in texts else texts


def _atom_link(entry: Mapping[str, Any]) -> str:
    """Link to the page; empty where it is not plain which one it is."""
    pages = [link for link in entry["links"] if link["rel"] in (None, "alternate")]
    is_plain = len(pages) == 1 and pages[0]["type"] in (None, "text/html")
    return str(pages[0]["href"]) if is_plain else ""


def _channel(root: etree._Element, kind: str, address: str) -> tuple[str, str]:
    """The feed's own title and home page."""
    channel = root if kind == "atom" else next((child for child in root if local_name(child) == "channel"), root)
    title = homepage = other = by_id = ""
    for child in channel:
        name = local_name(child)
        if name == "title" and not title:
            title = "".join(child.itertext(with_tail=False))
        elif name == "link" and kind != "atom" and not child.get("href"):
            homepage = homepage or (child.text or "")
        elif name == "link" and child.get("rel", "alternate") == "alternate":
            other = other or child.get("href") or ""
        elif name == "id" and kind == "atom":
            by_id = (child.text or "").strip()
    other = other or (by_id if by_id.startswith(("http://", "https://")) else "")
    return plain(title[: 4 * MAX_TITLE])[:MAX_TITLE], absolute(homepage or other, address)


def _dates(document: _Document) -> Sequence[str] | None:
    """Dates of the items as they are written; None where one cannot be told."""
    names = (b"published", b"updated") if document.kind == "atom" else (b"pubDate",)
    for name in names:
        if document.none_has(b"<" + name):
            continue
        date = re.compile(rb"<%b>\s*([^<&]*[^<&\s])\s*</%b>" % (name, name))
        raws = date.findall(document.markup, document.start)
        return (
            [raw.decode() for raw in raws] if document.each_has(b"<" + name) and len(raws) == document.count else None
        )
    return [""] * document.count


def _is_plain(document: _Document, body: bytes) -> bool:
    """Whether every item has the same elements, none of them empty where the extractor puts another in its place."""
    always = (b"<id", b"<title") if document.kind == "atom" else (b"<link", b"<title")
    seldom = b"<summary" if document.kind == "atom" else b"<description"
    return (
        all(document.each_has(tag) for tag in always)
        and all(document.none_has(tag) or document.each_has(tag) for tag in (seldom, b"<guid"))
        and not _EMPTY[document.kind].search(body)
    )


def _is_familiar(names: set[bytes]) -> bool:
    for name in names - _FAMILIAR - {b"content:encoded", b"atom:link", b"atom10:link"}:
        prefix, _, local = name.partition(b":")
        if not local or local.lower() in _AMBIGUOUS or prefix == b"xhtml":
            return False
    return True


def _without_cdata(body: bytes) -> bytes:
    first, *others = body.split(b"<![CDATA[")
    return first + b"".join(other.partition(b"]]>")[2] for other in others) if others else body
