"""Layout of a text: its passages without list marks, the headings above each, and whether it says that it predicts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from language import wordlists
from language.sentences import boundaries

LISTS = wordlists.read("layout")
FORETELLING, ANNOUNCED, PERIOD, SIGNED = (
    wordlists.pattern(LISTS[name], parts=LISTS["parts"]) for name in ("foretelling", "announced", "period", "signed")
)
NUMBERS = LISTS["parts"]["NUMBER"]
# "## ", "- ", "* ", "• ", "1. ", "(2) ", "a) ", "Prediction three: ", and emphasis around them.
MARK = re.compile(
    r"(?:\#{1,6}\s*|>\s+|[-–—*•◦▪‣·○●+]\s+|\*{1,3}(?=\S)|_{1,2}(?=\w)|[\"“‘]?\(?\d{1,3}[.)](?:\s+|(?=[\"“‘*]))|\(?[a-zA-Z]\)\s+|\d{1,3}\s[-–—]\s"
    rf"|(?:Prediction|Prophecy|Forecast|Number|No\.?|Point|Item|Part)\s(?:no\.?\s)?(?:\d{{1,3}}|{NUMBERS}|[#]\d{{1,3}})(?:[:.)]|\s[-–—])\s+)"
    r"(?=\S)",
    re.IGNORECASE,
)
MOST_MARKS = 5
TRAIL = re.compile(r"(?<=\S)\s*(?:\*{1,3}|_{1,2}|\#{1,6})$")
NUMBERED = re.compile(r"(?:\#{1,6}\s+|\*{1,2})?(?:\(?\d{1,3}[.)]|Prediction\s)", re.IGNORECASE)
BULLET = re.compile(r"(?:[-–—*•◦▪‣·○●+]\s|\(?[a-z]\)\s)")
# "HARBOURTOWN, April 25 (Norland Press) - The port", "14:05 GMT: The port": none of the report's words.
DATELINE = re.compile(
    r"(?:[A-Z][\w'’.-]{1,24}(?:[\s/,]{1,2}[A-Z][\w'’.-]{0,24}){0,4},?\s)?(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?,?\s)?\([A-Z][\w\s.]{1,30}\)\s[-–—]+\s"
    r"|[A-Z]{3,24}(?:[\s,]{1,2}[A-Z][A-Za-z]{1,24}){0,3}\s[-–—]\s|(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?(?:\s?[-–—:]\s|\s)"
)
# "Exit poll: the Liberals win": a topic, and what is said on it.
TOPIC = re.compile(r"[A-Z\d][^\s:]{0,24}(?:\s[^\s:]{1,24}){0,3}:\s+(?=[^\s:]+\s[^\s:]+\s[^\s:])")
MOST_HEADING_WORDS, MOST_ENTRY_WORDS = 14, 30
LEADING_LINES = 6  # of a text, in which it may say that it predicts
LONGEST = 1_500
FIGURE = re.compile(r"\d\s?(?:%|per\s?cent)", re.IGNORECASE)
MOST_ANNOUNCED = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of the text without its list mark: `text == whole[start:end]`.

    kind: "prose", "item" (of a list), "heading", or "aside" (a byline, a caption, a link). `above` are the headings it
    stands under, the nearest last, the first of them the title where it announces predictions (`foretells`), or the
    sentence that does. `is_listed`: it bears a list mark, or its topic and a colon.
    """

    start: int
    end: int
    text: str
    kind: str
    above: tuple[str, ...]
    foretells: bool
    is_listed: bool


def read(text: str, *, title: str = "") -> tuple[Passage, ...]:
    """The passages of `text` in order. Linear time."""
    lines = boundaries.paragraphs(text)
    title = " ".join(title.split())[:300]
    announced = [
        sentence.text
        for line in lines[:LEADING_LINES]
        for sentence in boundaries.split(line.text[:LONGEST])
        if ANNOUNCED.search(sentence.text[:600])
    ]
    foretelling = [title] if FORETELLING.search(title) or announced else []
    return tuple(_scoped(text, lines, (*foretelling, *announced[:MOST_ANNOUNCED])))


def _scoped(text: str, lines: Sequence[boundaries.Sentence], announced: Sequence[str]) -> Iterator[Passage]:
    headings: list[tuple[int, str]] = []  # depth and words, outermost first
    for place, line in enumerate(lines):
        following = lines[place + 1].text if place + 1 < len(lines) else ""
        passage = _passage(text, line, following)
        if passage.kind == "heading":
            depth = _depth(line.text)
            headings = [heading for heading in headings if heading[0] < depth]
        above = tuple(words for words in (*announced, *(words for _, words in headings)) if words)
        foretells = bool(announced) or any(_announces(words) for _, words in headings)
        yield from _dated(text, replace(passage, above=above, foretells=foretells))
        if passage.kind == "heading":
            headings.append((depth, passage.text))


def _announces(heading: str) -> bool:
    """Whether a heading announces predictions; "Forecast: 81%" is one."""
    return FORETELLING.search(heading) is not None and not FIGURE.search(heading)


def _passage(text: str, line: boundaries.Sentence, following: str) -> Passage:
    start, end, is_marked = line.start, line.end, False
    for _ in range(MOST_MARKS):
        mark = MARK.match(text, start, end)
        if mark is None:
            break
        start, is_marked = mark.end(), True
    if (dateline := DATELINE.match(text, start, end)) and dateline.end() < end:
        start = dateline.end()
    if is_marked and (trail := TRAIL.search(text, max(start, end - 8), end)):
        end = trail.start()
    words = text[start:end]
    return Passage(
        start,
        end,
        words,
        _kind(line.text, words, following, is_marked=is_marked),
        (),
        False,
        is_marked or _is_topical(words),
    )


def _kind(line: str, words: str, following: str, *, is_marked: bool) -> str:
    if SIGNED.search(words[:LONGEST]):
        return "aside"
    if line.startswith("#"):
        return "heading"
    count = len(words.split())
    is_open = not words.rstrip("\"'”’)] *_").endswith((".", "!", "?", "…", ";", ","))
    if is_open and count <= MOST_HEADING_WORDS and (words.endswith(":") or _heads(words, following, is_marked)):
        return "heading"
    return "item" if is_marked or _is_topical(words) else "prose"


def _is_topical(words: str) -> bool:
    return len(words.split()) <= MOST_ENTRY_WORDS and TOPIC.match(words) is not None


def _heads(words: str, following: str, is_marked: bool) -> bool:
    """Whether a short line without a stop heads the line after it, which is longer or begins a list."""
    if not following or (is_marked and (NUMBERED.match(following) or BULLET.match(following))):
        return False
    return len(following) > 1.5 * len(words) or bool(NUMBERED.match(following) or BULLET.match(following))


def _depth(line: str) -> int:
    hashes = len(line) - len(line.lstrip("#"))
    if hashes:
        return hashes
    return 8 if NUMBERED.match(line) or BULLET.match(line) else 7


def _dated(text: str, passage: Passage) -> Iterator[Passage]:
    """The passage; where it opens with a period and a colon ("Summer: ..."), these words are its heading."""
    label = PERIOD.match(passage.text)
    if label is None or passage.kind == "aside" or label.end() >= len(passage.text):
        yield passage
        return
    start = passage.start + label.end()
    yield replace(
        passage,
        start=start,
        text=text[start : passage.end],
        kind="item" if passage.kind == "heading" else passage.kind,
        above=(*passage.above, label["period"]),
    )
