"""Fits a sentence score: folds by group, decisions on held-out folds, their mixture, and figures of the result."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from lab.evaluate import measures
from language.claims.kernels import BUCKETS, SentenceModel, hashed, logistic
from language.sentences.embeddings import Encoder

Array = npt.NDArray[np.float64]
Narrow = npt.NDArray[np.float32]
FOLDS = 5
LEAST_SPREAD = 0.05  # a cue that hardly ever occurs would else weigh like no other


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`weight`: what a scalar's standard deviation counts beside an embedding of length 1; the others are penalties."""

    weight: float
    penalty: float
    gamma: float
    words_penalty: float = 3.0


@dataclass(frozen=True, slots=True)
class Material:
    """Sentences with what is known of them: `scalars` [n, names], `wanted` [n] 0 or 1, `groups` that stay together."""

    texts: Sequence[str]
    names: tuple[str, ...]
    scalars: Narrow
    embedded: Narrow
    wanted: Array
    groups: Sequence[str]


def material(
    texts: Sequence[str],
    rows: Sequence[dict[str, float]],
    wanted: Sequence[int],
    groups: Sequence[str],
    encoder: Encoder,
) -> Material:
    """The material of a model; `rows` are the scalars of each text."""
    names = tuple(rows[0])
    scalars = np.array([[row[name] for name in names] for row in rows], dtype=np.float32)
    return Material(texts, names, scalars, encoder.encode(texts), np.array(wanted, dtype=np.float64), groups)


@dataclass(frozen=True, slots=True)
class KernelFit:
    """The model of all sentences, without a card, and the probabilities [n] that models of the other folds gave."""

    model: SentenceModel
    with_encoder: Array
    without: Array


def fit(material: Material, *, settings: Settings) -> KernelFit:
    """Both parts are fitted on all but one fold of groups, five times, for their mixture; then on everything."""
    of = measures.folds(material.groups, count=FOLDS)
    kernel, words = np.zeros(len(material.texts)), np.zeros(len(material.texts))
    for fold in range(FOLDS):
        held = of == fold
        part, scalars = _fitted(material, ~held, settings), material.scalars[held]
        kernel[held] = part.likeness(np.hstack([material.embedded[held], scalars * part.scale]))
        words[held] = part.words([material.texts[place] for place in np.flatnonzero(held).tolist()], scalars)
    both, one = np.column_stack([kernel, words]), words[:, None]
    whole = _fitted(material, np.ones(len(material.texts), dtype=bool), settings)
    (bias, first, second), (lone, slope) = _mixture(both, material.wanted), _mixture(one, material.wanted)
    model = replace(whole, mixed=(bias, first, second), alone=(lone, slope))
    return KernelFit(model, _mixed_across(both, material.wanted, of), _mixed_across(one, material.wanted, of))


def figures(scores: Array, wanted: Array) -> str:
    """Figures of probabilities, in words."""
    chosen = measures.decisions(scores, wanted)
    error = measures.calibration_error(np.column_stack([1 - scores, scores]), wanted.astype(np.int64))
    best = max(measures.decisions(scores, wanted, threshold=place / 100).f1 for place in range(5, 96))
    return (
        f"average precision {measures.average_precision(scores, wanted):.3f}; at 0.5 precision {chosen.precision:.3f},"
        f" recall {chosen.recall:.3f}, F1 {chosen.f1:.3f} (at the best threshold {best:.3f}); calibration error"
        f" {error:.3f}"
    )


def _fitted(material: Material, kept: npt.NDArray[np.bool_], settings: Settings) -> SentenceModel:
    """Both parts fitted on the rows that are kept; not mixed yet."""
    wanted, scalars = material.wanted[kept], material.scalars[kept]
    scale = (settings.weight / np.maximum(scalars.std(axis=0), LEAST_SPREAD)).astype(np.float32)
    rows = np.hstack([material.embedded[kept], scalars * scale])
    machine = SVC(C=settings.penalty, gamma=settings.gamma, cache_size=500).fit(rows, wanted)
    counts = _counts([material.texts[place] for place in np.flatnonzero(kept).tolist()])
    held = np.asarray((counts > 0).sum(axis=0)).ravel()
    idf = (np.log((len(wanted) + 1) / (held + 1)) + 1).astype(np.float32)
    weighted = (counts @ sparse.diags(idf)).tocsr()
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    design = sparse.hstack([sparse.diags(1 / np.maximum(lengths, 1e-9)) @ weighted, sparse.csr_matrix(scalars * scale)])
    # The intercept is a column of its own to liblinear; scaled up, its penalty does not matter.
    regression = LogisticRegression(
        C=settings.words_penalty, solver="liblinear", intercept_scaling=10, random_state=0
    ).fit(design.tocsr(), wanted)
    weights = regression.coef_[0].astype(np.float32)
    return SentenceModel(
        names=material.names,
        scale=scale,
        support=machine.support_vectors_.astype(np.float32),
        duals=machine.dual_coef_[0].astype(np.float32),
        bias=float(machine.intercept_[0]),
        gamma=settings.gamma,
        idf=idf,
        grams=weights[:BUCKETS],
        scalars=weights[BUCKETS:],
        offset=float(regression.intercept_[0]),
        mixed=(0.0, 1.0, 0.0),
        alone=(0.0, 1.0),
        card="",
    )


def _counts(texts: Sequence[str]) -> sparse.csr_matrix:
    rows = [hashed(text) for text in texts]
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    places, counts = (np.concatenate(column) for column in zip(*rows, strict=True))
    return sparse.csr_matrix((counts, places, ends), shape=(len(texts), BUCKETS))


def _mixture(decisions: Array, wanted: Array) -> list[float]:
    """Bias and a weight for each column; the logistic of their sum is a probability, moved so that 0.5 decides best.

    A probability decides with the best F1 below 0.5. Who reads the score decides at 0.5, so the bias takes the
    difference; the calibration error in the report is what that costs.
    """
    fitted = LogisticRegression(C=100.0).fit(decisions, wanted)
    bias, slopes = float(fitted.intercept_[0]), fitted.coef_[0]
    scores = 1 / (1 + np.exp(-(bias + decisions @ slopes)))
    thresholds = np.arange(0.2, 0.61, 0.01)
    f1 = [measures.decisions(scores, wanted, threshold=float(place)).f1 for place in thresholds]
    smooth = np.convolve(f1, np.ones(7) / 7, mode="valid")  # the top of one sample's F1 is luck
    best = float(thresholds[3:-3][int(np.argmax(smooth))])
    return [round(float(value), 4) for value in (bias - np.log(best / (1 - best)), *slopes)]


def _mixed_across(decisions: Array, wanted: Array, of: npt.NDArray[np.int64]) -> Array:
    """Probabilities of each fold by the mixture of the others."""
    result = np.zeros(len(wanted))
    for fold in range(FOLDS):
        held = of == fold
        bias, *slopes = _mixture(decisions[~held], wanted[~held])
        result[held] = logistic((bias + decisions[held] @ np.array(slopes)).astype(np.float32))
    return result
