"""Relevance of news entries to questions: a cheap gate by actors and words, then a small measured model.

The model is a logistic regression on sixteen scalars; `data/relevance.json` holds its weights and its card. Without an
encoder other weights read the words alone, and questions that come without keywords have weights of their own.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from language import weights
from language.classifiers.protocol import Pair
from language.matching import gate, overlaps
from language.matching.gate import EntryText, Mask, PreparedEntry, PreparedQuestion, QuestionText
from language.matching.overlaps import WORDINGS, Array, Places, PreparedQuestions
from language.sentences import kept, passages

if TYPE_CHECKING:  # the encoder's module loads onnxruntime, which a rank by words alone never needs
    from language.sentences.embeddings import Encoder, Vectors

WEIGHTS_FILE = "relevance.json"
# Cosines of the keywords, and of the claim with them, with the title and with title and body.
COSINES = ("keywords_title", "asked_title", "keywords_entry", "asked_entry")
FEATURES = (*COSINES, *WORDINGS)
# All features, or those without embeddings; "bare" for questions that come without keywords.
KINDS = ("model", "words", "bare_model", "bare_words")
# An entry is embedded whole only where its title, and as much again as bodies usually add, leaves this much hope. On
# the labelled pairs that loses one match in three hundred and spares a quarter of the work.
HOPE = 0.15
BODY_ADDS = 0.05
BATCH = 250  # entries held against all questions at once

Scored = Iterator[tuple[int, Places, Array]]


@dataclass(frozen=True, slots=True)
class Match:
    """Keys of an entry and of a question that it may bear on; relevance is a probability."""

    question: str
    entry: str
    relevance: float
    passage: str


@dataclass(frozen=True, slots=True)
class RelevanceWeights:
    """A logistic regression: a weight a feature, in the order of `names`, and the threshold it was measured at."""

    intercept: float
    names: tuple[str, ...]
    slopes: Array
    threshold: float

    def probabilities(self, rows: Array) -> Array:
        """Probabilities of relevance for rows of features [n, names]."""
        result: Array = 1 / (1 + np.exp(-np.clip(self.intercept + rows @ self.slopes, -30, 30)))
        return result


# By hand, for want of the file: half the keywords and a good part of the words are enough.
FULL_TEXT = RelevanceWeights(-3.0, WORDINGS, np.array([4.0, 0.0, 3.0, *[0.0] * 9]), 0.5)


def rank(
    questions: Sequence[QuestionText],
    entries: Sequence[EntryText],
    *,
    encoder: "Encoder | None",
    thresholds: Mapping[str, float] | None = None,
) -> list[Match]:
    """Matches at or above the threshold, the most relevant first.

    `thresholds` by question's key go before the one the weights were measured at. An entry is embedded at most once a
    call, and only when it passes the gate for some question.
    """
    if not questions:
        return []
    own = thresholds or {}
    bars = [
        own[question.key] if question.key in own else bar(encoder, bare=not question.keywords) for question in questions
    ]
    prepared, matches = overlaps.prepare(tuple(questions)), []
    for start in range(0, len(entries), BATCH):
        batch = [gate.prepare_entry(entry) for entry in entries[start : start + BATCH]]
        for number, places, relevances in _scored(prepared, batch, encoder, min(HOPE, *bars)):
            for place, relevance in zip(places.tolist(), relevances.tolist(), strict=True):
                if relevance >= bars[place]:
                    matches.append(_match(prepared.questions[place], batch[number].source, relevance))
    return sorted(matches, key=lambda match: (-match.relevance, match.question, match.entry))


def score(pairs: Sequence[Pair], *, encoder: "Encoder | None") -> list[float]:
    """The probability of relevance of each pair by itself, whether or not the gate would let it pass."""
    if not pairs:
        return []
    bare = np.array([not pair.keywords for pair in pairs], dtype=np.bool_)
    chances: list[float] = _probabilities(features(pairs, encoder=encoder), bare, encoder).tolist()
    return chances


def bar(encoder: "Encoder | None", *, bare: bool = False) -> float:
    """The probability from which an entry is attached, before any curator's decisions; `bare`: without keywords."""
    return _weights(encoder, bare=bare).threshold


def usual_bar() -> float:
    """The bar of the model as it is shipped, or of full text where its file is not what it should be."""
    try:
        return load_weights()["model"].threshold
    except weights.ModelUnavailable:
        return FULL_TEXT.threshold


def passes_gate(question: QuestionText, entry: EntryText) -> bool:
    """Whether a pair is scored at all."""
    return bool(len(overlaps.alone(question).passing(gate.prepare_entry(entry))))


def _probabilities(rows: Array, bare: Mask, encoder: "Encoder | None") -> Array:
    """Each row by the weights for its kind: with keywords, or `bare` of them."""
    chances = _weights(encoder).probabilities(rows)
    return np.where(bare, _weights(encoder, bare=True).probabilities(rows), chances) if bare.any() else chances


def _scored(
    prepared: PreparedQuestions, entries: Sequence[PreparedEntry], encoder: "Encoder | None", hope: float
) -> Scored:
    """For each entry by number the places of questions that it may bear on, and how likely it does.

    First a look at the titles, which are short; whole entries are embedded only where that leaves hope.
    """
    passing = {number: places for number, entry in enumerate(entries) if len(places := prepared.passing(entry))}
    rows = {number: prepared.wordings(entries[number])[places] for number, places in passing.items()}
    bare = {number: prepared.bare[places] for number, places in passing.items()}
    if not encoder:
        for number, places in passing.items():
            yield number, places, _probabilities(rows[number], bare[number], None)
        return
    asked = _question_vectors(encoder, prepared)
    titles = _vectors({number: entries[number].headline for number in passing}, encoder)
    cosines = {number: asked[:, places] @ titles[number] for number, places in passing.items()}
    guesses = {
        number: _probabilities(np.column_stack([*near, *(near + BODY_ADDS), rows[number]]), bare[number], encoder)
        for number, near in cosines.items()
    }
    whole = _vectors({number: entries[number].text for number in passing if guesses[number].max() >= hope}, encoder)
    for number, places in passing.items():
        if number in whole:
            columns = [*cosines[number], *(asked[:, places] @ whole[number]), rows[number]]
            yield number, places, _probabilities(np.column_stack(columns), bare[number], encoder)
        else:
            yield number, places, guesses[number]


def _match(question: PreparedQuestion, entry: EntryText, relevance: float) -> Match:
    passage = passages.best(entry.title, entry.body, wanted=question.claim, also=question.whole)
    return Match(question.text.key, entry.key, relevance, passage)


def _vectors(texts: Mapping[int, str], encoder: "Encoder") -> "dict[int, Vectors]":
    return dict(zip(texts, encoder.encode(list(texts.values())), strict=True)) if texts else {}


@lru_cache(maxsize=4)
def _question_vectors(encoder: "Encoder", prepared: PreparedQuestions) -> "Vectors":
    """The vectors of each question's keywords and of the claim with them [2, questions, dimensions]."""
    questions = prepared.questions
    texts = [question.subject for question in questions] + [question.statement for question in questions]
    vectors: Vectors = np.array(_kept(encoder, texts)).reshape(2, len(questions), -1)
    return vectors


def _kept(encoder: "Encoder", texts: Sequence[str]) -> "list[Vectors]":
    rows = kept.vectors(encoder, texts)
    return [rows[text] for text in texts]


def features(pairs: Sequence[Pair], *, encoder: "Encoder | None") -> Array:
    """The named FEATURES of each pair, as the weights are trained on them; without an encoder only WORDINGS.

    Each row depends on its pair alone. A text that several pairs share is embedded once.
    """
    alone = [overlaps.alone(QuestionText("", pair.claim, pair.question, pair.keywords, pair.actors)) for pair in pairs]
    entries = [gate.prepare_entry(EntryText("", pair.title, pair.body)) for pair in pairs]
    wordings = np.array([prepared.wordings(entry)[0] for prepared, entry in zip(alone, entries, strict=True)])
    wordings = wordings.reshape(len(pairs), len(WORDINGS))
    if not encoder:
        return wordings
    questions = [prepared.questions[0] for prepared in alone]
    ours = [
        np.array(_kept(encoder, texts)).reshape(len(pairs), -1)
        for texts in ([question.subject for question in questions], [question.statement for question in questions])
    ]
    theirs = [
        _shared(texts, encoder) for texts in ([entry.headline for entry in entries], [entry.text for entry in entries])
    ]
    cosines = [np.einsum("nd,nd->n", question, entry) for entry in theirs for question in ours]
    return np.column_stack([*cosines, wordings])


def _shared(texts: Sequence[str], encoder: "Encoder") -> "Vectors":
    once = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    vectors: Vectors = encoder.encode(list(once))[[once[text] for text in texts]]
    return vectors


def _weights(encoder: "Encoder | None", *, bare: bool = False) -> RelevanceWeights:
    """The shipped weights; without an encoder those of plain full text, where the file is not what it should be."""
    try:
        return load_weights()[("bare_" if bare else "") + ("model" if encoder else "words")]
    except weights.ModelUnavailable:
        if encoder:
            raise
        return FULL_TEXT


@cache
def load_weights() -> dict[str, RelevanceWeights]:
    """The shipped weights by the name of their kind, see KINDS."""
    return decoded(weights.read(WEIGHTS_FILE))


def decoded(content: bytes) -> dict[str, RelevanceWeights]:
    """The weights in a file's bytes."""
    stored = json.loads(content)
    return {
        kind: RelevanceWeights(
            stored[kind]["intercept"],
            tuple(stored[kind]["weights"]),
            np.array(list(stored[kind]["weights"].values())),
            stored[kind]["threshold"],
        )
        for kind in KINDS
    }
