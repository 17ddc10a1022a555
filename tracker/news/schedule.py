"""When to look at a feed again: its own rhythm, what it and its server ask for, and patience after errors."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
LONGEST_AFTER_ERRORS = timedelta(days=7)
JITTER = 0.1


def asked_wait(headers: Mapping[str, str], *, ttl_minutes: int) -> timedelta:
    """How long a feed (ttl) and its server (max-age) ask to be left alone, the longer of both."""
    age = re.search(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", headers.get("cache-control", ""), re.I)
    return max(timedelta(seconds=int(age[1]) if age else 0), timedelta(minutes=ttl_minutes))


def demanded_wait(headers: Mapping[str, str], *, now: datetime) -> timedelta:
    """Retry-After, in seconds or as a date; zero where it is missing, past or makes no sense."""
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", text):
        return timedelta(seconds=int(text))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return timedelta(0)
    return max(timedelta(0), (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now)


@dataclass(frozen=True, slots=True)
class Poll:
    """When to look next, and the rhythm (minutes, without jitter) to go on from."""

    at: datetime
    interval_minutes: int


def next_poll(
    now: datetime,
    *,
    address: str,
    ok: bool,
    failures: int,
    new_entries: int,
    previous_minutes: int,
    asked: timedelta = timedelta(0),
    retry_after: timedelta = timedelta(0),
) -> Poll:
    """The next look at a feed: sooner where it brings news, later where it does not; errors wait ever longer.

    `failures` counts attempts in a row that failed, this one included; `asked` is the longest of what the feed and its
    server ask for (ttl, max-age); `retry_after` is what the server demands. The jitter hangs on the address, so it is
    the same each time and parts feeds from each other.
    """
    rhythm = timedelta(minutes=previous_minutes)
    if ok:
        rhythm = rhythm / 2 if new_entries > 1 else rhythm if new_entries else rhythm * 1.5
    rhythm = max(SHORTEST, min(rhythm, LONGEST))
    wait = max(rhythm, min(asked, LONGEST))
    if not ok:
        doublings = min(max(failures - 1, 0), 16)
        wait = min(max(rhythm * 2**doublings, retry_after), LONGEST_AFTER_ERRORS)
    wait = max(wait, min(retry_after, LONGEST_AFTER_ERRORS))
    # Later only, so that neither the shortest wait nor what a server asked for is undercut.
    ceiling = LONGEST if ok and retry_after <= LONGEST else LONGEST_AFTER_ERRORS
    at = now + min(wait * (1 + JITTER * _fraction(address)), ceiling)
    return Poll(at, int(rhythm.total_seconds() // 60))


def _fraction(address: str) -> float:
    """A number in [0, 1) that an address always has."""
    return int.from_bytes(hashlib.sha256(address.encode()).digest()[:4], "big") / 2**32
