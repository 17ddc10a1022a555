"""Which news entries bear on which propositions: a cheap gate by actors and words, then a small measured model.

The model is a logistic regression on nine scalars; `data/relevance.json` holds its weights and its card. Without an
encoder a second set of weights reads the words alone.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tracker.language import gate, passages, weights, words
from tracker.language.backends.reader import Pair
from tracker.language.gate import Asked, Entry, Question, Read

if TYPE_CHECKING:  # the encoder's module loads onnxruntime, which a rank by words alone never needs
    from tracker.language.similarity import Encoder, Vectors

__all__ = ["Asked", "Match", "Read", "Weights", "bar", "features_of", "load_weights", "passes_gate", "rank", "score"]

WEIGHTS_FILE = "relevance.json"
COSINES = ("claim_title", "claim_entry", "question_entry", "highest_cosine")
WORDINGS = ("claim_in_entry", "asked_in_entry", "claim_in_title", "names_found", "keywords_found")
# An entry is embedded whole only where its title, and as much again as bodies usually add, leaves this much hope. On
# the labelled pairs that loses no match and spares a third of the work.
HOPE = 0.15
BODY_ADDS = 0.08
MOST_VECTORS = 16_384  # two a proposition, 25 MB

Features = Mapping[str, float]


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
    """A logistic regression: a weight a feature, and the threshold it was measured at."""

    intercept: float
    by_feature: Features
    threshold: float

    def probability(self, features: Features) -> float:
        """Probability of relevance from the features by name."""
        total = self.intercept + sum(weight * features[name] for name, weight in self.by_feature.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


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
    least = bar(encoder) if threshold is None else threshold
    questions, entries = [gate.question(each) for each in asked], [gate.entry(each) for each in read]
    pairs = list(gate.pairs(questions, entries))
    scored = (
        _by_model(questions, entries, pairs, encoder, min(least, HOPE))
        if encoder
        else _by_words(questions, entries, pairs)
    )
    matches = [
        _match(questions[place], entries[number], relevance, least, bool(encoder))
        for place, number, relevance in scored
        if relevance >= least or everything
    ]
    return sorted(matches, key=lambda match: (-match.relevance, match.asked, match.read))


def score(pairs: Sequence[Pair], *, encoder: "Encoder | None") -> list[float]:
    """The probability of relevance of each pair by itself, whether or not the gate would let it pass."""
    fitted = load_weights()["model" if encoder else "words"]
    return [fitted.probability(features) for features in _features(pairs, encoder)]


def bar(encoder: "Encoder | None") -> float:
    """From which probability an entry is attached, where no curator's decisions say otherwise."""
    return load_weights()["model" if encoder else "words"].threshold


def _features(pairs: Sequence[Pair], encoder: "Encoder | None") -> list[dict[str, float]]:
    return [
        features_of(
            Asked("", pair.claim, pair.question, pair.keywords, pair.actors),
            Read("", pair.title, pair.body),
            encoder=encoder,
        )
        for pair in pairs
    ]


def _match(question: Question, entry: Entry, relevance: float, bar: float, used_model: bool) -> Match:
    read = entry.read
    passage = passages.best(read.title, read.body, wanted=question.claim, also=question.whole)
    return Match(question.asked.key, read.key, relevance, relevance >= bar, passage, used_model)


Scored = Iterator[tuple[int, int, float]]


def _by_words(questions: Sequence[Question], entries: Sequence[Entry], pairs: Sequence[tuple[int, int]]) -> Scored:
    fitted = load_weights()["words"]
    for place, number in pairs:
        yield place, number, fitted.probability(_wordings(questions[place], entries[number]))


def _by_model(
    questions: Sequence[Question],
    entries: Sequence[Entry],
    pairs: Sequence[tuple[int, int]],
    encoder: "Encoder",
    hope: float,
) -> Scored:
    """First a look at the titles, which are short; whole entries are embedded only where that leaves hope."""
    fitted = load_weights()["model"]
    titles = _vectors({number: entries[number].read.title for _, number in pairs}, encoder)
    features, hopeful = {}, set()
    for place, number in pairs:
        pair = features[place, number] = dict(_wordings(questions[place], entries[number]))
        pair |= _guess(questions[place].asked, titles[number], encoder)
        if fitted.probability(pair) >= hope:
            hopeful.add(number)
    whole = _vectors({number: entries[number].text for number in hopeful}, encoder)
    for (place, number), pair in features.items():
        if number in hopeful:
            pair.update(_cosines(questions[place].asked, titles[number], whole[number], encoder))
        yield place, number, fitted.probability(pair)


def _guess(asked: Asked, title: "Vectors", encoder: "Encoder") -> dict[str, float]:
    seen = float(_asked_vector(encoder, asked.claim) @ title)
    return dict(zip(COSINES, [seen, *[seen + BODY_ADDS] * 3], strict=True))


def _cosines(asked: Asked, title: "Vectors", whole: "Vectors", encoder: "Encoder") -> dict[str, float]:
    claim, question = _asked_vector(encoder, asked.claim), _asked_vector(encoder, asked.question or asked.claim)
    values = [float(claim @ title), float(claim @ whole), float(question @ whole)]
    return dict(zip(COSINES, [*values, max(values)], strict=True))


def _wordings(question: Question, entry: Entry) -> dict[str, float]:
    overlap = words.news_rarity().overlap
    keywords = question.keywords
    return {
        "claim_in_entry": overlap(question.claim, entry.whole),
        "asked_in_entry": overlap(question.whole, entry.whole),
        "claim_in_title": overlap(question.claim, entry.title),
        "names_found": len(question.names & entry.whole) / len(question.names) if question.names else 0.0,
        "keywords_found": sum(keyword <= entry.whole for keyword in keywords) / len(keywords) if keywords else 0.0,
    }


def _vectors(texts: Mapping[int, str], encoder: "Encoder") -> "dict[int, Vectors]":
    return dict(zip(texts, encoder.encode(list(texts.values())), strict=True)) if texts else {}


@lru_cache(maxsize=MOST_VECTORS)
def _asked_vector(encoder: "Encoder", text: str) -> "Vectors":
    vector: Vectors = encoder.encode([text])[0]
    return vector


def features_of(asked: Asked, read: Read, *, encoder: "Encoder | None") -> dict[str, float]:
    """The named features of one pair, as the weights are trained on them; the cosines only with an encoder."""
    question, entry = gate.question(asked), gate.entry(read)
    features = _wordings(question, entry)
    if encoder:
        title, whole = encoder.encode([read.title, entry.text])
        features |= _cosines(asked, title, whole, encoder)
    return features


def passes_gate(asked: Asked, read: Read) -> bool:
    """Whether a pair is scored at all."""
    return any(gate.pairs([gate.question(asked)], [gate.entry(read)]))


@cache
def load_weights() -> dict[str, Weights]:
    """The shipped weights: "model" for all nine features, "words" for those without embeddings."""
    return decoded(weights.read(WEIGHTS_FILE))


def decoded(content: bytes) -> dict[str, Weights]:
    """The weights in a file's bytes."""
    stored = json.loads(content)
    return {
        kind: Weights(stored[kind]["intercept"], stored[kind]["weights"], stored[kind]["threshold"])
        for kind in ("model", "words")
    }
