"""How chances, stances, points and days are put on a page: rounded once, seen from the claim, in words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from forecasts.maths import odds

MINUS: Final = "−"  # the real sign, as wide as a plus
TURNED: Final = {"supports": "contradicts", "contradicts": "supports", "mentions": "mentions"}
EFFECT: Final = {"supports": "pro", "contradicts": "con", "mentions": "men"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Between which percentages something lay from one moment to another."""

    start: datetime
    end: datetime
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The whole percentage that stood from a time on."""

    at: datetime
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """What a gauge draws: the percentage now (or at the end, `until`), and the levels that led to it."""

    percent: int
    levels: tuple[Level, ...]
    until: datetime
    meaning: str = "chance that the claim holds"

    @property
    def words(self) -> str:
        return in_words(self.percent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A status and the time over which it stood; `words` where readers know it by others."""

    status: str
    start: datetime
    end: datetime
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What a lifeline draws: statuses in order on the time scale of its list, and the ruling's sign if there is one."""

    spans: tuple[Span, ...]
    first: datetime
    last: datetime
    ruling: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter of a list: a link, its words, how many it would show; `mark` is a stance's pro, con or men."""

    address: str
    words: str
    count: int
    is_current: bool = False
    mark: str = ""


def percent(chance_of_yes: float, *, side: str) -> int:
    """The claim's chance in whole per cent, 1 to 99. The question's own is 100 less, so that the two always add up."""
    return odds.percent(1 - chance_of_yes if side == "no" else chance_of_yes)


def in_words(shown: int) -> str:
    return odds.in_words(shown / 100)


def stance_for(side: str, stance: str) -> str:
    """A stance towards YES seen from the claim, or one seen from the claim towards YES: the turn is its own inverse."""
    return TURNED[stance] if side == "no" else stance


def points(difference: int) -> str:
    """+21, −22 or 0."""
    return f"+{difference}" if difference > 0 else f"{MINUS}{-difference}" if difference else "0"


def day(when: date) -> str:
    """9 May 2025."""
    when = _in_utc(when)
    return f"{when.day} {when:%b} {when.year}"


def short_day(when: date) -> str:
    """9 May."""
    when = _in_utc(when)
    return f"{when.day} {when:%b}"


def moment(when: datetime) -> str:
    """9 May 2025, 18:10."""
    return f"{day(when)}, {_in_utc(when):%H:%M}"


def days_until(deadline: date, *, now: datetime) -> str:
    """In 3 days, today, 2 days ago."""
    left = (deadline - now.astimezone(UTC).date()).days
    if left == 0:
        return "today"
    count = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
    return f"in {count}" if left > 0 else f"{count} ago"


def counted(number: int, one: str, many: str = "") -> str:
    """1 story, 2 stories, no stories."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def _in_utc(when: date) -> date:
    return when.astimezone(UTC) if isinstance(when, datetime) else when
