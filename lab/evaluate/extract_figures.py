"""Figures of extraction beside labels: what `evaluate extract --labels` prints."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from forecasts.refused import Refused
from lab.evaluate import measures, rows
from language.claims import extraction
from language.sentences import boundaries

KINDS = ("checkworthy", "forecastable")
Labels = Mapping[str, Mapping[str | int, int]]


def read_labels(file: Path) -> dict[str, dict[str | int, int]]:
    """Labels 0 or 1 by kind and id; raises Refused."""
    wanted: dict[str, dict[str | int, int]] = {kind: {} for kind in KINDS}
    for row in rows.read(file):
        key = row.key("id")
        kinds = [kind for kind in KINDS if row.get(kind) is not None]
        if not kinds or any(row.get(kind) not in (0, 1) for kind in kinds):
            raise row.refused('no label: give "checkworthy" or "forecastable" as 0 or 1.')
        for kind in kinds:
            wanted[kind][key] = int(bool(row.get(kind)))
    return wanted


def read_spans(file: Path, length: int) -> list[tuple[int, int]]:
    """Start and end of what holds forecastable claims; raises Refused."""
    spans = []
    for row in rows.read(file):
        start, end = row.get("start"), row.get("end")
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
            raise row.refused(f'no span of the text: give "start" and "end" within {length:,} characters.')
        spans.append((start, end))
    return spans


def of_sentences(scored: Mapping[str, Mapping[str | int, float]], wanted: Labels, file: Path) -> str:
    """Figures for each kind that has labels; raises Refused where none of them is of a sentence that was scored."""
    parts = []
    for kind in KINDS:
        known = [key for key in wanted[kind] if key in scored[kind]]
        if known:
            scores = np.array([scored[kind][key] for key in known])
            parts.append(_figures(kind, scores, np.array([wanted[kind][key] for key in known], dtype=np.float64)))
    if not parts:
        raise Refused(f"{file} labels none of the sentences; its ids must be theirs.")
    return "".join(parts)


def of_text(text: str, claims: Sequence[extraction.ProposedClaim], spans: Sequence[tuple[int, int]]) -> str:
    """Figures over the sentences of a text: each has the best score of its claims, or 0."""
    split = boundaries.split(text)
    scores = np.array([max((c.forecastable for c in claims if s.start <= c.start < s.end), default=0.0) for s in split])
    wanted = np.array([float(any(_covers(span, sentence) for span in spans)) for sentence in split])
    return _figures("forecastable", scores, wanted)


def _covers(span: tuple[int, int], sentence: boundaries.Sentence) -> bool:
    return 2 * (min(span[1], sentence.end) - max(span[0], sentence.start)) > sentence.end - sentence.start


def _figures(kind: str, scores: measures.Array, wanted: measures.Array) -> str:
    chosen, so = (scores >= 0.5).astype(np.int64), wanted.astype(np.int64)
    figures = measures.decisions(scores, wanted)
    counts = measures.confusion(chosen, so, classes=2)
    error = measures.calibration_error(np.column_stack([1 - scores, scores]), so) if len(so) else 0.0
    return (
        f"{kind}: {len(so):,} sentences, {int(so.sum()):,} of them so\n"
        f"  precision {figures.precision:.3f}  recall {figures.recall:.3f}  F1 {figures.f1:.3f}"
        f"  macro-F1 {measures.macro_f1(counts):.3f}\n"
        f"  average precision {measures.average_precision(scores, wanted):.3f}  calibration error {error:.3f}\n"
        f"  {'':>12}{'said no':>10}{'said yes':>10}\n"
        f"  {'is not':>12}{counts[0, 0]:>10,}{counts[0, 1]:>10,}\n"
        f"  {'is so':>12}{counts[1, 0]:>10,}{counts[1, 1]:>10,}\n"
    )
