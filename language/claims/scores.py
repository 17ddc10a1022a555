"""Scores of a sentence: worth checking, and testable by a later date; by trained models and by rules of wording."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from language import weights, wordlists
from language.claims import futures
from language.claims.kernels import SentenceModel
from language.sentences import actors
from language.sentences.embeddings import Encoder, load_minilm
from language.sentences.languages import INVISIBLE
from language.weights import ModelUnavailable

CHECKWORTHY_FILE, FORECASTABLE_FILE = "checkworthy.npz", "forecastable.npz"
MOST_ENCODED = 2_000  # texts of one call; those after them are read by their words, in a fortieth of the time
LONGEST = 2_000  # characters of a text that are looked at

LISTS = wordlists.read("scores")
COUNTED, FOUND = (
    {name: wordlists.pattern(words) for name, words in LISTS[kind].items()} for kind in ("counted", "found")
)
LASTING = wordlists.pattern(LISTS["testable"]["lasting"])
Weights = Mapping[str, float]
CHECKWORTHY: Weights = LISTS["checkworthy"]
FORECASTABLE: Weights = LISTS["forecastable"]


def features(text: str, *, has_deadline: bool) -> dict[str, float]:
    """Features of the wording of one clause, by name, each 0 to 1."""
    length = len(text.split())
    named = len(actors.known(text)) + len(actors.named(text))
    return {
        "bias": 1.0,
        **{name: min(1.0, len(pattern.findall(text)) / 2) for name, pattern in COUNTED.items()},
        **{name: float(bool(pattern.search(text))) for name, pattern in FOUND.items()},
        "names": min(1.0, named / 2),
        "actor": float(named > 0),
        "question": float(text.rstrip("\"'”’ ").endswith("?")),
        "deadline": float(has_deadline),
        "long": float(length >= 15),
        "short": float(length < 5),
    }


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """Probabilities, one a text in the order given. `missing` says in words which model could not be read, or is empty.

    `forecastable` is about the future alone; see `testable` for what lasts, such as a trend.
    """

    checkworthy: tuple[float, ...]
    forecastable: tuple[float, ...]
    missing: str


def read(texts: Sequence[str], *, encoder: Callable[[], Encoder] = load_minilm) -> SentenceScores:
    """Scores sentences or clauses, best many at once; by their words without the encoder, by rules without models."""
    texts = [_readable(text) for text in texts]
    rows = [scalars(text) for text in texts]
    try:
        models = load_models()
    except ModelUnavailable as missing:
        wordings = [features(text, has_deadline=False) for text in texts]
        return SentenceScores(tuple(map(checkworthy, wordings)), tuple(map(forecastable, wordings)), str(missing))
    names = models[0].names
    table = np.array([[row[name] for name in names] for row in rows], dtype=np.float32).reshape(len(rows), len(names))
    try:
        embedded = encoder().encode(texts[:MOST_ENCODED])
    except ModelUnavailable as missing:
        first, second = (model.without_encoder(texts, table).tolist() for model in models)
        return SentenceScores(tuple(first), tuple(second), str(missing))
    few, many = texts[:MOST_ENCODED], texts[MOST_ENCODED:]
    first, second = (
        model.with_encoder(few, table[: len(few)], embedded).tolist()
        + model.without_encoder(many, table[len(few) :]).tolist()
        for model in models
    )
    return SentenceScores(tuple(first), tuple(second), "")


def _readable(text: str) -> str:
    """The text without invisible characters and halves of characters, which no encoder takes."""
    return INVISIBLE.sub("", text[:LONGEST]).encode("utf-8", "replace").decode("utf-8")


def scalars(text: str) -> dict[str, float]:
    """The models' scalars of a text beside its words: `features` and the cues of the future."""
    return features(text, has_deadline=False) | {f"cue {name}": value for name, value in futures.cues(text).items()}


@cache
def load_models() -> tuple[SentenceModel, SentenceModel]:
    """Check-worthiness and forecastable sentences, read once a process; raises ModelUnavailable."""
    files = (CHECKWORTHY_FILE, FORECASTABLE_FILE)
    first, second = (SentenceModel.decoded(weights.read(file)) for file in files)
    return first, second


def checkworthy(wording: dict[str, float]) -> float:
    """A rule's score that a fact-checker would want to check the clause, from its features."""
    return _logistic(CHECKWORTHY, wording)


def forecastable(wording: dict[str, float]) -> float:
    """A rule's score that the clause says something about what is to come, or lasts, that a later date can test."""
    return _logistic(FORECASTABLE, wording)


def testable(text: str, wording: dict[str, float], *, future: float) -> float:
    """The score of a clause of an article, where what lasts and what an author thinks possible count, too.

    `wording` are its features, `future` what `read` says of it. The rule is less exact, and a curator looks at each.
    """
    counts = wording["possible"] or LASTING.search(text[:LONGEST])
    return max(future, forecastable(wording)) if counts else future


def _logistic(weights: Weights, wording: dict[str, float]) -> float:
    return 1 / (1 + math.exp(-sum(weight * wording[name] for name, weight in weights.items())))
