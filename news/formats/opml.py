"""OPML: lists of feeds as other readers write them, read with a line for every refusal; and ours, written."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import groupby

from lxml import etree

from news.fetch.addresses import AddressRefused, check_address
from news.formats.charsets import as_utf8
from news.formats.markup import plain

MAX_BYTES = 2 * 1024 * 1024
MAX_OUTLINES = 2000
# How a list of ours marks that a folder names an outlet; other readers see a folder.
OUTLET = "outlet"

_SUBSET = re.compile(r"<!DOCTYPE[^>]*\[", re.I)
_ENTITY = re.compile(r"<!ENTITY", re.I)


class UnreadableList(Exception):
    """A file that is no list of feeds; its words say what to do instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A line of a list: a feed with its normal address, or with `refusal` in words why it can be none.

    `folder` are the names of what it lies in, parted by " / "; `outlet` is set where the innermost names one.
    """

    line: int
    address: str
    title: str = ""
    homepage: str = ""
    folder: str = ""
    outlet: str = ""
    language: str = ""
    refusal: str = ""


def read(data: bytes) -> tuple[Outline, ...]:
    """The feeds of a list in its order, doubles and all; raises UnreadableList."""
    if len(data) > MAX_BYTES:
        raise UnreadableList(f"The list is larger than {MAX_BYTES // 1024**2} MB: split it.")
    text = _text(data)
    if not text.strip():
        raise UnreadableList("The list is empty: choose a file, or paste what it holds.")
    root = _root(text)
    if root.tag.lower() != "opml":
        raise UnreadableList(_what_it_is(root.tag))
    lines = _lines(root)
    if not lines:
        raise UnreadableList("The list holds no feed: none of its lines has an address (xmlUrl).")
    return lines


def _text(data: bytes) -> str:
    if data[:4].startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04", b"\x1f\x8b")):
        raise UnreadableList(
            "This is a binary file (a picture, a PDF or an archive), not a list: unpack or export it anew."
        )
    return as_utf8(data, content_type="").body.decode()


def _root(text: str) -> etree._Element:
    if _ENTITY.search(text) or _SUBSET.search(text[:20_000]):
        raise UnreadableList("The list defines entities of its own, which no list of feeds needs: it is not read.")
    if re.match(r"\s*<(?:!doctype )?html\b", text, re.I):
        raise UnreadableList(_what_it_is("html"))
    if text.lstrip()[:1] != "<":
        raise UnreadableList("This is plain text, not OPML: export the list from your reader as OPML.")
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableList("The list is damaged beyond reading: export it anew.") from error
    if root is None or not isinstance(root.tag, str):
        raise UnreadableList("The list is damaged beyond reading: export it anew.")
    return root


def _what_it_is(tag: str) -> str:
    name = tag.rpartition("}")[2].lower()
    if name in ("rss", "feed", "rdf"):
        return "This is a feed itself, not a list of feeds: add it by its address."
    if name == "html":
        return "This is a web page, not a list of feeds: export the list as OPML and choose that file."
    return f"This is an XML document ({name[:40]}), but not OPML: export the list from your reader as OPML."


def _lines(root: etree._Element) -> tuple[Outline, ...]:
    found: list[Outline] = []
    # By hand rather than by calls: a list may nest as deeply as its parser lets it.
    waiting: list[tuple[etree._Element, tuple[str, ...], str]] = [
        (child, (), "") for child in reversed(root) if _name(child) == "body"
    ]
    while waiting:
        element, folders, outlet = waiting.pop()
        if _name(element) == "outline":
            outline = _outline(element, folders, outlet)
            if outline is not None:
                found.append(outline)
            else:
                name = _facts(element).get("text") or _facts(element).get("title") or ""
                folders = (*folders, plain(name)[:200]) if name.strip() else folders
                outlet = plain(name)[:200] if _facts(element).get("type", "").lower() == OUTLET else ""
            if len(found) > MAX_OUTLINES:
                raise UnreadableList(f"The list holds more than {MAX_OUTLINES:,} feeds: split it.")
        waiting += [(child, folders, outlet) for child in reversed(element)]
    return tuple(found)


def _outline(element: etree._Element, folders: Sequence[str], outlet: str) -> Outline | None:
    """Outline of a feed; None for a folder, or for a line about something else."""
    facts = _facts(element)
    kind = facts.get("type", "").strip().lower()
    address = (
        facts.get("xmlurl") or facts.get("feedurl") or (facts.get("url") if kind in ("rss", "atom", "feed") else "")
    )
    if address is None or (not address.strip() and "xmlurl" not in facts):
        return None
    refusal = ""
    try:
        address = check_address(re.sub(r"^feed:(?://)?(?=https?:)", "", address.strip(), flags=re.I))
    except AddressRefused as refused:
        refusal = str(refused)
    return Outline(
        line=element.sourceline or 0,
        address=address[:2000],
        title=plain((facts.get("text") or facts.get("title") or "")[:4000])[:300],
        homepage=_homepage(facts.get("htmlurl", "")),
        folder=" / ".join(folders)[:300],
        outlet=outlet,
        language=plain(facts.get("language", "")[:100])[:20],
        refusal=refusal,
    )


def _homepage(text: str) -> str:
    try:
        return check_address(text)
    except AddressRefused:
        return ""


def _facts(element: etree._Element) -> dict[str, str]:
    """Attributes by lower-case name, since readers write xmlUrl, xmlurl and XMLURL."""
    return {str(name).lower(): str(value) for name, value in element.attrib.items()}


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def write(feeds: Iterable[Outline], *, title: str, at: datetime) -> bytes:
    """OPML 2.0: a folder for each outlet, in order of name, then what has none."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _clean(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(at.astimezone(UTC), usegmt=True)
    body = etree.SubElement(root, "body")
    ordered = sorted(feeds, key=lambda one: (not one.outlet, one.outlet.casefold(), one.outlet, one.title.casefold()))
    for outlet, group in groupby(ordered, key=lambda one: one.outlet):
        holder = etree.SubElement(body, "outline", text=_clean(outlet), type=OUTLET) if outlet else body
        for feed in group:
            _write_feed(holder, feed)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _write_feed(holder: etree._Element, feed: Outline) -> None:
    title = _clean(feed.title)
    facts = {"text": title, "title": title, "type": "rss", "xmlUrl": feed.address}
    if feed.homepage:
        facts["htmlUrl"] = feed.homepage
    if feed.language:
        facts["language"] = _clean(feed.language)
    etree.SubElement(holder, "outline", facts)


def _clean(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
