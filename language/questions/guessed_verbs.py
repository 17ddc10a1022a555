"""Guesses at the verb of a clause in which the parser saw none, each to be borne out by another parse."""

import re
from typing import Final

from language.questions.clauses import AskedClause
from language.sentences import words
from language.syntax.trees import Tree

MOST_BEFORE_VERB: Final = 6  # words


def retold(core: str) -> list[str]:
    """The clause with "will" before each word that could be its verb, for a parse to choose from: a parser takes
    "ships" in "Norvolt ships its first battery" for a noun.
    """
    given = core.split(" ")
    return [
        f"{' '.join(given[:place])} will {' '.join([base, *given[place + 1 :]])}."
        for place in range(1, min(len(given), MOST_BEFORE_VERB))
        if (base := _base(given, place)) and given[place - 1].lower() not in words.STOP_WORDS
    ]


def is_retold(tree: Tree, clause: AskedClause | None) -> bool:
    """Whether a parse bears out that the word after "will" is the verb of the whole, and a name its subject."""
    root = next((word for word in tree.roots if word.pos == "VERB"), None)
    subject = tree.dependent(root, "nsubj") if root is not None else None
    if clause is None or root is None or subject is None or root.lemma != clause.verb:
        return False
    is_known = any(word.low == "the" or word.relation == "poss" for word in tree.dependents(subject, "det", "poss"))
    is_whole = bool(tree.dependents(root, "dobj", "prep", "advmod"))
    return (subject.pos == "PROPN" and is_whole) or is_known


def _base(given: list[str], place: int) -> str:
    """The base form of a verb that ends in "s", or stands after two names; empty for what cannot be one."""
    word = given[place]
    if given[place - 1][0].isupper() and "and" in given[:place] and re.fullmatch(r"[a-z]{3,14}", word):
        return word if word not in words.STOP_WORDS else ""
    if not re.fullmatch(r"[a-z]{3,14}s", word) or word.endswith("ss"):
        return ""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if re.search(r"(?:[sxz]|[cs]h|o)es$", word) else word[:-1]
