"""Readings of candidates before they are weighed: who says it, until when, how surely, in which stretch."""

import logging
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from language.claims import hedges, quotations, speakers
from language.claims.candidates import Found, Stretch
from language.claims.dating import clause_times, horizons
from language.claims.dating.horizons import Horizons
from language.claims.speakers import AUTHOR, Attribution, ClauseSpeaker
from language.sentences import attribution
from language.time import deadlines, occasions
from language.time.deadlines import Deadline

log = logging.getLogger(__name__)
REMEMBERED = 30  # sentences back in which somebody who is meant may have been named
MOST_AROUND = 200  # attributions that may begin between a quotation and what it holds
FEWEST_WORDS = 3
THAT = re.compile(r"\bthat\s*$")
SOME_TIME = re.compile(
    r"(?:soon|shortly|eventually|before (?:too )?long|some ?day|one day|at some point)", re.IGNORECASE
)
THIS_SEASON = re.compile(r"\bthis (?:coming )?(?:year|season)\b", re.IGNORECASE)
THEN = re.compile(r"\bthen\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextAround:
    """The days around a text: of its publication, of its occasions, of its headings; and who says which stretches.

    `gapped` are the places of sentences in which a part leaves out the verb that it shares with another; `rendered` is
    from where on the text renders somebody's book, and whose.
    """

    published: date
    dated: dict[str, tuple[date, date]]
    horizons: Horizons
    said: Sequence[Attribution]
    found: Found
    text: str
    gapped: frozenset[int]
    title: str
    rendered: tuple[int, ClauseSpeaker]

    def said_before(self, at: int, *, most: int) -> Sequence[Attribution]:
        """The last `most` of `said` that begin at `at` or before it, in order."""
        stop = bisect_right(self.said, at, key=lambda each: each.start)
        return self.said[max(0, stop - most) : stop]


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A candidate with what is read of it before it is weighed; `asserted` is without whoever says it."""

    candidate: Stretch
    start: int
    end: int
    text: str
    asserted: str
    speaker: ClauseSpeaker
    deadline: Deadline | None
    is_framed: bool
    hedge: hedges.Hedge | None


def around(text: str, found: Found, *, published: date, title: str = "") -> TextAround:
    """Read the days, headings and speakers of a text once; one of these that fails is logged and left out."""
    sentences = [read.sentence for read in found.sentences]
    try:
        dated = occasions.days((sentence.text for sentence in sentences), published=published)
    except Exception:
        log.exception("The occasions of a text could not be read")
        dated = {}
    try:
        said = speakers.attributions(text, sentences, [read.tree for read in found.sentences])
    except Exception:
        log.exception("The speakers of a text could not be read")
        said = ()
    gapped = frozenset(candidate.place for candidate in found.candidates if candidate.kind == "gapped")
    try:
        dates = horizons.read(found, text, title=title, published=published, dated=dated)
    except Exception:
        log.exception("The periods that headings and title give could not be read")
        dates = horizons.none(found)
    book = quotations.rendered(sentences)
    rendered = (book[0], ClauseSpeaker("person", book[1])) if book is not None else (len(text), AUTHOR)
    return TextAround(published, dated, dates, said, found, text, gapped, title, rendered)


def draft(candidate: Stretch, context: TextAround) -> DraftClaim | None:
    attributed = _innermost(candidate, context)
    start, end = candidate.start, candidate.end
    if attributed is not None and (
        attributed.start <= candidate.head < attributed.end or THAT.search(_cue(attributed, context))
    ):
        start, end = _without_speaker(candidate, attributed)
    text = context.text[start:end]
    if len(text.split()) < min(FEWEST_WORDS, len(candidate.text.split())):
        return None
    own = _own(candidate, context, start, end)
    deadline = own or context.horizons.deadline(clause_times.own(candidate, start, text), candidate.place)
    return DraftClaim(
        candidate=candidate,
        start=start,
        end=end,
        text=text,
        asserted=attribution.without(text),
        speaker=_speaker(candidate, attributed, context),
        deadline=deadline,
        is_framed=own is None and deadline is not None,
        hedge=hedges.read(text, cue=_cue(attributed, context)),
    )


def _speaker(candidate: Stretch, attributed: Attribution | None, context: TextAround) -> ClauseSpeaker:
    """Who says a candidate: whoever it is given to, the writer of the book that the text renders, or the author.

    Among somebody's own predictions "the deficit, according to the bank, will shrink" names the source of a figure.
    """
    if attributed is None:
        return context.rendered[1] if candidate.start >= context.rendered[0] else AUTHOR
    start, end = attributed.cue
    is_inserted = candidate.start < start and end < candidate.head and context.text[end : end + 1] == ","
    names_source = context.text[start:end].lower().startswith("according to")
    return AUTHOR if names_source and is_inserted and candidate.read.passage.foretells else attributed.speaker


def _own(candidate: Stretch, context: TextAround, start: int, end: int) -> Deadline | None:
    """The deadline that a claim names itself, or that its sentence gives to it."""
    dated = _with_then(candidate, context)
    frame = context.horizons.frame(candidate.place)
    timed = clause_times.own(candidate, start, context.text[start:end])
    own = deadlines.find(timed, published=context.published, dated=dated)
    if own is not None and own.on is None and frame is not None and SOME_TIME.match(own.words):
        return None  # "eventually", among predictions for a year, is within it
    if own is not None and frame is not None:
        if frame.whole is not None and THIS_SEASON.search(own.words):
            return replace(own, on=frame.whole)
        return deadlines.find(timed, published=context.published, dated=dated, frame=frame)
    if own is None and (start, end) != (candidate.read.sentence.start, candidate.read.sentence.end):
        return _shared(candidate, context, dated)
    return own


def _innermost(candidate: Stretch, context: TextAround) -> Attribution | None:
    """The attribution that holds for a candidate: the shortest around its head, else the one whose verb its head is.

    "The bank forecasts growth of 2%" is a claim as it stands, and the bank's.
    """
    before = context.said_before(candidate.end, most=MOST_AROUND)
    around = [each for each in before if each.start <= candidate.head < each.end]
    own = [each for each in before if each.cue[0] <= candidate.head < each.cue[1]]
    return min(around or own, key=lambda each: each.end - each.start, default=None)


def _cue(attributed: Attribution | None, context: TextAround) -> str:
    """The words that give a claim to somebody, where they stand outside of it."""
    return context.text[slice(*attributed.cue)] if attributed is not None and not attributed.denied else ""


def _without_speaker(candidate: Stretch, attributed: Attribution) -> tuple[int, int]:
    """The candidate's stretch inside what is said; with the words of whoever denies it, without those of others."""
    start, end = candidate.start, candidate.end
    if attributed.denied:
        return min(start, attributed.cue[0]), max(end, attributed.cue[1])
    inside = max(start, attributed.start), min(end, attributed.end)
    return inside if inside[1] - inside[0] >= 0.3 * (end - start) else (start, end)


def _shared(candidate: Stretch, context: TextAround, dated: dict[str, tuple[date, date]]) -> Deadline | None:
    """The deadline that its sentence opens with, or that the end of it gives to a part without a verb and to this one.

    Its words stand outside the claim.
    """
    read = candidate.read
    shared = deadlines.find(read.sentence.text, published=context.published, dated=dated)
    if shared is None or shared.on is None or clause_times.is_said_then(read.tree, shared.start):
        return None
    opens = not any(word.pos in {"VERB", "AUX"} and word.end <= shared.start for word in read.tree.words)
    return replace(shared, start=0, end=0) if opens or candidate.place in context.gapped else None


def _with_then(candidate: Stretch, context: TextAround) -> dict[str, tuple[date, date]]:
    """The days of occasions with the one "by then" means: the last that the sentences just before name."""
    if not THEN.search(candidate.text):
        return context.dated
    for read in reversed(context.found.sentences[max(0, candidate.place - 2) : candidate.place]):
        named = deadlines.find(read.sentence.text, published=context.published)
        if named is not None and named.on is not None:
            return context.dated | {"then": (named.on, named.on)}
    return context.dated


def before(draft: DraftClaim, context: TextAround) -> list[str]:
    """The sentences before a claim, and what stands before it in its own."""
    place = draft.candidate.place
    sentences = [read.sentence for read in context.found.sentences[max(0, place - REMEMBERED) : place + 1]]
    own = context.text[sentences[-1].start : draft.start]
    return [*(sentence.text for sentence in sentences[:-1]), *([own] if own.strip() else [])]
