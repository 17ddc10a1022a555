"""Which news entries bear on which propositions: a cheap gate by actors and words, then a small measured model.

The model is a logistic regression on sixteen scalars; `data/relevance.json` holds its weights and its card. Without an
encoder other weights read the words alone, and propositions that come without keywords have weights of their own.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from language import weights
from language.classifiers.protocol import Pair
from language.matching import gate, overlaps
from language.matching.gate import Asked, Entry, Question, Read
from language.matching.overlaps import WORDINGS, Propositions
from language.sentences import passages

if TYPE_CHECKING:  # the encoder's module loads onnxruntime, which a rank by words alone never needs
    from language.sentences.embeddings import Encoder, Vectors

__all__ = [
    "Asked",
    "Match",
    "Read",
    "Weights",
    "bar",
    "features",
    "features_of",
    "load_weights",
    "passes_gate",
    "rank",
    "score",
]

Array = npt.NDArray[np.float64]
WEIGHTS_FILE = "relevance.json"
# Cosines of the keywords, and of the claim with them, with the title and with title and body.
COSINES = ("keywords_title", "asked_title", "keywords_entry", "asked_entry")
FEATURES = (*COSINES, *WORDINGS)
# All features, or those without embeddings; "bare" for propositions that come without keywords.
KINDS = ("model", "words", "bare_model", "bare_words")
# An entry is embedded whole only where its title, and as much again as bodies usually add, leaves this much hope. On
# the labelled pairs that loses one match in three hundred and spares a quarter of the work.
HOPE = 0.15
BODY_ADDS = 0.05
BATCH = 250  # entries held against all propositions at once
MOST_VECTORS = 16_384  # two a proposition, 25 MB


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
    """A logistic regression: a weight a feature, in the order of `names`, and the threshold it was measured at."""

    intercept: float
    names: tuple[str, ...]
    slopes: Array
    threshold: float

    def probabilities(self, rows: Array) -> Array:
        """Probabilities of relevance for rows of features [n, names]."""
        result: Array = 1 / (1 + np.exp(-np.clip(self.intercept + rows @ self.slopes, -30, 30)))
        return result


def rank(
    asked: Sequence[Asked],
    read: Sequence[Read],
    *,
    encoder: "Encoder | None",
    threshold: float | None = None,
    thresholds: Mapping[str, float] | None = None,
    everything: bool = False,
) -> list[Match]:
    """Matches at or above the threshold, the most relevant first; with `everything` all candidates of the gate.

    `threshold` defaults to the one the weights were measured at; `thresholds` by key go before it. An entry is embedded
    at most once a call, and only when it passes the gate for some proposition.
    """
    bars = np.array([(thresholds or {}).get(each.key, _usual(each, encoder, threshold)) for each in asked])
    if not len(asked):
        return []
    propositions, matches = overlaps.prepared(tuple(asked)), []
    for start in range(0, len(read), BATCH):
        entries = [gate.entry(each) for each in read[start : start + BATCH]]
        for number, places, relevances in _scored(propositions, entries, encoder, min(HOPE, float(bars.min()))):
            for place, relevance in zip(places.tolist(), relevances.tolist(), strict=True):
                if everything or relevance >= bars[place]:
                    question = propositions.questions[place]
                    matches.append(_match(question, entries[number], relevance, float(bars[place]), bool(encoder)))
    return sorted(matches, key=lambda match: (-match.relevance, match.asked, match.read))


def score(pairs: Sequence[Pair], *, encoder: "Encoder | None") -> list[float]:
    """The probability of relevance of each pair by itself, whether or not the gate would let it pass."""
    if not pairs:
        return []
    bare = np.array([not pair.keywords for pair in pairs], dtype=np.bool_)
    found: list[float] = _probabilities(features(pairs, encoder=encoder), bare, encoder).tolist()
    return found


def bar(encoder: "Encoder | None", *, bare: bool = False) -> float:
    """From which probability an entry is attached, where no curator's decisions say otherwise; `bare`: no keywords."""
    return _weights(encoder, bare=bare).threshold


def _usual(asked: Asked, encoder: "Encoder | None", threshold: float | None) -> float:
    return bar(encoder, bare=not asked.keywords) if threshold is None else threshold


def _probabilities(rows: Array, bare: npt.NDArray[np.bool_], encoder: "Encoder | None") -> Array:
    """Each row by the weights for its kind: with keywords, or `bare` of them."""
    told: Array = _weights(encoder).probabilities(rows)
    return np.where(bare, _weights(encoder, bare=True).probabilities(rows), told) if bare.any() else told


def usual_bar() -> float:
    """The bar of the model as it is shipped, or of full text where its file is not what it should be."""
    try:
        return load_weights()["model"].threshold
    except weights.ModelUnavailable:
        return FULL_TEXT.threshold


# By hand, for want of the file: half the keywords and a good part of the words are enough.
FULL_TEXT = Weights(-3.0, WORDINGS, np.array([4.0, 0.0, 3.0, *[0.0] * 9]), 0.5)
Scored = Iterator[tuple[int, npt.NDArray[np.int64], Array]]


def _scored(propositions: Propositions, entries: Sequence[Entry], encoder: "Encoder | None", hope: float) -> Scored:
    """For each entry by number the places of propositions that it may bear on, and how likely it does.

    First a look at the titles, which are short; whole entries are embedded only where that leaves hope.
    """
    passing = {number: places for number, each in enumerate(entries) if len(places := propositions.passing(each))}
    rows = {number: propositions.wordings(entries[number])[places] for number, places in passing.items()}
    if not encoder:
        for number, places in passing.items():
            yield number, places, _probabilities(rows[number], propositions.bare[places], None)
        return
    kept = _asked_vectors(encoder, propositions)
    titles = _vectors({number: entries[number].headline for number in passing}, encoder)
    seen = {number: kept[:, places] @ titles[number] for number, places in passing.items()}
    guessed = {
        number: _probabilities(
            np.column_stack([*found, *(found + BODY_ADDS), rows[number]]), propositions.bare[passing[number]], encoder
        )
        for number, found in seen.items()
    }
    hopeful = {number: entries[number].text for number in passing if guessed[number].max() >= hope}
    whole = _vectors(hopeful, encoder)
    for number, places in passing.items():
        if number in whole:
            cosines = [*seen[number], *(kept[:, places] @ whole[number])]
            whole_rows = np.column_stack([*cosines, rows[number]])
            yield number, places, _probabilities(whole_rows, propositions.bare[places], encoder)
        else:
            yield number, places, guessed[number]


def _match(question: Question, entry: Entry, relevance: float, least: float, used_model: bool) -> Match:
    read = entry.read
    passage = passages.best(read.title, read.body, wanted=question.claim, also=question.whole)
    return Match(question.asked.key, read.key, relevance, relevance >= least, passage, used_model)


def _vectors(texts: Mapping[int, str], encoder: "Encoder") -> "dict[int, Vectors]":
    return dict(zip(texts, encoder.encode(list(texts.values())), strict=True)) if texts else {}


@lru_cache(maxsize=4)
def _asked_vectors(encoder: "Encoder", propositions: Propositions) -> "Vectors":
    """Of each proposition the keywords' vector and that of the claim with them [2, propositions, dimensions]."""
    texts = [each.subject for each in propositions.questions] + [each.statement for each in propositions.questions]
    vectors: Vectors = np.array(_kept(encoder, texts)).reshape(2, len(propositions.questions), -1)
    return vectors


def _kept(encoder: "Encoder", texts: Sequence[str]) -> "list[Vectors]":
    """Vectors of propositions' texts, kept from run to run, for what is open changes slowly."""
    kept = _store(encoder)
    new = [text for text in dict.fromkeys(texts) if text not in kept]
    found = {text: kept[text] for text in texts if text in kept}
    found |= dict(zip(new, encoder.encode(new), strict=True)) if new else {}
    if len(kept) + len(new) > MOST_VECTORS:
        kept.clear()
    kept.update({text: found[text] for text in new[:MOST_VECTORS]})
    return [found[text] for text in texts]


@lru_cache(maxsize=2)
def _store(encoder: "Encoder") -> "dict[str, Vectors]":
    return {}


def features(pairs: Sequence[Pair], *, encoder: "Encoder | None") -> Array:
    """The named FEATURES of each pair, as the weights are trained on them; without an encoder only WORDINGS.

    Each row depends on its pair alone. A text that several pairs share is embedded once.
    """
    asked = [Asked("", pair.claim, pair.question, pair.keywords, pair.actors) for pair in pairs]
    entries = [gate.entry(Read("", pair.title, pair.body)) for pair in pairs]
    alone = [overlaps.alone(each) for each in asked]
    wordings = np.array([each.wordings(entry)[0] for each, entry in zip(alone, entries, strict=True)])
    wordings = wordings.reshape(len(pairs), len(WORDINGS))
    if not encoder:
        return wordings
    questions = [each.questions[0] for each in alone]
    subjects, statements = (
        np.array(_kept(encoder, texts)).reshape(len(pairs), -1)
        for texts in ([each.subject for each in questions], [each.statement for each in questions])
    )
    titles, whole = (
        _shared([each.headline for each in entries], encoder),
        _shared([each.text for each in entries], encoder),
    )
    cosines = [np.einsum("nd,nd->n", ours, theirs) for theirs in (titles, whole) for ours in (subjects, statements)]
    return np.column_stack([*cosines, wordings])


def _shared(texts: Sequence[str], encoder: "Encoder") -> "Vectors":
    once = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    vectors: Vectors = encoder.encode(list(once))[[once[text] for text in texts]]
    return vectors


def features_of(asked: Asked, read: Read, *, encoder: "Encoder | None") -> dict[str, float]:
    """The features of one pair by name."""
    pair = Pair(
        claim=asked.claim,
        question=asked.question,
        keywords=asked.keywords,
        actors=asked.actors,
        title=read.title,
        body=read.body,
    )
    (row,) = features([pair], encoder=encoder).tolist()
    return dict(zip(FEATURES if encoder else WORDINGS, row, strict=True))


def passes_gate(asked: Asked, read: Read) -> bool:
    """Whether a pair is scored at all."""
    return bool(len(overlaps.alone(asked).passing(gate.entry(read))))


def _weights(encoder: "Encoder | None", *, bare: bool = False) -> Weights:
    """The shipped weights; without an encoder those of plain full text, where the file is not what it should be."""
    try:
        return load_weights()[("bare_" if bare else "") + ("model" if encoder else "words")]
    except weights.ModelUnavailable:
        if encoder:
            raise
        return FULL_TEXT


@cache
def load_weights() -> dict[str, Weights]:
    """The shipped weights by the name of their kind, see KINDS."""
    return decoded(weights.read(WEIGHTS_FILE))


def decoded(content: bytes) -> dict[str, Weights]:
    """The weights in a file's bytes."""
    stored = json.loads(content)
    return {
        kind: Weights(
            stored[kind]["intercept"],
            tuple(stored[kind]["weights"]),
            np.array(list(stored[kind]["weights"].values())),
            stored[kind]["threshold"],
        )
        for kind in KINDS
    }
