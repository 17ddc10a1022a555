"""Fits what a reader learns from its curator's decisions, on our labels alone, and writes it with its card.

Each proposition's stories are judged in the order of time, from the decisions on those before; gold pairs only measure.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from lab.evaluate import measures
from lab.train import labels, regression, relevance, stance
from lab.train.histories import (
    Choice,
    HistoryRows,
    QuestionStories,
    earlier_days,
    in_time,
    most_telling,
    one_by_one,
    relevance_rows,
    stance_rows,
)
from lab.train.labels import LabelledPair
from lab.train.remembered import RememberingEncoder
from language import weights
from language.classifiers.protocol import STANCES, StanceChances
from language.matching import relevance as shipped
from language.matching import stories
from language.sentences.embeddings import Encoder, load_minilm
from language.stance import entries, others, taught
from language.stance.taught import RELEVANCE_FEATURES, STANCE_FEATURES

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
RIDGE = 1.0  # of the conditional logit, on columns of unit size
RIDGE_OF_RELEVANCE = 3.0
FOLDS = 12
COPY = 0.95  # cosine from which a story is a copy of an earlier one
BAR = 0.5  # a story is attached where it is likelier than not to bear on the question
DECIDED = (3, 5, 8)
ENOUGH = 5  # decisions from which relevance is measured


def train(data: Path, *, encoder: Encoder | None = None, folder: Path = weights.DATA) -> str:
    """Fits both models on our labels, measures them on matters held out and on gold, returns the report."""
    gold, ours = _questions(data, RememberingEncoder(encoder or load_minilm()))
    by_stance, by_relevance = stance_rows(ours, one_by_one), relevance_rows(ours)
    fitted, relevant = fit(by_stance), fit_relevance(by_relevance)
    held = held_out_relevance(by_relevance)
    measured: dict[str, dict[str, float]] = {}
    for name, told in (("one by one", one_by_one), ("decisions of earlier days", earlier_days)):
        rows, others = stance_rows(ours, told), stance_rows(gold, told)
        measured[f"ours held out, untaught, {name}"] = _stance_figures(rows.untaught, rows.wanted)
        measured[f"ours held out, {name}"] = _stance_figures(held_out(rows, by_stance), rows.wanted)
        measured[f"gold, untaught, {name}"] = _stance_figures(others.untaught, others.wanted)
        measured[f"gold, {name}"] = _stance_figures(_taught(others, fitted), others.wanted)
    folds = _folds_of(ours)
    fold = np.array([folds[matter] for matter in by_stance.matters])
    without = [fit(by_stance.chosen(fold != number)) for number in range(FOLDS)]
    for count in DECIDED:
        for how, chosen in (("in order of time", in_time), ("most telling first", most_telling)):
            kept = [(each, without[folds[each.matter]]) for each in ours]
            measured[f"ours held out, {count} decided {how}"] = _stance_figures(*rest(kept, chosen, count))
            known = [(each, fitted) for each in gold]
            measured[f"gold, {count} decided {how}"] = _stance_figures(*rest(known, chosen, count))
    on_gold = relevance_rows(gold)
    for name, rows, scores in (
        ("ours held out", by_relevance, held),
        ("gold", on_gold, regression.predict(relevant, on_gold.features)),
    ):
        measured[f"relevance, {name}, untaught, 5 and more decided"] = _relevance_figures(
            rows.untaught, rows, bar=shipped.usual_bar()
        )
        measured[f"relevance, {name}, 5 and more decided"] = _relevance_figures(scores, rows, bar=BAR)
    stored = {
        "card": CARD,
        "propositions": len(ours),
        "stories": sum(map(len, ours)),
        "stance": {name: round(float(value), 4) for name, value in zip(STANCE_FEATURES, fitted, strict=True)},
        "relevance": regression.stored(relevant, RELEVANCE_FEATURES),
        "bar": BAR,
        "measured": measured,
    }
    content = json.dumps(stored, indent=1, ensure_ascii=False) + "\n"
    weights.write(taught.WEIGHTS_FILE, content.encode(), folder=folder)
    return "\n".join(f"{name}: {_in_words(row)}" for name, row in measured.items())


CARD = (
    "Stance and relevance of a news entry towards a question on which a curator has decided about other entries. A"
    " conditional logit (seven numbers) on the chances of the classifier by itself and on the votes and cosines"
    " (all-MiniLM-L6-v2 of title and 300 characters) of what was decided; a logistic regression of relevance on the"
    " same and on the shift of log-odds that the decisions suggest. Trained on seeds/labels alone (126 propositions on"
    " news of five days of January 2026), each story judged from the decisions on those before it, copies left out, the"
    " classifier's own chances by models that saw none of the matter. Measured on matters held out and on"
    " gold_evidence."
    " Limits: English; one week; decisions without errors; about half of the gain is other reports of the same event."
)


def _questions(data: Path, encoder: Encoder) -> tuple[list[QuestionStories], list[QuestionStories]]:
    """The propositions of gold and of ours, with the chances of models that saw nothing of the same matter."""
    gold = labels.gold(data)
    pairs = [
        replace(row, pair=replace(row.pair, body=stance.tidy(row.pair.body))) for row in (*gold, *labels.ours(data))
    ]
    examples = relevance.RelevanceExamples(
        rows=shipped.features([row.pair for row in pairs], encoder=encoder),
        wanted=np.array([float(row.relevance > 0) for row in pairs]),
        matters=np.array([row.matter for row in pairs]),
        gold=np.arange(len(pairs)) < len(gold),
    )
    relevances = np.array(others.discounted([row.pair for row in pairs], relevance.cross_validate(examples).tolist()))
    chances = np.array([_untaught(judged) for judged in entries.judge([row.pair for row in pairs], encoder=encoder)])
    bearing = np.flatnonzero(examples.wanted > 0)
    table = stance.tabled([pairs[at] for at in bearing], encoder=encoder, projection=entries.load().projection)
    chances[bearing] = stance.held_out(table)
    vectors = encoder.encode([taught.text_of(row.pair.title, row.pair.body) for row in pairs])
    signatures = stories.signatures([(row.pair.title, row.pair.body) for row in pairs])

    def gathered(places: Sequence[int]) -> QuestionStories:
        kept: list[int] = []
        for at in sorted(places, key=lambda at: (pairs[at].published_at, at)):
            same = any(stories.same_story(signatures[at], signatures[other]) for other in kept)
            if not same and (not kept or float((vectors[kept] @ vectors[at]).max()) <= COPY):
                kept.append(at)
        return QuestionStories(
            matter=pairs[kept[0]].matter,
            days=np.array([pairs[at].published_at[:10] for at in kept]),
            chances=chances[kept],
            relevances=relevances[kept],
            vectors=vectors[kept],
            places=np.array([_place(pairs[at]) for at in kept], dtype=np.int64),
        )

    by_question: dict[tuple[bool, str], list[int]] = {}
    for at, row in enumerate(pairs):
        by_question.setdefault((at < len(gold), row.proposition), []).append(at)
    found = {key: gathered(places) for key, places in by_question.items()}
    return [row for key, row in found.items() if key[0]], [row for key, row in found.items() if not key[0]]


def _untaught(judged: StanceChances) -> tuple[float, float, float]:
    return judged.supports, judged.contradicts, judged.mentions


def _place(row: LabelledPair) -> int:
    return STANCES.index(row.stance) if row.relevance and row.stance else -1


def fit(rows: HistoryRows) -> Array:
    """Weights of the conditional logit, by Newton's method with a ridge penalty."""
    taught_rows = rows.decided > 0
    features, wanted = rows.features[taught_rows], rows.wanted[taught_rows]
    spread = np.maximum(features.reshape(-1, features.shape[2]).std(axis=0), 1e-9)
    design, found = features / spread, np.zeros(features.shape[2])
    for _ in range(50):
        chances = taught.predict(design, found)
        means = (chances[:, :, None] * design).sum(axis=1)
        gradient = (design[np.arange(len(wanted)), wanted] - means).sum(axis=0) - RIDGE * found
        curvature = np.einsum("nc,ncf,ncg->fg", chances, design, design) - means.T @ means + RIDGE * np.eye(len(found))
        step = np.linalg.solve(curvature, gradient)
        found = found + step
        if float(np.abs(step).max()) < 1e-8:
            break
    weights_: Array = found / spread
    return weights_


def fit_relevance(rows: HistoryRows) -> Array:
    """Intercept and weights of the relevance."""
    return regression.fit(rows.features, rows.wanted.astype(np.float64), ridge=RIDGE_OF_RELEVANCE)


def _taught(rows: HistoryRows, fitted: Array) -> Array:
    """Probabilities of the rows; untaught where nothing was decided."""
    return np.where((rows.decided > 0)[:, None], taught.predict(rows.features, fitted), rows.untaught)


def held_out(rows: HistoryRows, known: HistoryRows) -> Array:
    """Probabilities of rows by weights fitted on the `known` of other matters."""
    fold, fold_of_known = (measures.folds(each.matters.tolist(), count=FOLDS) for each in (rows, known))
    probabilities = np.zeros((len(rows.wanted), len(STANCES)))
    for number in range(FOLDS):
        rest, held = known.chosen(fold_of_known != number), rows.chosen(fold == number)
        probabilities[fold == number] = _taught(held, fit(rest))
    return probabilities


def held_out_relevance(rows: HistoryRows) -> Array:
    """Relevances by weights fitted on other matters."""
    fold = measures.folds(rows.matters.tolist(), count=FOLDS)
    scores = np.zeros(len(rows.wanted))
    for number in range(FOLDS):
        scores[fold == number] = regression.predict(
            fit_relevance(rows.chosen(fold != number)), rows.features[fold == number]
        )
    return scores


def rest(questions: Sequence[tuple[QuestionStories, Array]], chosen: Choice, count: int) -> tuple[Array, Places]:
    """Probabilities of the relevant stories but `count` decided ones, by each question's weights, and what is so."""
    probabilities, so = [], []
    for question, fitted in ((each.relevant, fitted) for each, fitted in questions):
        decided = chosen(question, count)
        left = question.rows([number for number in range(len(question)) if number not in decided])
        if decided and len(left):
            known = question.rows(decided)
            rows = taught.stance_features(left.chances, taught.cosines_of(left.vectors, known.vectors), known.places)
            probabilities.append(taught.predict(rows, fitted))
            so.append(left.places)
    return np.concatenate(probabilities), np.concatenate(so)


def _folds_of(questions: Sequence[QuestionStories]) -> dict[str, int]:
    matters = [each.matter for each in questions]
    return dict(zip(matters, measures.folds(matters, count=FOLDS).tolist(), strict=True))


def _stance_figures(probabilities: Array, so: Places) -> dict[str, float]:
    row = stance.figures(probabilities, so)
    names = ("pairs", "accuracy", "macro_f1", "log_loss", "calibration_error", "sure", "sure_right")
    return {name: round(getattr(row, name), 3) for name in names}


def _relevance_figures(scores: Array, rows: HistoryRows, *, bar: float) -> dict[str, float]:
    late = rows.decided >= ENOUGH
    wanted = rows.wanted[late].astype(np.float64)
    reached = measures.decisions(scores[late], wanted, threshold=bar)
    by_matter = [
        measures.average_precision(scores[late & its], rows.wanted[late & its].astype(np.float64))
        for its in (rows.matters == matter for matter in sorted(set(rows.matters[late].tolist())))
        if rows.wanted[late & its].any()
    ]
    figures = {
        "pairs": len(wanted),
        "pooled_ap": measures.average_precision(scores[late], wanted),
        "mean_ap": float(np.mean(by_matter)),
        "precision": reached.precision,
        "recall": reached.recall,
    }
    return {name: round(value, 3) for name, value in figures.items()}


def _in_words(figures: dict[str, float]) -> str:
    return ", ".join(f"{name} {value}" for name, value in figures.items())
