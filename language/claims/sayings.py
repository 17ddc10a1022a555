"""Sayings by syntax: the stretches of a sentence that a verb, noun or phrase of saying gives to somebody."""

from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Saying:
    """`start` to `end` of a sentence is said by `subject`, None for nobody in particular ("it is expected that").

    `cue` is where the words that say so stand, empty where they are part of what is said ("plans to leave"). `denied`:
    the subject denies or doubts it. `is_object`: the subject follows its verb and was taken for its object.
    """

    start: int
    end: int
    subject: Word | None
    denied: bool
    cue: tuple[int, int]
    verb: Word


def read(tree: Tree) -> tuple[Saying, ...]:
    """The sayings of a sentence outside the first person. One look at each word and what hangs on it."""
    found: list[Saying] = []
    for word in tree.words:
        if word.low in {"according", "in", "per"}:
            found.extend(_by_phrase(tree, word))
        elif word.pos in {"VERB", "AUX"} or (word.pos == "ADJ" and tree.dependent(word, "auxpass")):
            found.extend(_by_verb(tree, word))
        elif word.pos in {"NOUN", "PROPN"} and word.lemma in CLAIM_NOUNS:
            found.extend(_by_noun(tree, word))
    return tuple(saying for saying in found if saying.start < saying.end)


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


def _by_verb(tree: Tree, verb: Word) -> Iterator[Saying]:
    if not happens(tree, verb):
        return
    negated = tree.dependent(verb, "neg") is not None
    complement, subject = _complement(tree, verb), subject_of(tree, verb)
    if verb.lemma == "be":
        yield from _by_adjective(tree, verb, negated)
    elif verb.lemma == "say" and complement is not None and (outer := _quoted_as(tree, verb)) is not None:
        yield from _said(tree, verb, complement, outer, denied=False)
    elif tree.dependent(verb, "nsubjpass", "auxpass") is not None:
        yield from _by_passive(tree, verb, complement, negated)
    elif verb.lemma in DENYING or _rules_out(tree, verb):
        yield from _denial(tree, verb, subject, complement)
    elif complement is None:
        yield from _object(tree, verb, subject, negated)
    else:
        yield from _by_clause(tree, verb, complement, subject, negated)


def _by_passive(tree: Tree, verb: Word, complement: Word | None, negated: bool) -> Iterator[Saying]:
    """ "It is expected that", "is expected by the bank to", "is convinced that"."""
    subject = tree.dependent(verb, "nsubjpass", "nsubj")
    if complement is None or subject is None:
        return
    if verb.low in SURE | UNSURE or verb.lemma in {"persuade", "convince"}:
        yield from _said(tree, verb, complement, subject, denied=negated)
    elif verb.lemma in SAYING | THINKING and (subject.low == "it" or tree.dependent(verb, "agent")):
        yield from _said(tree, verb, complement, _agent(tree, verb), denied=negated)


def _by_clause(tree: Tree, verb: Word, complement: Word, subject: Word | None, negated: bool) -> Iterator[Saying]:
    """ "Said that", "does not expect rates to fall", ", grumbled Jo Marsh"."""
    if subject is None and complement.start < verb.start:
        subject = tree.dependent(verb, "dobj", "attr")  # "grumbled Jo Marsh", taken for what is grumbled
    if subject is None or is_first_person(tree, subject):
        return
    if not (verb.lemma in SAYING | THINKING or _may_say(verb, subject, complement, tree)):
        return
    if negated and verb.lemma not in THINKING:
        return  # "did not say that", "has not announced that"
    yield from _said(tree, verb, complement, subject, denied=negated != is_none(tree, subject))


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


def _complement(tree: Tree, verb: Word) -> Word | None:
    """The clause that is said: finite, or "rates to fall", or "to cut taxes"."""
    for relation in ("ccomp", "xcomp"):
        for clause in tree.dependents(verb, relation):
            if relation == "ccomp" and clause.pos in {"VERB", "AUX", "NOUN", "PROPN", "ADJ", "PRON", "ADV", "NUM"}:
                return clause
            if relation == "xcomp" and clause.pos in {"VERB", "AUX"} and verb.lemma in COMMITTING:
                return clause
    head = tree.head(verb)
    is_inserted = verb.relation == "parataxis" and head.pos in {"VERB", "AUX"}
    return head if is_inserted else None


def _may_say(verb: Word, subject: Word, complement: Word, tree: Tree) -> bool:
    """Whether a verb outside the lists says: "bellowed that", or beside a quotation."""
    if verb.lemma in NOT_SAYING or verb.pos != "VERB" or complement.relation == "xcomp":
        return False
    is_person = subject.entity in {"PERSON", "ORG"} or subject.low in {"he", "she", "they"}
    has_that = any(mark.low == "that" for mark in tree.dependents(complement, "mark"))
    return has_that and is_person


def _said(tree: Tree, verb: Word, complement: Word, subject: Word | None, *, denied: bool) -> Iterator[Saying]:
    """What is said and the words around it, where the clause stands before, around or behind its verb."""
    if complement.place == tree.head(verb).place and verb.relation == "parataxis":
        start, end = tree.span(complement)
        yield Saying(start, end, subject, denied, _inserted(tree, verb), verb)
        return
    start, end = _trimmed(tree, complement)
    if complement.relation == "xcomp":
        outer = tree.span(verb, without=lambda word: word.relation in {"conj", "cc"} and word.head == verb.place)
        yield Saying(outer[0], end, subject, denied, (outer[0], outer[0]), verb)
    elif end <= verb.start:
        yield Saying(start, end, subject, denied, (end, _cue_end(tree, verb, complement)), verb)
    else:
        yield Saying(start, end, subject, denied, (_cue_start(tree, verb, subject), start), verb)


def _trimmed(tree: Tree, clause: Word) -> tuple[int, int]:
    """A clause without "that" at its head and without marks around it."""
    words = list(tree.under(clause))
    while words and (words[0].pos == "PUNCT" or (words[0].relation == "mark" and words[0].low == "that")):
        words = words[1:]
    while words and words[-1].pos == "PUNCT":
        words = words[:-1]
    return (words[0].start, words[-1].end) if words else (clause.start, clause.start)


def _cue_start(tree: Tree, verb: Word, subject: Word | None) -> int:
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


def _cue_end(tree: Tree, verb: Word, complement: Word) -> int:
    after = [
        word
        for word in tree.dependents(verb)
        if word.start > verb.start and word.relation not in {"punct", "cc", "conj", "advcl", "ccomp"}
    ]
    return max([verb.end, *(tree.span(word)[1] for word in after)])


def _inserted(tree: Tree, verb: Word) -> tuple[int, int]:
    start, end = tree.span(verb, without=lambda word: word.relation in {"ccomp"} and word.head == verb.place)
    return start, end


def _by_adjective(tree: Tree, verb: Word, negated: bool) -> Iterator[Saying]:
    """ "Is confident that"."""
    adjective = tree.dependent(verb, "acomp", "attr")
    if adjective is None or adjective.lemma not in SURE | UNSURE:
        return
    clause = tree.dependent(adjective, "ccomp") or tree.dependent(verb, "ccomp")
    subject = subject_of(tree, verb)
    if clause is not None and subject is not None and subject.low != "it" and not is_first_person(tree, subject):
        start, end = _trimmed(tree, clause)
        yield Saying(
            start, end, subject, negated != (adjective.lemma in UNSURE), (_cue_start(tree, verb, subject), start), verb
        )


def _quoted_as(tree: Tree, verb: Word) -> Word | None:
    """Who "was quoted as saying", "is said to have said"."""
    outer = tree.head(verb)
    for _ in range(2):
        if outer.pos == "VERB":
            break
        outer = tree.head(outer)
    return tree.dependent(outer, "nsubjpass") if outer.lemma in {"quote", "cite", "report"} else None


def _rules_out(tree: Tree, verb: Word) -> bool:
    return verb.lemma == "rule" and any(word.low == "out" for word in tree.dependents(verb, "prt", "advmod", "prep"))


def _denial(tree: Tree, verb: Word, subject: Word | None, complement: Word | None) -> Iterator[Saying]:
    """ "Denied that", "rejected claims that", "ruled out a return"."""
    if subject is None or is_first_person(tree, subject) or tree.dependent(verb, "neg") is not None:
        return
    start, said = _cue_start(tree, verb, subject), complement
    if said is None and _rules_out(tree, verb):
        out = tree.dependent(verb, "prep")
        said = (tree.dependent(out, "pcomp", "pobj") if out is not None else None) or tree.dependent(verb, "advcl")
    if said is None:
        nouns = [
            word
            for word in tree.under(verb)
            if word.lemma in CLAIM_NOUNS and word.start > verb.start and word.pos == "NOUN"
        ]
        said = tree.dependent(nouns[0], "acl", "ccomp") if nouns else None
    if said is None and (object_ := tree.dependent(verb, "dobj")) is not None:
        said = tree.dependent(object_, "acl", "ccomp", "relcl") if object_.lemma in CLAIM_NOUNS else None
        if said is None and (_rules_out(tree, verb) or verb.lemma in {"deny", "doubt", "dispute"}):
            said = object_
    if said is not None and said.relation != "xcomp":
        begin, end = _trimmed(tree, said)
        last = (
            max(end, tree.span(verb, without=lambda word: word.relation in {"conj", "cc", "punct"})[1])
            if said.relation == "dobj"
            else end
        )
        yield Saying(begin, last, subject, True, (start, begin), verb)


def _object(tree: Tree, verb: Word, subject: Word | None, negated: bool) -> Iterator[Saying]:
    """ "Forecasts growth of 2%", "puts the chance of rain at 30%"."""
    thing = tree.dependent(verb, "dobj")
    if thing is None or subject is None or is_first_person(tree, subject) or thing.start < verb.start:
        return
    is_forecast = any(word.lemma in FORECAST_NOUNS or word.low == "%" for word in tree.under(thing))
    if verb.lemma in NOMINAL or (verb.lemma in SEEING and is_forecast):
        end = tree.span(
            verb, without=lambda word: word.head == verb.place and word.relation in {"conj", "cc", "punct", "advcl"}
        )[1]
        start = tree.span(thing)[0]
        yield Saying(
            start, end, subject, negated != is_none(tree, subject), (_cue_start(tree, verb, subject), start), verb
        )


def _by_noun(tree: Tree, noun: Word) -> Iterator[Saying]:
    """ "The bank's forecast that growth will slow", "a promise by Lund to leave"."""
    owner = tree.dependent(noun, "poss")
    if owner is None:
        by = next((word for word in tree.dependents(noun, "prep", "agent") if word.low in {"by", "from"}), None)
        owner = tree.dependent(by, "pobj") if by is not None else None
    verb = tree.head(noun)
    if owner is None or owner.low in {"my", "our"} or verb.lemma in DENYING:
        return
    clause = tree.dependent(noun, "acl", "ccomp")
    if clause is None and (of := next((word for word in tree.dependents(noun, "prep") if word.low == "of"), None)):
        clause = tree.dependent(of, "pobj")
    if clause is not None:
        start, end = _trimmed(tree, clause)
        yield Saying(start, end, owner, False, (tree.span(owner)[0], start), noun)


def _by_phrase(tree: Tree, word: Word) -> Iterator[Saying]:
    """ "According to", "in the view of"."""
    if word.low == "in":
        view = tree.dependent(word, "pobj")
        if view is None or view.lemma not in VIEWS:
            return
        by = next((other for other in tree.dependents(view, "prep") if other.low == "of"), None)
        who = tree.dependent(by, "pobj") if by else tree.dependent(view, "poss")
    else:
        to = tree.dependent(word, "prep") if word.low == "according" else word
        who = tree.dependent(to, "pobj") if to is not None else None
        if word.low == "per" and (who is None or who.pos != "PROPN"):
            return
    if who is None or who.low in {"my", "our"}:
        return
    clause = next((other for other in tree.ancestors(word) if other.pos in {"VERB", "AUX"}), None) or word
    top = next(iter([other for other in (clause, *tree.ancestors(clause)) if other.is_root]), clause)
    start, end = tree.span(clause if clause.relation not in {"amod", "acl", "relcl"} else top)
    yield Saying(start, end, who, False, tree.span(word), word)


def _agent(tree: Tree, verb: Word) -> Word | None:
    agent = tree.dependent(verb, "agent")
    return tree.dependent(agent, "pobj") if agent is not None else None


def is_none(tree: Tree, subject: Word) -> bool:
    """ "Nobody", "few economists", "no analyst": nobody, or nearly, thinks so. "A few" do."""
    if subject.low in {"few"} and any(word.low == "a" for word in tree.dependents(subject)):
        return False
    first = tree.under(subject)[0]
    return first.low in NONE or (first.low == "no" and subject.low == "one") or subject.low in NONE
