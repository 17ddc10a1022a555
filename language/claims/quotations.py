"""Quotations of a text: the stretches between quotation marks, over sentences and paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from language.sentences import boundaries
from language.sentences.boundaries import Sentence

MARK = re.compile(r"[“”\"„«»]|(?<!\w)‘(?=\w)|(?<=[.,!?…])’(?!\w)")
OPENING, CLOSING = frozenset("“„«‘"), frozenset("”»’")
# "The book is The Quiet Century, by Ada Lund", and "here are the insights that I noted": what follows is hers.
BOOK = re.compile(r"\b(?:book|novel|essay|memoir|treatise|lecture|pamphlet|manifesto)\b", re.IGNORECASE)
WRITER = re.compile(r"\bby\s(?P<who>[A-Z][\w.'’-]{1,24}(?:\s[A-Z][\w.'’-]{0,24}){1,3})")
RENDERING = re.compile(
    r"\b(?:here\s(?:are|is)|these\sare|below\s(?:are|is)|following\sare|what\sfollows)\b[^.;:]{0,40}?"
    r"\b(?:insights|points|passages?|excerpts?|extracts?|highlights|theses|takeaways|notes|conclusions"
    r"|(?:his|her|their|(?:book|author|writer)['’]s)\s(?:\w+\s)?(?:predictions|prophecies|forecasts|views|ideas))\b",
    re.IGNORECASE,
)
LEAD = 8  # sentences in which a text says whose book it renders
FEWEST_WORDS = 4  # fewer are a name or a word held at arm's length


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between marks, within one paragraph. Those with the same `run` are one person's: each opens again where
    its paragraph begins, while the one before was never closed.
    """

    start: int
    end: int
    run: int
    paragraph: Sentence


def read(text: str) -> tuple[Quotation, ...]:
    """The quotations of `text` in order, titles and single words in marks left out. Linear time."""
    found: list[Quotation] = []
    run, is_open = 0, False
    for paragraph in boundaries.paragraphs(text):
        goes_on = is_open and paragraph.text[:1] in {"“", '"', "„", "«", "‘"}
        run += 0 if goes_on else 1
        is_open = False
        for start, end, closed in _pairs(text, paragraph):
            found.append(Quotation(start, end, run, paragraph))
            is_open = not closed
            run += int(closed)
    return tuple(piece for piece in found if len(text[piece.start : piece.end].split()) >= FEWEST_WORDS)


def rendered(sentences: Sequence[Sentence]) -> tuple[int, str] | None:
    """From where on a text renders somebody's book, and whose; None where its first sentences say nothing of it."""
    lead = sentences[:LEAD]
    writers = [match["who"] for sentence in lead if (match := WRITER.search(sentence.text))]
    if not writers or not any(BOOK.search(sentence.text) for sentence in lead):
        return None
    return next(((sentence.end, writers[0].rstrip(".")) for sentence in lead if RENDERING.search(sentence.text)), None)


def _pairs(text: str, paragraph: Sentence) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each stretch between marks, and whether it is closed before its paragraph ends."""
    opened: re.Match[str] | None = None
    for mark in MARK.finditer(text, paragraph.start, paragraph.end):
        sign = mark.group()
        if opened is None:
            if sign in OPENING or (sign == '"' and _may_open(text, mark, paragraph)):
                opened = mark
        elif (sign in CLOSING and (sign == "’") == (opened.group() == "‘")) or (sign == '"' and opened.group() == '"'):
            yield opened.end(), mark.start(), True
            opened = None
    if opened is not None and opened.group() != "‘":
        yield opened.end(), paragraph.end, False


def _may_open(text: str, mark: re.Match[str], paragraph: Sentence) -> bool:
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    return before.isspace() or before in "([—–-:"
