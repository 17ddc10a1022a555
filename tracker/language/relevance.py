"""Which news entries bear on which propositions: a cheap gate by actors and words, then a small measured model.

The model is a logistic regression on nine scalars; `data/relevance.json` holds its weights and its card. Without an
encoder a second set of weights reads the words alone.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.language import actors, sentences, words

if TYPE_CHECKING:  # the encoder's module loads onnxruntime, which a rank by words alone never needs
    from tracker.language.similarity import Encoder, Vectors

WEIGHTS_FILE = Path(__file__).parent / "data" / "relevance.json"
COSINES = ("claim_title", "claim_entry", "question_entry", "highest_cosine")
WORDINGS = ("claim_in_entry", "asked_in_entry", "claim_in_title", "names_found", "keywords_found")
READ_CHARACTERS = 300  # of the body: what the labels were given on, and what feeds send
PASSAGE_SEARCH = 6_000
PASSAGE_LENGTH = 300
# The gate: an actor in common and a little of the wording, or much of the wording.
GATE_WITH_ACTOR = 0.06
GATE_WITHOUT_ACTOR = 0.16
MOST_VECTORS = 8_192


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposition as relevance sees it; `actors` in any wording."""

    key: str
    claim: str
    question: str
    keywords: tuple[str, ...]
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A news entry as plain text."""

    key: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that may bear on a proposition: relevance is a probability, `attach` whether it reached the bar."""

    asked: str
    read: str
    relevance: float
    attach: bool
    passage: str
    used_model: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression: the threshold at which it attaches, and a weight a feature."""

    intercept: float
    by_feature: Mapping[str, float]
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Probability of relevance from the features by name."""
        total = self.intercept + sum(weight * features[name] for name, weight in self.by_feature.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class _Question:
    """An Asked with what is worked out once: stems and names."""

    asked: Asked
    claim: frozenset[str]
    whole: frozenset[str]
    names: frozenset[str]
    keywords: tuple[frozenset[str], ...]
    actors: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Entry:
    read: Read
    title: frozenset[str]
    whole: frozenset[str]
    actors: frozenset[str]

    @property
    def text(self) -> str:
        return f"{self.read.title}. {self.read.body[:READ_CHARACTERS]}"


def rank(
    asked: Sequence[Asked],
    read: Sequence[Read],
    *,
    encoder: "Encoder | None",
    threshold: float | None = None,
    everything: bool = False,
) -> list[Match]:
    """Matches at or above the threshold, the most relevant first; with `everything` all candidates of the gate.

    `threshold` defaults to the one the weights were measured at. An entry is embedded at most once a call, and only
    when it passes the gate for some proposition.
    """
    weights = load_weights()["model" if encoder else "words"]
    bar = weights.threshold if threshold is None else threshold
    questions = [_question(each) for each in asked]
    entries = [_entry(each) for each in read]
    pairs = list(_gate(questions, entries))
    vectors = _entry_vectors({entry for _, entry in pairs}, entries, encoder) if encoder else {}
    matches = []
    for place, number in pairs:
        question, entry = questions[place], entries[number]
        features = _wordings(question, entry)
        if encoder:
            features |= _cosines(question.asked, vectors[number], encoder)
        relevance = weights.probability(features)
        if relevance >= bar or everything:
            text = passage(entry.read, question.claim, question.whole)
            matches.append(Match(question.asked.key, entry.read.key, relevance, relevance >= bar, text, bool(encoder)))
    return sorted(matches, key=lambda match: (-match.relevance, match.asked, match.read))


def features_of(asked: Asked, read: Read, *, encoder: "Encoder | None") -> dict[str, float]:
    """The named features of one pair, as the weights are trained on them; the cosines only with an encoder."""
    question, entry = _question(asked), _entry(read)
    features = _wordings(question, entry)
    if encoder:
        features |= _cosines(asked, _entry_vectors({0}, [entry], encoder)[0], encoder)
    return features


def passes_gate(asked: Asked, read: Read) -> bool:
    """Whether a pair is scored at all."""
    return any(_gate([_question(asked)], [_entry(read)]))


@cache
def load_weights() -> dict[str, Weights]:
    """The shipped weights: "model" for all nine features, "words" for those without embeddings."""
    stored = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    return {
        kind: Weights(stored[kind]["intercept"], stored[kind]["weights"], stored[kind]["threshold"])
        for kind in ("model", "words")
    }


def _question(asked: Asked) -> _Question:
    found = actors.find(asked.claim) | actors.find(" ; ".join(asked.keywords)) | frozenset(asked.actors)
    return _Question(
        asked=asked,
        claim=words.stems(asked.claim),
        whole=words.stems(" ".join((asked.claim, asked.question, *asked.keywords))),
        names=_capitalised(" ; ".join((asked.claim, *asked.keywords))),
        keywords=tuple(stems for keyword in asked.keywords if (stems := words.stems(keyword))),
        actors=actors.keys(found),
    )


def _entry(read: Read) -> _Entry:
    body = read.body[:READ_CHARACTERS]
    return _Entry(
        read=read,
        title=words.stems(read.title),
        whole=words.stems(f"{read.title} {body}"),
        actors=actors.keys(actors.known(f"{read.title}. {body}")) | _capital_words(f"{read.title}. {body}"),
    )


def _capital_words(text: str) -> frozenset[str]:
    return frozenset(
        match.group().removesuffix("'s")
        for match in actors.LETTERS.finditer(text.replace("’", "'"))
        if match.group()[0].isupper()
    )


def _capitalised(text: str) -> frozenset[str]:
    return frozenset(stem for word in _capital_words(text) for stem in words.stems(word))


def _gate(questions: Sequence[_Question], entries: Sequence[_Entry]) -> Iterable[tuple[int, int]]:
    """Places of question and entry for every pair worth scoring, through an index from stem and actor to question."""
    rarity = words.news_rarity()
    by_stem: dict[str, list[int]] = defaultdict(list)
    by_actor: dict[str, list[int]] = defaultdict(list)
    totals = []
    for place, question in enumerate(questions):
        totals.append(sum(rarity.idf(stem) for stem in question.whole) or 1.0)
        for stem in question.whole:
            by_stem[stem].append(place)
        for actor in question.actors:
            by_actor[actor].append(place)
    for number, entry in enumerate(entries):
        shared: dict[int, float] = defaultdict(float)
        for stem in entry.whole & by_stem.keys():
            weight = rarity.idf(stem)
            for place in by_stem[stem]:
                shared[place] += weight
        known = {place for actor in entry.actors & by_actor.keys() for place in by_actor[actor]}
        for place, weight in sorted(shared.items()):
            bar = GATE_WITH_ACTOR if place in known else GATE_WITHOUT_ACTOR
            if weight / totals[place] >= bar:
                yield place, number


def _wordings(question: _Question, entry: _Entry) -> dict[str, float]:
    overlap = words.news_rarity().overlap
    keywords = question.keywords
    return {
        "claim_in_entry": overlap(question.claim, entry.whole),
        "asked_in_entry": overlap(question.whole, entry.whole),
        "claim_in_title": overlap(question.claim, entry.title),
        "names_found": len(question.names & entry.whole) / len(question.names) if question.names else 0.0,
        "keywords_found": sum(keyword <= entry.whole for keyword in keywords) / len(keywords) if keywords else 0.0,
    }


def _cosines(asked: Asked, entry: "tuple[Vectors, Vectors]", encoder: "Encoder") -> dict[str, float]:
    claim, question = _asked_vector(encoder, asked.claim), _asked_vector(encoder, asked.question or asked.claim)
    title, whole = entry
    values = [float(claim @ title), float(claim @ whole), float(question @ whole)]
    return dict(zip(COSINES, [*values, max(values)], strict=True))


def _entry_vectors(
    places: Iterable[int], entries: Sequence[_Entry], encoder: "Encoder"
) -> "dict[int, tuple[Vectors, Vectors]]":
    order = sorted(places)
    rows = encoder.encode([entries[place].read.title for place in order] + [entries[place].text for place in order])
    return {place: (rows[row], rows[len(order) + row]) for row, place in enumerate(order)}


@lru_cache(maxsize=MOST_VECTORS)
def _asked_vector(encoder: "Encoder", text: str) -> "Vectors":
    vector: Vectors = encoder.encode([text])[0]
    return vector


def passage(read: Read, wanted: frozenset[str], also: frozenset[str] = frozenset()) -> str:
    """The sentence that says most of what is wanted, the title if none says more; at most 300 characters."""
    overlap = words.news_rarity().overlap
    candidates = [read.title, *(sentence.text for sentence in sentences.split(read.body[:PASSAGE_SEARCH]))]
    scored = [(overlap(wanted, stems) + 0.5 * overlap(also, stems)) for stems in map(words.stems, candidates)]
    return cut(candidates[max(range(len(scored)), key=lambda place: scored[place])])


def cut(text: str, length: int = PASSAGE_LENGTH) -> str:
    """`text` in one line, at most so many characters, cut between words."""
    line = " ".join(text[: 4 * length].split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(",;:–—-") + "…"
