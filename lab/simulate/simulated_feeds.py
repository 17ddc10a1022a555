"""Simulated feeds with a clock of their own: their times of publication, and how their servers answer. No network."""

import json
import random
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import partial
from http import HTTPStatus
from urllib.parse import urlsplit

from news.fetch.addresses import host_of
from news.fetch.connections import Fetched, Request

LISTED = 15  # entries that a document holds, the newest
HISTORY = timedelta(days=30)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FEEDS_A_BIG_HOST, BIG_HOSTS = 20, 20
GAP = timedelta(seconds=1)  # between two requests to one host
# What a strict server bears from one client before it answers 429, and how long it then wants to be left alone.
BORNE, BORNE_WITHIN, LEFT_ALONE = 3, 10 * MINUTE, 30 * MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedFeed:
    """A feed as its publisher runs it. `published` are the times of its entries, oldest first.

    `status` is what its server always answers where it is not 200, `down` when nobody answers at all. `ttl` and
    `skip_hours` stand in its document, `max_age` (seconds) in the header.
    """

    address: str
    kind: str
    published: tuple[datetime, ...] = ()
    status: int = 200
    down: tuple[datetime, datetime] | None = None
    is_strict: bool = False
    ttl: int = 0
    skip_hours: tuple[int, ...] = ()
    max_age: int = 0

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or ""

    def answers(self, at: datetime) -> bool:
        """Whether the feed can be read at all at a time."""
        return self.status == HTTPStatus.OK and not (self.down and self.down[0] <= at < self.down[1])


@dataclass(frozen=True, slots=True)
class _Span:
    start: datetime
    end: datetime

    def days(self) -> list[datetime]:
        return [self.start + n * DAY for n in range((self.end - self.start) // DAY + 1)]


Times = Callable[[random.Random, _Span], list[datetime]]


def _one_by_one(chance: random.Random, span: _Span, *, least: timedelta, most: timedelta) -> list[datetime]:
    """Entries independent of each other, with the mean gap anywhere between the two."""
    gap, at, times = chance.uniform(least / MINUTE, most / MINUTE), span.start, []
    while (at := at + chance.expovariate(1 / gap) * MINUTE) <= span.end:
        times.append(at)
    return times


def _through_the_day(chance: random.Random, span: _Span, *, weekdays: int = 7) -> list[datetime]:
    """Entries mostly before noon, none at night, somewhere on the globe."""
    a_day, zone = chance.uniform(6, 60), chance.choice((-5, 0, 1, 8)) * HOUR
    days = [day for day in span.days() if day.weekday() < weekdays]
    return [
        day.replace(hour=0) + chance.triangular(5, 24, 11) * HOUR - zone
        for day in days
        for _ in range(max(0, round(chance.gauss(a_day, a_day**0.5))))
    ]


def _at_an_hour(chance: random.Random, span: _Span, *, at_once: tuple[int, int], weekdays: int = 7) -> list[datetime]:
    """Entries of a day all within minutes, at about the same hour each day."""
    hour, count = chance.uniform(0, 24) * HOUR, chance.randint(*at_once)
    days = [day.replace(hour=0) + hour + chance.gauss(0, 20) * MINUTE for day in span.days()]
    return [day + chance.uniform(0, 8) * MINUTE for day in days if day.weekday() < weekdays for _ in range(count)]


# Kinds of feeds, how many in a thousand there are, and when they publish.
KINDS: tuple[tuple[str, int, Times], ...] = (
    ("minutes apart", 60, partial(_one_by_one, least=4 * MINUTE, most=15 * MINUTE)),
    ("through the day", 260, _through_the_day),
    ("weekdays only", 80, partial(_through_the_day, weekdays=5)),
    ("a few a day", 100, partial(_one_by_one, least=3 * HOUR, most=12 * HOUR)),
    ("once a day", 90, partial(_at_an_hour, at_once=(1, 1))),
    ("a burst a day", 120, partial(_at_an_hour, at_once=(6, 14))),
    ("quiet", 130, partial(_one_by_one, least=3 * DAY, most=30 * DAY)),
    ("asks for patience", 80, _through_the_day),
    ("often refuses (429)", 20, _through_the_day),
    ("down for hours", 20, _through_the_day),
    ("missing (404)", 30, lambda _chance, _span: []),
    ("gone (410)", 10, lambda _chance, _span: []),
)


def simulated_feeds(count: int, *, start: datetime, hours: int, seed: int = 1) -> list[SimulatedFeed]:
    """Feeds of all kinds in no order; two fifths lie on big hosts, the strict ones on two servers, others alone."""
    chance = random.Random(seed)  # noqa: S311 - a made-up world needs no secrets
    span = _Span(start - HISTORY, start + hours * HOUR)
    sources: list[SimulatedFeed] = []
    before, whole = 0, sum(share for _, share, _ in KINDS)
    for kind, share, times in KINDS:
        first, before = before, before + share
        for n in range(round(first * count / whole), round(before * count / whole)):
            published = tuple(sorted({at.replace(microsecond=0) for at in times(chance, span) if at <= span.end}))
            source = SimulatedFeed(address=f"https://site-{len(sources)}.example/feed", kind=kind, published=published)
            sources.append(_with_ways(source, n, start=start, chance=chance))
    chance.shuffle(sources)
    return _on_big_hosts(sources, min(BIG_HOSTS * FEEDS_A_BIG_HOST, count * 2 // 5))


def _with_ways(source: SimulatedFeed, n: int, *, start: datetime, chance: random.Random) -> SimulatedFeed:
    """The feed with its server's and its document's own ways beside publishing."""
    if source.kind.startswith("asks"):
        hints = ({"ttl": 60}, {"ttl": 180}, {"max_age": 3600}, {"skip_hours": (22, 23, 0, 1, 2, 3, 4)})[n % 4]
        return replace(source, **hints)
    if source.kind.startswith("often"):
        return replace(source, is_strict=True, address=f"https://strict-{n % 2}.example/feed-{n}")
    if source.kind.startswith("down"):
        first = start + chance.uniform(1, 12) * HOUR
        return replace(source, down=(first, first + chance.uniform(1, 8) * HOUR))
    status = {"missing": HTTPStatus.NOT_FOUND, "gone": HTTPStatus.GONE}.get(source.kind.split()[0], HTTPStatus.OK)
    return replace(source, status=status)


def _on_big_hosts(sources: Sequence[SimulatedFeed], count: int) -> list[SimulatedFeed]:
    movable = [n for n, source in enumerate(sources) if not source.is_strict][:count]
    result = list(sources)
    for n in movable:
        result[n] = replace(result[n], address=f"https://big-{n % BIG_HOSTS}.example/feed-{n}")
    return result


class SimulatedWeb:
    """Answers for made-up feeds at the time `now`, which goes on as it is asked, and counts who was asked when."""

    def __init__(self, sources: Sequence[SimulatedFeed], *, now: datetime) -> None:
        self.now = now
        self.asked: Counter[tuple[str, datetime]] = Counter()
        self._sources = {source.address: source for source in sources}
        self._lately: dict[str, deque[datetime]] = {}

    def fetch(self, requests: Sequence[Request]) -> list[Fetched]:
        """Answers as of news.fetch.connections: with the gap between requests to a host, and none once it refuses."""
        began, counts, refusing = self.now, Counter[str](), set[str]()
        answers = []
        for request in requests:
            host, address = host_of(request.address), request.address
            if host in refusing:
                answers.append(Fetched(address=address, final_address=address, onward=address))
                continue
            self.now = began + counts[host] * GAP
            counts[host] += 1
            answer = replace(self._answer(request), ended_after=counts[host] * GAP.total_seconds())
            if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
                refusing.add(host)
            answers.append(answer)
        self.now = began + max(counts.values(), default=0) * GAP
        return answers

    def _answer(self, request: Request) -> Fetched:
        host = urlsplit(request.address).hostname or ""
        self.asked[host, self.now.replace(second=0, microsecond=0)] += 1
        source = self._sources.get(request.address)
        empty = Fetched(address=request.address, final_address=request.address, seconds=0.1)
        if source is None:
            return replace(empty, status=404, error="The server answered 404 Not Found.")
        if source.is_strict and self._is_too_much(host):
            headers = {"retry-after": str(int(LEFT_ALONE.total_seconds()))}
            return replace(empty, status=429, headers=headers, error="The server answered 429 Too Many Requests.")
        if not source.answers(self.now):
            status = 0 if source.down else source.status
            return replace(empty, status=status, error=f"The server answered {status}." if status else "It is silent.")
        count = bisect_right(source.published, self.now)
        etag, headers = f'"{count}"', {"cache-control": f"max-age={source.max_age}"} if source.max_age else {}
        if request.etag == etag:
            return replace(empty, status=304, headers=headers)
        is_json = not (source.ttl or source.skip_hours)
        kind = "application/feed+json" if is_json else "application/rss+xml"
        body = (_json if is_json else _rss)(source, count)
        return replace(empty, status=200, headers={**headers, "content-type": kind, "etag": etag}, body=body)

    def _is_too_much(self, host: str) -> bool:
        lately = self._lately.setdefault(host, deque())
        while lately and lately[0] <= self.now - BORNE_WITHIN:
            lately.popleft()
        lately.append(self.now)
        return len(lately) > BORNE


def _listed(source: SimulatedFeed, count: int) -> list[tuple[int, datetime]]:
    """Numbers and times of the newest of the first `count` entries, the newest first."""
    return [(n, source.published[n]) for n in range(count - 1, max(count - LISTED, 0) - 1, -1)]


def _json(source: SimulatedFeed, count: int) -> bytes:
    # Titles too short to be taken for each other's copies, so that stories are not what is measured.
    items = [
        {"id": str(n), "title": f"Report {n}", "date_published": at.isoformat()} for n, at in _listed(source, count)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": source.kind, "items": items}).encode()


def _rss(source: SimulatedFeed, count: int) -> bytes:
    items = "".join(
        f"<item><guid>{n}</guid><title>Report {n}</title><pubDate>{format_datetime(at)}</pubDate></item>"
        for n, at in _listed(source, count)
    )
    hours = "".join(f"<hour>{hour}</hour>" for hour in source.skip_hours)
    hints = f"<ttl>{source.ttl}</ttl>" if source.ttl else f"<skipHours>{hours}</skipHours>"
    return f"<rss version='2.0'><channel><title>{source.kind}</title>{hints}{items}</channel></rss>".encode()
