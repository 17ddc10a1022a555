import numpy as np

from language.sentences import kept


class Lengths:
    """Gives each text its length, and keeps what it was asked for."""

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked += texts
        return np.array([[len(text)] for text in texts], dtype=np.float32)


def test_a_text_is_embedded_once_however_often_it_is_asked_for():
    encoder = Lengths()
    assert {text: row.item() for text, row in kept.vectors(encoder, ["a", "bb", "a"]).items()} == {"a": 1, "bb": 2}
    assert set(kept.vectors(encoder, ["bb", "ccc"])) == {"bb", "ccc"}
    assert encoder.asked == ["a", "bb", "ccc"]


def test_of_many_new_ones_the_first_are_embedded_and_what_is_known_comes_with_them():
    encoder = Lengths()
    kept.vectors(encoder, ["dddd"])
    assert set(kept.vectors(encoder, ["a", "bb", "dddd"], most_new=1)) == {"a", "dddd"}


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(kept, "MOST_VECTORS", 2)
    encoder = Lengths()
    kept.vectors(encoder, ["a", "bb"])
    assert len(kept.vectors(encoder, ["ccc", "a"])) == 2
    kept.vectors(encoder, ["a"])
    assert encoder.asked == ["a", "bb", "ccc", "a"]
