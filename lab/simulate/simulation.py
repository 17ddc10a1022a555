"""Simulation of the real ingest job over simulated feeds and clock, and its schedule beside fixed ones."""

import json
import math
import time
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lab.simulate.simulated_feeds import GAP, KINDS, LISTED, MINUTE, SimulatedFeed, SimulatedWeb, simulated_feeds
from tracker.jobs.feeds.ingest import BATCH, ingest
from tracker.models import Attempt, Entry, Feed

START = datetime(2026, 2, 6, 12, tzinfo=UTC)  # a Friday noon: a working day's end and a weekend's morning
PEERS = (15, 60)
BATCHES = 10  # in one wake-up at most, as the worker has it


@dataclass(frozen=True, slots=True, kw_only=True)
class PollFigures:
    """Polls and delays. Delays are minutes from publication to our reading, the late one the 95th percentile; None
    without an entry.

    `gained` counts polls that brought something, `entries` what was published in the time and read, or will be at the
    next poll; `lost` what had left its document before anybody looked.
    """

    polls: int
    gained: int
    entries: int
    lost: int
    median_delay: float | None
    late_delay: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindResult(PollFigures):
    """Polls and delays of one kind of feeds."""

    kind: str
    feeds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleResult(PollFigures):
    """Polls and delays under a schedule: ours, or one that polls each feed after the same time, come what may.

    `most_a_minute` and `most_a_host` are requests within one minute, the latter to one host.
    """

    name: str
    most_a_minute: int
    most_a_host: int
    kinds: tuple[KindResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPolls:
    """One feed: the entries it brought and how often it was polled."""

    kind: str
    entries: int
    polls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationReport:
    """`requests` and `busiest` are, for each minute, all requests and those to the host that was asked most."""

    feeds: int
    hosts: int
    hours: int
    seconds: float
    ours: ScheduleResult
    peers: tuple[ScheduleResult, ...]
    dots: tuple[FeedPolls, ...]
    requests: tuple[int, ...]
    busiest: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _FeedRecord:
    """Record of one feed under a schedule; `delays` are those of its entries, in minutes."""

    source: SimulatedFeed
    polls: int
    gained: int
    delays: tuple[float, ...]
    lost: int


def simulate(
    *,
    feeds: int = 1000,
    hours: int = 24,
    seed: int = 1,
    on_progress: Callable[[datetime], None] = lambda _moment: None,
) -> SimulationReport:
    """Add so many feeds to an empty database at once, and run ingest every minute for so many hours.

    `on_progress` hears the simulated time.
    """
    began, end = time.monotonic(), START + timedelta(hours=hours)
    sources = simulated_feeds(feeds, start=START, hours=hours, seed=seed)
    Feed.objects.bulk_create(
        Feed(title=source.kind, address=source.address, next_poll_at=START, added_at=START) for source in sources
    )
    web = SimulatedWeb(sources, now=START)
    for n in range(hours * 60):
        web.now = max(web.now, START + n * MINUTE)
        _wake(web)
        on_progress(START + n * MINUTE)
    records = _our_records(sources, end=end)
    return SimulationReport(
        feeds=len(sources),
        hosts=len({source.host for source in sources}),
        hours=hours,
        seconds=round(time.monotonic() - began, 1),
        ours=_result("Hindcast", records, web.asked),
        peers=tuple(_fixed(minutes, sources, end=end) for minutes in PEERS),
        dots=tuple(
            FeedPolls(kind=record.source.kind, entries=len(record.delays), polls=record.polls) for record in records
        ),
        requests=_by_minute(web.asked, hours=hours, of=sum),
        busiest=_by_minute(web.asked, hours=hours, of=max),
    )


def _wake(web: SimulatedWeb) -> None:
    """One wake-up of the worker: batches until one is not full. The clock goes on while servers answer."""
    for _ in range(BATCHES):
        now = web.now
        report = ingest(now, fetch=web.fetch, gap=GAP)
        if report.feeds < BATCH:
            break
        web.now = max(web.now, now + GAP)


def write(report: SimulationReport, folder: Path, *, picture: str) -> None:
    """`report.json` and `schedule.svg` in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps(asdict(report), indent=1) + "\n", encoding="utf-8")
    (folder / "schedule.svg").write_text(picture, encoding="utf-8")


def _our_records(sources: Sequence[SimulatedFeed], *, end: datetime) -> list[_FeedRecord]:
    """Records of all feeds, read from the database."""
    rows = {feed.address: feed for feed in Feed.objects.all()}
    read: defaultdict[int, dict[datetime, datetime]] = defaultdict(dict)
    for feed_id, published, seen in Entry.objects.values_list("feed_id", "published_at", "first_seen_at"):
        read[feed_id][published] = seen
    attempts: defaultdict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for feed_id, at, new in Attempt.objects.order_by("at", "pk").values_list("feed_id", "at", "new_entries"):
        attempts[feed_id].append((at, new))
    return [
        _our_record(source, rows[source.address], read[pk], attempts[pk], end=end)
        for source in sources
        for pk in [rows[source.address].pk]
    ]


def _our_record(
    source: SimulatedFeed,
    feed: Feed,
    read: Mapping[datetime, datetime],
    attempts: list[tuple[datetime, int]],
    *,
    end: datetime,
) -> _FeedRecord:
    delays, lost, last = [], 0, feed.last_success_at or START
    for published in _within(source, end):
        if published not in read and published <= last:
            lost += 1
        else:
            delays.append((read.get(published, feed.next_poll_at) - published) / MINUTE)
    # What the first poll brings was there before.
    gained = sum(new > 0 for _, new in attempts[1:])
    return _FeedRecord(source=source, polls=len(attempts), gained=gained, delays=tuple(delays), lost=lost)


def _fixed(minutes: int, sources: Sequence[SimulatedFeed], *, end: datetime) -> ScheduleResult:
    """Every feed each so many minutes, evenly spread over them."""
    asked: Counter[tuple[str, datetime]] = Counter()
    records = []
    for number, source in enumerate(sources):
        first = START + (number * minutes * 60 // len(sources)) * timedelta(seconds=1)
        count = -((first - end) // (minutes * MINUTE))
        polls = [first + n * minutes * MINUTE for n in range(count + 60 * 24 // minutes)]
        asked.update((source.host, at.replace(second=0)) for at in polls[:count])
        records.append(_fixed_record(source, polls, count=count, end=end))
    return _result(f"every {minutes} minutes", records, asked)


def _fixed_record(source: SimulatedFeed, polls: Sequence[datetime], *, count: int, end: datetime) -> _FeedRecord:
    """`polls` go on after the `count` within the time, for what is still to be read then."""
    gained, lost, delays = 0, 0, list[float]()
    before, last = bisect_left(source.published, START), bisect_right(source.published, end)
    for n, at in enumerate(polls):
        if not source.answers(at):
            continue
        now = min(bisect_right(source.published, at), last)
        gained += now > before and 0 < n < count
        new = source.published[max(before, now - LISTED) : now]
        lost += now - before - len(new)
        delays += [(at - published) / MINUTE for published in new]
        before = now
    return _FeedRecord(source=source, polls=count, gained=gained, delays=tuple(delays), lost=lost)


def _within(source: SimulatedFeed, end: datetime) -> tuple[datetime, ...]:
    return source.published[bisect_left(source.published, START) : bisect_right(source.published, end)]


def _result(name: str, records: Sequence[_FeedRecord], asked: Mapping[tuple[str, datetime], int]) -> ScheduleResult:
    minutes: Counter[datetime] = Counter()
    for (_, minute), count in asked.items():
        minutes[minute] += count
    by_kind = [(kind, [record for record in records if record.source.kind == kind]) for kind, _, _ in KINDS]
    return ScheduleResult(
        name=name,
        **_figures(records),
        most_a_minute=max(minutes.values(), default=0),
        most_a_host=max(asked.values(), default=0),
        kinds=tuple(KindResult(kind=kind, feeds=len(own), **_figures(own)) for kind, own in by_kind),
    )


def _figures(records: Sequence[_FeedRecord]) -> dict[str, Any]:
    """Fields that the results of a schedule and of a kind share."""
    delays = [delay for record in records for delay in record.delays]
    return {
        "polls": sum(record.polls for record in records),
        "gained": sum(record.gained for record in records),
        "entries": len(delays),
        "lost": sum(record.lost for record in records),
        "median_delay": _share(delays, 0.5),
        "late_delay": _share(delays, 0.95),
    }


def _share(delays: Sequence[float], share: float) -> float | None:
    """Delay that so large a share of the entries did not exceed."""
    if not delays:
        return None
    return round(sorted(delays)[math.ceil(share * len(delays)) - 1], 1)


def _by_minute(
    asked: Mapping[tuple[str, datetime], int], *, hours: int, of: Callable[[Iterable[int]], int]
) -> tuple[int, ...]:
    counts: defaultdict[datetime, list[int]] = defaultdict(list)
    for (_, minute), count in asked.items():
        counts[minute].append(count)
    return tuple(of(counts.get(START + n * MINUTE, [0])) for n in range(hours * 60))
