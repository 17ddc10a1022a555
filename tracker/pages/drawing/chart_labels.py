"""Labels of the estimate chart: each beside what it names, clear of lines, edges and other labels. Pure geometry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import Final

from tracker import statuses
from tracker.pages.drawing.chart_data import EstimateChart, StoryMark
from tracker.pages.drawing.chart_frame import ChartFrame
from tracker.pages.drawing.shapes import Box, Point
from tracker.pages.formats import day, points, short_day
from tracker.wording import capitalised

LINE: Final = 15.0  # from one line of words to the next
LETTER: Final = 6.7  # the average width of a letter at 12 px, a little on the safe side
NAMED: Final = 3  # stories named on the chart, those that moved it most
TREADS: Final = 12  # the longest ones, on which a line's own name is tried
LEVELS_OF_NAMES: Final = (33, 12, 60, 85)  # heights in per cent where names are tried, the first being the common one
RULED_AT: Final = {"yes": 100, "partly": 50, "no": 0}  # per cent; what is void ends at its last level
COLOURS: Final = {"for": "text-for", "against": "text-against"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLabel:
    """Lines of words, the baseline of the first at `y`; `anchor` is start, middle or end, as in SVG.

    `colour` is a class of all lines, `first` of the first alone.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str
    colour: str = ""
    first: str = ""

    @property
    def box(self) -> Box:
        width = max(len(line) for line in self.lines) * LETTER
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - 12, left + width, self.y + 4 + LINE * (len(self.lines) - 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLabels:
    """The stories that are named, each with its label where there is room for one; `names` are of the lines."""

    stories: tuple[tuple[StoryMark, TextLabel | None], ...]
    names: tuple[TextLabel, ...]
    deadline: TextLabel
    today: TextLabel | None
    ruling: tuple[TextLabel, ...]
    ruled_at: float


def place_labels(
    chart: EstimateChart, *, estimate: Sequence[Point], crowd: Sequence[Point], frame: ChartFrame
) -> ChartLabels:
    """The ruling's words and the uprights have their place; then stories take what is free, then the lines' names."""
    ruled_at, ruling = _ruling(chart, frame)
    uprights = [_beside(frame.x(moment), frame) for moment in (chart.deadline, chart.until)]
    taken = [*along(estimate), *along(crowd), *uprights, *(label.box for label in ruling)]
    stories = tuple(_stories(chart.marks, taken=taken, frame=frame))
    names = (
        _on_line("Hindcast’s estimate" if frame.is_wide else "Estimate", estimate, taken, frame, colour="text-strong"),
        _on_line(f"Crowd, median of {chart.members}" if frame.is_wide else "Crowd", crowd, taken, frame),
        _prior(chart, ruling=ruling, frame=frame) if frame.is_wide else None,
    )
    deadline = _deadline(chart, frame)
    return ChartLabels(
        stories=stories,
        names=tuple(filter(None, names)),
        deadline=deadline,
        today=None if chart.ruling else _today(frame.x(chart.now), deadline=deadline, frame=frame),
        ruling=ruling,
        ruled_at=ruled_at,
    )


def _ruling(chart: EstimateChart, frame: ChartFrame) -> tuple[float, tuple[TextLabel, ...]]:
    """The height of the ruling's sign and, where there is room, its word and day beside it."""
    if not chart.ruling:
        return 0.0, ()
    traits = statuses.of(chart.ruling)
    x, y = frame.x(chart.until) + 15, frame.y(RULED_AT.get(traits.outcome, chart.last_percent))
    if not frame.is_wide:
        return y, ()
    # Both lines stay above the time axis.
    first = y + 4 if y < frame.bottom - 20 else y - 12
    words, colour = capitalised(chart.words(chart.ruling)), COLOURS.get(traits.tone, "text-strong")
    return y, (
        TextLabel(lines=(words,), x=x, y=first, anchor="start", colour=colour),
        TextLabel(lines=(f"ruled {short_day(chart.until)}",), x=x, y=first + 16, anchor="start"),
    )


def _stories(
    marks: Sequence[StoryMark], *, taken: list[Box], frame: ChartFrame
) -> Iterator[tuple[StoryMark, TextLabel | None]]:
    for mark in named(marks):
        yield mark, _take(_story(mark, frame), taken=taken, frame=frame)
        # A hairline may not run through another's name either.
        taken.append(_beside(frame.x(mark.at), frame))


def named(marks: Sequence[StoryMark]) -> list[StoryMark]:
    """The stories that moved the chance most, two points at least, in order of time."""
    largest = sorted(marks, key=lambda mark: -abs(mark.points))[:NAMED]
    return sorted((mark for mark in largest if abs(mark.points) > 1), key=lambda mark: mark.at)


def _story(mark: StoryMark, frame: ChartFrame) -> Iterator[TextLabel]:
    x, width = frame.x(mark.at), 30 if frame.is_wide else 15
    colour = COLOURS.get(mark.lane, "text-against")
    whole = wrapped(f"{points(mark.points)} {mark.headline}", width=width)
    for lines in (whole, (points(mark.points),)):
        for percent in LEVELS_OF_NAMES:
            for anchor, shift in (("end", -8), ("start", 8)):
                yield TextLabel(lines=lines, x=x + shift, y=frame.y(percent), anchor=anchor, first=colour)


def _on_line(
    words: str, line: Sequence[Point], taken: list[Box], frame: ChartFrame, *, colour: str = ""
) -> TextLabel | None:
    """A line's name along its longest tread that has room, or behind its end where none has."""
    if not line:
        return None
    treads = sorted(pairwise(line), key=lambda pair: pair[0][0] - pair[1][0])[:TREADS]
    places = [
        (left + (right - left) * share, y + shift, "middle")
        for (left, y), (right, _) in treads
        for share in (0.5, 0.25, 0.75)
        for shift in (-9, 18)
    ]
    end_x, end_y = line[-1]
    places += ((end_x + 8, end_y + shift, "start") for shift in (4, 28, -20))
    labels = (TextLabel(lines=(words,), x=x, y=y, anchor=anchor, colour=colour) for x, y, anchor in places)
    return _take(labels, taken=taken, frame=frame)


def _prior(chart: EstimateChart, *, ruling: Sequence[TextLabel], frame: ChartFrame) -> TextLabel | None:
    """At the right edge, moved up or down where the ruling's words stand."""
    words, y = (f"prior {chart.prior}",), frame.y(chart.prior) + 4
    heights = (y + shift for shift in (0, 18, -18, 36, -36, 54, -54))
    candidates = (TextLabel(lines=words, x=frame.right + 14, y=height, anchor="start") for height in heights)
    edge = Box(frame.right, frame.top - 12, frame.width, frame.bottom + 12)
    return first_free(candidates, inside=edge, taken=[label.box for label in ruling])


def _deadline(chart: EstimateChart, frame: ChartFrame) -> TextLabel:
    x, last_day = frame.x(chart.deadline - timedelta(seconds=1)), chart.deadline - timedelta(days=1)
    words = f"Deadline {short_day(last_day) if last_day.year == chart.until.year else day(last_day)}"
    anchor = "middle" if frame.is_wide else "end" if x > frame.width / 2 else "start"
    return TextLabel(lines=(words,), x=x, y=16, anchor=anchor, colour="text-call")


def _today(x: float, *, deadline: TextLabel, frame: ChartFrame) -> TextLabel:
    """Above the plot; beside its line where it would meet the deadline's words or the scale's."""
    above = TextLabel(lines=("today",), x=x, y=16, anchor="middle", colour="text-strong")
    if above.box.meets(deadline.box):
        side = -5 if x <= deadline.x else 5
        return replace(above, x=x + side, y=44, anchor="end" if side < 0 else "start")
    return above if frame.is_wide or x > 80 else replace(above, x=x - 2, anchor="start")


def _take(candidates: Iterable[TextLabel], *, taken: list[Box], frame: ChartFrame) -> TextLabel | None:
    """The first that is free; its box is taken from then on."""
    label = first_free(candidates, inside=frame.box, taken=taken)
    if label:
        taken.append(label.box)
    return label


def first_free(candidates: Iterable[TextLabel], *, inside: Box, taken: Sequence[Box]) -> TextLabel | None:
    """The first of the candidates that lies inside and meets nothing; None if there is no room for any."""
    for candidate in candidates:
        box = candidate.box
        if box.lies_in(inside) and not any(box.meets(other) for other in taken):
            return candidate
    return None


def _beside(x: float, frame: ChartFrame) -> Box:
    """The room that an upright needs."""
    return Box(x - 3, frame.top, x + 3, frame.bottom)


def along(points: Sequence[Point], *, clear: float = 4.0) -> list[Box]:
    """The boxes that a step line through these corners fills, with some room around it."""
    boxes = []
    for (x, y), (next_x, next_y) in pairwise(points):
        boxes.append(Box(x - clear, y - clear, next_x + clear, y + clear))
        top, bottom = min(y, next_y), max(y, next_y)
        boxes.append(Box(next_x - clear, top - clear, next_x + clear, bottom + clear))
    return boxes


def wrapped(words: str, *, width: int, lines: int = 2) -> tuple[str, ...]:
    """The words in at most so many lines of at most `width` letters; what does not fit ends in an ellipsis."""
    whole: list[str] = []
    rest = words.split()
    while rest and len(whole) < lines:
        line = rest.pop(0)
        while rest and len(line) + 1 + len(rest[0]) <= width:
            line += f" {rest.pop(0)}"
        whole.append(line[:width])
    if rest and whole:
        whole[-1] = f"{whole[-1][: width - 1].rstrip(' ,;:–-')}…"
    return tuple(whole)
