"""Fits the score of forecastable sentences on labelled ones, and writes it with its card."""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lab.train import kernels
from lab.train.labels import read_lines
from language import weights
from language.claims import scores
from language.sentences.embeddings import Encoder, load_minilm

LABELS = Path(__file__).parents[2] / "seeds" / "labels" / "forecastable.csv"
SETTINGS = kernels.Settings(weight=0.1, penalty=1.0, gamma=0.7)
CARD = (
    "Whether a sentence says something concrete and checkable about the future (an event, a plan, a value). Trained on"
    " 1,400 sentences of 492 news articles that one reader labelled; the articles are those of a public benchmark of"
    " future statements (no licence stated; no sentence is kept here). Limits: English; news of 2004 to 2022; one"
    " reader; a present trend that a later date can test is not looked for."
)


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence with our label and that of the second reading, if there was one. `drawn`: random, cued, unsure."""

    document: str
    text: str
    forecastable: int
    second: int | None
    drawn: str


def train(data: Path, *, encoder: Encoder | None = None, folder: Path = weights.DATA) -> str:
    """Fits on the labels and `data/future_statements_en`, writes into `folder`, returns the report."""
    sentences = read_labels(articles(data / "future_statements_en"))
    texts = [sentence.text for sentence in sentences]
    material = kernels.material(
        texts,
        [scores.scalars(text) for text in texts],
        [sentence.forecastable for sentence in sentences],
        [sentence.document for sentence in sentences],
        encoder or load_minilm(),
    )
    fitted = kernels.fit(material, settings=SETTINGS)
    report = "\n".join(_figures(sentences, fitted, material.wanted))
    model = replace(fitted.model, card=f"{CARD} Five held-out folds of articles, {report}.")
    weights.write(scores.FORECASTABLE_FILE, model.encoded(), folder=folder)
    return report


def articles(folder: Path) -> dict[str, str]:
    """The text of each article by its number."""
    return {str(row["doc_id"]): row["original_text"] for row in read_lines(folder / "train.jsonl.gz")}


def read_labels(texts: Mapping[str, str], *, file: Path = LABELS) -> list[LabelledSentence]:
    """The labelled sentences; one whose text is not the one that was read (by its hash) is an error."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [_labelled(row, texts) for row in csv.DictReader(lines)]


def _labelled(row: Mapping[str, str], texts: Mapping[str, str]) -> LabelledSentence:
    text = texts[row["document"]][int(row["start"]) : int(row["end"])]
    if hashlib.sha256(text.encode()).hexdigest()[:12] != row["hash"]:
        raise ValueError(f"{LABELS}: sentence {row['start']} of document {row['document']} is not the one labelled")
    second = int(row["second"]) if row["second"] else None
    return LabelledSentence(row["document"], text, int(row["forecastable"]), second, row["drawn"])


def _figures(sentences: list[LabelledSentence], fitted: kernels.KernelFit, wanted: kernels.Array) -> list[str]:
    """Lines for what was drawn without looking at a model, for the random part of it, and for what was read twice."""
    parts = {
        "random and cued": [sentence.drawn != "unsure" for sentence in sentences],
        "random": [sentence.drawn == "random" for sentence in sentences],
        "read twice": [sentence.second is not None for sentence in sentences],
    }
    lines = []
    for name, chosen in parts.items():
        rows = np.array(chosen)
        for kind, held in (("with the encoder", fitted.with_encoder), ("words alone", fitted.without)):
            lines.append(f"{name} ({rows.sum()}), {kind}: {kernels.figures(held[rows], wanted[rows])}")
    return lines
