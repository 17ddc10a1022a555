"""Fits the classifier of stance on labelled pairs, measures it on unseen matters, writes it with its card."""

import html
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.evaluate import measures
from lab.train import labels, regression
from lab.train.labels import LabelledPair, read_lines
from language import weights
from language.classifiers.protocol import STANCES
from language.sentences.embeddings import Encoder, load_minilm
from language.stance import entries
from language.stance.polarity import agreement, events, sounding
from language.stance.polarity.lexicon import AXES, TONE
from language.stance.polarity.sounding import Projection

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

RIDGE = 60.0  # for both regressions, on columns of unit size
RIDGE_OF_PROJECTION = 10.0
FOLDS = 16
SURE = 0.7
CURVE = (10, 20, 40, 80, 126)  # propositions of our own that the learning curve is drawn over
REPEATS = 5
SEED = 20_260_105
MENTIONS = STANCES.index("mentions")
TAG = re.compile(r"<[^<>]{0,2000}(?:>|$)")


@dataclass(frozen=True, slots=True)
class Table:
    """Features of pairs as arrays, a row a pair: directed and plain, the class's place in STANCES, the matter."""

    directed: Array
    plain: Array
    stances: Places
    matters: npt.NDArray[np.str_]
    propositions: npt.NDArray[np.str_]

    def rows(self, chosen: npt.NDArray[np.bool_]) -> "Table":
        return Table(*(column[chosen] for column in self.columns()))

    def columns(self) -> list[npt.NDArray[Any]]:
        return [getattr(self, field.name) for field in fields(self)]


@dataclass(frozen=True, slots=True)
class StanceFit:
    """Intercept and weights of both regressions."""

    points: Array
    supports: Array

    def predict(self, table: Table) -> Array:
        """Probabilities [n, 3] in the order of STANCES."""
        points = regression.predict(self.points, table.plain)
        supports = regression.predict(self.supports, table.directed)
        return np.stack([points * supports, points * (1 - supports), 1 - points], axis=1)


@dataclass(frozen=True, slots=True)
class StanceFigures:
    """Figures of stance: shares of right answers, log loss beside that of the class shares, and how sure ones fare."""

    pairs: int
    accuracy: float
    macro_f1: float
    log_loss: float
    log_loss_of_shares: float
    calibration_error: float
    sure: float
    sure_right: float

    def __str__(self) -> str:
        return (
            f"accuracy {self.accuracy:.3f}, macro-F1 {self.macro_f1:.3f}, log loss {self.log_loss:.3f}"
            f" (class shares {self.log_loss_of_shares:.3f}), calibration error {self.calibration_error:.3f};"
            f" a direction at {SURE} or more: {self.sure:.3f} of {self.pairs}, right {self.sure_right:.3f}"
        )


def train(data: Path, *, encoder: Encoder | None = None, folder: Path = weights.DATA) -> str:
    """Fits both sets of weights on `data/gold_evidence` and our labels, writes them, returns the report."""
    minilm = encoder or load_minilm()
    projection = project([row["title"] for row in read_lines(data / "newswire" / "entries.jsonl.gz")], minilm)
    gold, ours = _relevant(labels.gold(data)), _relevant(labels.ours(data))
    stored: dict[str, object] = {"card": CARD, "pairs": len(gold) + len(ours)}
    lines = []
    for kind, used in (("model", minilm), ("words", None)):
        known, own = (tabled(pairs, encoder=used, projection=projection) for pairs in (gold, ours))
        fitted = fit(joined(known, own))
        measured = measure(known, own)
        lines += [f"{kind}, {how}: {figures}" for how, figures in measured.items()]
        lines += curve(known, own) if used else []
        stored[kind] = _written(fitted, bool(used)) | {
            "measured": {how: {k: round(v, 3) for k, v in asdict(row).items()} for how, row in measured.items()}
        }
    stored["projection"] = {
        "centre": [round(float(value), 5) for value in projection.centre],
        "matrix": [[round(float(value), 3) for value in row] for row in projection.matrix],
    }
    weights.write(entries.WEIGHTS_FILE, (json.dumps(stored, ensure_ascii=False) + "\n").encode(), folder=folder)
    return "\n".join(lines)


CARD = (
    "Stance of a news entry (title, description) towards a claim it bears on. Two logistic regressions with a ridge"
    " penalty: whether the entry points anywhere, and which way. Features: events of claim and entry by a lexicon of"
    " our own (language/stance/polarity), and how both sound by a projection of all-MiniLM-L6-v2 that was fitted on"
    " what the lexicon finds in 10,019 headlines of January 2026, without labels. Trained on the relevant pairs of"
    " gold_evidence (one annotator, 16 propositions) and of seeds/labels (two passes, 126 propositions). Limits:"
    " English; world news of one week; it does not know who rivals whom, what follows from what, or idioms the lexicon"
    " lacks; what points nowhere it hardly tells from what does."
)


def tidy(text: str) -> str:
    """A description of a feed as plain text."""
    return " ".join(html.unescape(TAG.sub(" ", html.unescape(text))).split())


def _relevant(pairs: Sequence[LabelledPair]) -> list[LabelledPair]:
    return [replace(row, pair=replace(row.pair, body=tidy(row.pair.body))) for row in pairs if row.relevance]


def project(titles: Sequence[str], encoder: Encoder) -> Projection:
    """Ridge regression from a title's embedding to what the lexicon finds in it, scaled to unit spread."""
    axes = np.array([_axes(title) for title in titles])
    vectors = encoder.encode(titles).astype(np.float64)
    centre = vectors.mean(axis=0)
    spread = np.maximum(axes.std(axis=0), 1e-6)
    moved = vectors - centre
    gram = moved.T @ moved + RIDGE_OF_PROJECTION * np.eye(moved.shape[1])
    return Projection(centre, np.linalg.solve(gram, moved.T @ (axes - axes.mean(axis=0))) / spread)


def _axes(title: str) -> list[float]:
    axes = agreement.bounded(events.read(title))
    return [*(axes[axis] for axis in AXES), float(np.tanh(0.7 * sum(TONE[axis] * axes[axis] for axis in AXES)))]


def tabled(pairs: Sequence[LabelledPair], *, encoder: Encoder | None, projection: Projection) -> Table:
    """The features of labelled pairs, those of embeddings only with an encoder."""
    directed, plain = names(bool(encoder))
    rows = entries.read([row.pair for row in pairs], encoder=encoder, projection=projection)
    return Table(
        directed=np.array([[row.directed[name] for name in directed] for row in rows]),
        plain=np.array([[row.plain[name] for name in plain] for row in rows]),
        stances=np.array([STANCES.index(row.stance) for row in pairs], dtype=np.int64),
        matters=np.array([row.matter for row in pairs]),
        propositions=np.array([row.proposition for row in pairs]),
    )


def names(with_sounds: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The features that are used, directed and plain."""
    if not with_sounds:
        return agreement.DIRECTED, agreement.PLAIN
    return (*agreement.DIRECTED, *sounding.DIRECTED), (*agreement.PLAIN, *sounding.PLAIN)


def joined(first: Table, second: Table) -> Table:
    """The rows of both."""
    return Table(*map(np.concatenate, zip(first.columns(), second.columns(), strict=True)))


def fit(table: Table) -> StanceFit:
    """Both regressions: the first on all rows, the second on those that point somewhere."""
    pointing = table.stances != MENTIONS
    return StanceFit(
        points=regression.fit(table.plain, pointing.astype(np.float64), ridge=RIDGE),
        supports=regression.fit(
            table.directed[pointing], (table.stances[pointing] == 0).astype(np.float64), ridge=RIDGE
        ),
    )


def measure(gold: Table, ours: Table) -> dict[str, StanceFigures]:
    """Figures on pairs of matters that were not trained on, in four ways."""
    both = joined(gold, ours)
    by_both = held_out(both)
    return {
        "gold alone, by propositions held out": figures(held_out(gold), gold.stances),
        "our labels alone, on gold": figures(fit(ours).predict(gold), gold.stances),
        "both, on gold held out": figures(by_both[: len(gold.stances)], gold.stances),
        "both, on our labels held out": figures(by_both[len(gold.stances) :], ours.stances),
    }


def held_out(table: Table) -> Array:
    """Probabilities by models that saw no pair of the same matter."""
    folds = measures.folds(table.matters.tolist(), count=FOLDS)
    probabilities = np.zeros((len(table.stances), len(STANCES)))
    for fold in range(FOLDS):
        held = folds == fold
        probabilities[held] = fit(table.rows(~held)).predict(table.rows(held))
    return probabilities


def figures(probabilities: Array, so: Places) -> StanceFigures:
    """The figures of probabilities [n, 3] beside the classes that are so."""
    likeliest = probabilities.argmax(axis=1)
    counts = measures.confusion(likeliest, so, classes=len(STANCES))
    sure = probabilities[:, :2].max(axis=1) >= SURE
    shares = np.bincount(so, minlength=len(STANCES)) / len(so)
    return StanceFigures(
        pairs=len(so),
        accuracy=float((likeliest == so).mean()),
        macro_f1=measures.macro_f1(counts),
        log_loss=measures.log_loss(probabilities, so),
        log_loss_of_shares=measures.log_loss(np.tile(shares, (len(so), 1)), so),
        calibration_error=measures.calibration_error(probabilities, so),
        sure=float(sure.mean()),
        sure_right=float((likeliest == so)[sure].mean()) if sure.any() else 0.0,
    )


def curve(gold: Table, ours: Table) -> list[str]:
    """Figures on gold by the number of our propositions that are trained on, each the mean of several draws."""
    generator = np.random.default_rng(SEED)
    all_ = np.array(sorted(set(ours.propositions.tolist())))
    lines = []
    for count in CURVE:
        drawn = [generator.permutation(all_)[:count] for _ in range(REPEATS)]
        fits = [fit(ours.rows(np.isin(ours.propositions, chosen))) for chosen in drawn]
        results = [figures(fitted.predict(gold), gold.stances) for fitted in fits]
        loss, right, f1 = (
            float(np.mean([getattr(f, n) for f in results])) for n in ("log_loss", "accuracy", "macro_f1")
        )
        lines.append(
            f"curve, {min(count, len(all_))} propositions: accuracy {right:.3f}, macro-F1 {f1:.3f}, log loss {loss:.3f}"
        )
    return lines


def _written(fitted: StanceFit, with_sounds: bool) -> dict[str, object]:
    directed, plain = names(with_sounds)
    return {
        part: regression.stored(values, listed)
        for part, values, listed in (("points", fitted.points, plain), ("supports", fitted.supports, directed))
    }
