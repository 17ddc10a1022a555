"""Stretches of a sentence, tidied to stand alone: no joining words at their ends, all marks closed; series cut."""

import re
from collections.abc import Iterator

from language import wordlists

LISTS = wordlists.read("assertions")
TIME = LISTS["parts"]["TIME"]
FIGURE = r"(?:(?:to|at|by|of|about|around|roughly|nearly|only|some|just)\s){0,2}[$€£]?\d[\d,.]{0,12}"
# "... 2% in 2026, 2.5% in 2027 and 3% in 2028": where the next figure with its own time begins.
SERIES = re.compile(
    rf"(?<=\w)(?:,\s(?:and\s|then\s){{0,2}}|\sand\s(?:then\s)?)(?={FIGURE}[^,;()]{{0,60}}?\b{TIME})", re.IGNORECASE
)
TIMED = re.compile(TIME, re.IGNORECASE)
# "... 2 million users in Arden and 3 million in Brook": where the next figure with its own place begins.
PLACE = r"(?:in|for|from|at|among|to)\s(?:the\s)?(?-i:[A-Z])"
PLACES = re.compile(rf"(?<=\w)(?:,\s(?:and\s)?|\sand\s)(?={FIGURE}[^,;()]{{0,40}}?\b{PLACE})", re.IGNORECASE)
PLACED = re.compile(rf"\d[^,;()]{{0,40}}?\b{PLACE}", re.IGNORECASE)
# "a decline in sales and an increase in margins": where the next change begins.
CHANGE = LISTS["parts"]["CHANGE"]
CHANGES = re.compile(rf"(?<=\w)(?:,\s(?:and\s)?|\sand\s)(?=(?:[^\s,;()]+\s){{0,4}}?{CHANGE})", re.IGNORECASE)
CHANGED = re.compile(CHANGE, re.IGNORECASE)
# "throughout 2031, and probably beyond"
BEYOND = re.compile(
    r"(?<=\w)(?:,\s|\s?(?:--|[–—-])\s?)(?=and\b[^.;]{0,40}?\b(?:beyond|afterwards?|thereafter|longer|later)[\s.–—-]*\Z)",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"(?:[\s,;:–—-]++|no\smatter\s(?:how|what|who|whether|where|when|which|whose)\b[^,;.]{3,120},\s|(?:and|but|or|so|yet|nor|plus|then)\b,?(?=\s))++",
    re.IGNORECASE,
)
TRAILING = re.compile(
    r"(?:[\s,;:–—-]++|(?<=[\s,;])(?:and|but|or|yet|nor|while|that|with)(?=[\s,;:]*\Z))++\Z", re.IGNORECASE
)
PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»"}
NEAR = 80  # characters
STOP = re.compile(r"[.!?…]+")


def series(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a stretch, cut where another figure or change with its own time, place or matter follows one that
    has its own, and before "and beyond"."""
    inside = text[start:end]
    cuts = {
        (cut.start(), cut.end())
        for pattern, own in ((SERIES, TIMED), (PLACES, PLACED), (CHANGES, CHANGED), (BEYOND, TIMED))
        for cut in pattern.finditer(inside)
        if own.search(inside, 0, cut.start())
    }
    last = 0
    for before, after in sorted(cuts):
        if before > last:
            yield tidied(text, start + last, start + before)
            last = after
    yield tidied(text, start + last, end) if last else (start, end)


def tidied(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without what joins it to others, with its full stop, and with all brackets and quotations closed."""
    while (mark := LEADING.match(text, start, end)) and mark.end() > start:
        start = mark.end()
    start, end = _balanced(text, start, start + len(TRAILING.sub("", text[start:end])))
    if (stop := STOP.match(text, end)) is not None:
        end = stop.end()
    return start, end


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch grown or cut so that no bracket or quotation is left open."""
    for opening, closing in PAIRS.items():
        inside = text[start:end]
        if inside.count(opening) > inside.count(closing):
            start, end = _closed(text, start, end, opening, closing)
        elif inside.count(closing) > inside.count(opening):
            start, end = _opened(text, start, end, opening, closing)
    if text.count('"', start, end) % 2:
        start, end = _evened(text, start, end)
    while start < end and text[start].isspace():
        start += 1
    return start, start + len(TRAILING.sub("", text[start:end]))


def _closed(text: str, start: int, end: int, opening: str, closing: str) -> tuple[int, int]:
    inside = text[start:end]
    if inside.startswith(opening) and inside.count(opening) == 1:
        return start + 1, end
    close = text.find(closing, end)
    if close >= 0 and opening not in text[end:close]:
        return start, close + 1
    return start, start + inside.rfind(opening)


def _opened(text: str, start: int, end: int, opening: str, closing: str) -> tuple[int, int]:
    inside = text[start:end]
    if inside.rstrip(".,!?…").endswith(closing) and inside.count(closing) == 1:
        return start, start + inside.rfind(closing)
    before = text.rfind(opening, 0, start)
    return (before, end) if before >= 0 else (start, end)


def _evened(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    if inside.startswith('"'):
        return start + 1, end
    if inside.rstrip(".,!?").endswith('"'):
        return start, start + inside.rfind('"')
    close = text.find('"', end)
    return (start, close + 1) if 0 <= close - end < NEAR else (start, end)
