"""Boundaries of sentences and paragraphs, in code points of the text as given."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from language import wordlists

LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
# Possessive runs: whatever follows, the scan never goes back, so hostile punctuation stays linear.
STOP = re.compile(r"[.!?…。！？]++(?:[\"'”’»)\]]|\[\d{1,3}\])*+")
LAST_TOKEN_REACH = 40
MOST_LOOKED_AT = 300  # characters before a firm's name
LISTS = wordlists.read("sentence_ends")
TITLES, MONTHS, OFTEN_LAST, CLOCK, ZONES, OPENERS, FIRMS, OFFICES, DAYS = (
    wordlists.words(LISTS[name])
    for name in ("titles", "months", "often_last", "clock", "zones", "openers", "firms", "offices", "days")
)
AGAINST = frozenset({"v"})  # "Lund v. Arden"
VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|did|does|\w{3,20}ed|left|said|went|rose|fell|sold)\b"
)
SAYING = re.compile(r"(?:\S{1,30}\s{1,3}){0,3}?(?:said|says|asked|asks|told|wrote|added|replied|shouted|cried)\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the text: `text == whole[start:end]`, without surrounding white space."""

    start: int
    end: int
    text: str


def split(text: str) -> tuple[Sentence, ...]:
    """Sentences of `text` in reading order. A line break always ends one. Linear in the length of the text."""
    return tuple(
        sentence for line in paragraphs(text) for sentence in _cut(text, line.start, line.end, _ends(text, line))
    )


def paragraphs(text: str) -> tuple[Sentence, ...]:
    """The lines of `text` that hold anything but white space, trimmed."""
    return tuple(
        trimmed for line in LINE.finditer(text) if (trimmed := _trim(text, line.start(), line.end())) is not None
    )


def _cut(text: str, start: int, end: int, ends: Iterator[int]) -> Iterator[Sentence]:
    for stop in (*ends, end):
        if (sentence := _trim(text, start, stop)) is not None:
            yield sentence
        start = stop


def _trim(text: str, start: int, end: int) -> Sentence | None:
    piece = text[start:end]
    body = piece.strip()
    if not body:
        return None
    start += len(piece) - len(piece.lstrip())
    return Sentence(start, start + len(body), body)


def _ends(text: str, line: Sentence) -> Iterator[int]:
    for mark in STOP.finditer(text, line.start, line.end):
        if mark.end() < line.end and _is_end(text, line, mark):
            yield mark.end()


def _is_end(text: str, line: Sentence, mark: re.Match[str]) -> bool:
    stops = mark.group()
    if stops[0] in "。！？":
        return True
    following = text[mark.end() : mark.end() + 120]
    if not following[0].isspace():
        return False
    following = following.lstrip()
    if not following or _starts_low(following):
        return False
    if stops[0] in "!?":
        return len(stops) == 1 or not SAYING.match(following)
    if not stops.startswith(".") or stops.startswith(".."):
        return True
    return _dot_ends(text, line, mark.start(), following)


def _starts_low(following: str) -> bool:
    first = following.lstrip("\"'“‘«([")[:1]
    return first.islower() or first in {",", ";", ":"}


def _dot_ends(text: str, line: Sentence, dot: int, following: str) -> bool:
    before = text[max(line.start, dot - LAST_TOKEN_REACH) : dot]
    token = before.split()[-1].lstrip("\"'“‘«([") if before and not before[-1].isspace() else ""
    at_line_start = before.lstrip("\"'“‘«([") == token and dot - len(before) == line.start
    low = token.lower()
    next_word = following.split(maxsplit=1)[0].strip("\"'“”’‘.,;:()[]")
    if low in TITLES:
        return low == "no" and not next_word[:1].isdigit() and not at_line_start
    if low in MONTHS:
        return not next_word[:1].isdigit()
    if at_line_start and (token.isdigit() or (len(token) == 1 and token.isalpha())):
        return False  # "1." and "a." number a list
    if token.isdigit() and len(token) < 3 and before[: -len(token)].rstrip().endswith((".", ":", ";", "!", "?")):
        return False  # and so does "2." inside a line
    if token in AGAINST:
        return False
    if low in CLOCK:
        return next_word not in ZONES and (next_word.lower() not in DAYS or bool(VERB.match(_after(following))))
    if low in FIRMS and _opens_after_firm(text[line.start : dot], following):
        return True
    if low in OFTEN_LAST or (len(token) == 1 and token.isupper()) or _is_acronym(token):
        return next_word in OPENERS
    return True


def _after(following: str) -> str:
    return following.partition(" ")[2]


def _opens_after_firm(before: str, following: str) -> bool:
    """ "He joined Norvolt Corp. Shares rose": a clause is done, and a noun with its verb follows that is no office."""
    first, _, rest = following.partition(" ")
    is_noun = first[:1].isupper() and first.lower().rstrip(",") not in OFFICES
    return is_noun and rest[:1].islower() and VERB.search(before[-MOST_LOOKED_AT:]) is not None


def _is_acronym(token: str) -> bool:
    letters = token.split(".")
    return len(letters) > 1 and all(len(letter) == 1 and letter.isalpha() for letter in letters)
