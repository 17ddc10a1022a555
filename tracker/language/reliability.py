"""How far a reader of news can be believed: what it suggested beside what people then decided.

A suggestion is worth its likelihood ratio: how much oftener it is made of news that supports than of news that
contradicts (Good, *Probability and the Weighing of Evidence*, 1950). The shares are smoothed towards those of all
news together, so that few decisions, or a reader that guesses, make a ratio near 1, which moves nothing.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tracker.language.backends.reader import STANCES

# Decisions' worth of doubt in each row: so many confirmed stories of a stance weigh as much as the doubt.
DOUBT = 20.0

Counts = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Reliability:
    """A confusion matrix: `counts` by (what people decided, what the reader had suggested)."""

    counts: Counts

    @property
    def decided(self) -> int:
        return sum(self.counts.values())

    @property
    def right(self) -> int:
        return sum(self.counts.get((stance, stance), 0) for stance in STANCES)

    @property
    def most_frequent(self) -> int:
        """How many a reader would have had right that always says what people decided most often."""
        return max((self.row(stance) for stance in STANCES), default=0)

    def row(self, decided: str) -> int:
        return sum(self.counts.get((decided, said), 0) for said in STANCES)

    def share(self, *, said: str, decided: str) -> float:
        """The smoothed probability that it suggests `said` of news of which people decide `decided`."""
        column = sum(self.counts.get((stance, said), 0) for stance in STANCES)
        overall = (column + 1) / (self.decided + len(STANCES))
        return (self.counts.get((decided, said), 0) + DOUBT * overall) / (self.row(decided) + DOUBT)

    def log_likelihood_ratio(self, said: str) -> float:
        """Natural logarithm of P(said | supports) / P(said | contradicts); above 0 it points to Yes."""
        return self._ratios[said]

    @cached_property
    def _ratios(self) -> dict[str, float]:
        return {
            said: math.log(self.share(said=said, decided="supports") / self.share(said=said, decided="contradicts"))
            for said in STANCES
        }
