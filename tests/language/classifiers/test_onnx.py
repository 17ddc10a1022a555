"""A local model in ONNX: one of a few numbers that is made here, with the parts that real ones have."""

import json

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

from language.classifiers import onnx as backend
from language.classifiers.protocol import Pair
from language.weights import ModelUnavailable

WORDS = ["[UNK]", "sign", "cancel", "meet"]
# Outputs in the order of id2label below: neutral, entailment, contradiction.
SCORES = [[0, 0, 0], [0, 9, 0], [0, 0, 9], [9, 0, 0]]


def graph():
    """Logits are the mean of a row a word: enough to tell which words it was given."""
    table = numpy_helper.from_array(np.array(SCORES, dtype=np.float32), "table")
    axis = numpy_helper.from_array(np.array([1], dtype=np.int64), "axis")
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("ReduceMean", ["rows", "axis"], ["logits"], keepdims=0),
    ]
    tokens = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "tokens"])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 3])
    made = helper.make_graph(nodes, "nli", [tokens], [logits], [table, axis])
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


@pytest.fixture
def folder(tmp_path):
    onnx.save(graph(), tmp_path / "model.onnx")
    tokenizer = Tokenizer(models.WordLevel({word: place for place, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    labels = {"id2label": {"0": "NEUTRAL", "1": "ENTAILMENT", "2": "CONTRADICTION"}}
    (tmp_path / "config.json").write_text(json.dumps(labels))
    return tmp_path


def pair(title):
    return Pair(claim="They", title=title)


def test_outputs_are_read_in_the_order_that_the_model_names(folder):
    rows = backend.load(folder).stances([pair("sign"), pair("cancel"), pair("meet " * 3)])
    assert rows.argmax(axis=1).tolist() == [0, 1, 2]
    assert np.allclose(rows.sum(axis=1), 1)


def test_many_pairs_of_different_lengths_keep_their_order(folder):
    titles = ["sign " * (number % 7 + 1) if number % 2 else "cancel" for number in range(40)]
    rows = backend.load(folder).stances([pair(title) for title in titles])
    assert rows.argmax(axis=1).tolist() == [0 if number % 2 else 1 for number in range(40)]


def test_a_huge_text_is_cut(folder):
    assert backend.load(folder).stances([Pair(claim="They", title="sign", body="cancel " * 300_000)]).shape == (1, 3)


@pytest.mark.parametrize("name", backend.FILES)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(ModelUnavailable, match=f"{name}: not there; HINDCAST_NLI_FOLDER must hold"):
        backend.load(folder)


def test_a_damaged_model_is_named_with_its_hash(folder):
    (folder / "model.onnx").write_bytes(b"no model")
    with pytest.raises(ModelUnavailable, match=r"cannot be loaded .* has sha256 [0-9a-f]{64}"):
        backend.load(folder)


def test_a_model_of_something_else_is_refused(folder):
    (folder / "config.json").write_text('{"id2label": {"0": "POSITIVE", "1": "NEGATIVE"}}')
    with pytest.raises(ModelUnavailable, match="must name entailment, contradiction and neutral"):
        backend.load(folder)
