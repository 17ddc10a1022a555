"""Polling hints: waits that a feed asks for, its language, hub and withdrawals; all that stands outside its items."""

import re

from lxml import etree

from news.entries.links import absolute
from news.formats.documents import Parsed

MAX_ASKED_MINUTES = 60 * 24 * 366
MAX_GUIDS_TAKEN_BACK = 2000
_MINUTES = {"hourly": 60, "daily": 60 * 24, "weekly": 60 * 24 * 7, "monthly": 60 * 24 * 30, "yearly": 60 * 24 * 365}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>/]", re.I)
ITEM_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.I)
_TAKEN_BACK = re.compile(rb"<(?:\w+:)?deleted-entry\s[^<>]{0,4000}>")


def outside_items(body: bytes) -> bytes:
    """The document up to its first item and from the end of its last, with what it takes back from between them."""
    first = _ITEM.search(body)
    if first is None:
        return body
    last = max((end.end() for end in ITEM_END.finditer(body, first.start())), default=len(body))
    between = b"".join(_TAKEN_BACK.findall(body, first.start(), last)) if b"deleted-entry" in body else b""
    return body[: first.start()] + between + body[last:]


def tree(outside: bytes) -> etree._Element | None:
    """The elements outside the items, as far as they can be read; nothing is looked up or expanded."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
    )
    try:
        return etree.fromstring(outside, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def polling_hints(root: etree._Element | None, *, address: str) -> Parsed:
    """Hints in the elements outside the items; all else is still empty."""
    if root is None:
        return Parsed()
    stated: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    withdrawn: list[str] = []
    for element in root.iter(tag=etree.Element):
        name = local_name(element)
        if name == "link":
            href = absolute(element.get("href") or "", address)
            for rel in (element.get("rel") or "").lower().split():
                if href:
                    links.setdefault(rel, href)
        elif name == "deleted-entry" and len(withdrawn) < MAX_GUIDS_TAKEN_BACK:
            withdrawn.append((element.get("ref") or "").strip())
        elif name in ("ttl", "updateperiod", "updatefrequency", "language", "hour", "day"):
            stated.setdefault(name, []).append((element.text or "").strip())
    return Parsed(
        language=(stated.get("language", [""])[0] or _xml_language(root))[:20],
        asked_minutes=max(_ttl(stated), _syndicated(stated)),
        skip_hours=_hours(stated.get("hour", [])),
        skip_days=sum({1 << _DAYS.index(day.lower()) for day in stated.get("day", []) if day.lower() in _DAYS}),
        hub=links.get("hub", ""),
        topic=links.get("self", ""),
        withdrawn=tuple(filter(None, withdrawn)),
    )


def local_name(element: etree._Element) -> str:
    """Name of an element in small letters, without prefix or namespace."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _xml_language(root: etree._Element) -> str:
    for element in (root, *root[:1]):
        if language := element.get("{http://www.w3.org/XML/1998/namespace}lang"):
            return str(language).strip()
    return ""


def _ttl(stated: dict[str, list[str]]) -> int:
    text = stated.get("ttl", [""])[0]
    return min(int(text), MAX_ASKED_MINUTES) if re.fullmatch("[0-9]{1,12}", text, re.A) else 0


def _syndicated(stated: dict[str, list[str]]) -> int:
    """RSS 1.0's module: so many times in such a period; "once" and "hourly" where one is missing."""
    if "updateperiod" not in stated:
        return 0
    period = _MINUTES.get(stated["updateperiod"][0].lower(), 0)
    often = stated.get("updatefrequency", ["1"])[0]
    times = int(often) if re.fullmatch("[1-9][0-9]{0,5}", often, re.A) else 1
    return period // times


def _hours(hours: list[str]) -> int:
    """RSS counts them from 0 to 23, some feeds to 24."""
    numbers = {int(hour) % 24 for hour in hours if re.fullmatch("[0-9]{1,2}", hour, re.A) and int(hour) <= 24}
    return sum(1 << number for number in numbers)
