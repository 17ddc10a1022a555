"""A local model of natural language inference (NLI) in ONNX, as a classifier: does news entail or contradict a claim?

Reads a folder as `optimum-cli export onnx` writes it: `model.onnx`, `tokenizer.json` and `config.json`, whose
`id2label` says which output is which.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

from language.classifiers.protocol import Classifier, Judgement, Pair
from language.weights import ModelUnavailable

NAME = "onnx"
MOST_TOKENS = 256
LONGEST_TEXT = 1_500  # characters of a body that are read
BATCH = 16
FILES = ("model.onnx", "tokenizer.json", "config.json")

Probabilities = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NLIModel:
    """The loaded model; `version` is the beginning of its file's SHA-256."""

    session: onnxruntime.InferenceSession
    tokenizer: Tokenizer
    order: tuple[int, int, int]
    version: str

    def stances(self, pairs: Sequence[Pair]) -> Probabilities:
        """Probabilities [n, 3] of supports, contradicts and mentions."""
        rows = np.zeros((len(pairs), 3))
        encoded = self.tokenizer.encode_batch([(_news(pair), pair.claim[:1_000]) for pair in pairs])
        order = sorted(range(len(pairs)), key=lambda place: len(encoded[place].ids))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            rows[places] = self._run([encoded[place] for place in places])
        return rows

    def _run(self, batch: Sequence[Encoding]) -> Probabilities:
        longest = max(len(encoding.ids) for encoding in batch)
        inputs = {name: np.zeros((len(batch), longest), dtype=np.int64) for name in _INPUTS}
        for row, encoding in enumerate(batch):
            columns = (encoding.ids, encoding.attention_mask, encoding.type_ids)
            for name, values in zip(_INPUTS, columns, strict=True):
                inputs[name][row, : len(values)] = values
        wanted = {node.name for node in self.session.get_inputs()}
        logits = self.session.run(None, {name: values for name, values in inputs.items() if name in wanted})[0]
        logits = logits.astype(np.float64)[:, self.order]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares: Probabilities = powers / powers.sum(axis=1, keepdims=True)
        return shares


_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class NLIClassifier:
    """The model as a classifier of stance; relevance and passage are those of the classifier it builds on."""

    name = NAME

    def __init__(self, model: NLIModel, *, base: Classifier) -> None:
        self.model = model
        self.base = base
        self.version = model.version

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        judgements = zip(self.base.judge(pairs), self.model.stances(pairs), strict=True)
        return [with_stance(judgement, row) for judgement, row in judgements]


def with_stance(judgement: Judgement, row: Probabilities) -> Judgement:
    """A judgement with a row of the model's probabilities."""
    supports, contradicts, mentions = (float(share) for share in row)
    return replace(judgement, supports=supports, contradicts=contradicts, mentions=mentions)


def load(folder: Path, *, threads: int = 1) -> NLIModel:
    """The model of a folder. Raises ModelUnavailable with the file and what is wrong with it."""
    for name in FILES:
        if not (folder / name).is_file():
            raise ModelUnavailable(f"{folder / name}: not there; HINDCAST_NLI_FOLDER must hold {', '.join(FILES)}")
    order = _order(folder / "config.json")
    with (folder / "model.onnx").open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    try:
        session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # both libraries raise bare exceptions of their own
        raise ModelUnavailable(f"{folder}: cannot be loaded ({error}); its model has sha256 {digest}") from error
    tokenizer.enable_truncation(MOST_TOKENS, strategy="only_first")
    tokenizer.no_padding()
    return NLIModel(session, tokenizer, order, version=digest[:8])


def _order(config: Path) -> tuple[int, int, int]:
    """The places of entailment, contradiction and neutral among the outputs."""
    try:
        labels = {
            name.lower(): int(number) for number, name in json.loads(config.read_text("utf-8"))["id2label"].items()
        }
        return labels["entailment"], labels["contradiction"], labels["neutral"]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ModelUnavailable(
            f"{config}: its id2label must name entailment, contradiction and neutral, as an NLI model's does"
        ) from error


def _news(pair: Pair) -> str:
    return ". ".join(part for part in (pair.title[:500], pair.body[:LONGEST_TEXT]) if part)
