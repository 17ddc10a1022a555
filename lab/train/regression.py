"""Logistic regression by Newton's method, with a ridge penalty."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
JITTER = 1e-9  # keeps the curvature invertible


def probability(log_odds: Array) -> Array:
    """Probabilities; log-odds beyond 30 are cut."""
    result: Array = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return result


def predict(weights: Array, features: Array) -> Array:
    """Probabilities for rows of features from `fit`'s weights."""
    return probability(weights[0] + features @ weights[1:])


def fit(features: Array, wanted: Array, *, ridge: float, rounds: int = 50) -> Array:
    """The intercept, then a weight a column, on the features' own scale; `wanted` [n] is 0 or 1.

    The penalty acts on standardised columns and spares the intercept.
    """
    centre, spread = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-9)
    design = np.hstack([np.ones((len(features), 1)), (features - centre) / spread])
    penalty = ridge * np.eye(design.shape[1])
    penalty[0, 0] = 0
    weights = np.zeros(design.shape[1])
    for _ in range(rounds):
        chance = probability(design @ weights)
        gradient = design.T @ (wanted - chance) - penalty @ weights
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + penalty
        step = np.linalg.solve(curvature + JITTER * np.eye(len(weights)), gradient)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-8:
            break
    slopes = weights[1:] / spread
    return np.concatenate([[weights[0] - float(slopes @ centre)], slopes])


def stored(weights: Array, names: Sequence[str]) -> dict[str, object]:
    """The weights as a model's file has them."""
    return {
        "intercept": round(float(weights[0]), 4),
        "weights": {name: round(float(weight), 4) for name, weight in zip(names, weights[1:], strict=True)},
    }
