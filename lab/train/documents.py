"""Fits the models of whole and of short texts on labelled pairs and writes them with their card."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from lab.evaluate import measures
from lab.train.labels import read_lines
from language import weights
from language.classifiers import trees
from language.classifiers.builtin import CachingEncoder
from language.sentences import boundaries
from language.sentences.embeddings import Encoder, load_minilm
from language.stance import documents
from language.stance.documents import Features, features_of, prepare_claim, prepare_text

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

LABELS = {"unrelated": 0, "agree": 1, "disagree": 2, "discuss": 3}
SHORT_LABELS = {"for": 0, "against": 1, "observing": 2}
FOLDS = 5
CONTRADICTS_COUNTS = 4.0  # the one trade-off: a text that disagrees counts so much, for it is rare and worth finding
CUT_EVERY = 3  # of so many pairs one is also shown to the gate with its text cut to two sentences
RIDGE = 0.03  # scikit-learn's C, on standardised columns

MEANING = ("cosine_", "claim_saying_", "best_saying_", "any_saying_", "near_saying_")
GATE = ("in_", "cosine_", "runs_found", "names_found")
SHORT = (
    *("claim_refute", "claim_doubt", "claim_report", "claim_modal", "claim_negate", "claim_length", "best_refute"),
    *("best_doubt", "best_report", "best_modal", "best_confirm", "best_say", "best_negate", "in_best", "runs_in_best"),
    *("numbers_missing", "numbers_found", "refutes_alone", "negation_differs", "cosine_best", "text_", "best_saying_"),
)
CARD = (
    "Whether a text is about a claim (gate) and which way it points: whole texts by boosted trees, texts of one or two"
    " sentences by a logistic regression; features of language/stance/documents.py and cues.py. Trained on the Fake"
    " News Challenge's training pairs (FNC-1: headlines and bodies, 49,972 pairs; labels Apache-2.0, bodies are news"
    " texts that are not kept here) and, short texts, on 215 pairs of Emergent (claim and headline, no licence stated)."
    " In training a text that disagrees counts four times, so the chances of contradicting are high on purpose."
    " Measured with whole topics held out. Limits: English; rumours of 2014 and 2015, where refuting words tell more"
    " than they do of politics; disagreement is found less than half of the time."
)


@dataclass(frozen=True, slots=True)
class DocumentExamples:
    """Labelled pairs of claim and text; `groups` are what must not lie on both sides of a fold.

    A row is tested in the fold of its text's group, and trained on where neither its text's nor its claim's is tested.
    """

    features: list[Features]
    labels: Places
    text_folds: Places
    claim_folds: Places


def train(data: Path, *, encoder: Encoder | None = None, folder: Path = weights.DATA) -> str:
    """Fits all models on `data/stance_fnc1` and `data/stance_emergent`, writes them, returns the report."""
    caching = CachingEncoder(encoder or load_minilm())
    whole, cut = read_fnc(data / "stance_fnc1", encoder=caching)
    short, is_new = read_emergent(data / "stance_emergent", encoder=caching)
    names = tuple(whole.features[0])
    stored: dict[str, Any] = {"card": CARD}
    lines = []
    for kind in ("model", "words"):
        known = [name for name in names if kind == "model" or not name.startswith(MEANING)]
        of_gate = [name for name in known if name.startswith(GATE)]
        of_whole = [name for name in known if not name.startswith("text_")]
        of_short = [name for name in known if name.startswith(SHORT)]
        figures = cross_validate(whole, cut, of_gate=of_gate, of_whole=of_whole)
        figures |= cross_validate_short(short, is_new, of_short)
        lines += [f"{kind}: " + ", ".join(f"{name} {value:.3f}" for name, value in figures.items())]
        related = whole.labels > 0
        stored[kind] = {
            "measured": {name: round(value, 3) for name, value in figures.items()},
            "gate": _gate(of_gate, [whole, cut]),
            "whole": _trees(of_whole, fit_whole(_table(whole, of_whole)[related], whole.labels[related])),
            "short": _linear(of_short, fit_short(_table(short, of_short), short.labels)),
        }
    content = json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode()
    weights.write(documents.WEIGHTS_FILE, gzip.compress(content, mtime=0), folder=folder)
    return "\n".join(lines)


def read_fnc(folder: Path, *, encoder: Encoder) -> tuple[DocumentExamples, DocumentExamples]:
    """Pairs of headline and body, and some of them again with the body cut to its first two sentences."""
    headlines = {row["headline_id"]: row["headline"] for row in read_lines(folder / "train_headlines.jsonl.gz")}
    bodies = {row["body_id"]: row["body"] for row in read_lines(folder / "train_bodies.jsonl.gz")}
    pairs = list(read_lines(folder / "train_stances.jsonl.gz"))
    labels = np.array([LABELS[pair["label"]] for pair in pairs])
    ids = [(f"h{pair['headline_id']}", f"b{pair['body_id']}") for pair in pairs]
    fold = _topic_folds([pair for pair, label in zip(ids, labels, strict=True) if label], ids)
    claim_folds, text_folds = (np.array([fold[pair[side]] for pair in ids]) for side in (0, 1))
    texts = [(headlines[pair["headline_id"]], bodies[pair["body_id"]]) for pair in pairs]
    whole = _examples(texts, labels, claim_folds, text_folds, encoder)
    some = np.arange(0, len(pairs), CUT_EVERY)
    first = {
        body: " ".join(sentence.text for sentence in boundaries.split(body[:3_000])[:2]) for body in bodies.values()
    }
    cut = [(texts[place][0], first[texts[place][1]]) for place in some]
    return whole, _examples(cut, labels[some], claim_folds[some], text_folds[some], encoder)


def _topic_folds(related: Sequence[tuple[str, str]], ids: Sequence[tuple[str, str]]) -> dict[str, int]:
    """A fold for each headline and body; those that related pairs link, at whatever remove, share theirs."""
    topic: dict[str, str] = {}

    def root(name: str) -> str:
        while topic.setdefault(name, name) != name:
            topic[name] = name = topic[topic[name]]
        return name

    for claim, text in related:
        topic[root(claim)] = root(text)
    everything = sorted({name for pair in ids for name in pair})
    of_related = {root(claim): place for place, (claim, _) in enumerate(related)}
    groups = [root(claim) for claim, _ in related]
    groups += sorted({root(name) for name in everything} - of_related.keys())
    fold = dict(zip(groups, measures.folds(groups, count=FOLDS).tolist(), strict=True))
    return {name: fold[root(name)] for name in everything}


def read_emergent(folder: Path, *, encoder: Encoder | None) -> tuple[DocumentExamples, npt.NDArray[np.bool_]]:
    """Pairs of claim and headline, a fold for each claim; and which headlines do not occur in FNC-1."""
    rows = list(read_lines(folder / "train.jsonl.gz"))
    claims = [row["claim_id"] for row in rows]
    folds = measures.folds(claims, count=len(set(claims)))
    labels = np.array([SHORT_LABELS[row["label"]] for row in rows])
    texts = [(row["claim"], row["article_headline"]) for row in rows]
    is_new = np.array([not row["headline_in_fnc1_train"] for row in rows])
    return _examples(texts, labels, folds, folds, encoder), is_new


def _examples(
    pairs: Sequence[tuple[str, str]], labels: Places, claim_folds: Places, text_folds: Places, encoder: Encoder | None
) -> DocumentExamples:
    if encoder:
        texts = dict.fromkeys(text for _, text in pairs)
        sentences = [sentence for text in texts for sentence in prepare_text(text).embedded]
        encoder.encode(list(dict.fromkeys([*sentences, *(claim for claim, _ in pairs)])))
    features = [features_of(prepare_claim(claim), prepare_text(text), encoder=encoder) for claim, text in pairs]
    return DocumentExamples(features, labels, text_folds, claim_folds)


def _table(examples: DocumentExamples, names: Sequence[str]) -> Array:
    return np.array([[row[name] for name in names] for row in examples.features], dtype=np.float64)


def fit_gate(table: Array, labels: Places, *, rounds: int = 80) -> Any:
    """Boosted trees that tell related (1) from unrelated (0)."""
    model = HistGradientBoostingClassifier(
        max_iter=rounds, learning_rate=0.1, max_leaf_nodes=15, min_samples_leaf=40, l2_regularization=1, **_FIXED
    )
    return model.fit(table, (labels > 0).astype(np.int64))


def fit_whole(table: Array, labels: Places, *, rounds: int = 150) -> Any:
    """Boosted trees over LABELS 1 to 3."""
    model = HistGradientBoostingClassifier(
        max_iter=rounds,
        learning_rate=0.06,
        max_leaf_nodes=16,
        min_samples_leaf=40,
        l2_regularization=1,
        max_features=0.3,
        **_FIXED,
    )
    counts = np.where(labels == LABELS["disagree"], CONTRADICTS_COUNTS, 1.0)
    return model.fit(table, labels, sample_weight=counts)


_FIXED: dict[str, Any] = {"random_state": 1, "early_stopping": False}


def fit_short(table: Array, labels: Places) -> trees.Linear:
    """A logistic regression over SHORT_LABELS, on the columns' own scale."""
    centre, spread = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-9)
    model = LogisticRegression(C=RIDGE, max_iter=2_000).fit((table - centre) / spread, labels)
    slopes = model.coef_.T / spread[:, None]
    return trees.Linear((), model.intercept_ - centre @ slopes, slopes)


def cross_validate(
    whole: DocumentExamples, cut: DocumentExamples, *, of_gate: Sequence[str], of_whole: Sequence[str]
) -> dict[str, float]:
    """Figures over four classes: each row is judged by models that saw neither its text's topic nor its claim's."""
    gate, stance, extra = _table(whole, of_gate), _table(whole, of_whole), _table(cut, of_gate)
    classes = np.zeros(len(whole.labels), dtype=np.int64)
    related = np.zeros(len(whole.labels), dtype=np.float64)
    for fold in range(FOLDS):
        held = whole.text_folds == fold
        seen, extra_seen = _seen(whole, fold), _seen(cut, fold)
        fitted = fit_gate(np.vstack([gate[seen], extra[extra_seen]]), np.r_[whole.labels[seen], cut.labels[extra_seen]])
        related[held] = fitted.predict_proba(gate[held])[:, 1]
        seen &= whole.labels > 0
        classes[held] = fit_whole(stance[seen], whole.labels[seen]).predict(stance[held])
    classes[related < documents.BAR] = 0
    counts = measures.confusion(classes, whole.labels, classes=len(LABELS))
    strict = whole.text_folds == whole.claim_folds
    gating = measures.decisions(related, (whole.labels > 0).astype(np.float64), threshold=documents.BAR)
    by_class = 2 * np.diag(counts) / (counts.sum(axis=0) + counts.sum(axis=1))
    return {
        "macro-F1": measures.macro_f1(counts),
        "FNC score": measures.fnc_score(counts, unrelated=0),
        "macro-F1 where neither claim nor text was seen": measures.macro_f1(
            measures.confusion(classes[strict], whole.labels[strict], classes=len(LABELS))
        ),
        "F1 of related": gating.f1,
        **{f"F1 of {name}": float(by_class[place]) for name, place in LABELS.items()},
    }


def _seen(examples: DocumentExamples, fold: int) -> npt.NDArray[np.bool_]:
    seen: npt.NDArray[np.bool_] = (examples.text_folds != fold) & (examples.claim_folds != fold)
    return seen


def cross_validate_short(
    short: DocumentExamples, is_new: npt.NDArray[np.bool_], names: Sequence[str]
) -> dict[str, float]:
    """Figures over three classes, leaving one claim out at a time; also of the headlines that FNC-1 does not have."""
    table = _table(short, names)
    classes = np.zeros(len(table), dtype=np.int64)
    for fold in sorted(set(short.text_folds.tolist())):
        held = short.text_folds == fold
        classes[held] = fit_short(table[~held], short.labels[~held]).chances(table[held]).argmax(axis=1)
    right = classes == short.labels
    return {
        "accuracy of short texts": float(right.mean()),
        "accuracy of short texts not in FNC-1": float(right[is_new].mean()),
        "macro-F1 of short texts": measures.macro_f1(measures.confusion(classes, short.labels, classes=3)),
    }


def _gate(names: Sequence[str], examples: Sequence[DocumentExamples]) -> dict[str, Any]:
    table = np.vstack([_table(part, names) for part in examples])
    return _trees(names, fit_gate(table, np.concatenate([part.labels for part in examples])))


def _trees(names: Sequence[str], model: Any) -> dict[str, Any]:
    """Trees as `trees.forest` reads them. The library has no public way to its nodes, so its own arrays are read."""
    rounds = [[_nodes(tree.nodes) for tree in trees] for trees in model._predictors]
    return {"names": list(names), "starts": model._baseline_prediction.ravel().tolist(), "trees": rounds}


def _nodes(nodes: Any) -> list[list[Any]]:
    return [
        [trees.LEAF, 0, 0, 0, float(node["value"])]
        if node["is_leaf"]
        else [int(node["feature_idx"]), float(node["num_threshold"]), int(node["left"]), int(node["right"]), 0]
        for node in nodes
    ]


def _linear(names: Sequence[str], model: trees.Linear) -> dict[str, Any]:
    return {"names": list(names), "intercepts": model.intercepts.tolist(), "weights": model.weights.tolist()}
