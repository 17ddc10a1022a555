"""Order in which deciding on stories teaches most: each next one is what the others resemble most (facility location).

Nemhauser, Wolsey and Fisher, "An analysis of approximations for maximizing submodular set functions", 1978: taking the
best at each step reaches at least 63% of what the best choice of as many would.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
MOST_ORDERED = 300  # the rest keep the order in which they come
RESEMBLES = 0.5  # cosine from which one decision tells about another story


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A story's place among those that were given, and how many others deciding on it would tell about."""

    place: int
    tells_about: int


def order(waiting: Vectors, decided: Vectors) -> list[Lesson]:
    """The stories that wait, in the order that teaches most; what is decided already teaches nothing twice."""
    count = min(len(waiting), MOST_ORDERED)
    if not count:
        return []
    likeness = np.clip(waiting[:count] @ waiting[:count].T, 0, 1)
    covered = np.zeros(count, dtype=np.float32)
    if len(decided):
        covered = np.clip((waiting[:count] @ decided.T).max(axis=1), 0, 1)
    left = np.ones(count, dtype=np.bool_)
    lessons = []
    for _ in range(count):
        gains = np.maximum(likeness - covered, 0).sum(axis=1)
        best = int(np.where(left, gains, -1.0).argmax())
        left[best] = False
        told = left & (likeness[best] >= RESEMBLES) & (likeness[best] > covered)
        lessons.append(Lesson(place=best, tells_about=int(told.sum())))
        covered = np.maximum(covered, likeness[best])
    return lessons + [Lesson(place=place, tells_about=0) for place in range(count, len(waiting))]
