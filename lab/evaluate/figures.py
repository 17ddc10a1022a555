"""The figures of a reader whose judgements lie beside what people said."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.table import Table

from lab.evaluate import measures
from language.classifiers.protocol import STANCES, Judgement

KINDS = ("unrelated", *STANCES)
SURE = 0.7

Matrix = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What people said of a pair: relevance 0, 1 or 2, and a stance of STANCES; None where they did not say."""

    relevance: int | None
    stance: str | None


@dataclass(frozen=True, slots=True)
class Marked:
    """A judgement beside its label, as little of both as the figures need."""

    relevance: float
    attach: bool
    stance: str
    chances: tuple[float, float, float]
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
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


def marked(judgement: Judgement, label: Label) -> Marked:
    """What the figures need of the two."""
    chances = (judgement.supports, judgement.contradicts, judgement.mentions)
    return Marked(judgement.relevance, judgement.attach, judgement.stance, chances, label)


def measure(rows: Sequence[Marked]) -> Figures:
    """The figures over all rows that have the label in question."""
    judged = [row for row in rows if row.label.relevance is not None]
    wanted = np.array([bool(row.label.relevance) for row in judged], dtype=np.float64)
    attached = np.array([row.attach for row in judged], dtype=np.float64)
    found = measures.decided(attached, wanted)
    spoken = [row for row in rows if row.label.stance is not None and row.label.relevance != 0]
    so = _places([row.label.stance or "" for row in spoken], STANCES)
    said = _places([row.stance for row in spoken], STANCES)
    stances = measures.confusion(said, so, classes=len(STANCES))
    chances = np.array([row.chances for row in spoken], dtype=np.float64).reshape(-1, len(STANCES))
    shares = np.tile(stances.sum(axis=1) / max(1, len(spoken)), (len(spoken), 1))
    sure = [row for row in spoken if max(row.chances[:2]) >= SURE]
    kinds = _kinds(rows)
    return Figures(
        labelled=len(judged),
        precision=found.precision,
        recall=found.recall,
        f1=found.f1,
        average_precision=measures.average_precision(np.array([row.relevance for row in judged]), wanted),
        related=_matrix(measures.confusion(attached.astype(np.int64), wanted.astype(np.int64), classes=2)),
        with_stance=len(spoken),
        accuracy=_accuracy(stances),
        macro_f1=measures.macro_f1(stances),
        log_loss=measures.log_loss(chances, so) if spoken else 0.0,
        log_loss_of_shares=measures.log_loss(shares, so) if spoken else 0.0,
        calibration_error=measures.calibration_error(chances, so) if spoken else 0.0,
        sure=len(sure),
        sure_and_right=sum(row.stance == row.label.stance for row in sure) / len(sure) if sure else 0.0,
        stances=_matrix(stances),
        with_kind=int(kinds.sum()),
        kind_accuracy=_accuracy(kinds),
        kind_macro_f1=measures.macro_f1(kinds),
        fnc_score=measures.fnc_score(kinds, unrelated=0),
        kinds=_matrix(kinds),
    )


def _kinds(rows: Sequence[Marked]) -> measures.Places:
    """The confusion of KINDS, for what is attached or not and its stance taken as one answer."""
    whole = [row for row in rows if row.label.relevance == 0 or (row.label.relevance and row.label.stance)]
    so = [KINDS[0] if row.label.relevance == 0 else row.label.stance or "" for row in whole]
    said = [row.stance if row.attach else KINDS[0] for row in whole]
    return measures.confusion(_places(said, KINDS), _places(so, KINDS), classes=len(KINDS))


def _places(names: Sequence[str], among: Sequence[str]) -> measures.Places:
    return np.array([among.index(name) for name in names], dtype=np.int64)


def _accuracy(counts: measures.Places) -> float:
    return float(np.trace(counts) / counts.sum()) if counts.sum() else 0.0


def _matrix(counts: measures.Places) -> Matrix:
    return tuple(tuple(int(count) for count in row) for row in counts)


def show(found: Figures, console: Console) -> None:
    """The figures for people; a part that nobody labelled is left out."""
    if found.labelled:
        console.print(
            f"Relevance, {found.labelled:,} pairs: precision {found.precision:.3f}, recall {found.recall:.3f}, "
            f"F1 {found.f1:.3f}, average precision {found.average_precision:.3f}"
        )
        console.print(_table(found.related, ("not relevant", "relevant")))
    if found.with_stance:
        console.print(
            f"Stance, {found.with_stance:,} relevant pairs: macro-F1 {found.macro_f1:.3f}, "
            f"accuracy {found.accuracy:.3f}, log loss {found.log_loss:.3f} "
            f"(class shares {found.log_loss_of_shares:.3f}), calibration error {found.calibration_error:.3f}"
        )
        console.print(
            f"Supports or contradicts with {SURE:.1f} or more: {found.sure:,} pairs, {found.sure_and_right:.3f} right"
        )
        console.print(_table(found.stances, STANCES))
    if found.with_kind:
        console.print(
            f"Both at once, {found.with_kind:,} pairs: macro-F1 {found.kind_macro_f1:.3f}, "
            f"accuracy {found.kind_accuracy:.3f}, FNC score {found.fnc_score:.3f}"
        )
        console.print(_table(found.kinds, KINDS))


def _table(matrix: Matrix, names: Sequence[str]) -> Table:
    table = Table("so \\ said", *names, box=None, pad_edge=False, header_style="bold")
    for name, counts in zip(names, matrix, strict=True):
        table.add_row(name, *map(str, counts))
    for column in table.columns[1:]:
        column.justify = "right"
    return table
