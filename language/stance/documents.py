"""Whole texts read for one claim: whether an article is about it at all, and which way it points.

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
from language.sentences import boundaries as sentences
from language.sentences import passages, words
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
UNREAD = (0.2, 0.2, 0.6)

Array = npt.NDArray[np.float64]
Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """`relevance` is the probability that the text is about the claim; the others sum to 1. `passage` is verbatim."""

    relevance: float
    supports: float
    contradicts: float
    mentions: float
    passage: str


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A claim with what is worked out once."""

    text: str
    stems: frozenset[str]
    runs: frozenset[tuple[str, str]]
    names: frozenset[str]
    numbers: frozenset[str]
    cues: Mapping[str, float]
    refuting: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A text with what is worked out once: its sentences, and by sentence its stems, runs of two words and cues."""

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
        """What is embedded of it: the beginnings of its first sentences."""
        return [sentence[:EMBEDDED_OF_A_SENTENCE] for sentence in self.sentences[:EMBEDDED]]

    @property
    def short(self) -> bool:
        return len(self.sentences) <= SHORT


def judge(pairs: Sequence[tuple[str, str]], *, encoder: "Encoder | None") -> list[Judged]:
    """What each text makes of its claim, for pairs (claim, text) in their order."""
    if not pairs:
        return []
    read = [(wanted(claim), prepared(text)) for claim, text in pairs]
    if encoder:  # in one go, so that texts of like length share a batch
        encoder.encode([text for claim, each in read for text in (claim.text[:SEARCHED], *each.embedded)])
    features = [features_of(claim, text, encoder=encoder) for claim, text in read]
    models = load_models()["model" if encoder else "words"]
    relevance = _chances(models["gate"], features)[:, 1]
    stances = np.array([UNREAD] * len(read)).reshape(-1, 3)
    for kind, is_short in (("short", True), ("whole", False)):
        places = [place for place, (_, text) in enumerate(read) if text.short == is_short]
        if places:
            stances[places] = _chances(models[kind], [features[place] for place in places])
    return [
        _judged(claim, text, float(chance), tuple(stance))
        for (claim, text), chance, stance in zip(read, relevance, stances.tolist(), strict=True)
    ]


def _chances(model: trees.Model, features: Sequence[Features]) -> Array:
    rows = np.array([[each[name] for name in model.names] for each in features], dtype=np.float64)
    return model.chances(rows.reshape(len(features), len(model.names)))


def _judged(claim: Wanted, text: Text, relevance: float, stance: tuple[float, ...]) -> Judged:
    if not text.english or not text.whole:
        return Judged(min(relevance, FOREIGN_RELEVANCE), *UNREAD, passages.cut(text.sentences[0]))
    supports, contradicts, mentions = stance if relevance >= FAR else UNREAD
    matter = _matter(claim, text)
    if contradicts > max(supports, mentions):
        matter = matter + 0.2 * (text.cues["refute"] > 0) * (matter > 0)
    return Judged(relevance, supports, contradicts, mentions, passages.cut(text.sentences[int(matter.argmax())]))


@lru_cache(maxsize=MOST_TEXTS)
def wanted(claim: str) -> Wanted:
    """Prepares a claim."""
    claim = claim[:SEARCHED]
    return Wanted(
        text=claim,
        stems=words.stems(claim),
        runs=_runs(claim),
        names=frozenset(stem for word in CAPITALS.findall(claim) for stem in words.stems(word)),
        numbers=frozenset(NUMBERS.findall(claim)),
        cues={kind: float(counts[0]) for kind, counts in cues.count([claim]).items()},
        refuting=cues.refuting(claim),
    )


@lru_cache(maxsize=MOST_TEXTS)
def prepared(text: str) -> Text:
    """Prepares a text, of which no more than its beginning is read."""
    read = text[:SEARCHED]
    said = [sentence.text[:MOST_OF_A_SENTENCE] for sentence in sentences.split(read)][:MOST_SENTENCES] or [""]
    stems, runs = [words.stems(each) for each in said], [_runs(each) for each in said]
    return Text(
        sentences=said,
        stems=stems,
        runs=runs,
        cues=cues.count(said),
        refuting=[cues.refuting(each) for each in said],
        whole=frozenset().union(*stems),
        all_runs=frozenset().union(*runs),
        numbers=frozenset(NUMBERS.findall(read)),
        length=len(read),
        english=_is_english(" ".join(said)),
    )


def _runs(text: str) -> frozenset[tuple[str, str]]:
    telling = [word for word in words.tokens(text) if word not in words.STOP_WORDS]
    return frozenset(pairwise(telling))


def _is_english(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    if sum(character.isascii() for character in letters) < 0.7 * len(letters):
        return False
    spoken = words.tokens(text)
    return len(spoken) < ENOUGH_TOKENS or sum(word in words.STOP_WORDS for word in spoken) >= ENGLISH * len(spoken)


def features_of(claim: Wanted, text: Text, *, encoder: "Encoder | None") -> Features:
    """The named features of one pair, as the models are trained on them; those of meaning only with an encoder."""
    matter = _matter(claim, text)
    features = _overlaps(claim, text, matter) | _cues(claim, text, matter) | cues.form(text.sentences[0])
    if encoder:
        features |= _meanings(encoder.encode([claim.text])[0], encoder.encode(text.embedded), _sayings(encoder))
    return features


def _matter(claim: Wanted, text: Text) -> Array:
    overlap = words.news_rarity().overlap
    return np.array([overlap(claim.stems, stems) for stems in text.stems], dtype=np.float64)


def _overlaps(claim: Wanted, text: Text, matter: Array) -> Features:
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


def _cues(claim: Wanted, text: Text, matter: Array) -> Features:
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
        "refutes_alone": float(sum(len(each - claim.refuting) for each in nearby)),
        "refutes_alike": float(sum(len(each & claim.refuting) for each in nearby)),
        "refutes_from": float(where[0]) / len(matter) if len(where) else 1.5,
        "negation_differs": abs(min(1.0, claim.cues["negate"]) - min(1.0, float(text.cues["negate"][best]))),
    }


def _meanings(claim: "Vectors", said: "Vectors", sayings: "Vectors") -> Features:
    """Cosines of the claim with the sentences, and of the sentences with the sayings."""
    near = said @ claim
    highest, best, mean = np.sort(near)[::-1], int(near.argmax()), said.mean(axis=0)
    features = {
        "cosine_best": float(highest[0]),
        "cosine_second": float(highest[min(1, len(highest) - 1)]),
        "cosine_top": float(highest[:3].mean()),
        "cosine_first": float(near[0]),
        "cosine_text": float(mean @ claim / (np.linalg.norm(mean) + 1e-9)),
        "cosine_mean": float(near.mean()),
        "cosine_place": float(best),
    }
    weight, own, like = np.maximum(near, 0) ** 2, sayings @ claim, said @ sayings.T
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
def load_models() -> dict[str, dict[str, trees.Model]]:
    """The shipped models: "gate", "whole" and "short", each with all features ("model") and without embeddings."""
    return decoded(weights.read(WEIGHTS_FILE))


def decoded(content: bytes) -> dict[str, dict[str, trees.Model]]:
    """The models in a file's bytes."""
    stored = json.loads(gzip.decompress(content))
    return {
        kind: {name: trees.decoded(stored[kind][name]) for name in ("gate", "whole", "short")}
        for kind in ("model", "words")
    }
