"""Which way an entry points for a claim: calibrated probabilities of supports, contradicts and mentions.

Events of claim and entry are read with their directions (`polarity`) and held against each other. Two small logistic
regressions turn the result into probabilities: whether the entry points anywhere, and if so, which way. What they reach
stands on the card in `data/stance.json` and in `docs/method.md`; how far it moves a number, `reliability` says.
"""

import json
import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from language import weights
from language.classifiers.protocol import Pair, likeliest
from language.sentences import boundaries, passages, words
from language.stance.polarity import agreement, sounding
from language.stance.polarity.agreement import Agreement
from language.stance.polarity.sounding import Projection

if TYPE_CHECKING:  # the encoder's module loads onnxruntime, which reading by words alone never needs
    from language.sentences.embeddings import Encoder

log = logging.getLogger(__name__)

READER = "built-in"
VERSION = "3"
WEIGHTS_FILE = "stance.json"
READ_CHARACTERS = 300  # of the body, embedded beside the title: what the labels were given on
SEARCHED = 6_000
MOST_SENTENCES = 60
# A sentence further down must hold this much more of the claim's words than the first to be read in its place.
LATER_SENTENCE = 0.35

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """Probabilities, given that the entry bears on the claim; they sum to 1. `why` names the words that weigh most."""

    supports: float
    contradicts: float
    mentions: float
    passage: str
    why: str

    @property
    def stance(self) -> str:
        """The likeliest; "mentions" where it is a tie."""
        return likeliest(supports=self.supports, contradicts=self.contradicts, mentions=self.mentions)

    @property
    def confidence(self) -> float:
        return max(self.supports, self.contradicts, self.mentions)


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression: a weight a feature."""

    intercept: float
    by_feature: Features

    def probability(self, features: Features) -> float:
        total = self.intercept + sum(weight * features[name] for name, weight in self.by_feature.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Weights:
    """Whether an entry points anywhere, from the plain features; whether it supports if it does, from the directed."""

    points: Logistic
    supports: Logistic


@dataclass(frozen=True, slots=True)
class Model:
    """The shipped models: with embeddings, by words alone, and the projection that the first needs."""

    full: Weights
    words: Weights
    projection: Projection


@dataclass(frozen=True, slots=True)
class Read:
    """A pair, read: its features by name, directed and plain, the passage, and the agreement they come from."""

    directed: Features
    plain: Features
    passage: str
    found: Agreement


def judge(pairs: Sequence[Pair], *, encoder: "Encoder | None") -> list[Stance]:
    """The stances in the order of the pairs; without an encoder the words alone are read.

    Where the weights are not those that were trained, nothing is claimed: each of the three is as likely.
    """
    try:
        model = load()
    except weights.ModelUnavailable as missing:
        log.warning("Stances are left open: %s", missing)
        return [_open(pair) for pair in pairs]
    fitted = model.full if encoder else model.words
    return [_stance(each, fitted) for each in read(pairs, encoder=encoder, projection=model.projection)]


def read(pairs: Sequence[Pair], *, encoder: "Encoder | None", projection: Projection | None) -> list[Read]:
    """The features of each pair; those from embeddings only with an encoder and a projection."""
    stated = {pair.claim: _stated(pair.claim) for pair in pairs}
    found = []
    for pair in pairs:
        lead = _lead(pair.claim, pair.body)
        agreed = agreement.compare(stated[pair.claim], title=pair.title, lead=lead)
        passage = passages.best(pair.title, pair.body, wanted=words.stems(pair.claim))
        found.append(Read(agreed.directed, agreed.plain, passage, agreed))
    if not encoder or not projection or not pairs:
        return found
    sounds = _sounds([text for pair in pairs for text in (pair.claim, *_texts(pair))], encoder, projection)
    return [_with_sounds(each, pair, sounds) for each, pair in zip(found, pairs, strict=True)]


Sounds = Mapping[str, Features]


def _sounds(texts: Sequence[str], encoder: "Encoder", projection: Projection) -> Sounds:
    distinct = list(dict.fromkeys(texts))
    return {text: projection.of(row) for text, row in zip(distinct, encoder.encode(distinct), strict=True)}


def _texts(pair: Pair) -> tuple[str, str]:
    return pair.title, f"{pair.title}. {pair.body[:READ_CHARACTERS]}"


def _with_sounds(each: Read, pair: Pair, sounds: Sounds) -> Read:
    title, whole = (sounds[text] for text in _texts(pair))
    directed, plain = sounding.compare(
        _stated(pair.claim),
        claim_sounds=sounds[pair.claim],
        entry_sounds={axis: (title[axis] + whole[axis]) / 2 for axis in title},
    )
    return Read({**each.directed, **directed}, {**each.plain, **plain}, each.passage, each.found)


@lru_cache(maxsize=8_192)
def _stated(claim: str) -> agreement.Stated:
    return agreement.stated(claim)


def _lead(claim: str, body: str) -> str:
    """The sentence of the body to hold against the claim: the first, unless a later one holds far more of its words."""
    found = boundaries.split(body[:SEARCHED])[:MOST_SENTENCES]
    if len(found) < 2:
        return found[0].text if found else ""
    wanted = words.stems(claim)
    overlap = words.news_rarity().overlap
    scores = [
        overlap(wanted, words.stems(each.text)) - (LATER_SENTENCE if number else 0) for number, each in enumerate(found)
    ]
    return found[max(range(len(found)), key=lambda place: scores[place])].text


def _stance(each: Read, fitted: Weights) -> Stance:
    points = fitted.points.probability(each.plain)
    supports = fitted.supports.probability(each.directed)
    return Stance(
        supports=points * supports,
        contradicts=points * (1 - supports),
        mentions=1 - points,
        passage=each.passage,
        why=_why(each.found),
    )


def _open(pair: Pair) -> Stance:
    passage = passages.best(pair.title, pair.body, wanted=words.stems(pair.claim))
    return Stance(supports=1 / 3, contradicts=1 / 3, mentions=1 / 3, passage=passage, why="")


def _why(found: Agreement) -> str:
    if not found.claim_word:
        return ""
    return f"“{found.entry_word}” {'agrees with' if found.same else 'goes against'} “{found.claim_word}”"


@cache
def load() -> Model:
    """The shipped model; raises ModelUnavailable where its file is not the one that was trained."""
    return decoded(weights.read(WEIGHTS_FILE))


def decoded(content: bytes) -> Model:
    """The model in a file's bytes."""
    stored = json.loads(content)
    full, plain = (
        Weights(*(Logistic(stored[kind][part]["intercept"], stored[kind][part]["weights"]) for part in PARTS))
        for kind in ("model", "words")
    )
    sounds = stored["projection"]
    return Model(full, plain, Projection(np.array(sounds["centre"]), np.array(sounds["matrix"])))


PARTS = ("points", "supports")
