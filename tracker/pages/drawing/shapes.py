"""Shapes that the drawings share: coordinates, straight and stepped paths, boxes. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]


def coordinate(value: float) -> str:
    """At most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def across(y: float, *, left: float, right: float) -> str:
    return f"M{coordinate(left)} {coordinate(y)}H{coordinate(right)}"


def upright(x: float, *, start: float, end: float) -> str:
    return f"M{coordinate(x)} {coordinate(start)}V{coordinate(end)}"


def step_path(corners: Sequence[Point]) -> str:
    """A step line: along to each corner, then up or down to it."""
    (x, y), *later = corners
    height = coordinate(y)
    path = f"M{coordinate(x)} {height}"
    for next_x, next_y in later:
        path += f"H{coordinate(next_x)}"
        if coordinate(next_y) != height:
            height = coordinate(next_y)
            path += f"V{height}"
    return path


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        is_level = self.top < other.bottom and other.top < self.bottom
        return is_level and self.left < other.right and other.left < self.right

    def lies_in(self, other: "Box") -> bool:
        is_level = other.top <= self.top and self.bottom <= other.bottom
        return is_level and other.left <= self.left and self.right <= other.right
