"""Discovery: where the feeds of a site may lie, read from one of its pages; whether they do, a fetch must show."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import etree

from news.entries.links import canonical
from news.fetch.addresses import AddressRefused, check_address
from news.formats.markup import plain

# What declares feeds stands in the head; a page of more than this is read as far as this.
MAX_PAGE_BYTES = 2 * 1024 * 1024
MAX_CANDIDATES = 60
WELL_KNOWN = ("/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/feed.json")

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/x-rss"}
)
# Types that a feed may have and that other things have as well: the address must look like a feed's, too.
_LOOSE_TYPES = frozenset({"application/json", "application/xml", "text/xml", ""})
_ENDING = re.compile(r"\.(?:rss|atom|rdf)$|(?:^|[/._-])(?:rss|atom|feeds?|index)\d?\.(?:xml|json|php|aspx?)$", re.I)
_LAST_STEP = re.compile(r"/(?:feeds?|rss|rss2|atom|rdf)/?$", re.I)
_QUERY = ("feed", "format", "output", "type", "alt")
_FORMATS = re.compile(r"^(?:rss|rss2|atom|rdf|feed)", re.I)
_FEED_HOST = re.compile(r"^(?:feeds?|rss)\d?\.", re.I)
_COMMENTS = re.compile(r"\bcomments?\b|\bkommentare?\b|\bcommentaires?\b|\bcomentarios?\b", re.I)


class CandidateSource(IntEnum):
    """Origin of a candidate, the likeliest first."""

    DECLARED = 0
    LINKED = 1
    GUESSED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCandidate:
    """An address at which a feed may lie, and what the page calls it."""

    address: str
    title: str = ""
    source: CandidateSource
    is_comments: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """A page's title and the feeds that it may lead to; `asks_password` where it has a field for one."""

    title: str
    asks_password: bool
    candidates: tuple[FeedCandidate, ...]


def read_page(html: bytes, *, base: str) -> SitePage:
    """Read the page at `base`; never raises: of rubbish, only the well-known addresses of its site are left.

    The likeliest candidates come first, feeds of comments last.
    """
    seen = _PageElements()
    parser = etree.HTMLParser(target=seen, recover=True, no_network=True, huge_tree=False)
    # What was seen until it stops counts.
    with suppress(etree.LxmlError, ValueError, LookupError, AssertionError):
        etree.fromstring(html[:MAX_PAGE_BYTES].replace(b"\0", b""), parser)
    found = [*_declared(seen, base), *_linked(seen, base), *_guessed(base)]
    return SitePage(
        title=plain("".join(seen.title)[:1000])[:300], asks_password=seen.asks_password, candidates=_ranked(found)
    )


class _PageElements:
    """Parser target for the few elements that matter, without a tree: a page of any depth costs the same."""

    def __init__(self) -> None:
        self.links: list[Mapping[str, str]] = []
        self.anchors: list[tuple[str, list[str]]] = []
        self.base = ""
        self.title: list[str] = []
        self.asks_password = False
        self._within = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "link" and len(self.links) < 1000:
            self.links.append(dict(attributes))
        elif tag == "base" and not self.base:
            self.base = attributes.get("href", "")
        elif tag == "input":
            self.asks_password |= attributes.get("type", "").strip().lower() == "password"
        elif tag == "a" and len(self.anchors) < 20_000:
            self.anchors.append((attributes.get("href", ""), []))
        if tag in ("a", "title") and not (tag == "title" and self.title):
            self._within = tag

    def end(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""

    def data(self, text: str) -> None:
        words = self.title if self._within == "title" else self.anchors[-1][1] if self._within else None
        if words is not None and len(words) < 20:
            words.append(text[:300])

    def close(self) -> None:
        self._within = ""


def _declared(seen: _PageElements, base: str) -> list[FeedCandidate]:
    feeds = []
    for link in seen.links:
        relations = link.get("rel", "").lower().split()
        kind = link.get("type", "").partition(";")[0].strip().lower()
        address = _absolute(link.get("href", ""), seen, base)
        is_meant = kind in _FEED_TYPES or (kind in _LOOSE_TYPES and _looks_like_feed(address))
        if address and ("feed" in relations or ("alternate" in relations and is_meant)):
            feeds.append(_candidate(address, link.get("title", ""), CandidateSource.DECLARED))
    return feeds


def _linked(seen: _PageElements, base: str) -> list[FeedCandidate]:
    addresses = [(_absolute(href, seen, base), "".join(words)) for href, words in seen.anchors if href]
    return [
        _candidate(address, words, CandidateSource.LINKED) for address, words in addresses if _looks_like_feed(address)
    ]


def _guessed(base: str) -> list[FeedCandidate]:
    """The places where most software puts a site's feed, unless the page is one of them."""
    here = canonical(base)
    guesses = [_absolute(path, None, base) for path in WELL_KNOWN]
    return [_candidate(guess, "", CandidateSource.GUESSED) for guess in guesses if guess and canonical(guess) != here]


def _candidate(address: str, title: str, source: CandidateSource) -> FeedCandidate:
    title = plain(title[:1000])[:300]
    is_comments = bool(_COMMENTS.search(title) or _COMMENTS.search(urlsplit(address).path))
    return FeedCandidate(address=address, title=title, source=source, is_comments=is_comments)


def _ranked(found: list[FeedCandidate]) -> tuple[FeedCandidate, ...]:
    """Each address once, as its likeliest source has it; the order of the page within a source."""
    first: dict[str, FeedCandidate] = {}
    for candidate in sorted(found, key=lambda one: (one.is_comments, one.source)):
        first.setdefault(canonical(candidate.address), candidate)
    return tuple(first.values())[:MAX_CANDIDATES]


def _absolute(href: str, seen: _PageElements | None, base: str) -> str:
    """An address that may be opened, or "" ("feed:" before an address is how browsers were once told)."""
    href = re.sub(r"[\t\r\n]", "", href).strip()
    href = re.sub(r"^feed:(?://)?(?=https?:)", "", href, flags=re.I)
    href = re.sub(r"^feed:(?=//)", "https:", href, flags=re.I)
    try:
        start = urljoin(base, seen.base.strip()) if seen and seen.base else base
        return check_address(urljoin(start, href)) if href else ""
    except (AddressRefused, ValueError):
        return ""


def _looks_like_feed(address: str) -> bool:
    if not address:
        return False
    parts = urlsplit(address)
    if _ENDING.search(parts.path) or _LAST_STEP.search(parts.path):
        return True
    if _FEED_HOST.search(parts.hostname or "") and len(parts.path) > 1:
        return True
    return any(name.lower() in _QUERY and _FORMATS.search(value) for name, value in parse_qsl(parts.query)[:20])
