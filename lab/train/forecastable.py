"""Fits the score of forecastable sentences on those we labelled, and writes it with its card."""

import csv
import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lab.train import kernels
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
class Labelled:
    """A sentence with our label and that of the second reading, if there was one. `drawn`: random, cued, unsure."""

    document: str
    text: str
    forecastable: int
    second: int | None
    drawn: str


def train(data: Path, *, encoder: Encoder | None = None, folder: Path = weights.DATA) -> str:
    """Fits on the labels and `data/future_statements_en`, writes into `folder`, returns the report."""
    labelled = read_labels(articles(data / "future_statements_en"))
    texts = [each.text for each in labelled]
    given = kernels.material(
        texts,
        [scores.scalars(text) for text in texts],
        [each.forecastable for each in labelled],
        [each.document for each in labelled],
        encoder or load_minilm(),
    )
    fitted = kernels.fit(given, settings=SETTINGS)
    report = "\n".join(_figures(labelled, fitted, given.wanted))
    model = replace(fitted.model, card=f"{CARD} Five held-out folds of articles, {report}.")
    weights.write(scores.FORECASTABLE_FILE, model.encoded(), folder=folder)
    return report


def articles(folder: Path) -> dict[str, str]:
    """The text of each article by its number."""
    with gzip.open(folder / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {str(row["doc_id"]): row["original_text"] for row in map(json.loads, lines)}


def read_labels(texts: Mapping[str, str], *, file: Path = LABELS) -> list[Labelled]:
    """The labelled sentences; one whose text is not the one that was read (by its hash) is an error."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [_labelled(row, texts) for row in csv.DictReader(lines)]


def _labelled(row: Mapping[str, str], texts: Mapping[str, str]) -> Labelled:
    text = texts[row["document"]][int(row["start"]) : int(row["end"])]
    if hashlib.sha256(text.encode()).hexdigest()[:12] != row["hash"]:
        raise ValueError(f"{LABELS}: sentence {row['start']} of document {row['document']} is not the one labelled")
    second = int(row["second"]) if row["second"] else None
    return Labelled(row["document"], text, int(row["forecastable"]), second, row["drawn"])


def _figures(labelled: list[Labelled], fitted: kernels.Fitted, wanted: kernels.Array) -> list[str]:
    """Lines for what was drawn without looking at a model, for the random part of it, and for what was read twice."""
    parts = {
        "random and cued": [each.drawn != "unsure" for each in labelled],
        "random": [each.drawn == "random" for each in labelled],
        "read twice": [each.second is not None for each in labelled],
    }
    lines = []
    for name, chosen in parts.items():
        rows = np.array(chosen)
        for kind, held in (("with the encoder", fitted.with_encoder), ("words alone", fitted.without)):
            lines.append(f"{name} ({rows.sum()}), {kind}: {kernels.figures(held[rows], wanted[rows])}")
    return lines
