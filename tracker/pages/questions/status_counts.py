"""How the statements of an article, an author or a claim stand: counts by status, and the bar drawn from them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from tracker import statuses
from tracker.models import RULED, Position, Status
from tracker.models.positions import PositionQuerySet
from tracker.wording import capitalised, number


@dataclass(frozen=True, slots=True)
class StatusCount:
    """So many positions with this status."""

    status: str
    number: int

    @property
    def words(self) -> str:
        return f"{self.number} {self.status}"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of the positions that take a side, by the rank of their status, none 0; `unsided` are followed only."""

    counts: tuple[StatusCount, ...]
    unsided: int = 0

    def of(self, status: str) -> int:
        return next((count.number for count in self.counts if count.status == status), 0)

    @property
    def total(self) -> int:
        return sum(count.number for count in self.counts)

    @property
    def came_true(self) -> int:
        return self.of(Status.CAME_TRUE)

    @property
    def did_not(self) -> int:
        return self.of(Status.DID_NOT)

    @property
    def scored(self) -> int:
        """Positions ruled true or not true; one that is partly true or void is ruled, and nobody is scored."""
        return self.came_true + self.did_not

    @property
    def partly(self) -> int:
        return self.of(Status.PARTLY)

    @property
    def answered(self) -> int:
        """Positions ruled true, not true or partly true, of which the world has said something."""
        return self.scored + self.partly

    @property
    def due(self) -> int:
        return self.of(Status.DUE)

    @property
    def open(self) -> int:
        """Positions neither ruled nor due."""
        return self.total - self.due - sum(self.of(status) for status in RULED)

    @property
    def record(self) -> "Tally":
        """Counts of the positions ruled true or not, and nothing else."""
        return Tally(tuple(count for count in self.counts if count.status in (Status.CAME_TRUE, Status.DID_NOT)))

    @property
    def segments(self) -> tuple[tuple[str, int], ...]:
        """The bar from left to right: came true, did not, due, and all others as one."""
        rest = self.total - self.scored - self.due
        return (
            ("fill-for", self.came_true),
            ("fill-against", self.did_not),
            ("fill-call", self.due),
            ("fill-mute", rest),
        )


def tally(positions: Iterable[Position]) -> Tally:
    """Count the positions, those without a side apart."""
    return tallied(Counter((position.side, position.status) for position in positions))


def tallies(positions: PositionQuerySet, *, by: str) -> defaultdict[int, Tally]:
    """The tallies of the positions by what this column leads to; one query."""
    numbers: defaultdict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    for key, side, status, count in positions.order_by().values_list(by, "side", "status").annotate(Count("pk")):
        numbers[key][side, status] = count
    return defaultdict(lambda: Tally(()), {key: tallied(own) for key, own in numbers.items()})


def tallied(numbers: Mapping[tuple[str, str], int]) -> Tally:
    """The tally from how many positions there are of each side and status."""
    sided: Counter[str] = Counter()
    for (side, status), count in numbers.items():
        sided[status] += count if side != Position.Side.NONE else 0
    ranked = sorted(sided, key=lambda status: statuses.of(status).rank)
    counts = tuple(StatusCount(status, sided[status]) for status in ranked if sided[status])
    return Tally(counts, unsided=sum(numbers.values()) - sided.total())


def lean(counted: Tally) -> str:
    """How a claim's words are marked: for, against, both, due, open, or none where it takes no side.

    What came partly true is marked as both. What is due counts where it outnumbers what was ruled on; its sign stands
    at the claim in any case.
    """
    if not counted.total:
        return "none"
    if counted.due > counted.answered:
        return "due"
    if counted.partly or (counted.came_true and counted.did_not):
        return "both"
    if counted.scored:
        return "for" if counted.came_true else "against"
    return "open"


def outcome(counted: Tally) -> str:
    """How what was ruled on came out, as a sentence; nothing where nothing was."""
    right, wrong = counted.came_true, counted.did_not
    if counted.partly:
        return _outcome_with_parts(counted)
    if right and wrong:
        return f"{capitalised(number(right))} came true, {number(wrong)} did not."
    if counted.scored == 1:
        return "It came true." if right else "It did not come true."
    if counted.scored == 2:
        return "Both came true." if right else "Neither came true."
    return "All came true." if right else "None came true." if wrong else ""


def _outcome_with_parts(counted: Tally) -> str:
    """Such as "Two came true, one did not, one is partly true."."""
    if counted.answered == 1:
        return "It is partly true."
    right, wrong, partly = counted.came_true, counted.did_not, counted.partly
    said = [
        f"{number(right)} came true" if right else "",
        f"{number(wrong)} did not{'' if right else ' come true'}" if wrong else "",
        f"{number(partly)} {'is' if partly == 1 else 'are'} partly true",
    ]
    return f"{capitalised(', '.join(filter(None, said)))}."
