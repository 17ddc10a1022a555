"""Pages as their sites' rules for robots allow: the rules are fetched once and kept for a day, as RFC 9309 has it.

A redirect to another site is followed only once that site's rules allow it and its host is held like any other.
"""

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.core.cache import cache

from news.fetch.addresses import host_of
from news.fetch.connections import Fetch, Fetched, Request
from news.fetch.robots import allows, delay, robots_address, rules
from tracker.jobs.feeds import leases

KEPT = timedelta(days=1)
KEPT_UNKNOWN = timedelta(hours=1)
DISALLOWED = "The site asks robots not to read this page (robots.txt)."
UNKNOWN = "The site's rules for robots (robots.txt) could not be read, so the page was left alone."
BUSY = "The page leads to another site, which is being asked for something else at the moment."
_NOT_KNOWN = b""
_NOTHING = Fetched(address="", final_address="")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAnswer:
    """What came of a page; `refusal` says why it is left alone (`is_final`: and always will be)."""

    answer: Fetched
    refusal: str = ""
    is_final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The pages in the order of their addresses, the delays that their hosts ask for, and the seconds it all took."""

    pages: tuple[PageAnswer, ...]
    delays: Mapping[str, timedelta]
    seconds: float


def ask_pages(addresses: Sequence[str], *, token: str, now: datetime, fetch: Fetch) -> Asked:
    """The pages at these addresses, whose hosts are held under the token."""
    asking = _Asking(token, now, fetch, held={host_of(address) for address in addresses})
    pages: dict[int, PageAnswer] = {}
    going = {
        place: Request(address=address, hosts=frozenset({host_of(address)})) for place, address in enumerate(addresses)
    }
    while going:
        refused = asking.refusals({place: _next(request) for place, request in going.items()})
        refused |= asking.without_hosts({place: _next(going[place]) for place in going.keys() - refused.keys()})
        pages |= {place: replace(page, answer=_so_far(going[place])) for place, page in refused.items()}
        going = {place: request for place, request in going.items() if place not in refused}
        answers = dict(zip(going, asking.fetch(list(going.values())), strict=True))
        pages |= {place: PageAnswer(answer=answer) for place, answer in answers.items() if not answer.onward}
        going = {place: _onward(going[place], answer) for place, answer in answers.items() if answer.onward}
    # Within a site a redirect is followed at once; where it led to is asked about afterwards.
    read = {place: page.answer.final_address for place, page in pages.items() if not page.refusal}
    for place, refusal in asking.refusals(read).items():
        pages[place] = replace(refusal, answer=pages[place].answer)
    ordered = tuple(pages[place] for place in range(len(addresses)))
    return Asked(pages=ordered, delays=asking.delays, seconds=asking.seconds)


@dataclass(slots=True)
class _Asking:
    """One batch under way: the hosts held for it and asked so far, the delays learnt, and the seconds gone by."""

    token: str
    now: datetime
    fetch_many: Fetch
    held: set[str]
    asked: set[str] = field(default_factory=set)
    delays: dict[str, timedelta] = field(default_factory=dict)
    seconds: float = 0.0

    def fetch(self, requests: Sequence[Request]) -> list[Fetched]:
        # A page comes after its site's rules in a call of its own, and the gap holds between the two.
        requests = [replace(request, follows=host_of(_next(request)) in self.asked) for request in requests]
        answers = self.fetch_many(requests) if requests else []
        self.asked |= {host_of(at) for answer in answers for at in (answer.address, answer.final_address)}
        self.seconds += max((answer.ended_after for answer in answers), default=0.0)
        return answers

    def refusals(self, addresses: Mapping[int, str]) -> dict[int, PageAnswer]:
        """Those that their sites' rules forbid, or whose sites' rules cannot be known now."""
        known = rules_of(addresses.values(), fetch=self.fetch)
        refused = {}
        for place, address in addresses.items():
            text = known[robots_address(address)]
            if text is None:
                refused[place] = PageAnswer(answer=_NOTHING, refusal=UNKNOWN)
            elif not allows(text, address):
                refused[place] = PageAnswer(answer=_NOTHING, refusal=DISALLOWED, is_final=True)
            else:
                self.delays[host_of(address)] = delay(text)
        return refused

    def without_hosts(self, addresses: Mapping[int, str]) -> dict[int, PageAnswer]:
        """Those whose hosts are neither held nor free to be held."""
        hosts = {host_of(address) for address in addresses.values()} - self.held
        self.held |= leases.hold_hosts(hosts, token=self.token, now=self.now)
        return {
            place: PageAnswer(answer=_NOTHING, refusal=BUSY)
            for place, address in addresses.items()
            if host_of(address) not in self.held
        }


def rules_of(addresses: Iterable[str], *, fetch: Fetch) -> dict[str, str | None]:
    """The rules of each address' site, by where they lie; None where they cannot be known now."""
    sites = {_key(site): site for site in sorted({robots_address(address) for address in addresses})}
    kept: dict[str, bytes] = cache.get_many(list(sites))
    missing = [key for key in sites if key not in kept]
    answers = fetch([Request(address=sites[key]) for key in missing]) if missing else []
    for key, answer in zip(missing, answers, strict=True):
        found = rules(answer)
        kept[key] = _NOT_KNOWN if found is None else zlib.compress(found.encode())
        cache.set(key, kept[key], timeout=int((KEPT_UNKNOWN if found is None else KEPT).total_seconds()))
    return {site: zlib.decompress(kept[key]).decode() if kept[key] else None for key, site in sites.items()}


def _key(site: str) -> str:
    return f"robots:{hashlib.sha256(site.encode(errors='replace')).hexdigest()}"


def _next(request: Request) -> str:
    """The address that a request asks for next."""
    return request.so_far.onward if request.so_far else request.address


def _so_far(request: Request) -> Fetched:
    return request.so_far or Fetched(address=request.address, final_address=request.address)


def _onward(request: Request, answer: Fetched) -> Request:
    hosts = (request.hosts or frozenset()) | {host_of(answer.onward)}
    return replace(request, hosts=hosts, so_far=answer)
