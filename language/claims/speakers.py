"""Speakers: the author of a sentence, or somebody the author quotes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from language import wordlists
from language.sentences import actors
from language.sentences.boundaries import Sentence
from language.syntax.trees import Tree

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
LISTS = wordlists.read("speakers")
CROWD, BODY, TITLE = (wordlists.pattern(rf"\b(?:{LISTS[name]})\b") for name in ("crowd", "body", "title"))
PASSIVE = wordlists.words(LISTS["passive"])
AUTHOR_WORDS = frozenset({"i", "we", "it", "this", "that", "which", "who", "there", "what", "you"})
PRONOUNS = frozenset({"he", "she"})
# Words before and after a speaker that are none of his name: "But later Mr Hall reportedly".
OPENING = re.compile(
    r"(?:(?:but|and|yet|so|still|however|meanwhile|also|then|while|although|though|as|when|because|that|which|since"
    r"|earlier|later|today|yesterday|separately|indeed|instead|moreover|nevertheless)\b,?\s)+",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"(?:\s(?:\w{2,15}ly|also|still|now|again|himself|herself|itself|often|once|then|later|never|even|just|further"
    r"|on\s\w{3,10}day|today|yesterday|did|does|do|has|have|had|who|and))+$"
)
# Who would be no speaker with one of these inside or at the end: it is a clause, or what is said is somebody's own.
CLAUSE = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|may|might|must|should)\s|n['’]t\b|\bto\s\w{2,20}$"
    r"|\s(?:put|made|its|their|his|her|with|for|of|by|on|in|at|as|than|what|whatever|how|a|an|the|not|this|these)$",
    re.IGNORECASE,
)
PAPER = re.compile(r"The\s(?:[A-Z]\w{1,20}\s?){1,4}")


@dataclass(frozen=True, slots=True)
class ClauseSpeaker:
    """`kind` is "author", "person", "institution" or "unnamed"; `words` the wording, empty for the author."""

    kind: str
    words: str


AUTHOR = ClauseSpeaker("author", "")


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
    """What somebody other than the author says in `text`, in order of its start.

    `trees` are those of `sentences`, each without words where there is none; then patterns answer.
    """
    found = []
    earlier: list[ClauseSpeaker] = []
    for sentence, _ in zip(sentences, trees, strict=True):
        speaker = named_before(find(sentence.text), earlier=earlier)
        if speaker is not AUTHOR:
            earlier.append(speaker)
            found.append(Attribution(sentence.start, sentence.end, speaker, False, (sentence.start, sentence.start)))
    return tuple(found)


def find(clause: str) -> ClauseSpeaker:
    """The speaker of a clause. The author unless somebody who can speak is the subject of a verb of saying."""
    if impersonal := IMPERSONAL.match(clause):
        who = impersonal["by"]
        return (_speaker(who) if who else None) or ClauseSpeaker("unnamed", impersonal["who"])
    for pattern in (LEADING, TRAILING, ACCORDING):
        match = pattern.match(clause) if pattern is LEADING else pattern.search(clause)
        if match is None:
            continue
        who = next((words for words in match.groupdict().values() if words), "").strip(" .'\"”’,")
        if (speaker := _speaker(_bare(who))) is not None:
            return speaker
    return AUTHOR


def named_before(pronoun: ClauseSpeaker, *, earlier: Sequence[ClauseSpeaker]) -> ClauseSpeaker:
    """The person whom "he" or "she" means: the last who spoke before, else the pronoun as it stands."""
    if pronoun.words.lower() not in PRONOUNS:
        return pronoun
    return next((speaker for speaker in reversed(earlier) if speaker.kind == "person"), pronoun)


def _bare(who: str) -> str:
    """A speaker's wording without connectives before and adverbs behind."""
    opening = OPENING.match(who)
    return CLOSING.sub("", who[opening.end() :] if opening else who)


def _speaker(who: str) -> ClauseSpeaker | None:
    """The kind of speaker a wording is, None where it cannot speak ("the visit", "which")."""
    parts = who.split()
    if not parts or len(parts) > 14 or parts[0].lower() in AUTHOR_WORDS:
        return None
    core = who.split(",")[0]
    if parts[-1].lower() in PASSIVE or CLAUSE.search(core):
        return None
    names = {name for name in actors.named(who) if not (BODY.search(name) or CROWD.fullmatch(name))}
    if _possessive_thing(core):
        return None
    if CROWD.search(core) and not (names and TITLE.search(core)):
        return ClauseSpeaker("institution" if names else "unnamed", who)
    if BODY.search(core) and not TITLE.search(core):
        return ClauseSpeaker("institution", who)
    if PAPER.fullmatch(core):
        return ClauseSpeaker("institution", core)
    if TITLE.search(core) and not actors.named(core) and (behind := who.partition(",")[2].strip(" ,")) and names:
        return ClauseSpeaker("person", behind)  # "the army's spokesman, Major Ada Hall"
    if names or TITLE.search(core):
        return ClauseSpeaker("person", core)
    return ClauseSpeaker("institution", who) if actors.known(core) and len(parts) <= 4 else None


def _possessive_thing(core: str) -> bool:
    """ "Xi's visit suggests": what is owned is no speaker, unless it is an office ("China's foreign ministry")."""
    head = re.split(r"['’]s\s", core)[-1]
    return head != core and not (CROWD.search(head) or BODY.search(head) or TITLE.search(head) or actors.named(head))
