"""Speakers: the author of a sentence, or somebody the author quotes."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from language.claims import cast as people
from language.claims import quotations, quoted, sayings, speaker_kinds, transcripts
from language.claims.cast import Cast
from language.claims.quotations import Quotation
from language.claims.quoted import UNNAMED, Scene
from language.claims.speaker_kinds import AUTHOR, ClauseSpeaker
from language.sentences.boundaries import Sentence
from language.syntax.trees import Tree, Word

__all__ = ["AUTHOR", "Attribution", "ClauseSpeaker", "attributions", "find", "innermost", "named_before"]

PRONOUNS = frozenset({"he", "she"})
MOST_EARLIER = 30  # speakers back among whom "he" is looked for
DENIAL = re.compile(
    r"(?P<who>[^,;:\"“”]{1,90}?)\s(?:(?:reject|dismiss|dispute|discount|rebut)(?:s|ed)?|refuted?s?|den(?:y|ies|ied))"
    r"\s(?:(?:all\s|the\s)?(?:claims?|reports?|suggestions?|rumou?rs|fears|warnings|the\sidea|allegations|speculation)\s)?that\b"
)
VERB = (
    r"(?:said|says?|told|tells?|suggest(?:s|ed)?|argue[sd]?|warn(?:s|ed)?|claim(?:s|ed)?|predict(?:s|ed)?|forecast(?:s|ed)?"
    r"|announce[sd]?|state[sd]|note[sd]?|add(?:s|ed)|insist(?:s|ed)?|maintain(?:s|ed)?|contend(?:s|ed)?|caution(?:s|ed)?"
    r"|assert(?:s|ed)?|estimate[sd]?|project(?:s|ed)|think(?:s)?|thought|believe[sd]?|expect(?:s|ed)?|declare[sd]?|pledge[sd]?"
    r"|promise[sd]?|vow(?:s|ed)?|write[s]?|wrote|report(?:s|ed)?|den(?:y|ies|ied)|acknowledge[sd]?|admit(?:s|ted)?"
    r"|confirm(?:s|ed)?|anticipate[sd]?|hope[sd]?|fear(?:s|ed)?|conclude[sd]?|reckon(?:s|ed)?|doubt(?:s|ed)?|see)"
)
ADVERB = r"(?:(?:also|now|still|later|recently|repeatedly|often|once|then|has|have|had|previously|widely)\s){0,2}"
LEADING = re.compile(
    r"(?:(?:[A-Z]\w{1,15}(?:\s\w{1,15}){0,3},|But|And|Yet|So|Still)\s)?"
    rf"(?P<who>[^,;:\"“”]{{1,90}}?(?:,\s[^,;:\"“”]{{1,90}},)?)\s{ADVERB}(?<!\bto\s){VERB}\b(?!\s(?:by|of)\b)"
)
TRAILING = re.compile(
    rf"(?:,[\"”']?|[\"”],?)\s(?:(?P<before>[^,;:\"“”]{{1,90}}?(?:,\s[^,;:\"“”]{{1,90}},)?)"
    rf"\s{ADVERB}(?:{VERB}\b|(?:was|were)\squoted\s(?:as\ssaying|by)\b)|{VERB}\s(?P<after>[^,;:\"“”]{{1,90}}))"
)
# Nobody in particular, on whom the author puts it: "It is expected that rates fall".
IMPERSONAL = re.compile(
    r"(?:[A-Z]\w{1,15},?\s)?(?P<who>it\s(?:is|was|has\sbeen)\s(?:\w{1,12}\s)?(?:expected|believed|said|thought|reported"
    r"|rumou?red|hoped|feared|assumed|understood|predicted|anticipated|claimed|alleged|estimated|projected|forecast|argued))"
    r"\s(?:that\b|by\s(?P<by>[^,;:\"“”]{1,90}?)\sthat\b)",
    re.IGNORECASE,
)
ACCORDING = re.compile(
    r"\b(?:according\sto|in\sthe\s(?:words|view|opinion)\sof)\s(?P<who>[^,;:\"“”]{1,90}?)(?=[,.;:]|\s(?:that|who)\b|$)",
    re.IGNORECASE,
)


HOMOGRAPH = re.compile(
    r"(?P<who>[^,;:\"“”]{2,60}?(?:,\s[^,;:\"“”]{1,60},)?)\s(?:now\s|also\s)?(?:projects|forecasts|estimates|claims|reports|hopes"
    r"|promises|warrants|guesses|bets|reckons)\sthat\s"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of the text that somebody says. Of several around a word, the innermost holds.

    `cue` is where the attribution's own words stand ("the bank said that", ", he said", "according to the bank"), empty
    where only quotation marks show it. `denied`: whoever says it denies or doubts what the stretch asserts.
    """

    start: int
    end: int
    speaker: ClauseSpeaker
    denied: bool
    cue: tuple[int, int]


def attributions(text: str, sentences: Sequence[Sentence], trees: Sequence[Tree]) -> tuple[Attribution, ...]:
    """Stretches of `text` that somebody other than the author says, in order of their start.

    `trees` are those of `sentences`, each without words where there is none; then patterns answer.
    """
    cast = people.read(sentences, trees)
    pieces = quotations.read(text)
    heard = sorted(_heard(cast), key=lambda pair: pair[0])
    found = [*_turns(text, sentences, cast)]
    for sentence, tree in zip(sentences, trees, strict=True):
        read = list(_by_tree(cast, pieces, sentence, tree)) if tree.words else list(_by_pattern(sentence, found))
        found.extend(read or _by_homograph(sentence))
    told = [(attribution.cue[0], attribution.speaker) for attribution in found]
    scene = Scene(sentences, trees, cast, pieces, sorted([*heard, *told], key=lambda pair: pair[0]))
    for piece, cue in zip(pieces, quoted.speakers(scene), strict=True):
        found.append(Attribution(piece.start, piece.end, cue.speaker, False, (cue.start, cue.end)))
    return tuple(sorted(found, key=lambda attribution: (attribution.start, -attribution.end)))


def innermost(found: Sequence[Attribution], start: int, end: int) -> Attribution | None:
    """The attribution that holds for a stretch of the text: the shortest around it, else around its middle."""
    middle = (start + end) // 2
    around = [one for one in found if one.start <= start and one.end >= end] or [
        one for one in found if one.start <= middle < one.end
    ]
    return min(around, key=lambda one: one.end - one.start, default=None)


def _by_tree(cast: Cast, pieces: Sequence[Quotation], sentence: Sentence, tree: Tree) -> Iterator[Attribution]:
    for saying in sayings.read(tree):
        if saying.subject is not None and _is_torn(pieces, sentence, saying.subject, saying.verb):
            continue
        if saying.subject is None:
            first = tree.text[: saying.start].strip()
            speaker = ClauseSpeaker("unnamed", " ".join(first.removesuffix(" that").split()[:4]))
        else:
            who = cast.source if saying.verb.low in {"according", "per"} else cast.speaker
            named = who(tree, saying.subject, at=sentence.start + saying.subject.start)
            if named is None:
                continue
            speaker = named
        cue = (sentence.start + saying.cue[0], sentence.start + saying.cue[1])
        yield Attribution(sentence.start + saying.start, sentence.start + saying.end, speaker, saying.denied, cue)


def _is_torn(pieces: Sequence[Quotation], sentence: Sentence, subject: Word, verb: Word) -> bool:
    """Whether only the subject of a verb of saying stands within quotation marks: it is somebody else's word."""
    place = bisect_right(pieces, sentence.start + subject.start, key=lambda piece: piece.start) - 1
    return place >= 0 and sentence.start + subject.start < pieces[place].end <= sentence.start + verb.start


def _heard(cast: Cast) -> Iterator[tuple[int, ClauseSpeaker]]:
    for figure in cast.figures:
        if figure.is_person:
            yield from ((at, ClauseSpeaker("person", figure.name)) for at in figure.seen)


def _turns(text: str, sentences: Sequence[Sentence], cast: Cast) -> Iterator[Attribution]:
    for turn in transcripts.read(text):
        figure = cast.full(turn.name)
        speaker = (
            ClauseSpeaker("person", transcripts.cased(figure.name if figure else turn.name)) if turn.name else UNNAMED
        )
        yield Attribution(turn.start, turn.end, speaker, False, (turn.start, turn.start))


def _by_pattern(sentence: Sentence, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Without a tree: the whole sentence for whoever today's patterns find in it."""
    speaker = named_before(find(sentence.text), earlier=[one.speaker for one in found[-MOST_EARLIER:]])
    if speaker is not AUTHOR:
        is_denied = DENIAL.search(sentence.text) is not None
        yield Attribution(sentence.start, sentence.end, speaker, is_denied, (sentence.start, sentence.start))


def _by_homograph(sentence: Sentence) -> Iterator[Attribution]:
    """ "The institute projects that": a verb that a parser takes for a noun."""
    if (match := HOMOGRAPH.match(sentence.text)) is None:
        return
    speaker = speaker_kinds.of(speaker_kinds.bare(match["who"]))
    if speaker is not None:
        start = sentence.start + match.end()
        yield Attribution(start, sentence.end, speaker, False, (sentence.start, start))


def find(clause: str) -> ClauseSpeaker:
    """The speaker of a clause. The author unless somebody who can speak is the subject of a verb of saying."""
    if impersonal := IMPERSONAL.match(clause):
        who = impersonal["by"]
        return (speaker_kinds.of(who) if who else None) or ClauseSpeaker("unnamed", impersonal["who"])
    if (denial := DENIAL.match(clause)) and (denier := speaker_kinds.of(speaker_kinds.bare(denial["who"]))) is not None:
        return denier
    for pattern in (LEADING, TRAILING, ACCORDING):
        match = pattern.match(clause) if pattern is LEADING else pattern.search(clause)
        if match is None:
            continue
        who = next((words for words in match.groupdict().values() if words), "").strip(" .'\"”’,")
        if (speaker := speaker_kinds.of(speaker_kinds.bare(who))) is not None:
            return speaker
    return AUTHOR


def named_before(pronoun: ClauseSpeaker, *, earlier: Sequence[ClauseSpeaker]) -> ClauseSpeaker:
    """The person whom "he" or "she" means: the last who spoke before, else the pronoun as it stands."""
    if pronoun.words.lower() not in PRONOUNS:
        return pronoun
    return next((speaker for speaker in reversed(earlier) if speaker.kind == "person"), pronoun)
