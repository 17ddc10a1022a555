"""Histories as drawings take them: the levels of a chance, the band of a crowd, the statuses of a position. Pure."""

from dataclasses import dataclass
from datetime import datetime

from tracker.pages.formats import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The whole percentage that stood from a time on."""

    at: datetime
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Between which percentages something lay from one moment to another."""

    start: datetime
    end: datetime
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """The percentage now (or at the end, `until`), and the levels that led to it."""

    percent: int
    levels: tuple[Level, ...]
    until: datetime
    meaning: str = "chance that the claim holds"

    @property
    def words(self) -> str:
        return in_words(self.percent)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSpan:
    """A status and the time over which it stood."""

    status: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifeline:
    """Statuses in order on the time scale of their list, and the ruled status if there is one."""

    spans: tuple[StatusSpan, ...]
    first: datetime
    last: datetime
    ruling: str = ""
