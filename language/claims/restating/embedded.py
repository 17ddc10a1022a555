"""Embedding of a clause in whoever says, expects or denies it, and the clause as it stands without, by the syntax tree.

"Analysts do not expect margins to recover" asserts, of the clause "margins recover", the denial.
"""

from dataclasses import dataclass

from language import wordlists
from language.claims.predicates import rules_out
from language.syntax.trees import Tree, Word

LISTS = wordlists.read("embedding")
SAYING, DENYING, SURE, UNSURE, CHANCES, REPORTS, NOBODY, FIGURES = (
    wordlists.words(LISTS[name])
    for name in ("saying", "denying", "sure", "unsure", "chances", "reports", "nobody", "figures")
)
SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj", "csubjpass")
CLAUSES = ("ccomp", "acl", "relcl", "advcl", "pcomp")
DEEPEST = 6
IS = frozenset({"be", "'s", "’s", "'re", "’re", "’", "'"})
AHEAD = frozenset({"will", "'ll", "’ll", "wo", "would", "could", "may", "might", "shall", "should"})
MEASURED = frozenset({"DATE", "PERCENT", "MONEY", "CARDINAL", "QUANTITY"})
SILLY_TO = frozenset({"think", "imagine", "believe", "expect", "suppose", "assume"})


@dataclass(frozen=True, slots=True)
class EmbeddedClause:
    """The verb of the clause that is asserted, and whether whoever says it denies it; `saying` held it, if anything."""

    verb: Word
    is_denied: bool
    saying: Word | None


def asserted(tree: Tree, start: int, end: int) -> EmbeddedClause | None:
    """The clause that `tree.text[start:end]` asserts; None where no word of it can head a clause."""
    inside = [word for word in tree.words if start <= word.start and word.end <= end]
    verb = _top(tree, inside)
    if verb is None:
        return None
    verb = _most_telling(tree, verb, start, end)
    is_denied, saying = False, None
    outer = tree.head(verb)
    if not verb.is_root and verb.relation in CLAUSES and outer not in inside and _complement(tree, outer) == verb:
        is_denied, saying = _denies(tree, outer), outer
    for _ in range(DEEPEST):
        inner = _complement(tree, verb)
        if inner is None or not start <= inner.start < end:
            break
        is_denied, saying, verb = is_denied != _denies(tree, verb), verb, _most_telling(tree, inner, start, end)
    return EmbeddedClause(verb, is_denied, saying)


def is_ours(tree: Tree, clause: EmbeddedClause) -> bool:
    """Whether it is a figure of those who say "we": "we expect revenue to grow" means their own."""
    speaking = subject_of(tree, clause.saying) if clause.saying is not None else None
    subject = subject_of(tree, clause.verb)
    if speaking is None or subject is None or speaking.low != "we" or subject.low not in FIGURES:
        return False
    return not any(word.relation in {"det", "poss"} or word.pos == "PROPN" for word in tree.under(subject))


def subject_of(tree: Tree, verb: Word) -> Word | None:
    """The word at the head of a verb's own subject."""
    return tree.dependent(verb, *SUBJECTS)


def _most_telling(tree: Tree, verb: Word, start: int, end: int) -> Word:
    """Of clauses joined by "and" or "but", the one that looks ahead and says how much or by when; else the first."""
    joined = [verb]
    for other in tree.dependents(verb, "conj", "ccomp", "parataxis"):
        is_apart = (
            subject_of(tree, other) is not None
            and verb.lemma.lower() not in SAYING
            and other.lemma.lower() not in SAYING
        )
        if is_apart and start <= other.start < end and (other.relation == "conj" or other.place < verb.place):
            joined.append(other)
    return max(joined, key=lambda word: (_worth(tree, word, joined), word == verb))


def _worth(tree: Tree, verb: Word, joined: list[Word]) -> int:
    words = tree.under(verb, without=lambda word: word in joined and word != verb)
    looks_ahead = any(word.low in AHEAD for word in tree.dependents(verb, "aux"))
    holds = _complement(tree, verb) is not None
    return 2 * (looks_ahead or holds) + any(word.entity in MEASURED for word in words)


def _top(tree: Tree, inside: list[Word]) -> Word | None:
    """The highest word that can head a clause; of several, the one with most under it."""
    places = {word.place for word in inside}
    tops = [word for word in inside if word.is_root or word.head not in places]
    best, most = None, 0
    for word in tops:
        under = sum(1 for other in tree.under(word) if other.place in places)
        weight = under * (3 if _heads_a_clause(tree, word) else 1)
        if weight > most:
            best, most = word, weight
    return best if best is None or _heads_a_clause(tree, best) else None


def _heads_a_clause(tree: Tree, word: Word) -> bool:
    return word.pos in {"VERB", "AUX"} or subject_of(tree, word) is not None


def _complement(tree: Tree, verb: Word) -> Word | None:
    """The verb of the clause that hangs on a verb of saying, or on "it is likely"."""
    if verb.lemma.lower() in SAYING or rules_out(tree, verb):
        clause = next((word for word in tree.dependents(verb, "ccomp") if subject_of(tree, word)), None)
        return clause or _reported(tree, verb)
    if verb.lemma.lower() == "have":
        return _reported(tree, verb)
    if verb.lemma.lower() not in IS:
        return None
    owner = subject_of(tree, verb)
    if owner is not None and owner.lemma.lower() in CHANCES:
        return _clause_on(tree, verb)
    for what in tree.dependents(verb, "acomp", "attr"):
        if what.low in SURE | UNSURE:
            return _clause_on(tree, what) or _clause_on(tree, verb) or _silly_to(tree, verb, what)
        if what.lemma.lower() in CHANCES:
            return _clause_on(tree, what) or _clause_on(tree, verb)
    return None


def _clause_on(tree: Tree, word: Word) -> Word | None:
    """A clause with "that", or without it but with a subject of its own."""
    return next(
        (
            clause
            for clause in tree.dependents(word, "ccomp", "acl", "advcl")
            if clause.place > word.place and _is_said(tree, clause)
        ),
        None,
    )


def _is_said(tree: Tree, clause: Word) -> bool:
    mark = tree.dependent(clause, "mark")
    return subject_of(tree, clause) is not None and (mark is None or mark.low == "that")


def _silly_to(tree: Tree, verb: Word, what: Word) -> Word | None:
    """The clause of "it is silly to imagine that"."""
    for word in (*tree.dependents(verb, "xcomp"), *tree.dependents(what, "xcomp")):
        if word.lemma.lower() in SILLY_TO:
            return _clause_on(tree, word)
    return None


def _reported(tree: Tree, verb: Word) -> Word | None:
    """The clause of "rejected claims that"."""
    what = tree.dependent(verb, "dobj")
    return _clause_on(tree, what) if what is not None and what.lemma.lower() in REPORTS | CHANCES else None


def _is_few(tree: Tree, subject: Word) -> bool:
    """Whether it is "no economist" or "few economists", but not "a few"."""
    before = {word.low for word in tree.under(subject) if word.place < subject.place}
    return not before.isdisjoint({"no", "few", "neither", "hardly", "barely", "scarcely"}) and "a" not in before


def _denies(tree: Tree, verb: Word) -> bool:
    """Whether a verb of saying, or "it is unlikely", turns over the clause that hangs on it."""
    denials = int(verb.lemma.lower() in DENYING or rules_out(tree, verb)) + len(tree.dependents(verb, "neg"))
    subject = subject_of(tree, verb)
    if subject is not None and (subject.low in NOBODY or _is_few(tree, subject)):
        denials += 1
    held = tree.dependents(verb, "dobj") if verb.lemma.lower() == "have" else ()
    for what in (*tree.dependents(verb, "acomp", "attr"), *held):
        doubts = what.lemma.lower() == "doubt"
        denials += int(what.low in UNSURE) + int(doubts)
        denials += any(word.low in {"no", "little"} for word in tree.dependents(what, "det", "amod"))
    return denials % 2 == 1
