"""Measures of a classifier beside the truth: the figures that training and evaluation print.

Scores are probabilities in an array [n]; classes are given by their place, probabilities of them as rows [n, classes].
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
BINS = 10


@dataclass(frozen=True, slots=True)
class DecisionFigures:
    """Precision, recall and F1 (0 to 1) of what was chosen; 0 where nothing was chosen or wanted."""

    precision: float
    recall: float
    f1: float


def decisions(scores: Array, wanted: Array, *, threshold: float = 0.5) -> DecisionFigures:
    """The figures of choosing everything at or above the threshold; `wanted` [n] is 1 where it should be chosen."""
    chosen = scores >= threshold
    hits = float(wanted[chosen].sum())
    precision = hits / int(chosen.sum()) if chosen.any() else 0.0
    recall = hits / float(wanted.sum()) if wanted.any() else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return DecisionFigures(precision, recall, f1)


def average_precision(scores: Array, wanted: Array) -> float:
    """Mean of the precision at each wanted item, best score first; tied items count as one step. 0 without any."""
    if not wanted.any():
        return 0.0
    order = np.argsort(-scores, kind="stable")
    ranked, hit = scores[order], np.cumsum(wanted[order])
    ends = np.flatnonzero(np.append(np.diff(ranked) != 0, True))
    hits = hit[ends]
    precision, gained = hits / (ends + 1), np.diff(hits, prepend=0.0)
    return float((precision * gained).sum() / wanted.sum())


def log_loss(probabilities: Array, said: Places) -> float:
    """Mean of -ln of the probability given to the class that is so, clipped at 1e-6."""
    return float(-np.log(np.clip(probabilities[np.arange(len(said)), said], 1e-6, 1)).mean())


def calibration_error(probabilities: Array, said: Places, *, bins: int = BINS) -> float:
    """Expected calibration error, all classes pooled: the gap of mean probability and share, weighted by bin counts.

    Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015.
    """
    chances = probabilities.ravel()
    so = np.eye(probabilities.shape[1])[said].ravel()
    places = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = (abs(float(chances[places == place].sum() - so[places == place].sum())) for place in range(bins))
    return sum(gaps) / len(chances)


def confusion(said: Places, so: Places, *, classes: int) -> npt.NDArray[np.int64]:
    """Counts [classes, classes]: the row is what is so, the column what was said."""
    counts = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(counts, (so, said), 1)
    return counts


def macro_f1(counts: npt.NDArray[np.int64]) -> float:
    """Mean over the classes of the F1 that a confusion matrix holds; a class neither said nor so is left out."""
    scores = [
        2 * float(counts[place, place]) / total
        for place in range(len(counts))
        if (total := float(counts[place].sum() + counts[:, place].sum()))
    ]
    return float(np.mean(scores)) if scores else 0.0


def folds(groups: Sequence[str], *, count: int) -> npt.NDArray[np.int64]:
    """A fold for each row, so that no group lies in two: large groups first, each into the smallest fold so far."""
    sizes: dict[str, int] = {}
    for group in groups:
        sizes[group] = sizes.get(group, 0) + 1
    filled = [0] * count
    of: dict[str, int] = {}
    for group in sorted(sizes, key=lambda name: (-sizes[name], name)):
        place = filled.index(min(filled))
        of[group] = place
        filled[place] += sizes[group]
    return np.array([of[group] for group in groups], dtype=np.int64)


def fnc_score(counts: npt.NDArray[np.int64], *, unrelated: int) -> float:
    """The Fake News Challenge's weighted accuracy, as a share of what can be had, from a confusion matrix.

    Unrelated or related told right is worth 0.25; of the related, the right class 0.75 more. Pomerleau and Rao, 2017.
    """
    related = [place for place in range(len(counts)) if place != unrelated]
    among = counts[np.ix_(related, related)]
    got = 0.25 * int(counts[unrelated, unrelated]) + 0.25 * int(among.sum()) + 0.75 * int(np.trace(among))
    possible = 0.25 * int(counts[unrelated].sum()) + int(counts[related].sum())
    return float(got / possible) if possible else 0.0
