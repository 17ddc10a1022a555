"""Figures of stance by category of pair, and over those that settle or strongly move a claim."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

PLAIN = frozenset({"decisive", "strong"})
DIRECTIONS = frozenset({"supports", "contradicts"})
UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class CategorisedPair:
    """A pair that has a category or a strength; `so` and `answer` are stances, or unrelated."""

    category: str
    strength: str
    so: str
    answer: str

    @property
    def is_right(self) -> bool:
        return self.so == self.answer

    @property
    def is_opposite(self) -> bool:
        return {self.so, self.answer} == DIRECTIONS


@dataclass(frozen=True, slots=True)
class CategoryFigures:
    """How many pairs of a category there are, how many were judged right, how many called the opposite."""

    category: str
    pairs: int
    right: int
    opposite: int


def by_category(pairs: Sequence[CategorisedPair]) -> tuple[CategoryFigures, ...]:
    """Figures of all that is plain first, under "decisive or strong", then of each category, the largest first."""
    plain = [pair for pair in pairs if pair.strength in PLAIN and pair.so in DIRECTIONS]
    groups: dict[str, list[CategorisedPair]] = defaultdict(list)
    for pair in pairs:
        if pair.category:
            groups[pair.category].append(pair)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple(_figures(name, rows) for name, rows in [("decisive or strong", plain), *ordered] if rows)


def _figures(category: str, rows: Sequence[CategorisedPair]) -> CategoryFigures:
    right, opposite = (sum(getattr(row, name) for row in rows) for name in ("is_right", "is_opposite"))
    return CategoryFigures(category, len(rows), right, opposite)


def show(figures: Sequence[CategoryFigures], console: Console) -> None:
    """A table for people; nothing where no pair has a category or a strength."""
    if not figures:
        return
    table = Table("category", "pairs", "right", "opposite", box=None, pad_edge=False, header_style="bold")
    for row in figures:
        table.add_row(row.category, str(row.pairs), f"{row.right / row.pairs:.2f}", f"{row.opposite / row.pairs:.2f}")
    for column in table.columns[1:]:
        column.justify = "right"
    console.print(table)
