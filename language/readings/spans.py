"""Spans: where words that a model copied stand in a text, and long texts in pieces."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_WORDS = 1_500  # characters of a quotation that is looked for
# Marks that models like to swap, one character each, so that offsets stay.
FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "\u00a0": " "})
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class TextPiece:
    """The code points from `start` on of a longer text."""

    start: int
    text: str


def pieces(text: str, *, longest: int) -> Iterator[TextPiece]:
    """The text in pieces of at most `longest` characters, cut between lines, sentences or words. Linear time."""
    start = 0
    while start < len(text):
        end = len(text) if len(text) - start <= longest else _cut(text, start, start + longest)
        if text[start:end].strip():
            yield TextPiece(start, text[start:end])
        start = end


def _cut(text: str, start: int, limit: int) -> int:
    """The best place to cut in the second half before the limit; the limit itself in a text without white space."""
    for mark in ("\n", ". ", " "):
        place = text.rfind(mark, start + (limit - start) // 2, limit)
        if place >= 0:
            return place + len(mark)
    return limit


def find(words: str, text: str) -> tuple[int, int] | None:
    """The code points [start, end) at which `words` first stand in `text`; None for words that do not stand there.

    White space and the shape of quotation marks and dashes may differ; what stands in the text is what counts.
    """
    parts = words.translate(FOLDED).split()
    if not parts or len(words) > LONGEST_WORDS:
        return None
    found = re.search(r"\s+".join(map(re.escape, parts)), text.translate(FOLDED))
    return found.span() if found else None


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text that a model's words are held against: folded, and the figures in it."""

    folded: str
    figures: frozenset[str]

    @classmethod
    def of(cls, *texts: str) -> "SourceText":
        whole = "\n".join(texts)
        return cls(_folded(whole), frozenset(FIGURE.findall(whole)))

    def holds(self, words: str) -> bool:
        """Whether it holds the words, in whatever case; not true of no words."""
        return bool(words.strip()) and _folded(words) in self.folded

    def lacks_figure_of(self, words: str) -> bool:
        """Whether the words give a figure that it does not hold."""
        return not self.figures.issuperset(FIGURE.findall(words))


def _folded(text: str) -> str:
    return " ".join(text.translate(FOLDED).casefold().split())
