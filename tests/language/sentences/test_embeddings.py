from pathlib import Path

import numpy as np
import pytest

from language.sentences import embeddings
from language.weights import ModelUnavailable


@pytest.fixture(scope="module")
def minilm() -> embeddings.MiniLM:
    return embeddings.load_minilm()


def test_like_sentences_lie_closer_than_unlike_ones(minilm):
    xi, chinese, cake = minilm.encode(
        ["Xi visits Moscow", "The Chinese president travels to Russia", "A recipe for chocolate cake"]
    )
    assert float(xi @ chinese) > 0.5 > 0.2 > float(xi @ cake)


def test_vectors_are_unit_rows_in_the_order_given(minilm):
    texts = ["short", "a somewhat longer sentence about trade and tariffs " * 30, "", "\x00\u202e", "short"]
    rows = minilm.encode(texts)
    assert rows.shape == (5, 384)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.allclose(rows[0], rows[4], atol=1e-5)


def test_a_batch_says_what_single_texts_say(minilm):
    texts = [f"Headline number {n} on " + "trade " * (n % 7) for n in range(40)]
    together = minilm.encode(texts)
    alone = np.vstack([minilm.encode([text]) for text in texts])
    assert float((together * alone).sum(axis=1).min()) > 0.98  # int8 scales depend a little on the batch


def test_nothing_gives_no_rows(minilm):
    assert minilm.encode([]).shape == (0, 384)


def test_a_huge_text_is_cut(minilm):
    assert minilm.encode(["word " * 1_000_000]).shape == (1, 384)


def test_the_model_is_loaded_once(minilm):
    assert embeddings.load_minilm() is minilm


def test_a_changed_file_is_refused_by_name_and_hash(tmp_path: Path, monkeypatch):
    changed = tmp_path / "tokenizer.json"
    changed.write_text("{}")
    monkeypatch.setattr(embeddings, "TOKENIZER", changed)
    with pytest.raises(ModelUnavailable, match=f"{changed}: expected sha256 be50c3.*found 44136f"):
        embeddings.load_minilm(threads=2)


def test_an_absent_file_is_named(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(embeddings, "TOKENIZER", tmp_path / "gone.json")
    with pytest.raises(ModelUnavailable, match=r"gone\.json: cannot be read"):
        embeddings.load_minilm(threads=2)


def test_an_absent_package_is_named(monkeypatch):
    monkeypatch.setattr(embeddings, "MODEL_PACKAGE", "no_such_package_here")
    with pytest.raises(ModelUnavailable, match="no_such_package_here: not installed"):
        embeddings.load_minilm(threads=2)
