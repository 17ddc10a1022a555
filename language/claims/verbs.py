"""Verbs of a tree: finite or not, their subjects and auxiliaries, whether they look ahead."""

from language import wordlists
from language.syntax.trees import Tree, Word

LISTS = wordlists.read("assertions")
MODAL, AHEAD, LASTING = (wordlists.words(LISTS[name]) for name in ("modal", "ahead", "lasting"))
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
VERBAL = frozenset({"VERB", "AUX"})
FINITE_TAGS = frozenset({"MD", "VBZ", "VBP", "VBD"})


def first_of(tree: Tree, word: Word) -> Word:
    """The first of the words that this one is joined to by "and", itself where it is joined to none."""
    while word.relation == "conj" and not word.is_root:
        word = tree.head(word)
    return word


def is_finite(tree: Tree, word: Word) -> bool:
    """Whether a word, by itself or with its auxiliaries, is a finite verb."""
    if word.tag in FINITE_TAGS or (word.pos not in VERBAL and _copula(tree, word)):
        return True
    return any(aux.tag in FINITE_TAGS for aux in tree.dependents(word, "aux", "auxpass", "cop"))


def _copula(tree: Tree, word: Word) -> bool:
    return subject(tree, word) is not None


def subject(tree: Tree, word: Word) -> Word | None:
    """The subject of a verb, None where it has none of its own."""
    return tree.dependent(word, *SUBJECTS)


def modal(tree: Tree, word: Word) -> Word | None:
    """The "will", "would", "could" or "may" of a verb."""
    return next((aux for aux in tree.dependents(word, "aux") if aux.low in MODAL), None)


def looks_ahead(tree: Tree, word: Word) -> bool:
    """Whether a clause says what is to come: "will", "could", "expected to", "going to", "on track to"."""
    if modal(tree, word) is not None:
        return True
    return any(each.lemma.lower() in AHEAD for each in (word, *tree.dependents(word, "acomp", "xcomp", "attr")))


def is_lasting(tree: Tree, word: Word) -> bool:
    """Whether a clause says that something remains or goes on now, which a later date can test."""
    return word.lemma in LASTING and word.tag in {"VBZ", "VBP"} and not tree.dependents(word, "aux")


def stands(tree: Tree, word: Word) -> bool:
    """Whether a word is a finite verb, or a noun or adjective with one, that has a subject of its own."""
    return subject(tree, word) is not None and is_finite(tree, word)


def comma_before(tree: Tree, word: Word) -> bool:
    """Whether a comma, dash, colon or semicolon parts a word and all under it from what stands before."""
    first = tree.under(word)[0]
    before = tree.text[max(0, first.start - 3) : first.start].rstrip()
    return before.endswith((",", "–", "—", "-", ";", ":"))
