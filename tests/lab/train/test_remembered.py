"""Tests of embedding each text once."""

import numpy as np

from lab.train.remembered import RememberingEncoder
from language.sentences.embeddings import DIMENSIONS


class Counting:
    """Gives each text a row of its length, and counts what it was asked for."""

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked.extend(texts)
        return np.array([[len(text)] * DIMENSIONS for text in texts], dtype=np.float32).reshape(len(texts), DIMENSIONS)


def test_each_text_is_embedded_once_and_rows_keep_their_order():
    counting = Counting()
    encoder = RememberingEncoder(counting)
    assert encoder.encode(["a", "bb", "a"])[:, 0].tolist() == [1, 2, 1]
    assert encoder.encode(["ccc", "a"])[:, 0].tolist() == [3, 1]
    assert counting.asked == ["a", "bb", "ccc"]
    assert encoder.encode([]).shape == (0, DIMENSIONS)
