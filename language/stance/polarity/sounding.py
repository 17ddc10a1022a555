"""Sound of a text on each axis, from its embedding: for headlines in words that the lexicon does not hold.

The projection is learned from what the lexicon finds in many headlines, without a label (`lab/train/stance.py`).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from language.stance.polarity.agreement import ClaimPolarity, outcome
from language.stance.polarity.lexicon import AXES

Array = npt.NDArray[np.float64]

DIRECTED = (
    "sounds_agreed",
    "sounds_toned",
    "sounds_related",
    "sounds_of_outcome",
    "sounds_of_happening",
    "both_sound_alike",
    "both_sound_toned",
)
PLAIN = ("sounds_strong",)


@dataclass(frozen=True, slots=True)
class Projection:
    """Embedding [384] to the axes and, last, the tone [11], each in standard deviations of the lexicon's findings."""

    centre: Array
    matrix: Array

    def of(self, vector: npt.NDArray[np.float32]) -> dict[str, float]:
        """Sound of a text on each of AXES, and its "tone"."""
        values = (vector.astype(np.float64) - self.centre) @ self.matrix
        return dict(zip((*AXES, "tone"), map(float, values), strict=True))


def compare(
    claim: ClaimPolarity, *, claim_sounds: Mapping[str, float], entry_sounds: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, float]]:
    """Features by the names of DIRECTED and of PLAIN.

    The last two hold sound against sound, turned over for a claim with a "not", which an embedding hardly hears.
    """
    mine, theirs = claim.axes, entry_sounds
    tanh, turned = math.tanh, claim.events.turned
    directed = {
        "sounds_agreed": tanh(0.5 * sum(mine[axis] * theirs[axis] for axis in AXES)),
        "sounds_toned": claim.tone * tanh(theirs["tone"]),
        "sounds_related": tanh(mine["accord"] - mine["force"]) * tanh(theirs["accord"] - theirs["force"]),
        "sounds_of_outcome": tanh(outcome(mine)) * tanh(outcome(theirs)),
        "sounds_of_happening": claim.happening * tanh(theirs["being"] + theirs["assent"]),
        "both_sound_alike": turned * tanh(0.5 * sum(claim_sounds[axis] * theirs[axis] for axis in AXES)),
        "both_sound_toned": turned * tanh(claim_sounds["tone"]) * tanh(theirs["tone"]),
    }
    return directed, {"sounds_strong": tanh(math.hypot(*(theirs[axis] for axis in AXES)) / 4)}
