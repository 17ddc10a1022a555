"""Speakers of quotations: named beside the words, in the sentence before or behind, or last heard of."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from language.claims import predicates, speaker_kinds
from language.claims.cast import Cast
from language.claims.quotations import Quotation
from language.claims.speaker_kinds import AUTHOR, ClauseSpeaker
from language.sentences.boundaries import Sentence
from language.syntax.trees import Tree, Word

NAMED = re.compile(
    r"(?:^|[.!?…]\s)(?P<who>[A-Z][\w’'-]+(?:\s(?:de\s|von\s|van\s|al-)?[A-Z][\w’'-]+){1,3})(?:,\s[^:“\"]{3,60})?:\s*[“\"]?$"
)
UNNAMED = ClauseSpeaker("unnamed", "")
NEAR = 60  # characters between a quotation and a verb that is none of the lists'
FAR = 200
# "...,” an Eastland Liberal said".
BEHIND = re.compile(
    r"[”\"]\s(?P<who>(?!(?:and|but|as|which|that|he|she|I|we|it|they|who)\b)[^“”\".;:]{2,70}?)"
    r"\s(?:said|says|added|told|predicted|warned|wrote|argued|explained|replied|insisted|noted|joked|concluded)(?=[\s.,:])"
)


@dataclass(frozen=True, slots=True)
class SpeakerCue:
    """Somebody who says something, and where the words that tell so stand in the text."""

    speaker: ClauseSpeaker
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A text with its sentences, their trees, its cast, its quotations, and who is heard of where (offset, speaker)."""

    sentences: Sequence[Sentence]
    trees: Sequence[Tree]
    cast: Cast
    quotations: Sequence[Quotation]
    heard: Sequence[tuple[int, ClauseSpeaker]]

    def place(self, at: int) -> int:
        """The number of the sentence that holds an offset, or that ends last before it."""
        return max(0, bisect_right(self.sentences, at, key=lambda sentence: sentence.start) - 1)

    def is_quoted(self, at: int) -> bool:
        """Whether an offset lies in a quotation."""
        place = bisect_right(self.quotations, at, key=lambda piece: piece.start) - 1
        return place >= 0 and at < self.quotations[place].end


def speakers(scene: Scene) -> list[SpeakerCue]:
    """The speaker of each quotation, in order; nobody named where nobody can be found, never the author unasked."""
    beside = [_beside(scene, piece) for piece in scene.quotations]
    by_run: dict[int, SpeakerCue] = {}
    by_paragraph: dict[int, SpeakerCue] = {}
    for piece, cue in zip(scene.quotations, beside, strict=True):
        if cue is not None:
            by_run.setdefault(piece.run, cue)
            by_paragraph.setdefault(piece.paragraph.start, cue)
    found: list[SpeakerCue] = []
    for piece, cue in zip(scene.quotations, beside, strict=True):
        known = cue or by_run.get(piece.run) or by_paragraph.get(piece.paragraph.start)
        speaker = known.speaker if known else _last_heard(scene, piece)
        found.append(cue or SpeakerCue(speaker, piece.start, piece.start))
        by_run.setdefault(piece.run, found[-1])
        by_paragraph[piece.paragraph.start] = found[-1]
    return found


def _beside(scene: Scene, piece: Quotation) -> SpeakerCue | None:
    """Who is named in the sentences that the quotation begins and ends in, or in the ones next to it."""
    first, last = scene.place(piece.start), scene.place(max(piece.start, piece.end - 1))
    for place in dict.fromkeys((last, first)):
        if (cue := _in_sentence(scene, piece, place)) is not None:
            return cue
    after = last + 1
    if after < len(scene.sentences) and scene.sentences[after].start < piece.paragraph.end:
        cue = _bare_saying(scene, after)
        if cue is not None:
            return cue
    if (cue := _right_behind(scene, piece, last)) is not None:
        return cue
    before = first - 1
    if (named := _named_before(scene, piece)) is not None:
        return named
    if before >= 0 and scene.sentences[before].text.endswith(":") and scene.sentences[first].start >= piece.start - 2:
        return _in_sentence(scene, piece, before)
    return None


def _named_before(scene: Scene, piece: Quotation) -> SpeakerCue | None:
    """The name and colon in front of a quotation: "Bruno Falk: “…”", "Bruno Falk, the mayor: “…”"."""
    paragraph = piece.paragraph
    before = paragraph.text[max(0, piece.start - paragraph.start - FAR) : piece.start - paragraph.start]
    match = NAMED.search(before)
    if match is None:
        return None
    figure = scene.cast.full(match["who"])
    who = figure.speaker if figure is not None and figure.is_person else ClauseSpeaker("person", match["who"])
    return SpeakerCue(who, piece.start - (len(before) - match.start("who")), piece.start)


def _in_sentence(scene: Scene, piece: Quotation, place: int) -> SpeakerCue | None:
    best: tuple[float, SpeakerCue] | None = None
    for distance, cue in _verbs(scene, piece, place):
        if best is None or distance < best[0]:
            best = (distance, cue)
    return best[1] if best else None


def _verbs(scene: Scene, piece: Quotation, place: int) -> Iterator[tuple[float, SpeakerCue]]:
    """The verbs beside a quotation that somebody speaks by, with how far they are."""
    sentence, tree = scene.sentences[place], scene.trees[place]
    for verb in tree.words:
        at = sentence.start + verb.start
        if verb.pos not in {"VERB", "AUX"} or scene.is_quoted(at) or verb.lemma == "be":
            continue
        is_listed = verb.lemma in predicates.SAYING
        gap = at - piece.end if at >= piece.end else piece.start - (sentence.start + verb.end)
        if gap > FAR or (gap > NEAR and not is_listed) or not predicates.happens(tree, verb):
            continue
        subject = _subject(scene, sentence, tree, verb)
        if subject is None:
            continue
        who = (
            AUTHOR
            if predicates.is_first_person(tree, subject)
            else scene.cast.speaker(tree, subject, at=sentence.start + subject.start)
        )
        if who is not None:
            start, end = _words(sentence, tree, verb, subject)
            yield gap / (8 if is_listed else 1), SpeakerCue(who, start, end)


def _subject(scene: Scene, sentence: Sentence, tree: Tree, verb: Word) -> Word | None:
    subject = predicates.subject_of(tree, verb)
    if subject is None or scene.is_quoted(sentence.start + subject.start):
        behind = [
            word for word in tree.dependents(verb, "dobj", "attr", "npadvmod", "nsubj") if word.start > verb.start
        ]
        subject = next((word for word in behind if not scene.is_quoted(sentence.start + word.start)), None)
    return subject


def _right_behind(scene: Scene, piece: Quotation, place: int) -> SpeakerCue | None:
    """The words between the closing mark and a verb of saying, where the parser saw another sentence in them."""
    sentence = scene.sentences[place]
    match = BEHIND.match(sentence.text, max(0, piece.end - sentence.start))
    if match is None:
        return None
    figure = scene.cast.full(match["who"])
    is_one_of_many = match["who"].lower().startswith(("a ", "an ", "one "))
    who = figure.speaker if figure is not None else None if is_one_of_many else speaker_kinds.of(match["who"])
    who = who or ClauseSpeaker("unnamed", match["who"])
    return SpeakerCue(who, sentence.start + match.start("who"), sentence.start + match.end())


def _bare_saying(scene: Scene, place: int) -> SpeakerCue | None:
    """ "Jo Marsh said on Tuesday." right behind a quotation."""
    sentence, tree = scene.sentences[place], scene.trees[place]
    if len(sentence.text.split()) > 14 or len(tree.roots) != 1 or scene.is_quoted(sentence.start):
        return None
    verb = tree.roots[0]
    if verb.lemma not in predicates.SAYING or tree.dependent(verb, "ccomp", "xcomp", "dobj") is not None:
        return None
    subject = predicates.subject_of(tree, verb)
    who = scene.cast.speaker(tree, subject, at=sentence.start) if subject is not None else None
    return SpeakerCue(who, sentence.start, sentence.end) if who is not None else None


def _words(sentence: Sentence, tree: Tree, verb: Word, subject: Word) -> tuple[int, int]:
    start = min(verb.start, tree.span(subject)[0])
    end = max(verb.end, tree.span(subject)[1]) if subject.start > verb.start else verb.end
    return sentence.start + start, sentence.start + end


def _last_heard(scene: Scene, piece: Quotation) -> ClauseSpeaker:
    """The one who spoke or acted last before a quotation that nobody is named beside."""
    place = bisect_right(scene.heard, piece.start, key=lambda pair: pair[0]) - 1
    spoke = scene.heard[place] if place >= 0 else None
    return spoke[1] if spoke is not None else UNNAMED
