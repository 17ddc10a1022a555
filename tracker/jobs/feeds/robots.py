"""Pages as their sites' rules for robots allow: the rules are fetched once and kept for a day, as RFC 9309 has it.

A redirect to another site is followed only once that site's rules allow it and its host is held like any other.
"""

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.core.cache import cache

from news.fetch.addresses import host_of
from news.fetch.connections import Fetch, Fetched, Request
from news.fetch.robots import allows, delay, robots_address, rules
from tracker.jobs.feeds.fetching import HostSession

KEPT = timedelta(days=1)
KEPT_UNKNOWN = timedelta(hours=1)
DISALLOWED = "The site asks robots not to read this page (robots.txt)."
UNKNOWN = "The site's rules for robots (robots.txt) could not be read, so the page was left alone."
BUSY = "The page leads to another site, which is being asked for something else at the moment."
_NOT_KNOWN = b""
_NOTHING = Fetched(address="", final_address="")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAnswer:
    """The answer for a page; `refusal` says why it is left alone (`is_final`: and always will be)."""

    answer: Fetched
    refusal: str = ""
    is_final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAnswers:
    """The pages in the order of their addresses, and the delays that their hosts ask for."""

    pages: tuple[PageAnswer, ...]
    delays: Mapping[str, timedelta]


def fetch_pages(addresses: Sequence[str], *, session: HostSession) -> PageAnswers:
    """The pages at these addresses, whose hosts the session holds."""
    pages: dict[int, PageAnswer] = {}
    delays: dict[str, timedelta] = {}
    waiting = {
        place: Request(address=address, hosts=frozenset({host_of(address)})) for place, address in enumerate(addresses)
    }
    while waiting:
        refused = _forbidden({place: one.next_address for place, one in waiting.items()}, session, delays)
        refused |= _not_held(
            {place: one.next_address for place, one in waiting.items() if place not in refused}, session
        )
        pages |= {place: replace(page, answer=_so_far(waiting[place])) for place, page in refused.items()}
        waiting = {place: request for place, request in waiting.items() if place not in refused}
        answers = dict(zip(waiting, session.send(list(waiting.values())), strict=True))
        pages |= {place: PageAnswer(answer=answer) for place, answer in answers.items() if not answer.onward}
        waiting = {place: _onward(waiting[place], answer) for place, answer in answers.items() if answer.onward}
    # Within a site a redirect is followed at once; where it led to is asked about afterwards.
    read = {place: page.answer.final_address for place, page in pages.items() if not page.refusal}
    for place, refusal in _forbidden(read, session, delays).items():
        pages[place] = replace(refusal, answer=pages[place].answer)
    return PageAnswers(pages=tuple(pages[place] for place in range(len(addresses))), delays=delays)


def _forbidden(
    addresses: Mapping[int, str], session: HostSession, delays: dict[str, timedelta]
) -> dict[int, PageAnswer]:
    """Pages that their sites' rules forbid, or whose sites' rules cannot be known now; `delays` learns the others'."""
    known = rules_of(addresses.values(), fetch=session.send)
    refused = {}
    for place, address in addresses.items():
        text = known[robots_address(address)]
        if text is None:
            refused[place] = PageAnswer(answer=_NOTHING, refusal=UNKNOWN)
        elif not allows(text, address):
            refused[place] = PageAnswer(answer=_NOTHING, refusal=DISALLOWED, is_final=True)
        else:
            delays[host_of(address)] = delay(text)
    return refused


def _not_held(addresses: Mapping[int, str], session: HostSession) -> dict[int, PageAnswer]:
    """Pages whose hosts are neither held nor free to be held."""
    session.hold(addresses.values())
    page = PageAnswer(answer=_NOTHING, refusal=BUSY)
    return {place: page for place, address in addresses.items() if not session.holds(address)}


def rules_of(addresses: Iterable[str], *, fetch: Fetch) -> dict[str, str | None]:
    """The rules of each address' site, by where they lie; None where they cannot be known now."""
    sites = {_key(site): site for site in sorted({robots_address(address) for address in addresses})}
    kept: dict[str, bytes] = cache.get_many(list(sites))
    missing = [key for key in sites if key not in kept]
    answers = fetch([Request(address=sites[key]) for key in missing]) if missing else []
    for key, answer in zip(missing, answers, strict=True):
        text = rules(answer)
        kept[key] = _NOT_KNOWN if text is None else zlib.compress(text.encode())
        cache.set(key, kept[key], timeout=int((KEPT_UNKNOWN if text is None else KEPT).total_seconds()))
    return {site: zlib.decompress(kept[key]).decode() if kept[key] else None for key, site in sites.items()}


def _key(site: str) -> str:
    return f"robots:{hashlib.sha256(site.encode(errors='replace')).hexdigest()}"


def _so_far(request: Request) -> Fetched:
    return request.so_far or Fetched(address=request.address, final_address=request.address)


def _onward(request: Request, answer: Fetched) -> Request:
    hosts = (request.hosts or frozenset()) | {host_of(answer.onward)}
    return replace(request, hosts=hosts, so_far=answer)
