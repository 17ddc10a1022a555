"""Picture of a simulated day: polls against entries, requests against time, and a table of delays. Plain SVG."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from lab.pictures import svg
from lab.simulate.simulated_feeds import GAP
from lab.simulate.simulation import START, PollFigures, SimulationReport
from news.polling.frequency import LOOK_WORTH

WIDTH, HEIGHT = 900, 816
TOP, BOTTOM = 122, 428  # of both panels
BIN = 10  # minutes that one step of the right panel stands for
# The families in which kinds are drawn, each with a mark of its own shape and colour; their words, and their kinds.
FAMILIES = {
    "steady": ("steady", ("minutes apart", "through the day", "weekdays only", "a few a day")),
    "burst": ("once a day", ("once a day", "a burst a day")),
    "quiet": ("quiet", ("quiet",)),
    "asks": ("asks for patience", ("asks for patience",)),
    "trouble": ("in trouble", ("often refuses (429)", "down for hours", "missing (404)", "gone (410)")),
}


@dataclass(frozen=True, slots=True)
class _Scale:
    """Scale from values to places, evenly or by their logarithms."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False

    def __call__(self, value: float) -> float:
        low, high, at = (math.log(v) for v in (self.low, self.high, value)) if self.is_log else (
            self.low, self.high, value
        )  # fmt: skip
        return self.start + (at - low) / (high - low) * (self.end - self.start)


def draw(report: SimulationReport) -> str:
    """The whole picture, light or dark as the reader's browser prefers."""
    ours = report.ours
    name = f"{report.feeds:,} feeds of {report.hosts:,} hosts, {report.hours} simulated hours: {ours.polls:,} polls"
    return svg.drawn(WIDTH, HEIGHT, (*_polls(report), *_requests(report), *_table(report)), name)


def _polls(report: SimulationReport) -> Iterator[str]:
    """Left panel: one dot a feed."""
    most = max((dot.entries for dot in report.dots), default=1)
    x = _Scale(1, max(most, 10) * 1.15, 92, 436, is_log=True)
    scale = report.hours / 24
    y = _Scale(0.8, 240 * scale, BOTTOM, TOP, is_log=True)
    share = 100 * report.ours.gained / max(report.ours.polls, 1)
    yield svg.text(16, 26, f"Polls follow the news: {share:.0f}% found some", "h")
    yield svg.text(16, 46, f"Polls of each feed in {report.hours} h against the entries it brought")
    yield from _legend(66)
    for value in (1, 10, 100):
        yield _rule(56, y(value), 436)
        yield svg.text(50, y(value) + 4, str(value), "e")
    for entries in (1, 10, 100):
        if entries <= x.high:
            yield svg.text(x(entries), BOTTOM + 18, str(entries), "m")
    yield svg.text(66, BOTTOM + 18, "0", "m")
    yield svg.text(436, BOTTOM + 36, "entries", "e")
    yield svg.text(16, TOP - 8, "polls")
    for number, dot in enumerate(report.dots):
        apart = number * 0.618034 % 1 - 0.5  # so that whole numbers do not hide each other
        place = x(dot.entries) + 7 * apart if dot.entries else 66 + 16 * apart
        yield _mark(_family(dot.kind), place, y(max(dot.polls, 0.8) * (1 + 0.06 * apart)))
    for polls, words in ((144 * scale, "every 10 minutes at most"), (scale, "once a day at least")):
        if y.low <= polls <= y.high:
            yield _path([(56, y(polls)), (436, y(polls))], "edge")
            yield svg.text(434, y(polls) + (-6 if polls > scale else 15), words, "e halo")
    top = min(x.high, y.high)
    yield _path([(x(1), y(1)), (x(top), y(top))], "edge")
    paid = [(n, math.sqrt(n * report.hours * 60 / (2 * LOOK_WORTH))) for n in (1, min(x.high, 24 * 60 * scale / 8))]
    yield _path([(x(n), y(polls)) for n, polls in paid], "least")


def _legend(at: float) -> Iterator[str]:
    place = 22.0
    for family, (words, _) in FAMILIES.items():
        yield _mark(family, place, at - 4)
        yield svg.text(place + 9, at, words)
        place += 28 + 6.2 * len(words)
    yield _path([(16, at + 14), (36, at + 14)], "least")
    yield svg.text(42, at + 18, "least cost of polls and waiting together")
    yield _path([(284, at + 14), (304, at + 14)], "edge")
    yield svg.text(310, at + 18, "one poll an entry")


def _requests(report: SimulationReport) -> Iterator[str]:
    """Right panel: requests in each minute. The first step, when every feed is new, is cut off at the top."""
    tops = [max(part) for part in _binned(report.requests)]
    means = [sum(part) / len(part) for part in _binned(report.requests)]
    hosts = [max(part) for part in _binned(report.busiest)]
    x = _Scale(0, len(tops), 512, 884)
    y = _Scale(0, max(*tops[1:], 10) * 1.1, BOTTOM, TOP)
    yield svg.text(482, 26, f"After the start, {_times(max(hosts[1:]))} a minute to a host", "h")
    yield svg.text(482, 46, f"Requests a minute, in steps of {BIN} minutes.")
    yield svg.text(482, 62, f"All {report.feeds:,} are new at {START:%H:%M}: {_times(tops[0])} in the busiest minute,")
    yield svg.text(482, 78, f"{hosts[0]} to one host, {GAP.seconds} s apart")
    step = next(step for step in (5, 10, 20, 50, 100, 200, 500) if y.high / step <= 7)
    for value in range(0, int(y.high) + 1, step):
        yield _rule(512, y(value), 884)
        yield svg.text(506, y(value) + 4, str(value), "e")
    yield f'<path class="all" d="{_steps(tops, x, y)}V{y(0):.1f}H{x(0):.1f}Z"/>'
    yield f'<path class="mean" d="{_steps(means, x, y)}"/>'
    yield f'<path class="host" d="{_steps(hosts, x, y)}"/>'
    for hour in range(0, report.hours + 1, max(report.hours // 4, 1)):
        anchor = "e" if hour == report.hours else "m"
        yield svg.text(x(hour * 60 / BIN), BOTTOM + 18, f"{START + timedelta(hours=hour):%H:%M}", anchor)
    if tops[0] > y.high:
        yield svg.text(x(0), TOP - 6, f"{tops[0]} at the start")
    inner = slice(len(tops) // 6, max(len(tops) * 5 // 6, 1))
    yield svg.text(x(len(tops) / 2), y(max(tops[inner])) - 8, "all hosts: the busiest minute, and the mean", "m halo b")
    yield svg.text(x(len(tops) / 2), y(max(hosts[inner])) - 7, "the host asked most", "m halo b")


def _table(report: SimulationReport) -> Iterator[str]:
    """Table below: the waiting that it came to, beside the peers."""
    plans = (report.ours, *report.peers)
    columns = (300, 400, *(560 + 162 * n for n in range(len(plans))))
    at = BOTTOM + 70
    yield svg.text(16, at, "How long news waited to be read", "h")
    yield svg.text(columns[-1], at, "median wait in minutes, and what 95 in 100 did not exceed", "e")
    for column, plan in zip(columns[2:], plans, strict=True):
        polls, share = plan.polls / report.feeds, 100 * plan.gained / max(plan.polls, 1)
        yield svg.text(column, at + 24, plan.name, "e b")
        yield svg.text(column, at + 42, f"{polls:.0f} polls a feed,", "e")
        yield svg.text(column, at + 58, f"{share:.0f}% found news", "e")
    for column, head in zip(columns, ("polls a feed", "found news"), strict=False):
        yield svg.text(column, at + 58, head, "e")
    at += 66
    rows = zip(*(plan.kinds for plan in plans), strict=True)
    lines: list[tuple[str, Sequence[str], str]] = [
        (f"{row[0].feeds} {row[0].kind}", _cells(row, row[0].feeds), "") for row in rows if row[0].feeds
    ]
    lines.append((f"All {report.feeds:,} feeds", _cells(plans, report.feeds), "b"))
    for words, cells, weight in lines:
        yield _rule(16, at, 884)
        at += 18
        yield svg.text(16, at - 4, words, weight)
        for column, cell in zip(columns, cells, strict=True):
            yield svg.text(column, at - 4, cell, f"e {weight}")


def _cells(rows: Sequence[PollFigures], feeds: int) -> list[str]:
    ours = rows[0]
    polls, share = ours.polls / feeds, 100 * ours.gained / max(ours.polls, 1)
    return [f"{polls:.1f}", f"{share:.0f}%", *(_wait(row.median_delay, row.late_delay) for row in rows)]


def _wait(middle: float | None, late: float | None) -> str:
    return "no news" if middle is None or late is None else f"{middle:.0f}, {late:.0f}"


def _binned(minutes: Sequence[int]) -> list[Sequence[int]]:
    return [minutes[first : first + BIN] for first in range(0, len(minutes), BIN)]


def _steps(values: Sequence[float], x: _Scale, y: _Scale) -> str:
    heights = [y(min(value, y.high)) for value in values]
    return f"M{x(0):.1f} {heights[0]:.1f}" + "".join(
        f"V{height:.1f}H{x(n + 1):.1f}" for n, height in enumerate(heights)
    )


def _family(kind: str) -> str:
    return next(family for family, (_, kinds) in FAMILIES.items() if kind in kinds)


def _mark(family: str, x: float, y: float) -> str:
    shapes = {
        "steady": f'<circle class="k-steady" cx="{x:.1f}" cy="{y:.1f}" r="2.6"/>',
        "burst": f'<path class="k-burst" d="M{x:.1f} {y - 4:.1f}l3.6 6.4h-7.2z"/>',
        "quiet": f'<circle class="k-quiet" cx="{x:.1f}" cy="{y:.1f}" r="2.8"/>',
        "asks": f'<path class="k-asks" d="M{x:.1f} {y - 4.2:.1f}l3.6 4.2l-3.6 4.2l-3.6 -4.2z"/>',
        "trouble": f'<path class="k-trouble" d="M{x - 3:.1f} {y - 3:.1f}l6 6m0 -6l-6 6"/>',
    }
    return shapes[family]


def _rule(x: float, y: float, to: float) -> str:
    return f'<path class="rule" d="M{x:.1f} {y:.1f}H{to:.1f}"/>'


def _path(points: Sequence[tuple[float, float]], cls: str) -> str:
    return f'<path class="{cls}" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in points)}"/>'


def _times(count: int) -> str:
    return "1 request" if count == 1 else f"{count} requests"
