"""Verbs that say: their words, whether they say in fact, who is their subject, and where their own words stand."""

from language import wordlists
from language.claims.speaker_kinds import LISTS
from language.syntax.trees import Tree, Word

(SAYING, THINKING, NOMINAL, SEEING, FORECAST_NOUNS, DENYING, NOT_SAYING, CLAIM_NOUNS, SURE, UNSURE, GOING_ON,
 HYPOTHETICAL, NONE) = (
    wordlists.words(LISTS[name])
    for name in (
        "saying", "thinking", "nominal", "seeing", "forecast_nouns", "denying", "not_saying", "claim_nouns", "sure",
        "unsure", "going_on", "hypothetical", "none",
    )
)  # fmt: skip
COMMITTING = frozenset(str.split("expect promise vow pledge threaten anticipate swear guarantee promise undertake"))
DRIVING = frozenset(str.split("lead prompt push cause move bring get force allow"))  # "led him to suggest"
NOT_YET = frozenset(
    {"will", "would", "shall", "may", "might", "can", "could", "should", "must", "'ll", "’ll", "wo", "ca"}
)
VIEWS = frozenset(
    {"view", "opinion", "word", "words", "eye", "eyes", "judgment", "judgement", "reckoning", "estimation"}
)
FIRST_PERSON = frozenset({"i", "we"})
RELATIVE = frozenset({"who", "which", "that"})


def subject_of(tree: Tree, verb: Word) -> Word | None:
    """The noun that does what a verb says: through relative pronouns, conjunctions and participles."""
    for _ in range(4):
        if verb.relation == "relcl" and (own := tree.dependent(verb, "nsubj")) is not None and own.low in RELATIVE:
            return tree.head(verb)
        if (own := tree.dependent(verb, "nsubj")) is not None:
            return own
        if (agent := tree.dependent(verb, "agent")) is not None:
            return tree.dependent(agent, "pobj")
        if verb.relation in {"acl", "relcl"} and tree.head(verb).pos in {"NOUN", "PROPN"}:
            return tree.head(verb)
        if verb.relation not in {"conj", "advcl", "xcomp", "ccomp"}:
            return None
        verb = tree.head(verb)
        if verb.lemma in DRIVING:
            return tree.dependent(verb, "dobj")
    return None


def is_first_person(tree: Tree, subject: Word) -> bool:
    """Whether the author speaks: "I", "we", "our guess"."""
    owner = tree.dependent(subject, "poss")
    return subject.low in FIRST_PERSON or (
        owner is not None and owner.low in {"my", "our"} and subject.lemma in CLAIM_NOUNS
    )


def happens(tree: Tree, verb: Word) -> bool:
    """Whether it is said in fact: not behind "will", "to" or "if"."""
    for aux in tree.dependents(verb, "aux", "mark"):
        if aux.low in NOT_YET or (aux.relation == "mark" and aux.low in HYPOTHETICAL):
            return False
        if aux.low == "to" and not (verb.relation == "xcomp" and tree.head(verb).lemma in GOING_ON | DRIVING):
            return False
    if verb.relation == "advcl" and any(word.low in HYPOTHETICAL for word in tree.dependents(verb, "advmod")):
        return False
    return not (
        verb.relation == "conj" and tree.dependent(verb, "nsubj") is None and not happens(tree, tree.head(verb))
    )


def trimmed(tree: Tree, clause: Word) -> tuple[int, int]:
    """A clause without "that" at its head and without marks around it."""
    words = list(tree.under(clause))
    # "Said on a call that": there a parser takes it for an object.
    while words and (words[0].pos == "PUNCT" or (words[0].low == "that" and words[0].relation != "nsubj")):
        words = words[1:]
    while words and words[-1].pos == "PUNCT":
        words = words[:-1]
    return (words[0].start, words[-1].end) if words else (clause.start, clause.start)


def cue_start(tree: Tree, verb: Word, subject: Word | None) -> int:
    starts = [
        verb.start,
        *(tree.span(subject)[0] for subject in [subject] if subject is not None and subject.start < verb.start),
    ]
    before = [
        word
        for word in tree.dependents(verb)
        if word.start < verb.start and word.relation not in {"punct", "cc", "ccomp"}
    ]
    return min([*starts, *(tree.span(word)[0] for word in before)])


def cue_end(tree: Tree, verb: Word, complement: Word) -> int:
    after = [
        word
        for word in tree.dependents(verb)
        if word.start > verb.start and word.relation not in {"punct", "cc", "conj", "advcl", "ccomp"}
    ]
    return max([verb.end, *(tree.span(word)[1] for word in after)])


def rules_out(tree: Tree, verb: Word) -> bool:
    return verb.lemma == "rule" and any(word.low == "out" for word in tree.dependents(verb, "prt", "advmod", "prep"))


def agent_of(tree: Tree, verb: Word) -> Word | None:
    agent = tree.dependent(verb, "agent")
    return tree.dependent(agent, "pobj") if agent is not None else None


def is_none(tree: Tree, subject: Word) -> bool:
    """ "Nobody", "few economists", "no analyst": nobody, or nearly, thinks so. "A few" do."""
    if subject.low in {"few"} and any(word.low == "a" for word in tree.dependents(subject)):
        return False
    first = tree.under(subject)[0]
    return first.low in NONE or (first.low == "no" and subject.low == "one") or subject.low in NONE
