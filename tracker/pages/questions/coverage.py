"""Coverage: since when the news on a question has been read, and over which of its days nobody looked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from forecasts import watching
from forecasts.models import Proposition
from tracker import wording
from tracker.pages.formats import day

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Watched time in words, and each time that was not."""

    watched: str
    gaps: tuple[str, ...]


def of(proposition: Proposition, *, until: datetime) -> Coverage:
    """The coverage of a question up to `until`, or to its close; one query."""
    end = min(until, proposition.closes_at)
    watched = watching.within(proposition, watching.periods())
    periods = [(start, min(stop, end)) for start, stop in watched if start < end]
    says_something = watching.life(proposition, ()).direction != 0
    return Coverage(
        watched=_watched(periods, says_something=says_something), gaps=tuple(_gaps(proposition, periods, end=end))
    )


def _watched(periods: list[watching.Period], *, says_something: bool) -> str:
    """Since when, and whether no news tells anything: of a value past a threshold it never does."""
    if not periods:
        return "No news source has been read yet, so silence says nothing."
    since = f"News has been read since {day(periods[0][0])}."
    return f"{since} Silence counts from then on." if says_something else since


def _gaps(proposition: Proposition, periods: list[watching.Period], *, end: datetime) -> Iterator[str]:
    opens, begins = proposition.opens_at, proposition.begins_at
    if begins - opens >= DAY:
        yield f"{_days(opens, begins)}, before the question was added"
    if not periods:
        return
    starts = [begins, *(stop for _, stop in periods)]
    stops = [*(start for start, _ in periods), end]
    for since, until in zip(starts, stops, strict=True):
        if until - since > watching.LONGEST_GAP:
            yield f"{_days(since, until)}, when no source was read"


def _days(since: datetime, until: datetime) -> str:
    return wording.days(since.date(), (until - timedelta(microseconds=1)).date())
