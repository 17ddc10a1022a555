"""Models in plain arrays, against values worked out by hand."""

import numpy as np
import pytest

from language.classifiers import trees

# One split on the second feature at 2: below it -1, above it a split on the first at 0: 1 or 3.
TREE = [[1, 2.0, 1, 2, 0], [-1, 0, 0, 0, -1.0], [0, 0.0, 3, 4, 0], [-1, 0, 0, 0, 1.0], [-1, 0, 0, 0, 3.0]]
LEAF = [[-1, 0, 0, 0, 0.5]]


def sigmoid(value):
    return 1 / (1 + np.exp(-value))


def test_a_tree_is_walked_to_its_leaf():
    model = trees.decoded({"names": ["a", "b"], "starts": [0.25], "trees": [[TREE], [LEAF]]})
    found = model.chances(np.array([[9.0, 2.0], [0.0, 3.0], [1.0, 3.0]]))
    assert found[:, 1] == pytest.approx(sigmoid(np.array([-1, 1, 3]) + 0.75))
    assert found.sum(axis=1) == pytest.approx(np.ones(3))


def test_each_class_has_its_trees():
    model = trees.decoded({"names": ["a", "b"], "starts": [0, 0], "trees": [[TREE, LEAF]]})
    assert model.chances(np.array([[0.0, 0.0]]))[0] == pytest.approx([sigmoid(-1.5), sigmoid(1.5)])


def test_a_linear_model_weighs_its_features():
    model = trees.decoded({"names": ["a"], "intercepts": [0, 1], "weights": [[1, 0]]})
    assert model.chances(np.array([[2.0]]))[0] == pytest.approx([sigmoid(1), sigmoid(-1)])


def test_no_rows_are_no_answers():
    model = trees.decoded({"names": ["a", "b"], "starts": [0], "trees": [[TREE]]})
    assert model.chances(np.zeros((0, 2))).shape == (0, 2)
