"""Worth of a candidate claim: the chance that a careful analyst would track it, by its syntax and its wording.

A logistic regression over `features`, trained by `./hindcast train worth`; a rule of wording where it cannot be read.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from language import weights, wordlists
from language.claims import futures, items, layout, verbs
from language.claims.candidates import Stretch
from language.claims.hedges import Hedge
from language.syntax.trees import Tree, Word
from language.time.deadlines import Deadline
from language.weights import ModelUnavailable

FILE = "worth.json"
LISTS = wordlists.read("worth")
CHANCE = wordlists.pattern(LISTS["chance"])
OVER = wordlists.pattern(LISTS["over"])
PREDICTED = wordlists.pattern(LISTS["predicted"])
STATES = wordlists.words(LISTS["states"])
WORDINGS = {name: wordlists.pattern(words) for name, words in LISTS["wordings"].items()}
MODALS: dict[str, str] = {form: name for name, forms in LISTS["modals"].items() for form in forms.split()}
MEASURE = WORDINGS["measure"]
YEAR = re.compile(r"\b(?:19|20|21)\d\d\b")
KINDS = ("relative", "participle", "outcome", "gapped", "answered", "item")
PRONOUNS = {
    "first": frozenset({"i", "we"}),
    "person": frozenset({"he", "she"}),
    "thing": frozenset({"it", "this", "that", "these", "those", "which", "who", "there"}),
    "others": frozenset({"you", "they", "one", "people", "everyone"}),
}
LONGEST = 2_000
NEAR = 3  # characters of a mark before a passage's first sentence
EVEN, TESTABLE = 0.5, 0.3
MOST = 0.7  # of a line


@dataclass(frozen=True, slots=True)
class Wording:
    """A candidate as it was read; `whole[start:end] == text`. `testable`, `checkworthy` and
    `evaluative` are chances from its words alone."""

    candidate: Stretch
    start: int
    end: int
    text: str
    testable: float
    checkworthy: float
    evaluative: float
    deadline: Deadline | None
    is_framed: bool
    is_attributed: bool
    hedge: Hedge | None
    published: date


def read(wordings: Sequence[Wording]) -> list[float]:
    """A chance for each, in order; by a rule of wording for those without a tree, or where the model is missing."""
    try:
        model = load_model()
    except ModelUnavailable:
        return [wording.testable for wording in wordings]
    return [_read(model, wording) if wording.candidate.read.tree.words else wording.testable for wording in wordings]


def _read(model: Mapping[str, float], wording: Wording) -> float:
    found = features(wording)
    return evened(wording, chance(model, found), is_past=bool(found["tense past"]))


def evened(wording: Wording, weighed: float, *, is_past: bool) -> float:
    """The model's chance, even at least for what lasts or is over for a time, for a stated chance, and for entries of a
    list of predictions and what they tell in the present.

    The labelled texts hold little of the first three, and few lists of the other kind. What is only under way ("has
    been growing") stands before what nobody could test later.
    """
    tree, predicate = wording.candidate.read.tree, wording.candidate.predicate
    if (is_entry(wording) and not is_past) or _predicts_in_the_present(wording):
        return EVEN + weighed / 2
    is_lasting = predicate is not None and verbs.is_lasting(tree, predicate)
    text = wording.text[:LONGEST]
    if (is_lasting and wording.testable > EVEN) or CHANCE.search(text) or OVER.search(text):
        return max(weighed, EVEN)
    return max(weighed, TESTABLE * wording.testable)


def is_entry(wording: Wording) -> bool:
    """Whether a claim is an entry of a list of predictions, or nearly all of one."""
    passage, kind = wording.candidate.read.passage, wording.candidate.kind
    if not passage.foretells or kind in {"relative", "participle", "absolute"}:
        return False
    if kind == "item" and (items.is_labelled(wording.text) or items.RECORD.match(wording.text)):
        return True
    is_short = len(passage.text.split()) <= layout.MOST_ENTRY_WORDS
    covers = wording.end - wording.start >= MOST * len(passage.text)
    return passage.is_listed and is_short and (covers or layout.TOPIC.match(passage.text) is not None)


@cache
def load_model() -> Mapping[str, float]:
    """The weights by the names of features, "intercept" among them; raises ModelUnavailable."""
    stored = json.loads(weights.read(FILE))
    return {"intercept": stored["intercept"], **stored["weights"]}


def chance(model: Mapping[str, float], found: Mapping[str, float]) -> float:
    """The probability from the features of a candidate."""
    log_odds = model["intercept"] + sum(model[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def features(wording: Wording) -> dict[str, float]:
    """Features of a candidate by name, each about 0 to 1; a present that predicts ("Lund wins") counts as "will"."""
    found = {name: float(value) for name, value in _features(wording)}
    if _predicts_in_the_present(wording):
        found |= {"tense present": 0.0, "present where foretold": 0.0, "tense will": 1.0, "ahead": 1.0, "cue will": 0.5}
    return found


def _predicts_in_the_present(wording: Wording) -> bool:
    """Whether an event told in the present stands among what is announced as predictions."""
    tree, predicate = wording.candidate.read.tree, wording.candidate.predicate
    if predicate is None or not any(PREDICTED.search(words) for words in wording.candidate.read.passage.above):
        return False
    verb = verbs.ruling(tree, predicate)
    subject = _subject(tree, verb)
    is_event = predicate.pos == "VERB" and predicate.lemma.lower() not in STATES
    return is_event and subject is not None and _is_named(tree, subject) and _tense(tree, verb) in {"present", "will"}


def _features(wording: Wording) -> Iterator[tuple[str, float]]:
    text = wording.text[:LONGEST]
    passage = wording.candidate.read.passage
    yield "checkworthy", _logit(wording.checkworthy)
    yield "evaluative", _logit(wording.evaluative)
    for name, pattern in WORDINGS.items():
        yield name, bool(pattern.search(text))
    yield from ((f"cue {name}", value) for name, value in futures.cues(text).items())
    own = wording.deadline if not wording.is_framed else None
    yield "deadline", own is not None and own.on is not None
    yield "framed", wording.is_framed
    years = [int(year) for year in YEAR.findall(text)]
    yield "year ahead", any(year >= wording.published.year for year in years)
    yield "year before", any(year < wording.published.year for year in years)
    yield "hedge", wording.hedge is not None
    yield "attributed", wording.is_attributed
    yield "foretells", passage.foretells
    for kind in KINDS:
        yield kind, wording.candidate.kind == kind
    yield "opens its passage", wording.candidate.read.sentence.start <= passage.start + NEAR
    count = len(text.split())
    yield "words", min(1.0, count / 40)
    yield "few words", count < 6
    yield from _of_syntax(wording, foretells=passage.foretells)


def _of_syntax(wording: Wording, *, foretells: bool) -> Iterator[tuple[str, float]]:
    tree, predicate = wording.candidate.read.tree, wording.candidate.predicate
    if predicate is not None:
        predicate = verbs.asserted(tree, predicate)
    verb = verbs.ruling(tree, predicate) if predicate is not None else None
    tense = "none" if verb is None else _tense(tree, verb)
    if tense == "should" and verb is not None and _is_estimate(wording, verb):
        tense = "will"
    for name in ("will", "would", "could", "should", "can", "past", "present", "bare", "none"):
        yield f"tense {name}", tense == name
    yield "present where foretold", foretells and tense in {"present", "none"}
    yield "past where foretold", foretells and tense == "past"
    yield "ahead", verb is not None and (verbs.looks_ahead(tree, verb) or verbs.is_expected(tree, verb))
    yield "negated", predicate is not None and tree.dependent(predicate, "neg") is not None
    yield "conditional", predicate is not None and _is_conditional(tree, predicate)
    subject = _subject(tree, predicate)
    low = subject.low if subject is not None else ""
    for name, forms in PRONOUNS.items():
        yield f"subject {name}", low in forms
    is_named = subject is not None and _is_named(tree, subject)
    yield "subject name", is_named
    yield "name that will", is_named and tense == "will"
    yield "no subject", subject is None
    words = (
        []
        if predicate is None
        else [
            word
            for word in tree.words
            if wording.candidate.start <= wording.candidate.read.sentence.start + word.start < wording.candidate.end
        ]
    )
    kinds = [word.entity for word in words]
    yield "names", min(1.0, sum(kind in {"PERSON", "ORG", "GPE", "NORP", "LOC"} for kind in kinds) / 4)
    yield (
        "figures",
        min(1.0, sum(kind in {"PERCENT", "MONEY", "CARDINAL", "QUANTITY", "ORDINAL"} for kind in kinds) / 3),
    )
    yield "dates", min(1.0, sum(kind == "DATE" for kind in kinds) / 3)


def _tense(tree: Tree, predicate: Word) -> str:
    modal = verbs.modal(tree, predicate)
    if modal is not None:
        return MODALS.get(modal.low, "can")
    if verbs.is_expected(tree, predicate):
        return "will"
    tags = [word.tag for word in (predicate, *tree.dependents(predicate, "aux", "auxpass"))]
    if "VBD" in tags or ("VBN" in tags and "VBZ" not in tags and "VBP" not in tags):
        return "past"
    if any(word.lemma == "have" and word.relation == "aux" for word in tree.dependents(predicate)):
        return "past"
    return "present" if "VBZ" in tags or "VBP" in tags else "bare"


def _is_estimate(wording: Wording, verb: Word) -> bool:
    """ "Inflation should ease by June" says what is likely, "ministers should resign" what would be right."""
    tree = wording.candidate.read.tree
    subject = _subject(tree, verb)
    is_measure = subject is not None and MEASURE.search(subject.text) is not None
    return is_measure or verb.tag == "VBG" or (wording.deadline is not None and wording.deadline.on is not None)


def _subject(tree: Tree, predicate: Word | None) -> Word | None:
    if predicate is None:
        return None
    own = verbs.subject(tree, predicate)
    return own if own is not None else verbs.subject(tree, verbs.first_of(tree, predicate))


def _is_named(tree: Tree, subject: Word) -> bool:
    return subject.pos == "PROPN" or any(
        word.entity in {"PERSON", "ORG", "GPE", "NORP"} for word in tree.dependents(subject, "compound", "poss", "amod")
    )


def _is_conditional(tree: Tree, predicate: Word) -> bool:
    return any(
        (mark := tree.dependent(clause, "mark")) is not None and mark.low in {"if", "unless"}
        for clause in tree.dependents(predicate, "advcl")
    )


def _logit(chance: float) -> float:
    inside = min(max(chance, 0.01), 0.99)
    return math.log(inside / (1 - inside)) / 4
