"""Documents of feeds as they are once parsed, whichever format they came in."""

from dataclasses import dataclass
from datetime import datetime

MAX_ENTRIES = 2000
MAX_TITLE = 1000
MAX_GUID = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One entry as plain text; `published_at` is None where the date is missing or cannot be believed.

    `guid` is what the feed itself calls the entry, `link` an absolute http(s) address; either may be empty.
    """

    guid: str = ""
    link: str = ""
    title: str = ""
    body: str = ""
    author: str = ""
    outlet: str = ""
    published_at: datetime | None = None
    published_raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A document of some `kind` ("RSS 2.0"); where `error` is set (in words) there are no entries.

    `skipped` counts items that said nothing.
    `warning` says in words what was wrong with a document that could still be read. `asked_minutes` is how long it asks
    to be left alone (ttl, sy:updatePeriod), 0 where it does not; bit h of `skip_hours` (UTC) and bit d of `skip_days`
    (Monday is 0) are hours and days on which it asks not to be polled. `hub` and `topic` are those of WebSub, and
    `withdrawn` holds the guids of what the feed takes back (RFC 6721).
    """

    kind: str = ""
    title: str = ""
    homepage: str = ""
    language: str = ""
    entries: tuple[FeedItem, ...] = ()
    skipped: int = 0
    asked_minutes: int = 0
    skip_hours: int = 0
    skip_days: int = 0
    hub: str = ""
    topic: str = ""
    withdrawn: tuple[str, ...] = ()
    warning: str = ""
    error: str = ""
