"""Fits the reader of stance on labelled pairs, measures it on matters it never saw, writes it with its card."""

import gzip
import html
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from lab.evaluate import measures
from lab.train import labels
from lab.train.labels import Labelled
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
    said: Places
    matters: npt.NDArray[np.str_]
    propositions: npt.NDArray[np.str_]

    def rows(self, chosen: npt.NDArray[np.bool_]) -> "Table":
        return Table(
            self.directed[chosen],
            self.plain[chosen],
            self.said[chosen],
            self.matters[chosen],
            self.propositions[chosen],
        )


@dataclass(frozen=True, slots=True)
class Fitted:
    """Intercept and weights of both regressions."""

    points: Array
    supports: Array

    def predict(self, table: Table) -> Array:
        """Probabilities [n, 3] in the order of STANCES."""
        points = _probability(self.points[0] + table.plain @ self.points[1:])
        supports = _probability(self.supports[0] + table.directed @ self.supports[1:])
        return np.stack([points * supports, points * (1 - supports), 1 - points], axis=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was reached: shares of right answers, log loss beside that of the class shares, and how sure ones fare."""

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
    projection = project(_titles(data), minilm)
    gold, ours = _relevant(labels.gold(data)), _relevant(labels.ours(data))
    stored: dict[str, object] = {"card": CARD, "pairs": len(gold) + len(ours)}
    lines = []
    for kind, reading in (("model", minilm), ("words", None)):
        known, own = (tabled(each, encoder=reading, projection=projection) for each in (gold, ours))
        fitted = fit(joined(known, own))
        measured = measure(known, own)
        lines += [f"{kind}, {how}: {figures}" for how, figures in measured.items()]
        lines += curve(known, own) if reading else []
        stored[kind] = _written(fitted, bool(reading)) | {
            "measured": {how: {k: round(v, 3) for k, v in asdict(each).items()} for how, each in measured.items()}
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


def _relevant(pairs: Sequence[Labelled]) -> list[Labelled]:
    return [replace(each, pair=replace(each.pair, body=tidy(each.pair.body))) for each in pairs if each.relevance]


def _titles(data: Path) -> list[str]:
    with gzip.open(data / "newswire" / "entries.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["title"] for line in lines]


def project(titles: Sequence[str], encoder: Encoder) -> Projection:
    """Ridge regression from a title's embedding to what the lexicon finds in it, scaled to unit spread."""
    found = np.array([_found(title) for title in titles])
    vectors = encoder.encode(titles).astype(np.float64)
    centre = vectors.mean(axis=0)
    spread = np.maximum(found.std(axis=0), 1e-6)
    moved = vectors - centre
    gram = moved.T @ moved + RIDGE_OF_PROJECTION * np.eye(moved.shape[1])
    return Projection(centre, np.linalg.solve(gram, moved.T @ (found - found.mean(axis=0))) / spread)


def _found(title: str) -> list[float]:
    axes = agreement.bounded(events.read(title))
    return [*(axes[axis] for axis in AXES), float(np.tanh(0.7 * sum(TONE[axis] * axes[axis] for axis in AXES)))]


def tabled(pairs: Sequence[Labelled], *, encoder: Encoder | None, projection: Projection) -> Table:
    """The features of labelled pairs, those of embeddings only with an encoder."""
    directed, plain = names(bool(encoder))
    found = entries.read([each.pair for each in pairs], encoder=encoder, projection=projection)
    return Table(
        directed=np.array([[each.directed[name] for name in directed] for each in found]),
        plain=np.array([[each.plain[name] for name in plain] for each in found]),
        said=np.array([STANCES.index(each.stance) for each in pairs], dtype=np.int64),
        matters=np.array([each.matter for each in pairs]),
        propositions=np.array([each.proposition for each in pairs]),
    )


def names(with_sounds: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The features that are used, directed and plain."""
    if not with_sounds:
        return agreement.DIRECTED, agreement.PLAIN
    return (*agreement.DIRECTED, *sounding.DIRECTED), (*agreement.PLAIN, *sounding.PLAIN)


def joined(first: Table, second: Table) -> Table:
    """The rows of both."""
    return Table(
        *(
            np.concatenate(pair)
            for pair in zip(
                (first.directed, first.plain, first.said, first.matters, first.propositions),
                (second.directed, second.plain, second.said, second.matters, second.propositions),
                strict=True,
            )
        )
    )


def fit(table: Table) -> Fitted:
    """Both regressions: the first on all rows, the second on those that point somewhere."""
    pointing = table.said != MENTIONS
    return Fitted(
        points=logistic(table.plain, pointing.astype(np.float64)),
        supports=logistic(table.directed[pointing], (table.said[pointing] == 0).astype(np.float64)),
    )


def logistic(features: Array, wanted: Array, *, ridge: float = RIDGE, rounds: int = 50) -> Array:
    """Logistic regression by Newton's method: the intercept, then a weight a column. The intercept is not penalised."""
    size = np.maximum(features.std(axis=0), 1e-6)
    design = np.hstack([np.ones((len(features), 1)), features / size])
    penalty = ridge * np.eye(design.shape[1])
    penalty[0, 0] = 1e-9
    found = np.zeros(design.shape[1])
    for _ in range(rounds):
        chance = _probability(design @ found)
        gradient = design.T @ (wanted - chance) - penalty @ found
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + penalty
        step = np.linalg.solve(curvature, gradient)
        found = found + step
        if float(np.abs(step).max()) < 1e-8:
            break
    return np.concatenate([found[:1], found[1:] / size])


def _probability(logits: Array) -> Array:
    result: Array = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return result


def measure(gold: Table, ours: Table) -> dict[str, Figures]:
    """Figures on pairs of matters that were not trained on, in four ways."""
    both = joined(gold, ours)
    by_both = held_out(both)
    return {
        "gold alone, by propositions held out": figures(held_out(gold), gold.said),
        "our labels alone, on gold": figures(fit(ours).predict(gold), gold.said),
        "both, on gold held out": figures(by_both[: len(gold.said)], gold.said),
        "both, on our labels held out": figures(by_both[len(gold.said) :], ours.said),
    }


def held_out(table: Table) -> Array:
    """Probabilities by models that saw no pair of the same matter."""
    folds = measures.folds(table.matters.tolist(), count=FOLDS)
    found = np.zeros((len(table.said), len(STANCES)))
    for fold in range(FOLDS):
        held = folds == fold
        found[held] = fit(table.rows(~held)).predict(table.rows(held))
    return found


def figures(probabilities: Array, so: Places) -> Figures:
    """All that is reported of probabilities [n, 3] and the classes that are so."""
    said = probabilities.argmax(axis=1)
    counts = measures.confusion(said, so, classes=len(STANCES))
    sure = probabilities[:, :2].max(axis=1) >= SURE
    shares = np.bincount(so, minlength=len(STANCES)) / len(so)
    return Figures(
        pairs=len(so),
        accuracy=float((said == so).mean()),
        macro_f1=measures.macro_f1(counts),
        log_loss=measures.log_loss(probabilities, so),
        log_loss_of_shares=measures.log_loss(np.tile(shares, (len(so), 1)), so),
        calibration_error=measures.calibration_error(probabilities, so),
        sure=float(sure.mean()),
        sure_right=float((said == so)[sure].mean()) if sure.any() else 0.0,
    )


def curve(gold: Table, ours: Table) -> list[str]:
    """Figures on gold by the number of our propositions that are trained on, each the mean of several draws."""
    generator = np.random.default_rng(SEED)
    all_ = np.array(sorted(set(ours.propositions.tolist())))
    lines = []
    for count in CURVE:
        drawn = [generator.permutation(all_)[:count] for _ in range(REPEATS)]
        found = [figures(fit(ours.rows(np.isin(ours.propositions, each))).predict(gold), gold.said) for each in drawn]
        loss, right, f1 = (float(np.mean([getattr(f, n) for f in found])) for n in ("log_loss", "accuracy", "macro_f1"))
        lines.append(
            f"curve, {min(count, len(all_))} propositions: accuracy {right:.3f}, macro-F1 {f1:.3f}, log loss {loss:.3f}"
        )
    return lines


def _written(fitted: Fitted, with_sounds: bool) -> dict[str, object]:
    directed, plain = names(with_sounds)
    return {
        part: {
            "intercept": round(float(found[0]), 4),
            "weights": {name: round(float(weight), 4) for name, weight in zip(listed, found[1:], strict=True)},
        }
        for part, found, listed in (("points", fitted.points, plain), ("supports", fitted.supports, directed))
    }
