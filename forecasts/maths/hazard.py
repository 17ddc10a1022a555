"""Hazard: how time without news moves the chance of a question with a deadline.

An event that may come at any moment becomes less likely with each day on which it did not come; a state that must last,
and may end at any moment, becomes more likely with each day that it has lasted. Only days on which somebody looked
count: what nobody would have noticed may have happened. The hazard is Weibull's: constant at shape 1, growing towards
the deadline above it (D. R. Cox and D. Oakes, *Analysis of Survival Data*, 1984, chapter 2).
"""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from forecasts.maths.odds import clamp, logit, probability

Process = Literal["event", "state"]
# Of a question's life: what happens at its very end becomes known a little later, so this much is always still open.
REPORT_LAG: Final = 0.03
_EDGE: Final = 1e-9  # nearer to 0 or 1 a float leaves no difference to speak of


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLife:
    """The opening and close of a question, and the kind of process it asks about; None: time says nothing.

    `watched` are the periods over which news was read, each a start and an end, in order and apart; None: all of it.
    """

    opens: datetime
    closes: datetime
    process: Process | None = None
    watched: tuple[tuple[datetime, datetime], ...] | None = None

    def __post_init__(self) -> None:
        if not self.opens < self.closes:
            raise ValueError(f"A question cannot close at {self.closes} and open at {self.opens}.")

    @property
    def direction(self) -> int:
        """The side to which time without news points: -1, No, for an event; +1, Yes, for a state; 0 for neither."""
        return {"event": -1, "state": 1}.get(self.process or "", 0)

    def within(self, at: datetime) -> datetime:
        """The moment, or the end of the question's life that lies nearest to it."""
        return min(max(at, self.opens), self.closes)

    def remaining(self, at: datetime, *, shape: float) -> float:
        """The share of its hazard that is not known to have passed without news.

        From 1 at the opening to REPORT_LAG from the close on, where all of it was watched.
        """
        periods = ((self.opens, self.closes),) if self.watched is None else self.watched
        passed = math.fsum(
            self._share(min(end, at)) ** shape - self._share(min(start, at)) ** shape for start, end in periods
        )
        return min(1.0, 1.0 - passed + REPORT_LAG)

    def _share(self, at: datetime) -> float:
        return (self.within(at) - self.opens) / (self.closes - self.opens)


def chance(prior: float, *, life: QuestionLife, at: datetime, shape: float = 1.0) -> float:
    """The chance of Yes at a time up to which nothing happened, of a question that had `prior` when it opened.

    Event: 1 - (1 - p)^r with r the share of the hazard that lies ahead. State: p^r.
    """
    prior, ahead = probability(prior), life.remaining(at, shape=shape)
    if life.process == "event":
        return -math.expm1(ahead * math.log1p(-prior))
    if life.process == "state":
        return math.exp(ahead * math.log(prior))
    return prior


def log_odds(prior: float, *, life: QuestionLife, at: datetime, shape: float = 1.0) -> float:
    """The log-odds that time adds to the prior's: at most 0 for an event, at least 0 for a state, 0 while it is new."""
    if not life.direction or life.remaining(at, shape=shape) == 1.0:
        return 0.0
    return logit(clamp(chance(prior, life=life, at=at, shape=shape), low=_EDGE)) - logit(clamp(prior, low=_EDGE))
