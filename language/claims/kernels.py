"""Model of both sentence scores: likeness to training sentences, and hashed word parts, mixed into a probability.

A support vector machine with a Gaussian kernel (Cortes and Vapnik, 1995) reads embedding and scalars; a logistic
regression reads hashed n-grams (Weinberger et al., 2009) and scalars; a logistic regression on the two decisions
(Platt, 1999) gives the probability. The second can answer alone, where there is no encoder.
"""

import io
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
BUCKETS = 1 << 16
LONGEST = 2_000  # characters that are looked at
ROWS = 64  # sentences that are compared at a time
WORD = re.compile(r"[a-z]++(?:'[a-z]++)?|\d|[%$?!]")


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """The contents of a model's file. `n` support vectors of embedding and scaled scalars, their order in `names`."""

    names: tuple[str, ...]
    scale: Array  # [scalars], what each is multiplied by
    support: Array  # [n, dimensions + scalars]
    duals: Array  # [n]
    bias: float
    gamma: float
    idf: Array  # [BUCKETS]
    grams: Array  # [BUCKETS], weights
    scalars: Array  # [scalars], weights
    offset: float
    mixed: tuple[float, float, float]  # bias, weight of the kernel's decision, of the words'
    alone: tuple[float, float]  # bias, weight of the words' decision
    card: str

    def with_encoder(self, texts: Sequence[str], scalars: Array, embedded: Array) -> Array:
        """A probability for each text from its scalars [texts, names] and embedding [texts, dimensions]."""
        rows = np.hstack([embedded, scalars * self.scale])
        bias, kernel, words = self.mixed
        return logistic(bias + kernel * self.likeness(rows) + words * self.words(texts, scalars))

    def without_encoder(self, texts: Sequence[str], scalars: Array) -> Array:
        """The same from the words alone."""
        bias, words = self.alone
        return logistic(bias + words * self.words(texts, scalars))

    def words(self, texts: Sequence[str], scalars: Array) -> Array:
        """Log-odds from hashed n-grams and scalars."""
        result = scalars * self.scale @ self.scalars + self.offset
        for row, text in enumerate(texts):
            places, counts = hashed(text)
            values = counts * self.idf[places]
            result[row] += values @ self.grams[places] / max(float(np.linalg.norm(values)), 1e-9)
        return result.astype(np.float32)

    def likeness(self, rows: Array) -> Array:
        """Decisions of the kernel machine on rows of embedding and scaled scalars."""
        norms = (self.support**2).sum(axis=1)
        parts = [np.zeros(0, dtype=np.float32)]
        for start in range(0, len(rows), ROWS):
            part = rows[start : start + ROWS]
            distances = (part**2).sum(axis=1)[:, None] + norms - 2 * part @ self.support.T
            parts.append(np.exp(-self.gamma * np.maximum(distances, 0)) @ self.duals + self.bias)
        return np.concatenate(parts).astype(np.float32)

    def encoded(self) -> bytes:
        """The model as the bytes of a .npz file; the support vectors in eight bits a number."""
        step = np.maximum(np.abs(self.support).max(axis=0), 1e-9) / 127
        kept = ("names", "bias", "gamma", "offset", "mixed", "alone", "card")
        facts = {name: getattr(self, name) for name in kept}
        file = io.BytesIO()
        np.savez_compressed(
            file,
            facts=np.frombuffer(json.dumps(facts, ensure_ascii=False).encode(), dtype=np.uint8),
            scale=self.scale,
            step=step.astype(np.float32),
            support=np.round(self.support / step).astype(np.int8),
            duals=self.duals,
            idf=self.idf.astype(np.float16),
            grams=self.grams.astype(np.float16),
            scalars=self.scalars,
        )
        return file.getvalue()

    @classmethod
    def decoded(cls, content: bytes) -> Self:
        """The model that `encoded` wrote."""
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            facts: dict[str, Any] = json.loads(stored["facts"].tobytes())
            return cls(
                names=tuple(facts["names"]),
                scale=stored["scale"],
                support=stored["support"].astype(np.float32) * stored["step"],
                duals=stored["duals"],
                bias=facts["bias"],
                gamma=facts["gamma"],
                idf=stored["idf"].astype(np.float32),
                grams=stored["grams"].astype(np.float32),
                scalars=stored["scalars"],
                offset=facts["offset"],
                mixed=tuple(facts["mixed"]),
                alone=tuple(facts["alone"]),
                card=facts["card"],
            )


def hashed(text: str) -> tuple[npt.NDArray[np.int64], Array]:
    """Buckets of a text's words, pairs of words, and runs of three to five letters; with 1 + ln of their counts."""
    words = ["0" if word.isdigit() else word for word in WORD.findall(text[:LONGEST].lower().replace("’", "'"))]
    grams = [f"w{word}" for word in words]
    grams += [f"w{first} {second}" for first, second in pairwise(words)]
    for word in words:
        padded = f" {word} "
        grams += [padded[at : at + size] for size in (3, 4, 5) for at in range(len(padded) - size + 1)]
    places = [zlib.crc32(gram.encode()) % BUCKETS for gram in grams]
    unique, counts = np.unique(np.array(places, dtype=np.int64), return_counts=True)
    return unique, (1 + np.log(counts)).astype(np.float32)


def logistic(log_odds: Array) -> Array:
    """Probabilities; log-odds beyond 30 are cut."""
    return (1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))).astype(np.float32)
