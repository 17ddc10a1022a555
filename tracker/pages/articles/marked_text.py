"""An article's text cut into paragraphs and pieces, so that a page can mark its claims at their exact characters."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from language.sentences.boundaries import paragraphs


@dataclass(frozen=True, slots=True)
class ClaimSpan:
    """The code points [start, end) of a text that claim `number` quotes."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch within one paragraph that the same claims cover throughout; `head + tail` is its text.

    `number` is the shortest claim that covers it, or 0 for none. `begins` are the claims whose first piece this is,
    `ends` those whose last it is; only then is `tail` not empty: the last word, to which their signs are glued.
    """

    head: str
    tail: str
    number: int
    begins: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text; `numbers` are the claims that begin in it, in reading order."""

    pieces: tuple[Piece, ...]
    numbers: tuple[int, ...]


def mark(text: str, *, spans: Sequence[ClaimSpan]) -> tuple[Paragraph, ...]:
    """The paragraphs of `text` with `spans` marked; spans may nest, overlap and run on over paragraphs."""
    marked = []
    begun: set[int] = set()
    for line in paragraphs(text):
        inside = [span for span in spans if span.start < line.end and span.end > line.start]
        pieces = []
        edges = sorted(_edges(inside, start=line.start, end=line.end))
        for start, end in pairwise(edges):
            piece = _piece(text, start=start, end=end, inside=inside, begun=begun, is_last=end == line.end)
            begun.update(piece.begins)
            pieces.append(piece)
        marked.append(Paragraph(tuple(pieces), tuple(number for piece in pieces for number in piece.begins)))
    return tuple(marked)


def _edges(spans: Sequence[ClaimSpan], *, start: int, end: int) -> set[int]:
    cuts = {cut for span in spans for cut in (span.start, span.end)}
    return {start, end} | {cut for cut in cuts if start < cut < end}


def _piece(text: str, *, start: int, end: int, inside: Sequence[ClaimSpan], begun: set[int], is_last: bool) -> Piece:
    covering = [span for span in inside if span.start < end and span.end > start]
    begins = tuple(span.number for span in sorted(covering, key=_place) if span.number not in begun)
    # White space at a line's end may belong to a span but is never shown, so the line's end closes such a span too.
    ends = tuple(
        span.number
        for span in sorted(covering, key=_place)
        if span.end == end or (is_last and not text[end : span.end].strip())
    )
    words = text[start:end]
    cut = _last_word(words) if ends else len(words)
    shortest = min(covering, key=lambda span: (span.end - span.start, span.number), default=None)
    return Piece(words[:cut], words[cut:], shortest.number if shortest else 0, begins, ends)


def _place(span: ClaimSpan) -> tuple[int, int, int]:
    return span.start, span.end, span.number


def _last_word(words: str) -> int:
    """The beginning of the last word; 0 when it is all one word."""
    body = words.rstrip()
    return max((place + 1 for place, letter in enumerate(body) if letter.isspace()), default=0)
