"""Fits the classifier of stance on labelled pairs, measures it on unseen matters, writes it with its card."""

import html
import json
import re
from collections.abc import Mapping, Sequence
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
from language.stance.reading import reader

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

# On columns of unit size. Claims that name a time or threshold learn from their likes and plain pairs, others from all.
RIDGES = {"dated": 40.0, "undated": 80.0}

# Of figures on claims that were not trained on: the shares of strong and decisive plain pairs that are right at least,
# and called the opposite at most; macro-F1 of plain pairs; accuracy on gold.
FLOORS = {"strong_right": 0.80, "strong_opposite": 0.08, "macro_f1": 0.70, "gold_accuracy": 0.53}
RIDGE_OF_PROJECTION = 10.0
FOLDS = 16
SURE = 0.7
MENTIONS = STANCES.index("mentions")
TAG = re.compile(r"<[^<>]{0,2000}(?:>|$)")


@dataclass(frozen=True, slots=True)
class Table:
    """Features of pairs as arrays, a row a pair: directed and plain, the class's place in STANCES, the matter.

    `dated` of claims that name their time; `strong` of plain pairs that settle the claim or nearly do.
    """

    directed: Array
    plain: Array
    stances: Places
    matters: npt.NDArray[np.str_]
    propositions: npt.NDArray[np.str_]
    dated: npt.NDArray[np.bool_]
    strong: npt.NDArray[np.bool_]
    plain_pairs: npt.NDArray[np.bool_]

    def rows(self, chosen: npt.NDArray[np.bool_] | Places) -> "Table":
        return Table(*(column[chosen] for column in self.columns()))

    def columns(self) -> list[npt.NDArray[Any]]:
        return [getattr(self, field.name) for field in fields(self)]


@dataclass(frozen=True, slots=True)
class StanceFit:
    """Intercept and weights of both regressions, for claims that name their time ("dated") and for the others."""

    by_form: Mapping[str, tuple[Array, Array]]

    def predict(self, table: Table) -> Array:
        """Probabilities [n, 3] in the order of STANCES."""
        result = np.zeros((len(table.stances), len(STANCES)))
        for form, (points, supports) in self.by_form.items():
            chosen = table.dated == (form == "dated")
            plain = table.plain[chosen]
            unread, pleads, shared = (plain[:, reader.PLAIN.index(name)] for name in ("nothing", "pleads", "shared"))
            pointing = regression.predict(points, plain)
            for_it = regression.predict(supports, _directed(table, form)[chosen])
            if form == "dated":
                most = np.where(pleads > 0, entries.UNREAD_PLEA, entries.UNREAD)
                pointing = np.where(unread > 0, np.minimum(pointing, most), pointing)
                other, share = regression.predict(self.by_form["undated"][1], table.directed[chosen]), unread
            else:
                other = regression.predict(self.by_form["dated"][1], _directed(table, "dated")[chosen])
                share = entries.READ_AS_DATED * shared * (1 - unread)
            for_it = share * other + (1 - share) * for_it
            result[chosen] = np.stack([pointing * for_it, pointing * (1 - for_it), 1 - pointing], axis=1)
        return result


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
    strong_right: float = 0.0
    strong_opposite: float = 0.0

    def __str__(self) -> str:
        return (
            f"accuracy {self.accuracy:.3f}, macro-F1 {self.macro_f1:.3f}, log loss {self.log_loss:.3f}"
            f" (class shares {self.log_loss_of_shares:.3f}), calibration error {self.calibration_error:.3f};"
            f" a direction at {SURE} or more: {self.sure:.3f} of {self.pairs}, right {self.sure_right:.3f};"
            f" strong and decisive pairs right {self.strong_right:.3f}, called the opposite {self.strong_opposite:.3f}"
        )


def train(data: Path, *, encoder: Encoder | None = None, folder: Path = weights.DATA) -> str:
    """Fits the sets of weights on gold, our labels and plain pairs, writes them, returns the report.

    Raises BelowFloor where a figure on claims that were not trained on is worse than it may be.
    """
    minilm = encoder or load_minilm()
    projection = project([row["title"] for row in read_lines(data / "newswire" / "entries.jsonl.gz")], minilm)
    sets = {"gold": labels.gold(data), "labels": labels.ours(data), "plain": labels.plain(data)}
    relevant = {name: _relevant(pairs) for name, pairs in sets.items()}
    stored: dict[str, object] = {"card": CARD, "pairs": sum(map(len, relevant.values()))}
    lines = []
    for suffix, used in (("", minilm), ("_words", None)):
        tables = {name: tabled(pairs, encoder=used, projection=projection) for name, pairs in relevant.items()}
        measured = measure(tables)
        lines += [f"{'words alone, ' if suffix else ''}{name} held out: {row}" for name, row in measured.items()]
        stored |= _written(fit(joined(*tables.values())), suffix)
        stored["measured" + suffix] = {
            name: {figure: round(value, 3) for figure, value in asdict(row).items()} for name, row in measured.items()
        }
        if used:
            check(measured)
    stored["projection"] = {
        "centre": [round(float(value), 5) for value in projection.centre],
        "matrix": [[round(float(value), 3) for value in row] for row in projection.matrix],
    }
    weights.write(entries.WEIGHTS_FILE, (json.dumps(stored, ensure_ascii=False) + "\n").encode(), folder=folder)
    return "\n".join(lines)


def check(measured: Mapping[str, StanceFigures]) -> None:
    """Raises BelowFloor, with every figure that is worse than it may be."""
    plain, gold = measured["plain"], measured["gold"]
    found = {
        "strong pairs right": (plain.strong_right, FLOORS["strong_right"]),
        "strong pairs not called the opposite": (1 - plain.strong_opposite, 1 - FLOORS["strong_opposite"]),
        "macro-F1 of plain pairs": (plain.macro_f1, FLOORS["macro_f1"]),
        "accuracy on gold": (gold.accuracy, FLOORS["gold_accuracy"]),
    }
    if low := [f"{name}: {value:.3f}, floor {floor}" for name, (value, floor) in found.items() if value < floor]:
        raise BelowFloor("; ".join(low))


CARD = (
    "Stance of a news entry (title, description) towards a claim it bears on. Two logistic regressions with a ridge"
    " penalty: whether the entry points anywhere, and which way; one pair of them for claims that name their time or a"
    " threshold, one for the others. Features: a reading of the headline against the claim (figures, dates, what came"
    " about, was stopped or lasts, who speaks; language/stance/reading), events of claim and entry by a lexicon of our"
    " own (language/stance/polarity), and how both sound by a projection of all-MiniLM-L6-v2 that was fitted on what"
    " the lexicon finds in 10,019 headlines of January 2026, without labels. Trained on pairs of gold_evidence"
    " (one annotator, 16 propositions), of seeds/labels (two passes, 126 propositions) and of plain_stance (one"
    " annotator, 60 claims, invented headlines). Limits: English; no syntax is parsed; it does not know who rivals"
    " whom, what follows from what, or idioms its lists lack."
)


class BelowFloor(Exception):
    """Weights that are worse than they may be."""


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
        dated=np.array([row.reading.dated for row in rows]),
        strong=np.array([row.strength in ("strong", "decisive") for row in pairs]),
        plain_pairs=np.array([bool(row.strength) for row in pairs]),
    )


def names(with_sounds: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The features that are used, directed and plain."""
    directed, plain = (*reader.DIRECTED, *agreement.DIRECTED), (*reader.PLAIN, *agreement.PLAIN)
    return ((*directed, *sounding.DIRECTED), (*plain, *sounding.PLAIN)) if with_sounds else (directed, plain)


def _directed(table: Table, form: str) -> Array:
    """The columns by which the side is told: where the claim is dated, those of the reading alone."""
    return table.directed[:, : len(reader.DIRECTED)] if form == "dated" else table.directed


def joined(*tables: Table) -> Table:
    """The rows of all."""
    return Table(*map(np.concatenate, zip(*(table.columns() for table in tables), strict=True)))


def fit(table: Table) -> StanceFit:
    """Both regressions for each form of claim, the second on rows that point somewhere."""
    by_form = {}
    for form, ridge in RIDGES.items():
        used = table if form == "undated" else table.rows(table.dated | table.plain_pairs)
        directed = _directed(used, form)
        pointing = used.stances != MENTIONS
        by_form[form] = (
            regression.fit(used.plain, pointing.astype(np.float64), ridge=ridge),
            regression.fit(directed[pointing], (used.stances[pointing] == 0).astype(np.float64), ridge=ridge),
        )
    return StanceFit(by_form)


def measure(tables: Mapping[str, Table]) -> dict[str, StanceFigures]:
    """Figures on each set, of matters that were not trained on."""
    whole = joined(*tables.values())
    probabilities = held_out(whole)
    measured, start = {}, 0
    for name, table in tables.items():
        measured[name] = figures(probabilities[start:][: len(table.stances)], table.stances, strong=table.strong)
        start += len(table.stances)
    return measured


def held_out(table: Table) -> Array:
    """Probabilities by models that saw no pair of the same matter."""
    folds = measures.folds(table.matters.tolist(), count=FOLDS)
    probabilities = np.zeros((len(table.stances), len(STANCES)))
    for fold in range(FOLDS):
        held = folds == fold
        probabilities[held] = fit(table.rows(~held)).predict(table.rows(held))
    return probabilities


def figures(probabilities: Array, so: Places, *, strong: npt.NDArray[np.bool_] | None = None) -> StanceFigures:
    """The figures of probabilities [n, 3] beside the classes that are so."""
    likeliest = probabilities.argmax(axis=1)
    counts = measures.confusion(likeliest, so, classes=len(STANCES))
    plain = strong if strong is not None and strong.any() else np.zeros(len(so), dtype=np.bool_)
    opposite = (likeliest != so) & (likeliest != MENTIONS) & (so != MENTIONS)
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
        strong_right=float((likeliest == so)[plain].mean()) if plain.any() else 0.0,
        strong_opposite=float(opposite[plain].mean()) if plain.any() else 0.0,
    )


def _written(fitted: StanceFit, suffix: str) -> dict[str, object]:
    directed, plain = names(not suffix)
    return {
        form + suffix: {
            part: regression.stored(values, listed)
            for part, values, listed in zip(
                entries.PARTS, both, (plain, reader.DIRECTED if form == "dated" else directed), strict=True
            )
        }
        for form, both in fitted.by_form.items()
    }
