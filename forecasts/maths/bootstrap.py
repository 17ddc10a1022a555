"""Bootstrap intervals: how far a mean over few cases may be off, from drawing the cases again.

B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7 (1979); the percentile interval:
B. Efron and R. J. Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecasts.maths.calibration import CONFIDENCE, Interval

DRAWS: Final = 2_000
SEED: Final = 1979  # any fixed number: the same cases give the same interval, today and tomorrow
CELLS: Final = 1_000_000  # cases drawn at once, which bounds the memory


def drawn_means(rows: Sequence[Sequence[float]], *, draws: int = DRAWS) -> NDArray[np.float64]:
    """The mean of each column over as many rows as there are, drawn with replacement; a row of means for each draw.

    A row is drawn whole, so columns stay paired. The order of the rows changes nothing. `ValueError` without rows, for
    rows of unequal length, and for fewer draws than 1.
    """
    if draws < 1 or not rows:
        raise ValueError(f"{draws} draws of {len(rows)} cases tell nothing: give at least one of both.")
    table = np.array(sorted(map(tuple, rows)), dtype=np.float64)
    source, count = np.random.default_rng(SEED), len(table)
    at_once = max(1, CELLS // count)
    blocks = [min(at_once, draws - begin) for begin in range(0, draws, at_once)]
    return np.concatenate([table[source.integers(count, size=(block, count))].mean(axis=1) for block in blocks])


def interval_of(drawn: NDArray[np.float64], *, confidence: float = CONFIDENCE) -> Interval:
    """The percentile interval of a column of drawn values; `ValueError` for no confidence between 0 and 1."""
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"{confidence} is no level of confidence: give one between 0 and 1, such as 0.95.")
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Interval(low=float(low), high=float(high))


def mean_intervals(
    rows: Sequence[Sequence[float]], *, confidence: float = CONFIDENCE, draws: int = DRAWS
) -> tuple[Interval, ...] | None:
    """The percentile interval of the mean of each column, cases being rows; None for fewer than two."""
    if len(rows) < 2:
        return None
    drawn = drawn_means(rows, draws=draws)
    return tuple(interval_of(column, confidence=confidence) for column in drawn.T)
