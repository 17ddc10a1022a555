"""Horizons: the periods that the headings, the sentences, the title and the events of a text give to its claims."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from language import wordlists
from language.claims import layout
from language.claims.candidates import Found, Read
from language.claims.dating import clause_times, occasion_days
from language.claims.dating.occasion_days import EventDay
from language.sentences.words import stems
from language.time import deadlines, events, frames
from language.time.deadlines import Deadline
from language.time.frames import Frame

LISTS = wordlists.read("dating")
INTRODUCING, LISTING, ENDING, FORESEEING, SUMMING = (
    wordlists.pattern(LISTS[name]) for name in ("introducing", "listing", "ending", "foreseeing", "summing")
)
PAST = re.compile(r"\b(?:was|were|had)\b(?!.{0,200}\b(?:will|would|could|may)\b)", re.IGNORECASE | re.DOTALL)
LONGEST = 600  # characters of a sentence in which it may date others
SUMMED = 12  # sentences back
AT_ONCE = 12  # characters between the word for what is foreseen and its period
OPENING = 60  # characters in which a sentence names the time of those after it
A_YEAR = 364  # days, from its first to its last
SHARED = 2  # stems of a title that a claim on the same matter shares with it


@dataclass(frozen=True, slots=True)
class TitleFrame:
    """The period a title gives to the claims of its text: to all, or to those that share its `topic` (stems)."""

    frame: Frame
    topic: frozenset[str]

    def is_of(self, text: str) -> bool:
        """Whether the title dates a claim in these words."""
        return not self.topic or len(self.topic & stems(text)) >= SHARED


@dataclass(frozen=True, slots=True)
class Horizons:
    """The frame of each sentence, by its place, the deadline it takes from those beside it, what the title dates, the
    year that "predictions" means, and the events of the text.
    """

    framed: Sequence[Frame | None]
    beside: Sequence[Deadline | None]
    titled: TitleFrame | None
    understood: Frame | None
    events: Sequence[EventDay]

    def frame(self, place: int) -> Frame | None:
        """The period in which the time words of a sentence are to be read, where a heading or the title gives one."""
        if (framed := self.framed[place]) is not None:
            return framed
        return self.titled.frame if self.titled is not None and not self.titled.topic else None

    def deadline(self, text: str, place: int) -> Deadline | None:
        """The deadline of a claim that names none, by the nearest that dates it."""
        if (beside := self.beside[place]) is not None:
            return beside
        titled = self.titled.frame if self.titled is not None and self.titled.is_of(text) else None
        frame = self.framed[place] or titled
        for event in self.events:
            if frame is None and not PAST.search(text) and event.is_of(text):
                return Deadline(event.words, 0, 0, event.on)
        frame = frame or self.understood
        if frame is None:
            return None
        return Deadline(frame.words, 0, 0, occasion_days.season_day(text, frame))


def none(found: Found) -> Horizons:
    """Horizons that date nothing."""
    empty: list[None] = [None] * len(found.sentences)
    return Horizons(empty, empty, None, None, ())


def read(found: Found, text: str, *, title: str, published: date, dated: Mapping[str, tuple[date, date]]) -> Horizons:
    """The horizons of a text, from its sentences in order. Linear time."""
    scope = _Scope(published, events.country(f"{title}\n{text}"), " ".join(title.split())[:300])
    understood = (frames.understood(words, published=published) for words in _heads(found, scope.title))
    return Horizons(
        list(_framed(found.sentences, scope)),
        _beside(found.sentences, published),
        _of_title(scope),
        next((frame for frame in understood if frame is not None), None),
        occasion_days.read(found.sentences, title=scope.title, published=published, dated=dated, country=scope.country),
    )


@dataclass(frozen=True, slots=True)
class _Scope:
    published: date
    country: str
    title: str

    def frame(self, words: str) -> Frame | None:
        """The event or the period that a heading names."""
        known = events.find(words, published=self.published, country=self.country)
        return known or frames.named(words, published=self.published)


def _heads(found: Found, title: str) -> Iterator[str]:
    for read in found.sentences[:1]:
        yield from reversed(read.passage.above)
    if layout.FORETELLING.search(title):
        yield title


def _framed(sentences: Sequence[Read], scope: _Scope) -> Iterator[Frame | None]:
    """For each sentence, the frame of the nearest heading, or of the last sentence that introduces one."""
    above: dict[str, Frame | None] = {}
    introduced: tuple[Frame, tuple[str, ...], bool] | None = None
    for read in sentences:
        headings = tuple(words for words in read.passage.above if words != scope.title)
        for words in headings:
            if words not in above:
                above[words] = scope.frame(words)
        if introduced is not None and not _reaches(introduced, headings):
            introduced = None
        new = _introduced(read, scope) if read.passage.kind != "heading" else None
        nearest = next((frame for words in reversed(headings) if (frame := above[words]) is not None), None)
        if new is not None:
            introduced = new, headings, LISTING.search(read.sentence.text[:LONGEST]) is not None
        yield (introduced[0] if introduced is not None else None) or nearest


def _reaches(introduced: tuple[Frame, tuple[str, ...], bool], headings: tuple[str, ...]) -> bool:
    _, under, is_listing = introduced
    return headings[: len(under)] == under if is_listing else headings == under


def _introduced(read: Read, scope: _Scope) -> Frame | None:
    """The period that a sentence says it is about to tell of; with "our outlook", only where that names it at once."""
    words = read.sentence.text[:LONGEST]
    matches = list(INTRODUCING.finditer(words))
    if not (matches or ENDING.search(words)) or (frame := frames.named(words, published=scope.published)) is None:
        return None
    at = words.find(frame.words)
    is_plain = not matches or any(match["noun"] is None for match in matches)
    return frame if is_plain or any(0 <= at - match.end() <= AT_ONCE for match in matches) else None


def _of_title(scope: _Scope) -> TitleFrame | None:
    """The period of a title: of all claims where it announces predictions, or foresees for years ahead ("to double by
    2030"); of those on the same matter where it foresees for less ("to decide in June").
    """
    title = scope.title
    is_announcing = layout.FORETELLING.search(title) is not None
    frame = scope.frame(title) if is_announcing or FORESEEING.search(title) else None
    if frame is None:
        return None
    is_wide = is_announcing or (frame.last - frame.first).days >= A_YEAR
    return TitleFrame(frame, frozenset() if is_wide else stems(title))


def _beside(sentences: Sequence[Read], published: date) -> list[Deadline | None]:
    """For each sentence the deadline it takes from another: one that sums up what stands before it, or opens on it."""
    beside: list[Deadline | None] = [None] * len(sentences)
    running: tuple[Deadline, int] | None = None
    for place, read in enumerate(sentences):
        words = read.sentence.text[:LONGEST]
        named = deadlines.find(words, published=published)
        if named is None or named.on is None:
            if running is not None and running[1] == read.passage.start:
                beside[place] = running[0]
            else:
                running = None
            continue
        given = Deadline(named.words, 0, 0, named.on)
        running = (given, read.passage.start) if _opens(read, named) else None
        if SUMMING.search(words):
            for back in range(max(0, place - SUMMED), place):
                if sentences[back].passage.above == read.passage.above:
                    beside[back] = beside[back] or given
    return beside


def _opens(read: Read, named: Deadline) -> bool:
    """Whether a sentence opens with its time words, before any verb, so that they hold for what follows."""
    if clause_times.is_said_then(read.tree, named.start):
        return False
    if named.start > OPENING or not deadlines.AHEAD.search(read.sentence.text):
        return False
    return not any(word.pos in {"VERB", "AUX"} and word.end <= named.start for word in read.tree.words)
