"""Finding feeds behind an address: a feed itself, or a page whose feeds are looked for and read once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from news.entries.links import canonical
from news.fetch.connections import Fetch, Fetched, Limits, Request
from news.formats.confined import Document, parse_all
from news.formats.documents import Parsed
from news.polling.discovery import CandidateSource, FeedCandidate, SitePage, read_page

MOST_TRIED = 8
AT_ONCE = 2
MIB = 1024 * 1024
# A person waits: 8 s for what she named, and at most five rounds of what it leads to.
FIRST_LIMITS = Limits(total_seconds=8.0, connect_seconds=5.0)
NEXT_LIMITS = Limits(total_seconds=3.5, connect_seconds=3.0, compressed_bytes=8 * MIB, body_bytes=8 * MIB)

_HTML = ("text/html", "application/xhtml+xml")
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body")


class NothingFound(Exception):
    """No feed can be had from an address; the message says why and what to do instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that was read once; `address` is where to poll it, `final_address` where it was read."""

    address: str
    final_address: str
    name: str
    is_comments: bool
    parsed: Parsed


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The feeds behind an address, the likeliest first; `page_title` is empty where the address is a feed's own."""

    feeds: tuple[FoundFeed, ...]
    is_page: bool = False
    page_title: str = ""


def find(address: str, *, fetch: Fetch, fetch_next: Fetch, now: datetime) -> Finding:
    """The feed at an address, or those of the page there; raises NothingFound.

    `fetch` brings the address itself; `fetch_next`, more quickly given up, what it leads to: at most MOST_TRIED.
    """
    (answer,) = fetch([Request(address=address)])
    if answer.error:
        raise NothingFound(f"{answer.error} Check the address, or give that of the site's home page.")
    parsed = _parsed(answer, now)
    if not parsed.error:
        return Finding(feeds=(_found(answer, parsed, None),))
    if not _is_page(answer):
        raise NothingFound(f"{parsed.error} Give the address of a feed, or of the home page of a site that has one.")
    page = read_page(answer.body, base=answer.final_address)
    feeds = _verified(page.candidates, fetch=fetch_next, now=now)
    if not feeds:
        raise NothingFound(_why_none(page))
    return Finding(feeds=feeds, is_page=True, page_title=page.title)


def same_feed_elsewhere(
    homepage: str, *, title: str, links: Collection[str], fetch: Fetch, now: datetime, instead_of: str = ""
) -> str:
    """The address at which a site now keeps a feed that was known by its title and the links of its entries, or "".

    A feed that lists any of these links is the same; so is the only one of that title. `instead_of` is never given.
    Raises NothingFound where the home page could not be searched.
    """
    (answer,) = fetch([Request(address=homepage)])
    if answer.error:
        raise NothingFound(f"{homepage} could not be read. {answer.error}")
    if not _is_page(answer):
        raise NothingFound(f"{homepage} is no web page that could name feeds.")
    page = read_page(answer.body, base=answer.final_address)
    others = [one for one in page.candidates if canonical(one.address) != canonical(instead_of)]
    feeds = _verified(others, fetch=fetch, now=now)
    known = {canonical(link) for link in links} - {""}
    for feed in feeds:
        if not known.isdisjoint(canonical(item.link) for item in feed.parsed.entries):
            return feed.address
    named = [feed.address for feed in feeds if title and feed.parsed.title.casefold() == title.casefold()]
    return named[0] if len(named) == 1 else ""


def _verified(candidates: Sequence[FeedCandidate], *, fetch: Fetch, now: datetime) -> tuple[FoundFeed, ...]:
    """Candidates that are feeds, each once. Places that the page does not name are tried only where it names none."""
    named = [one for one in candidates if one.source is not CandidateSource.GUESSED][:MOST_TRIED]
    feeds = _read(named, fetch=fetch, now=now)
    guesses = [one for one in candidates if one.source is CandidateSource.GUESSED][: MOST_TRIED - len(named)]
    while guesses and not feeds:
        tried, guesses = guesses[:AT_ONCE], guesses[AT_ONCE:]
        feeds = _read(tried, fetch=fetch, now=now)
    return tuple(sorted(feeds, key=lambda feed: feed.is_comments))


def _read(candidates: Sequence[FeedCandidate], *, fetch: Fetch, now: datetime) -> list[FoundFeed]:
    if not candidates:
        return []
    found: dict[str, FoundFeed] = {}
    answers = fetch([Request(address=candidate.address) for candidate in candidates])
    for candidate, answer in zip(candidates, answers, strict=True):
        if not answer.error and not (parsed := _parsed(answer, now)).error:
            found.setdefault(canonical(answer.final_address), _found(answer, parsed, candidate))
    return list(found.values())


def _found(answer: Fetched, parsed: Parsed, candidate: FeedCandidate | None) -> FoundFeed:
    return FoundFeed(
        address=answer.moved_permanently_to or answer.address,
        final_address=answer.final_address,
        name=candidate.title if candidate else "",
        is_comments=candidate.is_comments if candidate else False,
        parsed=parsed,
    )


def _parsed(answer: Fetched, now: datetime) -> Parsed:
    document = Document(body=answer.body, address=answer.final_address, content_type=answer.content_type, now=now)
    return parse_all([document])[0]


def _is_page(answer: Fetched) -> bool:
    head = answer.body[:4000].lower()
    return b"<opml" not in head and (answer.media_type in _HTML or any(mark in head for mark in _MARKUP))


def _why_none(page: SitePage) -> str:
    if page.asks_password:
        return "This page asks to sign in, and names no feed that can be read. Give the address of the feed itself."
    return (
        "This is a web page, and neither what it links to nor the usual places of its site hold a feed. "
        "Look on the site for a link named RSS or Feed, and give its address."
    )
