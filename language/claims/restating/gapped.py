"""Noun phrases that claim something, with the verb that their sentence leaves out: "the Footsie above 9,000".

What somebody expects comes about: "the bank forecasts growth of 2%" claims that growth will be 2%.
"""

import re

from language import wordlists
from language.claims.restating.clause_words import NOT_WORDS, Namer, phrase
from language.claims.restating.embedded import LISTS, SUBJECTS, subject_of
from language.syntax.trees import Tree, Word

EXPECTING = wordlists.words(LISTS["expecting"])
VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN", "NUM"})
DEEPEST = 8
AMOUNT = re.compile(r"[$€£]?\d|(?:a\s)?(?:half|third|quarter)\b")
WITH_VALUE = re.compile(
    r"(?P<what>(?!an?\s)(?:[\w’'&-]+\s){1,6}?)(?:of|at)\s(?P<value>(?:(?:about|around|roughly|nearly|almost|at\sleast|over|under|more\sthan|less\sthan|between|up\sto)\s)?(?!(?:19|20|21)\d\d\b(?!\s?%))[-–]?[$€£]?\d.{0,150})$"
)
AS = re.compile(r"(?P<what>.{2,60}?)\sas\s(?P<role>(?:an?|the|one)\s.{3,150})$")
STILL = re.compile(r"\sstill\b")
TAIL = re.compile(r"\s(?=(?:above|below|over|under|at|to|by|for|in|from|on|around|about|between)\s|[$€£]?\d)")
ONE = re.compile(r"(?:an?|any)\s", re.IGNORECASE)
THE_ONE = re.compile(r"(?:the|this|that|these|those|its|their|his|her|my|our|no)\s", re.IGNORECASE)


def sentence(tree: Tree, start: int, end: int, *, name: Namer) -> str:
    """The clause of a stretch without a verb of its own; empty where its sentence lends it none."""
    inside = [word for word in tree.words if start <= word.start and word.end <= end]
    top = next((word for word in inside if word.is_root or not start <= tree.head(word).start < end), None)
    if top is None or top.pos not in NOUNS or top.is_root or any(word.pos == "AUX" for word in inside):
        return ""
    verb = _governor(tree, top)
    if verb is None or start <= verb.start < end or _is_denied(tree, verb):
        return ""
    words = _words(tree, inside, name)
    owner = subject_of(tree, verb)
    if verb.lemma.lower() in EXPECTING:
        return _there_will_be(words)
    if owner is not None and owner.relation == "expl":
        return _there_will_be(words)
    return _with_shared_verb(tree, verb, top, words) or _as_object(tree, verb, top, words, name)


def expected(tree: Tree, verb: Word, end: int, *, name: Namer) -> str:
    """Object of a verb of expecting, as a clause; empty where it has none."""
    seen = _seen(tree, verb)
    what = tree.dependent(seen, "dobj") if seen is not None else None
    if seen is None or what is None or what.pos not in NOUNS or what.start > end or tree.dependents(seen, "ccomp"):
        return ""
    first = tree.under(what)[0].place
    words = _words(tree, [word for word in tree.words[first:] if word.end <= end], name)
    if _is_denied(tree, verb) or _is_denied(tree, seen):
        return f"there will be no {ONE.sub('', words)}" if ONE.match(words) and not WITH_VALUE.match(words) else ""
    return _there_will_be(words)


def _seen(tree: Tree, verb: Word) -> Word | None:
    """The verb itself, or "see" in "expect to see"."""
    if verb.lemma.lower() not in EXPECTING:
        return None
    inner = tree.dependent(verb, "xcomp")
    if inner is None:
        is_undergone = verb.lemma.lower() == "see" and any(word.tag == "MD" for word in tree.dependents(verb, "aux"))
        return None if is_undergone else verb  # "prices could see a fall"
    return inner if inner.lemma.lower() == "see" else None


def _governor(tree: Tree, word: Word) -> Word | None:
    for seen, above in enumerate(tree.ancestors(word)):
        if above.pos in VERBS or seen > DEEPEST:
            return above if above.pos in VERBS else None
    return None


def _is_denied(tree: Tree, verb: Word) -> bool:
    owner = subject_of(tree, verb)
    few = owner is not None and any(word.low in {"no", "few", "nobody", "none"} for word in tree.under(owner))
    return few or any(word.low in NOT_WORDS for word in tree.dependents(verb, "neg"))


def _words(tree: Tree, inside: list[Word], name: Namer) -> str:
    kept = frozenset(word.place for word in inside)
    text, last = "", None
    for word in inside:
        gap = tree.text[last.end : word.start] if last is not None else ""
        text += f"{gap}{name(tree, word, kept) or word.text}"
        last = word
    return " ".join(text.split()).strip(" ,;.")


def _there_will_be(words: str) -> str:
    """ "Growth of 2%" as "growth will be 2%", "a rise in sales" as what there will be."""
    if valued := WITH_VALUE.match(words):
        return f"{valued['what'].strip()} will be {valued['value']}"
    if role := AS.match(words):
        still = STILL.search(role["role"])
        return f"{role['what']} will {'still ' if still else ''}be {STILL.sub('', role['role'])}"
    return "" if THE_ONE.match(words) else f"there will be {words}"


def _with_shared_verb(tree: Tree, verb: Word, top: Word, words: str) -> str:
    """ "Imports 6%" after "exports will rise 4% and"."""
    owner = subject_of(tree, verb)
    split = TAIL.search(words)
    if owner is None or split is None or not owner.start < verb.start < top.start:
        return ""
    who, tail = words[: split.start()], words[split.end() :]
    cue = tail.split(" ", 1)[0]
    own = {word.low for word in tree.dependents(verb, "prep")}
    has_amount = any(
        AMOUNT.match(tree.phrase(word)) for word in tree.dependents(verb, "dobj", "npadvmod", "attr") if word != top
    )
    if cue not in own and not (AMOUNT.match(tail) and has_amount):
        return ""
    shared = tree.dependent(verb, "dobj")
    is_date = cue in {"in", "by", "on"} and shared is not None and shared != top
    middle = f" {tree.phrase(shared)}" if is_date and shared is not None and not AMOUNT.match(tail) else ""
    return f"{who} will {verb.lemma}{middle} {tail}"


def _as_object(tree: Tree, verb: Word, top: Word, words: str, name: Namer) -> str:
    """ "Low rates through 2027" after "conditions are likely to warrant"."""
    first = top
    while first.relation == "conj":
        first = tree.head(first)
    if first.relation != "dobj" or tree.head(first) != verb:
        return ""
    holder, owner = verb, subject_of(tree, verb)
    while owner is None and not holder.is_root:
        holder = tree.head(holder)
        owner = subject_of(tree, holder)
    if owner is None or owner.relation not in SUBJECTS or _is_denied(tree, holder):
        return ""
    who = phrase(tree, owner, name)
    return f"{who} will {verb.lemma} {words}" if who else ""
