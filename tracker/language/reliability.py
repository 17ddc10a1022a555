"""How far a reader of news can be believed: what it suggested beside what people then decided.

A suggestion is worth its likelihood ratio: how much oftener it is made of news that supports than of news that
contradicts (Good, *Probability and the Weighing of Evidence*, 1950). It counts only as far as it is certain: of its
logarithm the end of an interval that lies nearer to 0 is taken, and 0 where the interval holds it. So few decisions, or
a reader that guesses, move nothing.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.language.backends.reader import STANCES

# So many decisions' worth of the shares of all news together are added to each row, so that no share is 0.
DOUBT = 4.0
# One-sided, of a normal distribution: of twenty readers that guess, one would seem to tell something.
STANDARD_ERRORS = 1.6449

Counts = Mapping[tuple[str, str], int]


def together(parts: Iterable[Counts]) -> Counts:
    """The counts of several kinds of question as one."""
    total = Counter[tuple[str, str]]()
    for counts in parts:
        total.update(counts)
    return total


@dataclass(frozen=True, slots=True)
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
        return self._hits(said, decided) / (self.row(decided) + DOUBT)

    def log_likelihood_ratio(self, said: str) -> float:
        """Natural logarithm of P(said | supports) / P(said | contradicts), as far as it is certain.

        Above 0 it points to Yes. The standard error is Katz's for a ratio of two proportions (Biometrics 34, 1978).
        """
        ratio = math.log(self.share(said=said, decided="supports") / self.share(said=said, decided="contradicts"))
        variance = sum(
            1 / self._hits(said, decided) - 1 / (self.row(decided) + DOUBT) for decided in ("supports", "contradicts")
        )
        sure = max(0.0, abs(ratio) - STANDARD_ERRORS * math.sqrt(variance))
        return math.copysign(sure, ratio)

    def _hits(self, said: str, decided: str) -> float:
        column = sum(self.counts.get((stance, said), 0) for stance in STANCES)
        overall = (column + 1) / (self.decided + len(STANCES))
        return self.counts.get((decided, said), 0) + DOUBT * overall
