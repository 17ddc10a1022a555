"""Kinds of speaker: which wordings name somebody who can speak, and as what."""

import re
from dataclasses import dataclass

from language import wordlists
from language.sentences import actors

LISTS = wordlists.read("speakers")
CROWD, BODY, TITLE = (wordlists.pattern(rf"\b(?:{LISTS[name]})\b") for name in ("crowd", "body", "title"))
DOCUMENTS = wordlists.words(LISTS["documents"])
PASSIVE = wordlists.words(LISTS["passive"])
AUTHOR_WORDS = frozenset({"i", "we", "it", "this", "that", "which", "who", "there", "what", "you"})
# Words before and after a speaker that are none of his name: "But later Mr Hall reportedly".
OPENING = re.compile(
    r"(?:(?:but|and|yet|so|still|however|meanwhile|also|then|while|although|though|as|when|because|that|which|since"
    r"|earlier|later|today|yesterday|separately|indeed|instead|moreover|nevertheless|(?:last|this)\s(?:night|week|month|year))"
    r"\b,?\s)+",
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
HOW_MANY = frozenset(
    {
        "most",
        "many",
        "some",
        "several",
        "few",
        "other",
        "others",
        "all",
        "both",
        "half",
        "two",
        "three",
        "one",
        "a",
        "an",
        "the",
    }
)
PAPER = re.compile(r"The\s(?:[A-Z]\w{1,20}\s?){1,4}")


@dataclass(frozen=True, slots=True)
class ClauseSpeaker:
    """`kind` is "author", "person", "institution" or "unnamed"; `words` the wording, empty for the author."""

    kind: str
    words: str


AUTHOR = ClauseSpeaker("author", "")


def within_a_sentence(words: str) -> str:
    """A wording without the capital that a sentence's opening gave it: "most insiders" but "Democratic insiders"."""
    first, _, rest = words.partition(" ")
    is_common = first.lower() in HOW_MANY or CROWD.fullmatch(first)
    return f"{first.lower()} {rest}".strip() if is_common else words


def bare(who: str) -> str:
    """A speaker's wording without connectives before and adverbs behind."""
    opening = OPENING.match(who)
    return CLOSING.sub("", who[opening.end() :] if opening else who)


def of(who: str) -> ClauseSpeaker | None:
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
