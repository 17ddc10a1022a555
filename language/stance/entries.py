"""Stance of an entry towards a claim: calibrated probabilities of supports, contradicts and mentions.

A headline is read against the claim (`reading`), and its events are held against the claim's (`polarity`). Two small
logistic regressions turn both into probabilities: whether the entry points anywhere, and if so, which way. What they
reach stands on the card in `data/stance.json` and in `docs/method.md`; how far it moves a number, `reliability` says.
"""

import json
import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from language import weights
from language.classifiers.protocol import Pair, StanceChances
from language.sentences import boundaries, passages, words
from language.stance.polarity import agreement, sounding
from language.stance.polarity.sounding import Projection
from language.stance.reading import reader, reasons
from language.stance.reading.reader import Reading

if TYPE_CHECKING:  # the encoder's module loads onnxruntime, which reading by words alone never needs
    from language.sentences.embeddings import Encoder

log = logging.getLogger(__name__)

NAME = "built-in"
VERSION = "5"
WEIGHTS_FILE = "stance.json"
READ_CHARACTERS = 300  # of the body, embedded beside the title: what the labels were given on
SEARCHED = 6_000
MOST_SENTENCES = 60
# A sentence further down must hold this much more of the claim's words than the first to be read in its place.
LATER_SENTENCE = 0.35
PARTS = ("points", "supports")
# Where a claim names its time and nothing is read, events and sound tell the side, and pointing is no likelier than so.
UNREAD, UNREAD_PLEA = 0.63, 0.5
# Where it names none and something is read, the reading alone counts so much, times the share of the claim's words.
READ_AS_DATED = 0.8
# Claims that name their time or a threshold are read more strictly than those that name neither; "words": no encoder.
KINDS = ("dated", "undated", "dated_words", "undated_words")

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression: a weight a feature."""

    intercept: float
    by_feature: Features

    def probability(self, features: Features) -> float:
        total = self.intercept + sum(weight * features[name] for name, weight in self.by_feature.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class StanceWeights:
    """Whether an entry points anywhere, from the plain features; whether it supports if it does, from the directed."""

    points: Logistic
    supports: Logistic


@dataclass(frozen=True, slots=True)
class StanceModel:
    """The shipped models by KINDS, and the projection that those with embeddings need."""

    by_kind: Mapping[str, StanceWeights]
    projection: Projection

    def weights(self, *, dated: bool, embedded: bool) -> StanceWeights:
        return self.by_kind[("dated" if dated else "undated") + ("" if embedded else "_words")]


@dataclass(frozen=True, slots=True)
class PairFeatures:
    """The features of a pair by name, directed and plain, the passage, and the reading behind them."""

    directed: Features
    plain: Features
    passage: str
    reading: Reading


def judge(pairs: Sequence[Pair], *, encoder: "Encoder | None") -> list[StanceChances]:
    """The stances in the order of the pairs; without an encoder the words alone are read.

    Where the weights are not those that were trained, nothing is claimed: each of the three is as likely.
    """
    try:
        model = load()
    except weights.ModelUnavailable as missing:
        log.warning("Stances are left open: %s", missing)
        return [
            StanceChances(supports=1 / 3, contradicts=1 / 3, mentions=1 / 3, passage=_passage(pair)) for pair in pairs
        ]
    return [
        _stance(features, model, embedded=encoder is not None)
        for features in read(pairs, encoder=encoder, projection=model.projection)
    ]


def read(pairs: Sequence[Pair], *, encoder: "Encoder | None", projection: Projection | None) -> list[PairFeatures]:
    """The features of each pair; those from embeddings only with an encoder and a projection."""
    rows = [_by_words(pair) for pair in pairs]
    if not encoder or not projection or not pairs:
        return rows
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair.claim, *_texts(pair))))
    sounds = {text: projection.of(vector) for text, vector in zip(texts, encoder.encode(texts), strict=True)}
    return [_with_sounds(row, pair, sounds) for row, pair in zip(rows, pairs, strict=True)]


def _by_words(pair: Pair) -> PairFeatures:
    lead = _lead(pair.claim, pair.body)
    agreed = agreement.compare(agreement.polarity(pair.claim), title=pair.title, lead=lead)
    read_ = reader.read(pair, lead=lead)
    return PairFeatures({**agreed.directed, **read_.directed}, {**agreed.plain, **read_.plain}, _passage(pair), read_)


def _passage(pair: Pair) -> str:
    return passages.best(pair.title, pair.body, wanted=words.stems(pair.claim))


def _texts(pair: Pair) -> tuple[str, str]:
    return pair.title, f"{pair.title}. {pair.body[:READ_CHARACTERS]}"


def _with_sounds(row: PairFeatures, pair: Pair, sounds: Mapping[str, Features]) -> PairFeatures:
    title, whole = (sounds[text] for text in _texts(pair))
    directed, plain = sounding.compare(
        agreement.polarity(pair.claim),
        claim_sounds=sounds[pair.claim],
        entry_sounds={axis: (title[axis] + whole[axis]) / 2 for axis in title},
    )
    return replace(row, directed={**row.directed, **directed}, plain={**row.plain, **plain})


def _lead(claim: str, body: str) -> str:
    """The sentence of the body to hold against the claim: the first, unless a later one holds far more of its words."""
    sentences = boundaries.split(body[:SEARCHED])[:MOST_SENTENCES]
    if len(sentences) < 2:
        return sentences[0].text if sentences else ""
    wanted = words.stems(claim)
    overlap = words.news_rarity().overlap
    scores = [
        overlap(wanted, words.stems(sentence.text)) - (LATER_SENTENCE if place else 0)
        for place, sentence in enumerate(sentences)
    ]
    return sentences[scores.index(max(scores))].text


def _stance(features: PairFeatures, model: StanceModel, *, embedded: bool) -> StanceChances:
    fitted = model.weights(dated=features.reading.dated, embedded=embedded)
    points = fitted.points.probability(features.plain)
    supports = fitted.supports.probability(features.directed)
    nothing = bool(features.plain["nothing"])
    if features.reading.dated and nothing:
        points = min(points, UNREAD_PLEA if features.plain["pleads"] else UNREAD)
        supports = model.weights(dated=False, embedded=embedded).supports.probability(features.directed)
    elif not features.reading.dated and not nothing:
        other = model.weights(dated=True, embedded=embedded).supports.probability(features.directed)
        share = READ_AS_DATED * features.plain["shared"]
        supports = share * other + (1 - share) * supports
    said = StanceChances(
        supports=points * supports,
        contradicts=points * (1 - supports),
        mentions=1 - points,
        passage=features.passage,
    )
    finding = reasons.for_stance(features.reading.findings, said.stance)
    return replace(said, why=finding.why, strength=finding.strength) if finding else said


@cache
def load() -> StanceModel:
    """The shipped model; raises ModelUnavailable where its file is not the one that was trained."""
    return decoded(weights.read(WEIGHTS_FILE))


def decoded(content: bytes) -> StanceModel:
    """The model in a file's bytes."""
    stored = json.loads(content)
    by_kind = {
        kind: StanceWeights(
            *(Logistic(stored[kind][part]["intercept"], stored[kind][part]["weights"]) for part in PARTS)
        )
        for kind in KINDS
    }
    sounds = stored["projection"]
    return StanceModel(by_kind, Projection(np.array(sounds["centre"]), np.array(sounds["matrix"])))
