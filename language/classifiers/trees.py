"""Small fitted models in plain arrays: boosted trees and linear ones, read without the library that fitted them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
LEAF = -1


class FeatureModel(Protocol):
    """Turns features by name into chances."""

    @property
    def names(self) -> tuple[str, ...]: ...

    def chances(self, rows: Array) -> Array: ...


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A logistic regression over several classes: weights [features, classes]."""

    names: tuple[str, ...]
    intercepts: Array
    weights: Array

    def chances(self, rows: Array) -> Array:
        """Probabilities [n, classes] for rows [n, features], which are in the order of `names`."""
        return _softmax(self.intercepts + rows @ self.weights)


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Boosted trees whose nodes lie one after the other; a leaf leads to itself, so all trees can be walked together.

    `roots` is [rounds, classes]; with one class the answer is the probability of it, and of its absence before it.
    """

    names: tuple[str, ...]
    starts: Array
    roots: Places
    features: Places
    thresholds: Array
    left: Places
    right: Places
    values: Array
    depth: int

    def chances(self, rows: Array) -> Array:
        """Probabilities [n, classes] for rows [n, features], which are in the order of `names`."""
        at = np.broadcast_to(self.roots.ravel(), (len(rows), self.roots.size))
        every = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            at = np.where(rows[every, self.features[at]] <= self.thresholds[at], self.left[at], self.right[at])
        sums = self.starts + self.values[at].reshape(len(rows), *self.roots.shape).sum(axis=1)
        return _softmax(np.hstack([np.zeros_like(sums), sums]) if sums.shape[1] == 1 else sums)


def _softmax(sums: Array) -> Array:
    grown = np.exp(sums - sums.max(axis=1, keepdims=True))
    result: Array = grown / grown.sum(axis=1, keepdims=True)
    return result


def decoded(stored: Mapping[str, Any]) -> FeatureModel:
    """A model from what its file holds: "names" and "weights", or "names" and "trees" (see `forest`)."""
    names = tuple(stored["names"])
    if "weights" in stored:
        return Linear(names, np.array(stored["intercepts"]), np.array(stored["weights"], dtype=np.float64))
    return forest(names, stored["starts"], stored["trees"])


def forest(names: tuple[str, ...], starts: Sequence[float], rounds: Sequence[Sequence[Sequence[list[Any]]]]) -> Forest:
    """The trees of `rounds`, one a class in each; a tree is a list of nodes [feature, threshold, left, right, value].

    Left and right are places in the same tree; a leaf has the feature -1.
    """
    nodes: list[list[Any]] = []
    roots: list[list[int]] = []
    for trees in rounds:
        roots.append([])
        for tree in trees:
            first = len(nodes)
            roots[-1].append(first)
            nodes += [_placed(node, first, first + number) for number, node in enumerate(tree)]
    features, thresholds, left, right, values = zip(*nodes, strict=True)
    return Forest(
        names=names,
        starts=np.array(starts, dtype=np.float64),
        roots=np.array(roots, dtype=np.int64),
        features=np.array(features, dtype=np.int64),
        thresholds=np.array(thresholds, dtype=np.float64),
        left=np.array(left, dtype=np.int64),
        right=np.array(right, dtype=np.int64),
        values=np.array(values, dtype=np.float64),
        depth=max(_depth(tree) for trees in rounds for tree in trees),
    )


def _placed(node: list[Any], first: int, own: int) -> list[Any]:
    feature, threshold, left, right, value = node
    return [0, 0.0, own, own, value] if feature == LEAF else [feature, threshold, first + left, first + right, 0.0]


def _depth(tree: Sequence[list[Any]]) -> int:
    """Steps from the root to the furthest leaf; children come after their parents."""
    depths = [0] * len(tree)
    for number, (feature, _, left, right, _) in enumerate(tree):
        if feature != LEAF:
            depths[left] = depths[right] = depths[number] + 1
    return max(depths)
