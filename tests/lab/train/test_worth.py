import json

import pytest

from lab.train import worth as training
from language import weights
from language.claims import worth


@pytest.mark.parametrize(
    ("one", "other", "expected"), [((0, 10), (0, 10), 1.0), ((0, 10), (5, 10), 0.5), ((0, 5), (5, 10), 0.0)]
)
def test_stretches_overlap_by_intersection_over_union(one, other, expected):
    assert training.overlap(one, other) == expected


def test_each_marked_stretch_is_matched_once():
    assert training.matched([(0, 10), (1, 10), (20, 30)], [(0, 10), (20, 31), (40, 50)]) == 2


def test_the_shipped_card_names_data_figures_and_limits():
    card = json.loads(weights.read(worth.FILE))["card"]
    assert all(words in card for words in ("21 English texts", "Each text held out in turn", "Limits:", "one reader"))


def test_the_shipped_weights_are_those_of_the_features():
    stored = json.loads(weights.read(worth.FILE))["weights"]
    assert set(worth.WORDINGS) <= set(stored)
