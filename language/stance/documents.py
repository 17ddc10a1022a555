"""Stance of whole texts towards a claim: whether an article is about it at all, and which way it points.

A text is cut into sentences. Each of its first dozen is embedded, once for all claims; words count in the first eighty.
Short texts, such as a bare headline, have a model of their own. `data/documents.json.gz` holds all models and the card.
"""

import gzip
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from language import weights
from language.classifiers import trees
from language.classifiers.protocol import Judgement
from language.sentences import boundaries, passages, words
from language.stance import cues

if TYPE_CHECKING:  # the encoder's module loads onnxruntime, which reading by words alone never needs
    from language.sentences.embeddings import Encoder, Vectors

WEIGHTS_FILE = "documents.json.gz"
SEARCHED = 20_000  # characters
MOST_SENTENCES, MOST_OF_A_SENTENCE = 80, 600
EMBEDDED, EMBEDDED_OF_A_SENTENCE = 12, 300
SHORT = 2  # a text of so many sentences is short
BAR = 0.5
FAR = 0.1  # below this relevance the way a text points means nothing
MOST_TEXTS = 1_024  # about 50 MB
CAPITALS = re.compile(r"\b[A-Z][\w'’]+")
NUMBERS = re.compile(r"\d+")
# A text this long with fewer English stop words than this share is in another language, and is not guessed at.
ENOUGH_TOKENS, ENGLISH = 30, 0.15
FOREIGN_RELEVANCE = 0.05
UNREAD = (0.2, 0.2, 0.6)  # the chances of each stance where none can be told

Array = npt.NDArray[np.float64]
Features = dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class PreparedClaim:
    """A claim with its stems, runs of two words, names, numbers and cues."""

    text: str
    stems: frozenset[str]
    runs: frozenset[tuple[str, str]]
    names: frozenset[str]
    numbers: frozenset[str]
    cues: Mapping[str, float]
    refuting: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class PreparedText:
    """A text with its sentences, and by sentence its stems, runs of two words and cues."""

    sentences: list[str]
    stems: list[frozenset[str]]
    runs: list[frozenset[tuple[str, str]]]
    cues: Mapping[str, cues.Counts]
    refuting: list[frozenset[str]]
    whole: frozenset[str]
    all_runs: frozenset[tuple[str, str]]
    numbers: frozenset[str]
    length: int
    english: bool

    @property
    def embedded(self) -> list[str]:
        """The part of it that is embedded: the beginnings of its first sentences."""
        return [sentence[:EMBEDDED_OF_A_SENTENCE] for sentence in self.sentences[:EMBEDDED]]

    @property
    def short(self) -> bool:
        return len(self.sentences) <= SHORT


def judge(pairs: Sequence[tuple[str, str]], *, encoder: "Encoder | None") -> list[Judgement]:
    """The judgement of each text on its claim, for pairs (claim, text) in their order."""
    if not pairs:
        return []
    prepared = [(prepare_claim(claim), prepare_text(text)) for claim, text in pairs]
    if encoder:  # in one go, so that texts of like length share a batch
        encoder.encode([part for claim, text in prepared for part in (claim.text[:SEARCHED], *text.embedded)])
    features = [features_of(claim, text, encoder=encoder) for claim, text in prepared]
    models = load_models()["model" if encoder else "words"]
    relevance = _chances(models["gate"], features)[:, 1]
    stances = np.array([UNREAD] * len(prepared)).reshape(-1, 3)
    for kind, is_short in (("short", True), ("whole", False)):
        places = [place for place, (_, text) in enumerate(prepared) if text.short == is_short]
        if places:
            stances[places] = _chances(models[kind], [features[place] for place in places])
    return [
        _judgement(claim, text, float(chance), tuple(stance))
        for (claim, text), chance, stance in zip(prepared, relevance, stances.tolist(), strict=True)
    ]


def _chances(model: trees.FeatureModel, features: Sequence[Features]) -> Array:
    rows = np.array([[row[name] for name in model.names] for row in features], dtype=np.float64)
    return model.chances(rows.reshape(len(features), len(model.names)))


def _judgement(claim: PreparedClaim, text: PreparedText, relevance: float, stance: tuple[float, ...]) -> Judgement:
    best = 0
    if text.english and text.whole:
        supports, contradicts, mentions = stance if relevance >= FAR else UNREAD
        matter = _matter(claim, text)
        if contradicts > max(supports, mentions):
            matter = matter + 0.2 * (text.cues["refute"] > 0) * (matter > 0)
        best = int(matter.argmax())
    else:
        relevance, (supports, contradicts, mentions) = min(relevance, FOREIGN_RELEVANCE), UNREAD
    return Judgement(
        relevance=relevance,
        attach=relevance >= BAR,
        supports=supports,
        contradicts=contradicts,
        mentions=mentions,
        passage=passages.cut(text.sentences[best]),
    )


@lru_cache(maxsize=MOST_TEXTS)
def prepare_claim(claim: str) -> PreparedClaim:
    """The claim prepared, of which no more than its beginning is read."""
    claim = claim[:SEARCHED]
    return PreparedClaim(
        text=claim,
        stems=words.stems(claim),
        runs=_runs(claim),
        names=frozenset(stem for word in CAPITALS.findall(claim) for stem in words.stems(word)),
        numbers=frozenset(NUMBERS.findall(claim)),
        cues={kind: float(counts[0]) for kind, counts in cues.count([claim]).items()},
        refuting=cues.refuting(claim),
    )


@lru_cache(maxsize=MOST_TEXTS)
def prepare_text(text: str) -> PreparedText:
    """The text prepared, of which no more than its beginning is read."""
    text = text[:SEARCHED]
    split = boundaries.split(text)
    sentences = [sentence.text[:MOST_OF_A_SENTENCE] for sentence in split][:MOST_SENTENCES] or [""]
    stems, runs = [words.stems(sentence) for sentence in sentences], [_runs(sentence) for sentence in sentences]
    return PreparedText(
        sentences=sentences,
        stems=stems,
        runs=runs,
        cues=cues.count(sentences),
        refuting=[cues.refuting(sentence) for sentence in sentences],
        whole=frozenset().union(*stems),
        all_runs=frozenset().union(*runs),
        numbers=frozenset(NUMBERS.findall(text)),
        length=len(text),
        english=_is_english(" ".join(sentences)),
    )


def _runs(text: str) -> frozenset[tuple[str, str]]:
    telling = [word for word in words.tokens(text) if word not in words.STOP_WORDS]
    return frozenset(pairwise(telling))


def _is_english(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    if sum(character.isascii() for character in letters) < 0.7 * len(letters):
        return False
    tokens = words.tokens(text)
    return len(tokens) < ENOUGH_TOKENS or sum(word in words.STOP_WORDS for word in tokens) >= ENGLISH * len(tokens)


def features_of(claim: PreparedClaim, text: PreparedText, *, encoder: "Encoder | None") -> Features:
    """The named features of one pair, as the models are trained on them; those of meaning only with an encoder."""
    matter = _matter(claim, text)
    features = _overlaps(claim, text, matter) | _cues(claim, text, matter) | cues.form(text.sentences[0])
    if encoder:
        features |= _meanings(encoder.encode([claim.text])[0], encoder.encode(text.embedded), _sayings(encoder))
    return features


def _matter(claim: PreparedClaim, text: PreparedText) -> Array:
    overlap = words.news_rarity().overlap
    return np.array([overlap(claim.stems, stems) for stems in text.stems], dtype=np.float64)


def _overlaps(claim: PreparedClaim, text: PreparedText, matter: Array) -> Features:
    overlap = words.news_rarity().overlap
    best, highest = int(matter.argmax()), np.sort(matter)[::-1]
    return {
        "in_all": overlap(claim.stems, text.whole),
        "in_lead": overlap(claim.stems, frozenset().union(*text.stems[:3])),
        "in_best": float(highest[0]),
        "in_first": float(matter[0]),
        "in_top": float(highest[:3].mean()),
        "in_sum": float(matter.sum()),
        "in_strong": float((matter > 0.4).sum()),
        "best_place": best / len(matter),
        "sentences": float(len(matter)),
        "length": math.log1p(text.length),
        "runs_found": len(claim.runs & text.all_runs) / max(1, len(claim.runs)),
        "runs_in_best": len(claim.runs & text.runs[best]) / max(1, len(claim.runs)),
        "names_found": len(claim.names & text.whole) / max(1, len(claim.names)),
        "numbers_missing": float(len(claim.numbers - text.numbers)),
        "numbers_found": float(len(claim.numbers & text.numbers)),
        "claim_question": float("?" in claim.text),
        "claim_quotes": float(bool(cues.QUOTES.search(claim.text))),
        "claim_length": float(len(claim.stems)),
    }


def _cues(claim: PreparedClaim, text: PreparedText, matter: Array) -> Features:
    """Words that take sides: in the claim, where the text begins, near the claim's matter, in the text's last third."""
    best, weight = int(matter.argmax()), matter**2
    near = matter >= max(0.25, 0.6 * float(matter.max()))
    last = max(1, len(matter) // 3)
    features: Features = {}
    for kind, counts in text.cues.items():
        few = np.minimum(counts, 3)
        features |= {
            f"claim_{kind}": min(claim.cues[kind], 2.0),
            f"first_{kind}": float(few[0]),
            f"lead_{kind}": float(few[:3].sum()),
            f"best_{kind}": float(few[best]),
            f"weighted_{kind}": float(weight @ few / (weight.sum() + 1e-6)),
            f"near_{kind}": float(few[near].sum()),
            f"rate_{kind}": float(few.mean()),
            f"last_{kind}": float(few[-last:].mean()),
        }
    where = np.flatnonzero(text.cues["refute"])
    nearby = [text.refuting[place] for place in np.flatnonzero(near)]
    return features | {
        "refutes_alone": float(sum(len(stems - claim.refuting) for stems in nearby)),
        "refutes_alike": float(sum(len(stems & claim.refuting) for stems in nearby)),
        "refutes_from": float(where[0]) / len(matter) if len(where) else 1.5,
        "negation_differs": abs(min(1.0, claim.cues["negate"]) - min(1.0, float(text.cues["negate"][best]))),
    }


def _meanings(claim: "Vectors", sentences: "Vectors", sayings: "Vectors") -> Features:
    """Cosines of the claim with the sentences, and of the sentences with the sayings."""
    near = sentences @ claim
    highest, best, mean = np.sort(near)[::-1], int(near.argmax()), sentences.mean(axis=0)
    features = {
        "cosine_best": float(highest[0]),
        "cosine_second": float(highest[min(1, len(highest) - 1)]),
        "cosine_top": float(highest[:3].mean()),
        "cosine_first": float(near[0]),
        "cosine_text": float(mean @ claim / (np.linalg.norm(mean) + 1e-9)),
        "cosine_mean": float(near.mean()),
        "cosine_place": float(best),
    }
    weight, own, like = np.maximum(near, 0) ** 2, sayings @ claim, sentences @ sayings.T
    for place in range(len(sayings)):
        features |= {
            f"claim_saying_{place}": float(own[place]),
            f"best_saying_{place}": float(like[best, place]),
            f"any_saying_{place}": float(like[:, place].max()),
            f"near_saying_{place}": float(weight @ like[:, place] / (weight.sum() + 1e-6)),
        }
    return features


@lru_cache(maxsize=4)
def _sayings(encoder: "Encoder") -> "Vectors":
    return encoder.encode(cues.SAYINGS)


@cache
def load_models() -> dict[str, dict[str, trees.FeatureModel]]:
    """The shipped models: "gate", "whole" and "short", each with all features ("model") and without embeddings."""
    return decoded(weights.read(WEIGHTS_FILE))


def decoded(content: bytes) -> dict[str, dict[str, trees.FeatureModel]]:
    """The models in a file's bytes."""
    stored = json.loads(gzip.decompress(content))
    return {
        kind: {name: trees.decoded(stored[kind][name]) for name in ("gate", "whole", "short")}
        for kind in ("model", "words")
    }
