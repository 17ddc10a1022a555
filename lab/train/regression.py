"""Logistic regression by Newton's method, with a ridge penalty."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def probability(log_odds: Array) -> Array:
    """Probabilities; log-odds beyond 30 are cut."""
    result: Array = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return result


def newton(design: Array, wanted: Array, penalty: Array, *, jitter: float = 0.0, rounds: int = 50) -> Array:
    """Weights [columns] of `design` [n, columns] for `wanted` [n] 0 or 1; `jitter` keeps the curvature invertible."""
    weights = np.zeros(design.shape[1])
    for _ in range(rounds):
        chance = probability(design @ weights)
        gradient = design.T @ (wanted - chance) - penalty @ weights
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + penalty
        step = np.linalg.solve(curvature + jitter * np.eye(len(weights)), gradient)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights
