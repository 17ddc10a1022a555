"""Labels of a calibration plot: right of their dots, left, above or below, clear of each other. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.pages.drawing.shapes import Box

LETTER: Final = 6.6  # width of a letter at 12 units, a little generous
HALF_LINE: Final = 7.0
GAP: Final = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A dot with its words, and its upright from `top` to `foot`."""

    x: float
    y: float
    radius: float
    top: float
    foot: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DotWords:
    """The start, middle or end of a text (`anchor` as in SVG), and its baseline."""

    x: float
    y: float
    anchor: str


def place_words(spots: Sequence[Spot], *, width: float, bottom: float) -> tuple[DotWords, ...]:
    """Of each spot, in their order, the place that covers least of the dots, uprights and words placed before it."""
    dots = [Box(s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in spots]
    uprights = [Box(s.x - 1, s.top, s.x + 1, s.foot) for s in spots]
    room = Box(0.0, 0.0, width, bottom + HALF_LINE)
    taken: list[Box] = []
    words = []
    for number, spot in enumerate(spots):
        others = [*taken, *dots[:number], *dots[number + 1 :]]

        def cost(choice: tuple[DotWords, Box], others: list[Box] = others) -> int:
            box = choice[1]
            return 20 * (not box.lies_in(room)) + 10 * sum(map(box.meets, others)) + 2 * sum(map(box.meets, uprights))

        place, box = min(_choices(spot), key=cost)
        taken.append(box)
        words.append(place)
    return tuple(words)


def _choices(spot: Spot) -> Iterator[tuple[DotWords, Box]]:
    """The best liked first: of equals `min` takes the first."""
    length, aside, up = LETTER * len(spot.words), spot.radius + GAP, spot.radius + GAP + HALF_LINE
    for left, middle, anchor in (
        (spot.x + aside, spot.y, "start"),
        (spot.x - aside - length, spot.y, "end"),
        (spot.x - length / 2, spot.y - up, "middle"),
        (spot.x - length / 2, spot.y + up, "middle"),
    ):
        at = {"start": left, "end": left + length, "middle": left + length / 2}[anchor]
        box = Box(left, middle - HALF_LINE, left + length, middle + HALF_LINE)
        yield DotWords(x=round(at, 1), y=round(middle + 4, 1), anchor=anchor), box
