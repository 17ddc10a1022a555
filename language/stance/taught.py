"""Stance and relevance of a story judged anew from what a curator decided about others on the same question.

A conditional logit over the three stances and a logistic regression of relevance build on the chances that a classifier
gives by itself. Without decisions these stay as they are. Weights and card lie in `data/taught.json`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from language import weights
from language.classifiers.protocol import STANCES
from language.matching.thresholds import shift

WEIGHTS_FILE = "taught.json"
READ_CHARACTERS = 300  # of the body, embedded behind the title
NEAR, WIDE = 0.05, 0.15  # how fast a decided story's vote falls with the cosine
FEWEST_VOTES = 0.3  # added to the votes of each side, of which the nearest story's is 1
TIMES_NEAREST = 3.0
NEIGHBOURS = 5  # decided stories by which it is seen how far off the classifier is in a story's surroundings
ATTACHED_BY_HAND = 0.8  # the relevance by which a person's own story counts there
LEAST_CHANCE = 1e-4
# Below this cosine nobody would call two stories alike, whatever weighed most.
ALIKE = 0.5

STANCE_FEATURES = ("untaught", "votes", "nearest", "votes_of_few", "nearest_of_few", "is_supports", "is_contradicts")
RELEVANCE_FEATURES = (
    *("untaught", "shift", "near_votes", "wide_votes"),
    *("nearest_accepted", "nearest_rejected", "has_accepted", "has_rejected", "surprise"),
)
Array = npt.NDArray[np.float64]
Vectors = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TaughtWeights:
    """A weight for each of STANCE_FEATURES; an intercept and a weight for each of RELEVANCE_FEATURES.

    From the relevance `bar` on a story is attached, once something has been decided.
    """

    stance: Array
    relevance: Array
    bar: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """Decided stories of one question in one order, as arrays over k.

    `places` are those of the stances in STANCES, -1 of a story that was rejected. `relevances` are the classifier's by
    itself, not a number where a person attached the story.
    """

    vectors: Vectors
    places: npt.NDArray[np.int64]
    relevances: Array

    @property
    def accepted(self) -> Mask:
        accepted: Mask = self.places >= 0
        return accepted

    def __len__(self) -> int:
        return len(self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtChances:
    """A story's chances after the lessons; `weighed` is the place of the decided story most like it, if one is."""

    supports: float
    contradicts: float
    mentions: float
    relevance: float
    weighed: int | None


def lessons(vectors: Sequence[Vectors], stances: Sequence[str | None], relevances: Sequence[float | None]) -> Lessons:
    """Decided stories: vector, stance or None where it was rejected, relevance or None where a person attached it."""
    return Lessons(
        vectors=np.array(vectors, dtype=np.float32).reshape(len(stances), -1 if len(stances) else 0),
        places=np.array([STANCES.index(stance) if stance else -1 for stance in stances], dtype=np.int64),
        relevances=np.array([np.nan if each is None else each for each in relevances], dtype=np.float64),
    )


def text_of(title: str, body: str) -> str:
    """The words of a story that are embedded."""
    return f"{title}. {body[:READ_CHARACTERS]}"


def cosines_of(vectors: Vectors, others: Vectors) -> Array:
    """Cosines [n, k] of vectors of length 1."""
    return (vectors @ others.T).astype(np.float64)


def judge(
    chances: Array, relevances: Array, vectors: Vectors, *, lessons: Lessons, fitted: TaughtWeights
) -> list[TaughtChances]:
    """The chances [n, 3] and relevances [n] of stories with these vectors, after the lessons."""
    if not len(lessons) or not len(chances):
        return [_untaught(row, relevance) for row, relevance in zip(chances, relevances, strict=True)]
    cosines = cosines_of(vectors, lessons.vectors)
    stances = chances
    if lessons.accepted.any():
        stances = predict(stance_features(chances, cosines, lessons.places), fitted.stance)
    relevant = _relevances(relevances, cosines, lessons, fitted)
    return [
        TaughtChances(
            supports=float(stance[0]),
            contradicts=float(stance[1]),
            mentions=float(stance[2]),
            relevance=float(relevance),
            weighed=_weighed(near, stance, lessons.places),
        )
        for stance, relevance, near in zip(stances, relevant, cosines, strict=True)
    ]


def relevances_after(relevances: Array, vectors: Vectors, *, lessons: Lessons, fitted: TaughtWeights) -> Array:
    """The relevances [n] alone, after at least one lesson."""
    return _relevances(relevances, cosines_of(vectors, lessons.vectors), lessons, fitted)


def _relevances(relevances: Array, cosines: Array, lessons: Lessons, fitted: TaughtWeights) -> Array:
    log_odds = fitted.relevance[0] + relevance_features(relevances, cosines, lessons) @ fitted.relevance[1:]
    after: Array = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return after


def directed(chances: Array, vectors: Vectors, *, examples: Lessons, fitted: TaughtWeights) -> Array:
    """Chances [n, 3] with the direction that example headlines of either side tell; that of mentions stays."""
    cosines = cosines_of(vectors, examples.vectors)
    sides = predict(stance_features(chances, cosines, examples.places), fitted.stance)[:, :2]
    shares = sides / sides.sum(axis=1, keepdims=True)
    return np.column_stack([shares * (1 - chances[:, 2:]), chances[:, 2]])


def _untaught(row: Array, relevance: float) -> TaughtChances:
    supports, contradicts, mentions = (float(chance) for chance in row)
    return TaughtChances(
        supports=supports, contradicts=contradicts, mentions=mentions, relevance=float(relevance), weighed=None
    )


def _weighed(cosines: Array, stance: Array, places: npt.NDArray[np.int64]) -> int | None:
    """The nearest decided story that speaks for the stance; without an accepted one, the nearest that was rejected."""
    wanted = int(stance.argmax()) if (places >= 0).any() else -1
    near = np.where(places == wanted, cosines, -1.0)
    best = int(near.argmax())
    return best if near[best] >= ALIKE else None


def stance_features(chances: Array, cosines: Array, places: npt.NDArray[np.int64]) -> Array:
    """STANCE_FEATURES [n, 3, 7] of stories with these chances and cosines [n, k] to what was decided.

    Rejected stories say nothing of a stance; at least one must have been accepted.
    """
    accepted = places >= 0
    near, of = cosines[:, accepted], places[accepted]
    votes = _votes(near, NEAR)
    rows = np.zeros((len(chances), len(STANCES), len(STANCE_FEATURES)))
    rows[:, :, 0] = np.log(np.clip(chances, LEAST_CHANCE, 1))
    for place in range(len(STANCES)):
        its = of == place
        rows[:, place, 1] = votes[:, its].sum(axis=1) + FEWEST_VOTES
        rows[:, place, 2] = TIMES_NEAREST * near[:, its].max(axis=1) if its.any() else 0.0
    rows[:, :, 1] = np.log(rows[:, :, 1] / rows[:, :, 1].sum(axis=1, keepdims=True))
    rows[:, :, 3:5] = rows[:, :, 1:3] / (1 + len(of))
    rows[:, 0, 5] = rows[:, 1, 6] = 1.0
    return rows


def relevance_features(relevances: Array, cosines: Array, lessons: Lessons) -> Array:
    """RELEVANCE_FEATURES [n, 9] of stories with these relevances and cosines [n, k] to what was decided."""
    accepted = lessons.accepted
    known = ~np.isnan(lessons.relevances)
    learned = shift(lessons.relevances[known & accepted].tolist(), lessons.relevances[known & ~accepted].tolist())
    rows = np.zeros((len(relevances), len(RELEVANCE_FEATURES)))
    bounded = np.clip(relevances, 0.001, 0.999)
    rows[:, 0] = np.log(bounded / (1 - bounded))
    rows[:, 1] = learned
    for column, width in ((2, NEAR), (3, WIDE)):
        votes = _votes(cosines, width)
        sides = [votes[:, side].sum(axis=1) + FEWEST_VOTES for side in (accepted, ~accepted)]
        rows[:, column] = np.log(sides[0] / sides[1])
    for column, side in ((4, accepted), (5, ~accepted)):
        if side.any():
            rows[:, column] = cosines[:, side].max(axis=1)
            rows[:, column + 2] = 1.0
    nearest = np.argsort(-cosines, axis=1, kind="stable")[:, :NEIGHBOURS]
    rows[:, 8] = (accepted - np.where(known, lessons.relevances, ATTACHED_BY_HAND))[nearest].mean(axis=1)
    return rows


def _votes(cosines: Array, width: float) -> Array:
    """Votes [n, k] of each decided story on each other story, the nearest 1."""
    votes: Array = np.exp((cosines - cosines.max(axis=1, keepdims=True)) / width).astype(np.float64)
    return votes


def predict(rows: Array, fitted: Array) -> Array:
    """Probabilities [n, 3] of a conditional logit for rows [n, 3, features]."""
    scores = rows @ fitted
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Array = powers / powers.sum(axis=1, keepdims=True)
    return shares


UNTAUGHT = TaughtWeights(np.zeros(len(STANCE_FEATURES)), np.zeros(1 + len(RELEVANCE_FEATURES)), 0.5)


@cache
def load() -> TaughtWeights:
    """The shipped weights; raises ModelUnavailable where their file is not the one that was trained."""
    return decoded(weights.read(WEIGHTS_FILE))


def decoded(content: bytes) -> TaughtWeights:
    """The weights in a file's bytes."""
    stored = json.loads(content)
    relevance = stored["relevance"]
    return TaughtWeights(
        stance=np.array([stored["stance"][name] for name in STANCE_FEATURES]),
        relevance=np.array([relevance["intercept"], *(relevance["weights"][name] for name in RELEVANCE_FEATURES)]),
        bar=stored["bar"],
    )
