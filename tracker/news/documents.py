"""What a parsed feed document is, whichever format it came in."""

from dataclasses import dataclass
from datetime import datetime

MAX_ENTRIES = 2000
MAX_TITLE = 1000
MAX_GUID = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
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
    """A document; where `error` is set (in words) there are no entries. `skipped` counts items that said nothing.

    `warning` says in words what was wrong with a document that could still be read; `ttl_minutes` is how long it asks
    to be left alone, 0 where it does not.
    """

    title: str = ""
    homepage: str = ""
    language: str = ""
    entries: tuple[Item, ...] = ()
    skipped: int = 0
    ttl_minutes: int = 0
    warning: str = ""
    error: str = ""
