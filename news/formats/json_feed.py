"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

import json
from datetime import datetime
from typing import Any

from news.entries.links import absolute
from news.formats.dates import believable
from news.formats.documents import MAX_ENTRIES, MAX_GUID, MAX_TITLE, FeedItem, Parsed
from news.formats.markup import body_text, person, plain

_BODIES = ("content_html", "content_text", "summary")


def parse_json_feed(body: bytes, *, address: str, now: datetime) -> Parsed:
    """The feed in a JSON document, or why there is none, in words."""
    try:
        document = json.loads(body)
    except RecursionError:
        return Parsed(error="This JSON document is nested too deeply to be read.")
    except ValueError:
        return Parsed(error="This looks like a JSON Feed, but it is not valid JSON.")
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return Parsed(error="This is JSON, but not a feed.")
    homepage = absolute(_text(document.get("home_page_url")), address)
    rows = document["items"][:MAX_ENTRIES]
    language = _text(document.get("language"))[:20]
    items = [_item(row, base=homepage or address, language=language, now=now) for row in rows]
    entries = tuple(item for item in items if item is not None)
    return Parsed(
        kind="JSON Feed",
        title=plain(_text(document.get("title")))[:MAX_TITLE],
        homepage=homepage,
        language=language,
        entries=entries,
        skipped=len(items) - len(entries),
        hub=_hub(document.get("hubs"), address),
        topic=absolute(_text(document.get("feed_url")), address),
    )


def _item(row: object, *, base: str, language: str, now: datetime) -> FeedItem | None:
    if not isinstance(row, dict):
        return None
    guid = _text(row.get("id")).strip()[:MAX_GUID]
    link = absolute(_text(row.get("url")) or _text(row.get("external_url")), base)
    title = plain(_text(row.get("title")))[:MAX_TITLE]
    body = body_text(next(filter(None, (_text(row.get(name)) for name in _BODIES)), ""))
    if not (guid or link or title or body):
        return None
    raw = _text(row.get("date_published")) or _text(row.get("date_modified"))
    return FeedItem(
        guid=guid,
        link=link,
        title=title,
        body=body,
        author=_author(row),
        published_at=believable(raw, now=now, language=language),
        published_raw=plain(raw)[:100],
    )


def _hub(hubs: object, address: str) -> str:
    """The first WebSub hub; other kinds of hub are not for us."""
    for hub in hubs if isinstance(hubs, list) else ():
        if isinstance(hub, dict) and _text(hub.get("type")).lower() == "websub":
            return absolute(_text(hub.get("url")), address)
    return ""


def _author(row: dict[str, Any]) -> str:
    authors = row.get("authors") or [row.get("author")]
    if not isinstance(authors, list):
        return ""
    names = (_text(author.get("name")) for author in authors if isinstance(author, dict))
    return person(", ".join(name for name in names if name))


def _text(value: object) -> str:
    """Feeds put numbers where text belongs; anything else says nothing."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
