"""Reliability of a classifier of news: its suggestions beside what people then decided.

A suggestion is worth its likelihood ratio: how much oftener it is made of news that supports than of news that
contradicts (Good, *Probability and the Weighing of Evidence*, 1950). It counts only as far as it is certain: of its
logarithm the end of an interval that lies nearer to 0 is taken, and 0 where the interval holds it. So few decisions, or
a classifier that guesses, move nothing. And a report is worth no more than what it reports: it may bear on nothing, or
be the opposite, as often as the record says.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from language.classifiers.protocol import STANCES

# So many decisions' worth of the shares of all news together are added to each row, so that no share is 0.
DOUBT = 4.0
# One-sided, of a normal distribution: of twenty classifiers that guess, one would seem to tell something.
STANDARD_ERRORS = 1.6449

# People decided that the story does not bear on the question at all.
REJECTED = "rejected"
DECIDED = (*STANCES, REJECTED)

Counts = Mapping[tuple[str, str], int]


def together(parts: Iterable[Counts]) -> Counts:
    """The counts of several kinds of question as one."""
    total = Counter[tuple[str, str]]()
    for counts in parts:
        total.update(counts)
    return total


@dataclass(frozen=True, slots=True)
class Reliability:
    """A confusion matrix: `counts` by (what people decided, what the classifier had suggested)."""

    counts: Counts

    @property
    def decided(self) -> int:
        return sum(self.counts.values())

    @property
    def right(self) -> int:
        return sum(self.counts.get((stance, stance), 0) for stance in STANCES)

    @property
    def most_frequent(self) -> int:
        """The number a classifier would have right that always says what people decided most often."""
        return max((self.row(decided) for decided in STANCES), default=0)

    def row(self, decided: str) -> int:
        return sum(self.counts.get((decided, suggested), 0) for suggested in STANCES)

    def share(self, suggested: str, *, decided: str) -> float:
        """The smoothed probability that it suggests `suggested` of news of which people decide `decided`."""
        return self._hits(suggested, decided) / (self.row(decided) + DOUBT)

    def log_likelihood_ratio(self, suggested: str) -> float:
        """Natural logarithm of P(suggested | supports) / P(suggested | contradicts), as far as it is certain.

        Above 0 it points to Yes. The standard error is Katz's for a ratio of two proportions (Biometrics 34, 1978).
        """
        ratio = math.log(self.share(suggested, decided="supports") / self.share(suggested, decided="contradicts"))
        variance = sum(
            1 / self._hits(suggested, decided) - 1 / (self.row(decided) + DOUBT)
            for decided in ("supports", "contradicts")
        )
        sure = max(0.0, abs(ratio) - STANDARD_ERRORS * math.sqrt(variance))
        return math.copysign(sure, ratio)

    def worth(self, suggested: str, *, strength: float) -> float:
        """The log-odds of Yes that `suggested` adds, where a story that takes a side would add or take away `strength`.

        The mixture of what the story may be: support, contradiction (both taken for as frequent) or neither, each as
        likely as the record says. So it is smaller than `strength`, and 0 for a classifier that guesses.
        """
        certain = self.log_likelihood_ratio(suggested)
        middle = math.sqrt(self.share(suggested, decided="supports") * self.share(suggested, decided="contradicts"))
        if_supports, if_contradicts = middle * math.exp(certain / 2), middle * math.exp(-certain / 2)
        sided, neither = self._sides(suggested)
        right = 1 / (1 + math.exp(-strength))  # how often such a story is one of support if the answer is Yes
        yes = sided * (if_supports * right + if_contradicts * (1 - right)) + neither
        no = sided * (if_supports * (1 - right) + if_contradicts * right) + neither
        return math.log(yes / no)

    def _sides(self, suggested: str) -> tuple[float, float]:
        """The probability that a story takes a side, and that it takes none and `suggested` is suggested of it."""
        quiet = self.row("mentions") + self.row(REJECTED)
        of_quiet = self.counts.get(("mentions", suggested), 0) + self.counts.get((REJECTED, suggested), 0)
        share = (quiet + 1) / (self.decided + 2)
        smoothed = (of_quiet + DOUBT * self._overall(suggested)) / (quiet + DOUBT)
        return 1 - share, share * smoothed

    def _hits(self, suggested: str, decided: str) -> float:
        return self.counts.get((decided, suggested), 0) + DOUBT * self._overall(suggested)

    def _overall(self, suggested: str) -> float:
        column = sum(self.counts.get((decided, suggested), 0) for decided in DECIDED)
        return (column + 1) / (self.decided + len(STANCES))
