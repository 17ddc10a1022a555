"""Where words go on the chart: beside what they name, clear of the line, the edges and each other. Pure geometry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

LINE: Final = 15.0  # from one line of words to the next
LETTER: Final = 6.7  # the average width of a letter at 12 px, a little on the safe side


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def lies_in(self, other: "Box") -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One or two lines of words, anchored at their start or end, the baseline of the first at `y`."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str  # start, middle or end, as in SVG
    name: str = ""

    @property
    def box(self) -> Box:
        width = max(len(line) for line in self.lines) * LETTER
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left=left, right=left + width, top=self.y - 12, bottom=self.y + 4 + LINE * (len(self.lines) - 1))


def first_free(candidates: Iterable[Label], *, inside: Box, taken: Sequence[Box]) -> Label | None:
    """The first of the candidates that lies inside and meets nothing; None if there is no room for any."""
    for candidate in candidates:
        box = candidate.box
        if box.lies_in(inside) and not any(box.meets(other) for other in taken):
            return candidate
    return None


def along(points: Sequence[tuple[float, float]], *, clear: float = 4.0) -> list[Box]:
    """The boxes that a step line through these corners fills, with some room around it."""
    boxes = []
    for (x, y), (next_x, next_y) in pairwise(points):
        boxes.append(Box(left=x - clear, right=next_x + clear, top=y - clear, bottom=y + clear))
        top, bottom = min(y, next_y), max(y, next_y)
        boxes.append(Box(left=next_x - clear, right=next_x + clear, top=top - clear, bottom=bottom + clear))
    return boxes


def wrapped(words: str, *, width: int, lines: int = 2) -> tuple[str, ...]:
    """The words in at most so many lines of at most `width` letters; what does not fit ends in an ellipsis."""
    found: list[str] = []
    rest = words.split()
    while rest and len(found) < lines:
        line = rest.pop(0)
        while rest and len(line) + 1 + len(rest[0]) <= width:
            line += f" {rest.pop(0)}"
        found.append(line[:width])
    if rest and found:
        found[-1] = f"{found[-1][: width - 1].rstrip(' ,;:–-')}…"
    return tuple(found)
