"""Fits the score of check-worthiness on ClaimBuster's debate sentences and writes it with its card."""

from dataclasses import replace
from pathlib import Path

from lab.train import kernels
from lab.train.labels import read_lines
from language import weights
from language.claims import scores
from language.sentences.embeddings import Encoder, load_minilm

SETTINGS = kernels.Settings(weight=0.08, penalty=2.0, gamma=0.6)
NEIGHBOURS = 100  # sentences of one debate follow each other; so many stay in one fold
CARD = (
    "Whether a fact-checker would want to check a sentence. Trained on 11,960 sentences of United States presidential"
    " debates (ClaimBuster, University of Texas at Arlington; repository under GPL-3.0; no sentence is kept here)."
    " Limits: English; debate speech, one country; nothing is said of whether a claim is true."
)


def train(data: Path, *, encoder: Encoder | None = None, folder: Path = weights.DATA) -> str:
    """Fits on `data/checkworthy_claimbuster`, writes into `folder`, returns the report."""
    rows = list(read_lines(data / "checkworthy_claimbuster" / "train.jsonl.gz"))
    texts = [row["text"] for row in rows]
    material = kernels.material(
        texts,
        [scores.scalars(text) for text in texts],
        [row["label"] for row in rows],
        [str(row["sentence_id"] // NEIGHBOURS) for row in rows],
        encoder or load_minilm(),
    )
    fitted = kernels.fit(material, settings=SETTINGS)
    report = (
        f"with the encoder: {kernels.figures(fitted.with_encoder, material.wanted)}\n"
        f"words alone: {kernels.figures(fitted.without, material.wanted)}"
    )
    model = replace(fitted.model, card=f"{CARD} Five held-out folds of neighbouring sentences, {report}.")
    weights.write(scores.CHECKWORTHY_FILE, model.encoded(), folder=folder)
    return report
