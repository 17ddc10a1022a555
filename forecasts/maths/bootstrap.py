"""How far a mean over few cases may be off: percentile intervals from drawing the cases again."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from forecasts.maths.calibration import CONFIDENCE, Interval

DRAWS: Final = 2_000
SEED: Final = 2026  # any number: the same cases always give the same interval


def mean_intervals(
    rows: Sequence[Sequence[float]], *, confidence: float = CONFIDENCE, draws: int = DRAWS, seed: int = SEED
) -> tuple[Interval, ...] | None:
    """The percentile bootstrap interval of the mean of each column, cases being rows; None for fewer than two.

    A row is drawn whole, so columns of one call stay paired. The order of the rows changes nothing. `ValueError` for
    rows of unequal length.

    B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7 (1979); the percentile
    interval: B. Efron and R. J. Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13.
    """
    if len(rows) < 2:
        return None
    table = np.array(sorted(map(tuple, rows)), dtype=np.float64)
    count = len(table)
    generator = np.random.default_rng(seed)
    means = np.empty((draws, table.shape[1]))
    for draw in range(draws):
        times = np.bincount(generator.integers(count, size=count), minlength=count)
        means[draw] = times @ table / count
    tail = (1 - confidence) / 2
    lows, highs = np.quantile(means, [tail, 1 - tail], axis=0)
    return tuple(Interval(low=float(low), high=float(high)) for low, high in zip(lows, highs, strict=True))
