"""Verbs of a tree: finite or not, their subjects, whether they look ahead or only say who says it."""

from language import wordlists
from language.syntax.trees import Tree, Word

LISTS = wordlists.read("assertions")
NAMES = (
    "modal", "ahead", "lasting", "reporting", "doubting", "few", "sure", "revealing", "reports", "outcomes",
    "projecting", "agreeing",
)  # fmt: skip
MODAL, AHEAD, LASTING, REPORTING, DOUBTING, FEW, SURE, REVEALING, REPORTS, OUTCOMES, PROJECTING, AGREEING = (
    wordlists.words(LISTS[name]) for name in NAMES
)
FIRST_PERSON = frozenset({"i", "we"})
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
MOST_NESTED = 3
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


def ruling(tree: Tree, word: Word) -> Word:
    """The verb whose tense a predicate shares: the one above a participle, or above a noun that leaves its verb out."""
    is_bare = word.pos not in VERBAL and not is_finite(tree, word)
    is_participle = word.tag == "VBG" and word.relation == "advcl" and subject(tree, word) is None
    above = tree.head(word)
    return above if (is_bare or is_participle) and above.pos in VERBAL else word


def asserted(tree: Tree, word: Word) -> Word:
    """The verb of what "I think" or "we expect" says, so far as it is one; else the word itself."""
    for _ in range(MOST_NESTED):
        who, said = subject(tree, word), tree.dependent(word, "ccomp")
        if who is None or said is None or who.low not in FIRST_PERSON or word.lemma.lower() not in REPORTING:
            break
        if not (is_finite(tree, said) or subject(tree, said)) or tree.dependent(word, "neg") is not None:
            break
        word = said
    return word


def agrees(tree: Tree, word: Word) -> bool:
    """ ", and you know it": a tag, no assertion of its own."""
    known = tree.dependent(word, "dobj")
    who = subject(tree, word)
    return (
        word.lemma in AGREEING
        and known is not None
        and known.low in {"it", "that", "so"}
        and tree.under(known) == (known,)
        and who is not None
        and who.pos == "PRON"
    )


def only_says(tree: Tree, word: Word) -> bool:
    """ ", legal scholars say,": a verb of saying that leaves out what it says."""
    who = subject(tree, word)
    completed = tree.dependents(word, "ccomp", "xcomp", "dobj", "acomp", "attr")
    return word.lemma.lower() in REPORTING and not completed and who is not None and who.low not in FIRST_PERSON


def is_still_to_come(tree: Tree, word: Word) -> bool:
    """ "rents expected to fall", "a cut likely in March": a noun of which something is expected."""
    expected = any(each.tag == "VBN" and each.lemma.lower() in AHEAD for each in tree.dependents(word, "acl"))
    return expected or any(
        each.low in {"likely", "unlikely"} for each in tree.dependents(word, "advmod", "amod", "acl")
    )


def is_expected(tree: Tree, word: Word) -> bool:
    """Whether a verb is an infinitive that somebody expects: "Lund to win", "sales to fall"."""
    if not any(aux.low == "to" for aux in tree.dependents(word, "aux")) or word.relation not in {"ccomp", "xcomp"}:
        return False
    above = tree.head(word)
    return above.lemma.lower() in AHEAD and subject(tree, word) is not None


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


def is_matrix(tree: Tree, word: Word) -> bool:
    """Whether a verb only says who says, thinks or expects what hangs on it; one that denies it says more."""
    if word.pos == "ADJ" or (word.pos in VERBAL and tree.dependent(word, "acomp", "attr")):
        return _is_sure_that(tree, word)
    if any(is_projected(tree, each, word) for each in tree.dependents(word, "dobj")):
        return True
    said = tree.dependent(word, "ccomp")
    if said is not None and _is_report(tree, word, said):
        return True
    if said is None or word.lemma.lower() not in REPORTING or not (is_finite(tree, said) or subject(tree, said)):
        return False
    if modal(tree, word) is not None or tree.dependent(word, "neg") is not None or word.lemma in DOUBTING:
        return False
    if word.relation in {"xcomp", "acl", "relcl"} and not is_finite(tree, word):
        return False
    who = subject(tree, first_of(tree, word)) or subject(tree, word)
    if who is None or who.low in FIRST_PERSON or who.relation in {"nsubjpass", "expl"}:
        return False
    return not (who.low in FEW or any(each.low in FEW for each in tree.dependents(who)))


def _is_report(tree: Tree, word: Word, said: Word) -> bool:
    """ "Figures due on Monday will show that emissions are projected to fall": the forecast is there already."""
    who = subject(tree, word)
    is_told = word.lemma in REVEALING and modal(tree, said) is None and looks_ahead(tree, said)
    return is_told and who is not None and who.lemma.lower() in REPORTS and tree.dependent(word, "neg") is None


def _is_sure_that(tree: Tree, word: Word) -> bool:
    """ "We are certain that", "the minister was confident that"."""
    sure = tree.dependent(word, "acomp") or word
    said = tree.dependent(word, "ccomp") or tree.dependent(sure, "ccomp")
    if said is None or sure.low not in SURE or not is_finite(tree, said) or tree.dependent(word, "neg") is not None:
        return False
    mark = tree.dependent(said, "mark")
    return mark is not None and mark.low == "that"


def is_projected(tree: Tree, word: Word, verb: Word) -> bool:
    """ "NorPolls is projecting a 7-point Lund victory": the outcome with its figure."""
    who = subject(tree, verb)
    if verb.lemma not in PROJECTING or who is None or who.low in FIRST_PERSON or modal(tree, verb) is not None:
        return False
    return word.lemma.lower() in OUTCOMES and any(each.tag == "CD" for each in tree.under(word))
