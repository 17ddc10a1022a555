"""Sayings by syntax: the stretches of a sentence that a verb, noun or phrase of saying gives to somebody."""

from collections.abc import Iterator
from dataclasses import dataclass

from language.claims import predicates
from language.claims.predicates import (
    CLAIM_NOUNS,
    COMMITTING,
    DENYING,
    FORECAST_NOUNS,
    NOMINAL,
    NOT_SAYING,
    SAYING,
    SEEING,
    SURE,
    THINKING,
    UNSURE,
    VIEWS,
)
from language.syntax.trees import Tree, Word


@dataclass(frozen=True, slots=True)
class Saying:
    """`start` to `end` of a sentence is said by `subject`, None for nobody in particular ("it is expected that").

    `cue` is where the words that say so stand, empty where they are part of what is said ("plans to leave"). `denied`:
    the subject denies or doubts it.
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


def _by_verb(tree: Tree, verb: Word) -> Iterator[Saying]:
    if not predicates.happens(tree, verb):
        return
    negated = tree.dependent(verb, "neg") is not None
    complement, subject = _complement(tree, verb), predicates.subject_of(tree, verb)
    if verb.lemma == "be":
        yield from _by_adjective(tree, verb, negated)
    elif verb.lemma == "say" and complement is not None and (outer := _quoted_as(tree, verb)) is not None:
        yield from _said(tree, verb, complement, outer, denied=False)
    elif tree.dependent(verb, "nsubjpass", "auxpass") is not None:
        yield from _by_passive(tree, verb, complement, negated)
    elif verb.lemma in DENYING or predicates.rules_out(tree, verb):
        yield from _denial(tree, verb, subject, complement)
    elif complement is None:
        yield from _object(tree, verb, subject, negated)
    else:
        yield from _by_clause(tree, verb, complement, subject, negated)


def _by_passive(tree: Tree, verb: Word, complement: Word | None, negated: bool) -> Iterator[Saying]:
    """ "It is expected that", "is expected by the bank to", "is convinced that"."""
    subject = tree.dependent(verb, "nsubjpass", "nsubj")
    if subject is None and (helper := tree.dependent(verb, "auxpass")) is not None:
        subject = tree.dependent(helper, "nsubj", "nsubjpass")
    if complement is None or subject is None:
        return
    if verb.low in SURE | UNSURE or verb.lemma in {"persuade", "convince"}:
        yield from _said(tree, verb, complement, subject, denied=negated)
    elif verb.lemma in SAYING | THINKING and (subject.low == "it" or tree.dependent(verb, "agent")):
        yield from _said(tree, verb, complement, predicates.agent_of(tree, verb), denied=negated)


def _by_clause(tree: Tree, verb: Word, complement: Word, subject: Word | None, negated: bool) -> Iterator[Saying]:
    """ "Said that", "does not expect rates to fall", ", grumbled Jo Marsh"."""
    if (subject is None and complement.start < verb.start) or _is_inserted(tree, verb):
        subject = tree.dependent(verb, "dobj", "attr")  # "grumbled Jo Marsh", taken for what is grumbled
    if subject is None or predicates.is_first_person(tree, subject):
        return
    if not (verb.lemma in SAYING | THINKING or _may_say(verb, subject, complement, tree)):
        return
    if negated and verb.lemma not in THINKING:
        return  # "did not say that", "has not announced that"
    yield from _said(tree, verb, complement, subject, denied=negated != predicates.is_none(tree, subject))


def _is_inserted(tree: Tree, verb: Word) -> bool:
    """ "The bill, argued Senator Brandt, will fail": a parser gives the bill to the verb behind its comma."""
    return (
        verb.relation == "parataxis"
        and verb.lemma in SAYING
        and verb.place > 0
        and tree.words[verb.place - 1].text == ","
        and any(word.pos == "PROPN" for word in tree.dependents(verb, "dobj"))
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
    if verb.relation == "parataxis" and head.pos in {"VERB", "AUX"}:
        return head
    return _behind_a_place(tree, verb) if verb.lemma in SAYING else None


def _behind_a_place(tree: Tree, verb: Word) -> Word | None:
    """The clause of "said on a call that taxes would rise", which a parser hangs on the call."""
    for place in tree.dependents(verb, "prep"):
        for noun in tree.under(place):
            for clause in tree.dependents(noun, "relcl", "acl"):
                first = tree.under(clause)[0]
                if first.low == "that" and first.relation != "nsubj" and tree.dependent(clause, "nsubj", "nsubjpass"):
                    return clause
    return None


def _may_say(verb: Word, subject: Word, complement: Word, tree: Tree) -> bool:
    """Whether a verb outside the lists says: "bellowed that", or beside a quotation."""
    if verb.lemma in NOT_SAYING or verb.pos != "VERB" or complement.relation == "xcomp":
        return False
    is_person = subject.entity in {"PERSON", "ORG"} or subject.low in {"he", "she", "they"}
    has_that = any(mark.low == "that" for mark in tree.dependents(complement, "mark"))
    return has_that and is_person


def _said(tree: Tree, verb: Word, complement: Word, subject: Word | None, *, denied: bool) -> Iterator[Saying]:
    """The clause that is said and the words around it, where the clause stands before, around or behind its verb."""
    if complement.place == tree.head(verb).place and verb.relation == "parataxis":
        start, end = tree.span(complement)
        yield Saying(start, end, subject, denied, _inserted(tree, verb), verb)
        return
    start, end = predicates.trimmed(tree, complement)
    if complement.relation == "xcomp":
        outer = tree.span(verb, without=lambda word: word.relation in {"conj", "cc"} and word.head == verb.place)
        yield Saying(outer[0], end, subject, denied, (outer[0], outer[0]), verb)
    elif end <= verb.start:
        yield Saying(start, end, subject, denied, (end, predicates.cue_end(tree, verb, complement)), verb)
    else:
        yield Saying(start, end, subject, denied, (predicates.cue_start(tree, verb, subject), start), verb)


def _inserted(tree: Tree, verb: Word) -> tuple[int, int]:
    start, end = tree.span(verb, without=lambda word: word.relation in {"ccomp"} and word.head == verb.place)
    return start, end


def _by_adjective(tree: Tree, verb: Word, negated: bool) -> Iterator[Saying]:
    """ "Is confident that"."""
    adjective = tree.dependent(verb, "acomp", "attr")
    if adjective is None or adjective.lemma not in SURE | UNSURE:
        return
    clause = tree.dependent(adjective, "ccomp") or tree.dependent(verb, "ccomp")
    subject = predicates.subject_of(tree, verb)
    if (
        clause is not None
        and subject is not None
        and subject.low != "it"
        and not predicates.is_first_person(tree, subject)
    ):
        start, end = predicates.trimmed(tree, clause)
        yield Saying(
            start,
            end,
            subject,
            negated != (adjective.lemma in UNSURE),
            (predicates.cue_start(tree, verb, subject), start),
            verb,
        )


def _quoted_as(tree: Tree, verb: Word) -> Word | None:
    """Who "was quoted as saying", "is said to have said"."""
    outer = tree.head(verb)
    for _ in range(2):
        if outer.pos == "VERB":
            break
        outer = tree.head(outer)
    return tree.dependent(outer, "nsubjpass") if outer.lemma in {"quote", "cite", "report"} else None


def _denial(tree: Tree, verb: Word, subject: Word | None, complement: Word | None) -> Iterator[Saying]:
    """ "Denied that", "rejected claims that", "ruled out a return"."""
    if subject is None or predicates.is_first_person(tree, subject) or tree.dependent(verb, "neg") is not None:
        return
    start, said = predicates.cue_start(tree, verb, subject), complement
    if said is None and predicates.rules_out(tree, verb):
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
        if said is None and (predicates.rules_out(tree, verb) or verb.lemma in {"deny", "doubt", "dispute"}):
            said = object_
    if said is not None and said.relation != "xcomp":
        begin, end = predicates.trimmed(tree, said)
        last = (
            max(end, tree.span(verb, without=lambda word: word.relation in {"conj", "cc", "punct"})[1])
            if said.relation == "dobj"
            else end
        )
        yield Saying(begin, last, subject, True, (start, begin), verb)


def _object(tree: Tree, verb: Word, subject: Word | None, negated: bool) -> Iterator[Saying]:
    """ "Forecasts growth of 2%", "puts the chance of rain at 30%"."""
    thing = tree.dependent(verb, "dobj")
    if thing is None or subject is None or predicates.is_first_person(tree, subject) or thing.start < verb.start:
        return
    is_forecast = any(word.lemma in FORECAST_NOUNS or word.low == "%" for word in tree.under(thing))
    if verb.lemma in NOMINAL or (verb.lemma in SEEING and is_forecast):
        end = tree.span(
            verb, without=lambda word: word.head == verb.place and word.relation in {"conj", "cc", "punct", "advcl"}
        )[1]
        start = tree.span(thing)[0]
        yield Saying(
            start,
            end,
            subject,
            negated != predicates.is_none(tree, subject),
            (predicates.cue_start(tree, verb, subject), start),
            verb,
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
        start, end = predicates.trimmed(tree, clause)
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
