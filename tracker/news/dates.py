"""Dates as feeds write them, and which of them can be believed."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
TOLERANCE = timedelta(days=1)
FARTHEST_ZONE = timedelta(hours=14)

# Zone names that RFC 822 lacks and feeds use; IST, CST and the like mean several zones and are left out.
_ZONES = {
    "BST": "+0100",
    "WEST": "+0100",
    "CET": "+0100",
    "CEST": "+0200",
    "EET": "+0200",
    "EEST": "+0300",
    "MSK": "+0300",
    "SAST": "+0200",
    "SGT": "+0800",
    "HKT": "+0800",
    "JST": "+0900",
    "KST": "+0900",
    "AEST": "+1000",
    "AEDT": "+1100",
    "NZST": "+1200",
    "NZDT": "+1300",
    "UTC": "+0000",
    "Z": "+0000",
}
_ZONE_AT_END = re.compile(r"\s([A-Z]{1,4})$")
_EPOCH = re.compile(r"\d{10}(\d{3})?")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?!\d)(?:\D{1,2}(\d{1,2}):(\d{2}))?")
_ANCIENT_YEAR = re.compile(r"\b0\d{3}\b(?!:)")


def believable(raw: str, *, now: datetime) -> datetime | None:
    """The moment (UTC) a date in a feed means; None where it is unreadable, before 1990 or more than a day ahead."""
    text = " ".join(raw.split())[:100]
    if not text:
        return None
    for reader in (_iso, _rfc822, _epoch, _year_first):
        moment = reader(text)
        if moment is not None:
            return moment if EARLIEST <= moment <= now + TOLERANCE else None
    return None


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return _utc(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _rfc822(text: str) -> datetime | None:
    named = _ZONE_AT_END.sub(lambda match: " " + _ZONES.get(match[1], match[1]), text)
    parts = parsedate_tz(named)
    if parts is None or _ANCIENT_YEAR.search(re.sub(r"[+-]\d{4}$", "", named)):
        return None
    offset = timedelta(seconds=parts[9] or 0)
    try:
        moment = datetime(parts[0], parts[1], parts[2], parts[3], parts[4], min(parts[5], 59), tzinfo=UTC)
        return moment - (offset if abs(offset) <= FARTHEST_ZONE else timedelta(0))
    except (ValueError, OverflowError):
        return None


def _epoch(text: str) -> datetime | None:
    if not (match := _EPOCH.fullmatch(text)):
        return None
    return datetime.fromtimestamp(int(text) / (1000 if match[1] else 1), tz=UTC)


def _year_first(text: str) -> datetime | None:
    match = _YEAR_FIRST.search(text)
    if not match:
        return None
    try:
        year, month, day, hour, minute = (int(part or 0) for part in match.groups())
        return datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None


def _utc(moment: datetime) -> datetime | None:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None
