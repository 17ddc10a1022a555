"""Figures of a classifier whose judgements lie beside people's labels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.table import Table

from lab.evaluate import categories, measures
from lab.evaluate.categories import UNRELATED, CategorisedPair, CategoryFigures
from language.classifiers.protocol import STANCES, Judgement

KINDS = (UNRELATED, *STANCES)
SURE = 0.7

Matrix = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class PairLabel:
    """People's label of a pair: relevance 0, 1 or 2, and a stance of STANCES; None where they did not say.

    `strength` and `category` are empty where they did not say.
    """

    relevance: int | None
    stance: str | None
    strength: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class LabelledJudgement:
    """A judgement beside its label, as little of both as the figures need."""

    relevance: float
    attach: bool
    stance: str
    chances: tuple[float, float, float]
    label: PairLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifierFigures:
    """Rates are 0 to 1. A part without any labels is empty: its count is 0 and its figures mean nothing.

    In each matrix the row is what is so and the column what was said: `related` as no, yes; `stances` in the order of
    STANCES, over what people called relevant; `kinds` in the order of KINDS, over all rows that have one.
    """

    labelled: int
    precision: float
    recall: float
    f1: float
    average_precision: float
    related: Matrix
    with_stance: int
    accuracy: float
    macro_f1: float
    log_loss: float
    log_loss_of_shares: float
    calibration_error: float
    sure: int
    sure_and_right: float
    stances: Matrix
    with_kind: int
    kind_accuracy: float
    kind_macro_f1: float
    fnc_score: float
    kinds: Matrix
    categories: tuple[CategoryFigures, ...]


def labelled(judgement: Judgement, label: PairLabel) -> LabelledJudgement:
    """The judgement beside its label."""
    chances = (judgement.supports, judgement.contradicts, judgement.mentions)
    return LabelledJudgement(judgement.relevance, judgement.attach, judgement.stance, chances, label)


def measure(rows: Sequence[LabelledJudgement]) -> ClassifierFigures:
    """The figures over all rows that have the label in question."""
    judged = [row for row in rows if row.label.relevance is not None]
    wanted = np.array([bool(row.label.relevance) for row in judged], dtype=np.float64)
    attached = np.array([row.attach for row in judged], dtype=np.float64)
    attaching = measures.decisions(attached, wanted)
    sided = [row for row in rows if row.label.stance is not None and row.label.relevance != 0]
    so = _places([row.label.stance or "" for row in sided], STANCES)
    judged_stances = _places([row.stance for row in sided], STANCES)
    stances = measures.confusion(judged_stances, so, classes=len(STANCES))
    chances = np.array([row.chances for row in sided], dtype=np.float64).reshape(-1, len(STANCES))
    shares = np.tile(stances.sum(axis=1) / max(1, len(sided)), (len(sided), 1))
    sure = [row for row in sided if max(row.chances[:2]) >= SURE]
    kinds = _kinds(rows)
    return ClassifierFigures(
        labelled=len(judged),
        precision=attaching.precision,
        recall=attaching.recall,
        f1=attaching.f1,
        average_precision=measures.average_precision(np.array([row.relevance for row in judged]), wanted),
        related=_matrix(measures.confusion(attached.astype(np.int64), wanted.astype(np.int64), classes=2)),
        with_stance=len(sided),
        accuracy=_accuracy(stances),
        macro_f1=measures.macro_f1(stances),
        log_loss=measures.log_loss(chances, so) if sided else 0.0,
        log_loss_of_shares=measures.log_loss(shares, so) if sided else 0.0,
        calibration_error=measures.calibration_error(chances, so) if sided else 0.0,
        sure=len(sure),
        sure_and_right=sum(row.stance == row.label.stance for row in sure) / len(sure) if sure else 0.0,
        stances=_matrix(stances),
        with_kind=int(kinds.sum()),
        kind_accuracy=_accuracy(kinds),
        kind_macro_f1=measures.macro_f1(kinds),
        fnc_score=measures.fnc_score(kinds, unrelated=0),
        kinds=_matrix(kinds),
        categories=categories.by_category(_categorised(rows)),
    )


def _kinds(rows: Sequence[LabelledJudgement]) -> measures.Places:
    """The confusion of KINDS, for what is attached or not and its stance taken as one answer."""
    whole = [row for row in rows if _so(row)]
    kinds = _places([_answer(row) for row in whole], KINDS)
    return measures.confusion(kinds, _places([_so(row) for row in whole], KINDS), classes=len(KINDS))


def _so(row: LabelledJudgement) -> str:
    """The kind of a pair by its label; empty where the label does not say it."""
    if row.label.relevance == 0:
        return UNRELATED
    return row.label.stance or "" if row.label.relevance else ""


def _answer(row: LabelledJudgement) -> str:
    return row.stance if row.attach else UNRELATED


def _categorised(rows: Sequence[LabelledJudgement]) -> list[CategorisedPair]:
    return [
        CategorisedPair(row.label.category, row.label.strength, so, _answer(row)) for row in rows if (so := _so(row))
    ]


def _places(names: Sequence[str], among: Sequence[str]) -> measures.Places:
    return np.array([among.index(name) for name in names], dtype=np.int64)


def _accuracy(counts: measures.Places) -> float:
    return float(np.trace(counts) / counts.sum()) if counts.sum() else 0.0


def _matrix(counts: measures.Places) -> Matrix:
    return tuple(tuple(int(count) for count in row) for row in counts)


def show(figures: ClassifierFigures, console: Console) -> None:
    """The figures for people; a part that nobody labelled is left out."""
    if figures.labelled:
        console.print(
            f"Relevance, {figures.labelled:,} pairs: precision {figures.precision:.3f}, recall {figures.recall:.3f}, "
            f"F1 {figures.f1:.3f}, average precision {figures.average_precision:.3f}"
        )
        console.print(_table(figures.related, ("not relevant", "relevant")))
    if figures.with_stance:
        console.print(
            f"Stance, {figures.with_stance:,} relevant pairs: macro-F1 {figures.macro_f1:.3f}, "
            f"accuracy {figures.accuracy:.3f}, log loss {figures.log_loss:.3f} "
            f"(class shares {figures.log_loss_of_shares:.3f}), calibration error {figures.calibration_error:.3f}"
        )
        console.print(
            f"Supports or contradicts with {SURE:.1f} or more: {figures.sure:,} pairs, "
            f"{figures.sure_and_right:.3f} right"
        )
        console.print(_table(figures.stances, STANCES))
    if figures.with_kind:
        console.print(
            f"Both at once, {figures.with_kind:,} pairs: macro-F1 {figures.kind_macro_f1:.3f}, "
            f"accuracy {figures.kind_accuracy:.3f}, FNC score {figures.fnc_score:.3f}"
        )
        console.print(_table(figures.kinds, KINDS))
    categories.show(figures.categories, console)


def _table(matrix: Matrix, names: Sequence[str]) -> Table:
    table = Table("so \\ said", *names, box=None, pad_edge=False, header_style="bold")
    for name, counts in zip(names, matrix, strict=True):
        table.add_row(name, *map(str, counts))
    for column in table.columns[1:]:
        column.justify = "right"
    return table
