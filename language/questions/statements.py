"""Statement of what Yes to a question means: "Will X sign Y by May?" becomes "X will sign Y by May."."""

import re
from functools import cache
from typing import Final

from language import wordlists
from language.stance.polarity import lexicon

MOST_CHARACTERS: Final = 400
WILL: Final = re.compile(r"^\s*will\s+", re.IGNORECASE)
LISTS: Final = wordlists.read("questions")
ALONE, BEFORE_A_NOUN, EVERYDAY, ALSO_NOUNS = (
    wordlists.words(LISTS[name]) for name in ("alone", "before_a_noun", "everyday_verbs", "also_nouns")
)


def statement_of(question: str) -> str:
    """A first wording, for a person to mend; where no subject and verb are found, the question itself, affirmed."""
    question = " ".join(question.split())[:MOST_CHARACTERS].rstrip(" ?.")
    if not question:
        return ""
    if WILL.match(question):
        words = WILL.sub("", question).split(" ")
        verb = _verb(words)
        if verb:
            subject, rest = " ".join(words[:verb]), " ".join(words[verb:])
            return f"{subject[:1].upper()}{subject[1:]} will {rest}."[:MOST_CHARACTERS]
    return f"The answer to “{question[: MOST_CHARACTERS - 30]}?” is Yes."


def _verb(words: list[str]) -> int:
    """The place of the verb, where the subject ends; 0 where nothing tells."""
    plain = [re.sub(r"[^\w'’-]", "", word).lower() for word in words]
    if plain[0] in ALONE and len(plain) > 1:
        return 1
    places = range(1, len(plain))
    for place in places:
        # In a question with "will" a bare "be" is its verb, unless "to" makes it part of something else.
        if plain[place] in ("be", "not", "never") and plain[place - 1] != "to":
            return place
    candidates = [n for n in places if plain[n] in _bare_verbs() and plain[n - 1] not in BEFORE_A_NOUN]
    sure = [n for n in candidates if plain[n] not in _also_nouns()]
    return (sure or candidates or [0])[0]


@cache
def _bare_verbs() -> frozenset[str]:
    listed = (entry.split("_")[0] for row in lexicon.VERBS.values() for entry in row.split())
    return EVERYDAY | frozenset(listed)


@cache
def _also_nouns() -> frozenset[str]:
    """Forms that are as often a noun: "rise", "attack"."""
    return ALSO_NOUNS.union(*(row.split() for row in lexicon.NOUNS.values()))
