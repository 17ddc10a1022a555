"""Kept vectors: rows of texts that are asked for again and again, such as open questions, while the process lives."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the encoder's module loads onnxruntime, which words alone never need
    from language.sentences.embeddings import Encoder, Vectors

MOST_VECTORS = 16_384  # 25 MB


def vectors(encoder: "Encoder", texts: Sequence[str], *, most_new: int | None = None) -> "dict[str, Vectors]":
    """The row of each text; with `most_new`, of those that are known and of the first so many others."""
    kept = _store(encoder)
    rows = {text: row for text in texts if (row := kept.get(text)) is not None}
    new = [text for text in dict.fromkeys(texts) if text not in rows][:most_new]
    rows |= dict(zip(new, encoder.encode(new), strict=True)) if new else {}
    if len(kept) + len(new) > MOST_VECTORS:
        kept.clear()
    kept.update({text: rows[text] for text in new[:MOST_VECTORS]})
    return rows


@lru_cache(maxsize=2)
def _store(encoder: "Encoder") -> "dict[str, Vectors]":
    return {}
