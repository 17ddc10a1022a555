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
MONTH_FIRST = ("en-us", "es-us")
_MONTHS = {
    name: number
    for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)  # noqa: SIM905
}
_USUAL = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([12]\d{3})"
    r" (\d\d):(\d\d):(\d\d) (?:GMT|Z|UTC|([+-])(\d\d)([0-5]\d))",
    re.A,
)
_SLASHED = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)(?:,? (\d{1,2}):(\d{2})(?::\d{2})?(?: ?([AaPp])\.?[Mm]\.?)?)?", re.A
)
_ZONE_AT_END = re.compile(r"\s([A-Z]{1,4})$")
_EPOCH = re.compile(r"\d{10}(\d{3})?")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?!\d)(?:\D{1,2}(\d{1,2}):(\d{2}))?")
_ANCIENT_YEAR = re.compile(r"\b0\d{3}\b(?!:)")


def believable(raw: str, *, now: datetime, language: str = "") -> datetime | None:
    """The moment (UTC) a date in a feed means; None where it is unreadable, before 1990 or more than a day ahead.

    In which order days and months stand between slashes is told by the feed's `language`.
    """
    text = " ".join(raw.split())[:100]
    if not text:
        return None
    moment = _slashed(text, language) if "/" in text else _usual(text)
    if moment is None:
        moment = next(filter(None, (reader(text) for reader in (_iso, _rfc822, _epoch, _year_first))), None)
    return moment if moment is not None and EARLIEST <= moment <= now + TOLERANCE else None


def _usual(text: str) -> datetime | None:
    """Dates as nearly all feeds write them, read without the parser for mail."""
    match = _USUAL.fullmatch(text)
    if match is None:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
    try:
        moment = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC)
        if sign is None:
            return moment
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return None if offset > FARTHEST_ZONE else moment - offset if sign == "+" else moment + offset
    except (ValueError, OverflowError):
        return None


def _slashed(text: str, language: str) -> datetime | None:
    """Dates with slashes: month first in the United States, day first elsewhere; None where either could be meant."""
    match = _SLASHED.match(text)
    if match is None:
        return None
    first, second, year, hour, minute, half = match.groups()
    month, day = int(first), int(second)
    if month <= 12 and day <= 12 and month != day and (order := _slash_order(language)) != "month":
        if order != "day":
            return None
        month, day = day, month
    elif month > 12:
        month, day = day, month
    try:
        moment = datetime(int(year), month, day, int(hour or 0), int(minute or 0), tzinfo=UTC)
    except ValueError:
        return None
    is_past_noon = (half or "").lower() == "p" and moment.hour < 12
    is_midnight = (half or "").lower() == "a" and moment.hour == 12
    return moment + timedelta(hours=12 if is_past_noon else -12 if is_midnight else 0)


def _slash_order(language: str) -> str:
    known = language.lower().replace("_", "-")
    if known in MONTH_FIRST:
        return "month"
    # Plain English is written both ways; East Asian languages put the year first.
    return "" if not known or known == "en" or known.partition("-")[0] in ("zh", "ja", "ko") else "day"


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


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
