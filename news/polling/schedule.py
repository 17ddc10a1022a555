"""Schedule of polls, by a feed's own rhythm, the waits that it and its server ask for, and patience after errors."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from news.fetch.exchange import BUSY
from news.polling.frequency import after_a_look, from_dates

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
_SHORTEST_MINUTES, _LONGEST_MINUTES = SHORTEST / timedelta(minutes=1), LONGEST / timedelta(minutes=1)
LONGEST_AFTER_ERRORS = timedelta(days=7)
# An error is tried again after the rhythm, but at first not later than this, then ever later. Growing by half, the wait
# is never much longer than half the time that the trouble has lasted.
FIRST_RETRY, GROWTH = timedelta(hours=1), 1.5
FIRST_FREEZE = timedelta(minutes=15)
LONGEST_FREEZE_UNASKED = timedelta(hours=24)
# Shares of the wait that are added by chance: after an error more, so that a server that comes back is not run down.
JITTER, JITTER_AFTER_ERRORS = 0.1, 0.25
ALL_HOURS, ALL_DAYS = 2**24 - 1, 2**7 - 1
HOUR = timedelta(hours=1)
NONE = timedelta(0)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.I)


def asked_wait(headers: Mapping[str, str], *, ttl_minutes: int, now: datetime) -> timedelta:
    """Wait that a feed (ttl, sy:) and its server ask for, the longer of both.

    Of a server's answer max-age less Age counts, or else Expires after Date, as RFC 9111 has it (4.2.1 and 4.2.3).
    """
    if age := _MAX_AGE.search(headers.get("cache-control", "")):
        fresh = timedelta(seconds=int(age[1]) - _seconds(headers.get("age", "")))
    elif until := _date(headers.get("expires", "")):
        fresh = until - (_date(headers.get("date", "")) or now)
    else:
        fresh = NONE
    return max(fresh, timedelta(minutes=ttl_minutes), NONE)


def demanded_wait(headers: Mapping[str, str], *, now: datetime) -> timedelta:
    """Retry-After, in seconds or as a date; zero where it is missing, past or makes no sense; a week at most."""
    text = headers.get("retry-after", "").strip()
    if not text:
        return NONE
    moment = _date(text)
    wait = moment - now if moment else timedelta(seconds=_seconds(text))
    return min(max(timedelta(0), wait), LONGEST_AFTER_ERRORS)


def frozen_until(now: datetime, *, status: int, refusals: int, retry_after: timedelta) -> datetime | None:
    """End of the freeze of a host that has just answered 429 or 503; None for other answers.

    `refusals` are its answers in a row, to whichever of its feeds, that were one of these, this one included: where it
    does not say how long to wait, each one doubles the wait.
    """
    if status not in BUSY:
        return None
    doubled = min(FIRST_FREEZE * 2 ** min(max(refusals - 1, 0), 16), LONGEST_FREEZE_UNASKED)
    return now + (min(retry_after, LONGEST_AFTER_ERRORS) or doubled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at the feed at `address`, and what was known before it.

    `failures` counts looks in a row that failed, this one included, and is 0 for one that did not. `since` is the time
    since the last good look, None before the first, whose document's dates are `published`. `interval_minutes` is the
    rhythm so far. `asked` and `retry_after` are what `asked_wait` and `demanded_wait` read in the answer; bit h of
    `skip_hours` (UTC) and bit d of `skip_days` (Monday is 0) are when the feed asks not to be polled.
    """

    address: str
    interval_minutes: int
    failures: int = 0
    new_entries: int = 0
    since: timedelta | None = None
    published: Sequence[datetime] = ()
    asked: timedelta = timedelta(0)
    retry_after: timedelta = timedelta(0)
    skip_hours: int = 0
    skip_days: int = 0


@dataclass(frozen=True, slots=True)
class Poll:
    """Time of the next look, and the rhythm (minutes, without jitter) to go on from."""

    at: datetime
    interval_minutes: int


def next_poll(now: datetime, look: Look) -> Poll:
    """The next look at a feed.

    1. A good look moves the rhythm (news.polling.frequency), a failed one leaves it. 2. Nobody comes sooner than feed
    and server ask for, up to LONGEST; errors wait ever longer, up to LONGEST_AFTER_ERRORS. 3. Chance puts it
    off a little, never forward: it hangs on the address and the time, so that neither feeds that were added together
    nor those of one host stay in step. 4. Retry-After counts whole. 5. Hours and days to be skipped are.
    """
    chance, rounding = _chances(look.address, now)
    minutes = _rhythm(look, now=now)
    own, longest, jitter = timedelta(minutes=minutes), LONGEST, JITTER
    if look.failures:
        own = min(own, FIRST_RETRY) * GROWTH ** min(look.failures - 1, 32)
        longest, jitter = LONGEST_AFTER_ERRORS, JITTER_AFTER_ERRORS
    demanded = min(look.retry_after, LONGEST_AFTER_ERRORS)
    # Room for the jitter is left below the longest wait, or all that wait longest would come at once.
    wait = max(min(own, longest / (1 + jitter)), min(look.asked, LONGEST), demanded)
    at = now + min(wait * (1 + jitter * chance), longest if demanded < longest else LONGEST_AFTER_ERRORS)
    whole = int(minutes) + (rounding < minutes % 1)
    return Poll(_allowed(at, look, chance=chance), whole)


def _rhythm(look: Look, *, now: datetime) -> float:
    """Rhythm in minutes and parts of them, which by chance become whole ones: a slow drift is not lost in rounding."""
    minutes: float = look.interval_minutes
    if not look.failures:
        if look.since is None:
            minutes = from_dates(look.published, now=now) or minutes
        else:
            minutes = after_a_look(minutes, new_entries=look.new_entries, since=look.since)
    return max(_SHORTEST_MINUTES, min(minutes, _LONGEST_MINUTES))


def _allowed(at: datetime, look: Look, *, chance: float) -> datetime:
    """The time itself, or one in the first hour after it that the feed allows; one that allows none is not believed."""
    hours = look.skip_hours if look.skip_hours & ALL_HOURS != ALL_HOURS else 0
    days = look.skip_days if look.skip_days & ALL_DAYS != ALL_DAYS else 0
    if not hours and not days:
        return at
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    if not _is_skipped(hour, hours, days):
        return at
    while _is_skipped(hour, hours, days):
        hour += HOUR
    return hour + HOUR * chance


def _is_skipped(hour: datetime, hours: int, days: int) -> bool:
    return bool(hours >> hour.hour & 1 or days >> hour.weekday() & 1)


def _seconds(text: str) -> int:
    return int(text) if re.fullmatch(r"\s*\d{1,9}\s*", text, re.ASCII) else 0


def _date(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _chances(address: str, now: datetime) -> tuple[float, float]:
    """Two numbers in [0, 1) that an address has at a time, the same each time they are asked for."""
    digest = hashlib.sha256(f"{address} {now.isoformat()}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32, int.from_bytes(digest[4:8], "big") / 2**32
