"""Feed documents (RSS, RDF, Atom, CDF, JSON Feed) as plain, bounded items; what is no feed is named in words."""

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import feedparser

from news.entries.links import absolute
from news.formats.charsets import as_utf8
from news.formats.dates import believable
from news.formats.documents import MAX_ENTRIES, MAX_GUID, MAX_TITLE, FeedItem, Parsed
from news.formats.json_feed import parse_json_feed
from news.formats.markup import fullest, person, plain
from news.formats.ordinary import ordinary
from news.polling.hints import ITEM_END, outside_items, polling_hints, tree

# A document of nothing but tags would keep the parser busy for minutes; real ones hold a few hundred an item at most.
MAX_TAGS = 300_000
_BINARY = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04", b"\x1f\x8b")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>", re.S | re.I)
_GIANT_TAG = re.compile(rb"(<[a-zA-Z][\w:.-]{0,100})\s[^<>]{4096,}?(/?>)")
_KINDS = {
    "rss090": "RSS 0.90",
    "rss091n": "RSS 0.91",
    "rss091u": "RSS 0.91",
    "rss092": "RSS 0.92",
    "rss093": "RSS 0.93",
    "rss094": "RSS 0.94",
    "rss10": "RSS 1.0",
    "rss20": "RSS 2.0",
    "atom03": "Atom 0.3",
    "atom10": "Atom 1.0",
    "cdf": "CDF",
}
# Asked for past the parser's own mapping of dates onto each other, which is to go.
_DATES = ("published", "updated", "created")
# References to characters that do not exist, on which the parser stops.
_REFERENCE = re.compile(rb"&#(?:[xX](?=[0-9a-fA-F])0*+([0-9a-fA-F]*+)|(?=[0-9])0*+([0-9]*+));?")
_LONGEST_REFERENCE = 7
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_ELEMENT = re.compile(rb"<[a-zA-Z]")
_DOCTYPE_START = re.compile(rb"<!DOCTYPE", re.I)


def parse(body: bytes, *, address: str, content_type: str, now: datetime) -> Parsed:
    """The feed in a document read from `address`; raises nothing but MemoryError.

    Titles and bodies are plain text, links absolute http(s); at most MAX_ENTRIES items, the first of the
    document.
    """
    try:
        return _parse(body, address=address, content_type=content_type, now=now)
    except MemoryError:
        raise
    except Exception as error:  # the parsers let nearly any exception out on hostile input
        return Parsed(error=f"The document could not be read as a feed ({type(error).__name__}).")


def _parse(body: bytes, *, address: str, content_type: str, now: datetime) -> Parsed:
    if not body.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return Parsed(error="The server sent an empty document.")
    if body.startswith(_BINARY):
        return Parsed(error="This is a binary file, not a feed.")
    decoded = as_utf8(body, content_type=content_type)
    if _is_json(decoded.body, content_type):
        return parse_json_feed(decoded.body, address=address, now=now)
    if decoded.body.count(b"<") > MAX_TAGS:
        return Parsed(error=f"The document holds more than {MAX_TAGS:,} tags, far more than a feed needs.")
    parsed = _ordinary(decoded.body, address=address, now=now) or _odd(decoded.body, address=address, now=now)
    return replace(parsed, warning=decoded.warning) if decoded.warning and not parsed.error else parsed


def _ordinary(body: bytes, *, address: str, now: datetime) -> Parsed | None:
    try:
        return ordinary(body, address=address, now=now)
    except MemoryError:
        raise
    except Exception:  # what it stumbles over is read the slow way
        return None


def _odd(body: bytes, *, address: str, now: datetime) -> Parsed:
    """Read an odd document the slow way, which forgives nearly everything."""
    harmless = _harmless(body)
    document = feedparser.parse(
        io.BytesIO(harmless),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not (document.get("version") or document.entries):
        return Parsed(error=_what_it_is(body))
    return _parsed(document, harmless, address=address, now=now)


def _parsed(document: Any, body: bytes, *, address: str, now: datetime) -> Parsed:
    feed = document.feed
    hints = polling_hints(tree(outside_items(body)), address=address)
    homepage = absolute(_text(feed.get("link")), address)
    # By RFC 4287 Atom links hang on the document's address; RSS, which says nothing, means the site's in practice.
    base = address if document.get("version", "").startswith("atom") else homepage or address
    language = hints.language or _text(feed.get("language"))[:20]
    items = [_item(entry, base=base, language=language, now=now) for entry in document.entries[:MAX_ENTRIES]]
    entries = tuple(item for item in items if item is not None)
    version = document.get("version", "")
    return replace(
        hints,
        kind=_KINDS.get(version, {"r": "RSS", "a": "Atom"}.get(version[:1], "")),
        title=_line(feed, "title"),
        homepage=homepage,
        entries=entries,
        skipped=len(items) - len(entries),
        language=language,
        warning=_warning(document),
    )


def _item(entry: Any, *, base: str, language: str, now: datetime) -> FeedItem | None:
    """An item; None for one that says nothing at all."""
    if not entry:
        return None
    raw = next(filter(None, (_text(dict.get(entry, name)) for name in _DATES)), "")
    source = entry.get("source")
    return FeedItem(
        guid=_text(entry.get("id")).strip()[:MAX_GUID],
        link=_link(entry, base),
        title=_line(entry, "title"),
        body=_body(entry),
        author=person(_text(entry.get("author"))),
        outlet=plain(_text(source.get("title")))[:200] if isinstance(source, Mapping) else "",
        published_at=believable(raw, now=now, language=language),
        published_raw=plain(raw)[:100],
    )


def _link(entry: Any, base: str) -> str:
    stated = _text(entry.get("feedburner_origlink")) or _text(entry.get("link"))
    # The parser takes an id for a link where there is none.
    is_only_an_id = not entry.get("links") and not _text(entry.get("id")).startswith(("http://", "https://"))
    return "" if is_only_an_id else absolute(stated, base)


def _body(entry: Any) -> str:
    """The fullest of the texts that an item brings."""
    details = [*entry.get("content", ()), entry.get("summary_detail")]
    return fullest([_text(detail.get("value")) for detail in details if isinstance(detail, Mapping)])


def _line(holder: Any, name: str) -> str:
    return plain(_text(holder.get(name))[: 4 * MAX_TITLE])[:MAX_TITLE]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _warning(document: Any) -> str:
    if not document.get("bozo"):
        return ""
    return "The feed is not well-formed XML; what could be read was read."


def _harmless(body: bytes) -> bytes:
    """Document without characters, entities and giant tags at which the parser stops or takes time by the square."""
    start = _DOCTYPE_START.search(body)
    if start and not _ELEMENT.search(_COMMENT.sub(b"", body[: start.start()])):
        found = _DOCTYPE.match(body, start.start())
        body = body[: start.start()] + body[found.end() :] if found else body
    return _GIANT_TAG.sub(rb"\1\2", _REFERENCE.sub(_existing, _first_items(body)))


def _first_items(body: bytes) -> bytes:
    """Document without the items after the first MAX_ENTRIES, so that they are not even parsed."""
    ends = [found.end() for found in ITEM_END.finditer(body)]
    return body if len(ends) <= MAX_ENTRIES else body[: ends[MAX_ENTRIES - 1]] + body[ends[-1] :]


def _existing(match: re.Match[bytes]) -> bytes:
    digits = match[1] or match[2] or b""
    if not 0 < len(digits) <= _LONGEST_REFERENCE:
        return b""
    number = int(digits, 16 if match[1] else 10)
    is_character = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000
    return match[0] if is_character else b""


def _is_json(body: bytes, content_type: str) -> bool:
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return start == b"{" or (start == b"[" and "json" in content_type.lower())


def _what_it_is(body: bytes) -> str:
    head = body[:4000].lower()
    if b"<opml" in head:
        return "This is an OPML list of feeds, not a feed; import it as a list."
    if b"<html" in head or b"<!doctype html" in head or b"<body" in head:
        return "This is a web page, not a feed."
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "This is plain text, not a feed."
    return "This is an XML document, but not a feed."
