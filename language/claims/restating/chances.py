"""Chances that are told of an event, and the event: "they give Norvolt a 70% chance of opening the plant"."""

from language.claims.restating.clause_words import Namer, phrase
from language.claims.restating.embedded import subject_of
from language.syntax.trees import Tree, Word

CHANCES = frozenset({"chance", "chances", "probability", "likelihood", "odds"})
HAVING = frozenset({"have", "stand", "face", "get"})
GIVING = frozenset({"give", "put", "assign", "see", "rate", "place", "estimate", "hand"})
IS = frozenset({"be", "'s", "’s", "’"})
VERBAL = frozenset({"VBG", "VB"})


def event(tree: Tree, start: int, end: int, *, name: Namer) -> str:
    """The event in the plain future; empty where no chance is told, or not of whom."""
    chance = next((word for word in tree.words if word.low in CHANCES and start <= word.start < end), None)
    if chance is None or not _has_number(tree, chance):
        return ""
    return _of_doing(tree, chance, end, name) or _of_something(tree, chance, end, name)


def _has_number(tree: Tree, chance: Word) -> bool:
    near = tree.words[max(0, chance.place - 6) : chance.place]
    own = subject_of(tree, tree.head(chance)) == chance
    return any(word.pos == "NUM" for word in near) or own


def _of_doing(tree: Tree, chance: Word, end: int, name: Namer) -> str:
    """ "A chance of winning", "a chance to win", "the chance of Norvolt winning"."""
    after = [word for word in tree.words[chance.place + 1 :] if word.end <= end]
    if not after or after[0].low not in {"of", "to", "for"}:
        return ""
    verb = next((word for word in after[1:9] if word.tag in VERBAL), None)
    if verb is None or (after[0].low == "to") != (verb.tag == "VB"):
        return ""
    between = after[1 : after.index(verb)]
    if any(word.pos in {"VERB", "AUX", "PUNCT"} for word in between):
        return ""
    who = tree.text[between[0].start : between[-1].end] if between else _whose(tree, chance, name)
    if not who:
        return ""
    stop = _predicate_after(tree, chance, verb) or end
    return f"{who} will {verb.lemma} {tree.text[verb.end : stop].strip(' .;,')}".strip()


def _whose(tree: Tree, chance: Word, name: Namer) -> str:
    """Who has the chance, or is given it."""
    verb = tree.head(chance)
    if verb.pos == "ADP":
        verb = tree.head(verb)
    lemma = verb.lemma.lower()
    if lemma in HAVING:
        who = subject_of(tree, verb)
    elif lemma in GIVING:
        who = next((word for word in tree.dependents(verb, "dative", "dobj") if word != chance), None)
    else:
        who = tree.dependent(chance, "poss")
    if who is None or who.pos not in {"NOUN", "PROPN", "PRON"}:
        return ""
    told = {"her": "she", "him": "he", "them": "they"}
    words = phrase(tree, who, name).removesuffix("’s").removesuffix("'s")
    return told.get(words.lower(), words)


def _of_something(tree: Tree, chance: Word, end: int, name: Namer) -> str:
    """ "A 40% chance of a recession"."""
    of = tree.dependent(chance, "prep")
    what = tree.dependent(of, "pobj") if of is not None and of.low == "of" else None
    if what is None or what.pos not in {"NOUN", "PROPN"}:
        return ""
    first = tree.under(what)[0]
    stop = _predicate_after(tree, chance, what) or end
    words = tree.text[first.start : stop].strip(" .;,")
    if words.lower().startswith(("the ", "this ", "that ", "its ", "their ")):
        return ""
    return f"there will be {words}" if name(tree, first, frozenset()) is None else ""


def _predicate_after(tree: Tree, chance: Word, after: Word) -> int:
    """Where "are about 40%" begins, whose subject the chance is; 0 where it is none."""
    verb = tree.head(chance)
    is_subject = subject_of(tree, verb) == chance and verb.lemma.lower() in IS and verb.place > after.place
    return verb.start if is_subject else 0
