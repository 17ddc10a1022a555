"""Time words of a clause that are its predicate's own, apart from those of conditions, asides and what came before."""

from collections.abc import Iterator

from language import wordlists
from language.claims.candidates import Stretch
from language.claims.predicates import SAYING
from language.syntax.trees import Tree, Word

LISTS = wordlists.read("dating")
CONDITIONAL = wordlists.words(LISTS["conditional"])
BEGINNING = wordlists.words(LISTS["beginning"])


def own(candidate: Stretch, start: int, text: str) -> str:
    """`text`, which begins at `start`, with blanks for words whose time is not the claim's.

    "If he is nominated this summer", "the season, which begins in June, will be dry", "after a push in the spring".
    """
    sentence = candidate.read.sentence
    for span in _others(candidate):
        first, last = (at + sentence.start - start for at in span)
        holds_claim = first <= candidate.head - start < last
        if not holds_claim and 0 <= first < last <= len(text):
            text = text[:first] + " " * (last - first) + text[last:]
    return text


def is_said_then(tree: Tree, at: int) -> bool:
    """Whether the words at an offset tell when something is said: "tonight I promise that"."""
    word = next((word for word in tree.words if word.start <= at < word.end), None)
    verb = next((each for each in tree.ancestors(word) if each.pos == "VERB"), None) if word is not None else None
    return verb is not None and verb.lemma in SAYING and tree.dependent(verb, "aux") is None


def _others(candidate: Stretch) -> Iterator[tuple[int, int]]:
    """Start and end, in the sentence, of what is told in passing, of what is supposed, and of what is past by then."""
    tree = candidate.read.tree
    for word in tree.words:
        if (word.relation == "relcl" and tree.text[: tree.span(word)[0]].rstrip().endswith(",")) or (
            word.relation == "advcl" and _mark(tree, word) in CONDITIONAL
        ):
            yield tree.span(word)
        elif word.relation == "prep" and word.low in BEGINNING:
            yield from _nested(tree, word)


def _mark(tree: Tree, clause: Word) -> str:
    mark = tree.dependent(clause, "mark")
    return mark.low if mark is not None else ""


def _nested(tree: Tree, preposition: Word) -> Iterator[tuple[int, int]]:
    """Phrases that tell more of an object: "in the spring" of "after a push in the spring"."""
    for thing in tree.dependents(preposition, "pobj"):
        for phrase in tree.dependents(thing, "prep"):
            if phrase.low != "of":
                yield tree.span(phrase)
