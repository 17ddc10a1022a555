"""The chart of a claim's chance over time with the stories on it, drawn twice: wide, and narrow for a phone. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from tracker.pages.drawing import chart_parts as parts
from tracker.pages.drawing.chart_frame import Frame, narrow, wide
from tracker.pages.drawing.chart_labels import Box, Label, along, first_free, wrapped
from tracker.pages.drawing.chart_marks import Mark, place
from tracker.pages.formats import Band, Level, Span, day, points, short_day
from tracker.wording import capitalised

BEFORE: Final = timedelta(days=45)  # how much news from before the opening is drawn in its place
NAMED: Final = 3  # stories named on the chart, those that moved it most
TREADS: Final = 12  # the longest ones, on which a line's own name is tried
LEVELS_OF_NAMES: Final = (33, 12, 60, 85)  # heights in per cent where names are tried, the first being the common one


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """All that the chart shows, seen from the claim. `until` is the ruling or now; `ruling` the ruled status,
    `ruled` how readers know it where they know it by another word.

    `levels` are the estimates, oldest first; `crowd` the members' median from the first of `members` forecasts on,
    `bands` where the middle half of them lay.
    """

    name: str
    opens: datetime
    deadline: datetime
    now: datetime
    until: datetime
    prior: int
    levels: tuple[Level, ...]
    marks: tuple[Mark, ...]
    spans: tuple[Span, ...]
    ruling: str = ""
    ruled: str = ""
    crowd: tuple[Level, ...] = ()
    members: int = 0
    bands: tuple[Band, ...] = ()


def draw(plot: Plot) -> str:
    """Two `<svg data-chart="estimate">`, safe to put into a page; a container query shows one of them."""
    start, end = _extent(plot)
    frames = (wide(start=start, end=end), narrow(start=start, end=end))
    return "".join(_drawing(plot, frame) for frame in frames)


def _extent(plot: Plot) -> tuple[datetime, datetime]:
    """From the opening, or the news shortly before it, to the deadline, or today where that is later."""
    early = [mark.at for mark in plot.marks if plot.opens - BEFORE <= mark.at < plot.opens]
    first = [level.at for level in plot.levels[:1]]
    return min([plot.opens, *early, *first]), max(plot.deadline, plot.until)


def _drawing(plot: Plot, frame: Frame) -> str:
    line = corners(plot.levels or (Level(at=frame.start, percent=plot.prior),), until=plot.until, frame=frame)
    placed = place(plot.marks, until=plot.until, frame=frame)
    taken = _filled(plot, line=line, frame=frame)
    names = tuple(_names(plot, taken=taken, frame=frame))
    drawn = [
        *parts.rules(frame),
        parts.element("path", cls="c-prior", d=f"M{parts.at(frame.x(frame.start))} {parts.at(frame.y(plot.prior))}"
                                               f"H{parts.at(line[-1][0])}"),
        *_crowd(plot, frame),
        *(parts.drop(mark, label=label, line=line, frame=frame) for mark, label in names),
        *parts.lanes(frame),
        *_uprights(plot, frame),
        *parts.scales(frame),
        parts.element("path", cls="c-est", d=parts.path(line)),
        *_ruling(plot, frame),
        *(parts.words(label, first="tp" if mark.lane == "pro" else "tn") for mark, label in names if label),
        *_own_names(plot, line=line, frame=frame, taken=taken),
        *(parts.mark(one) for one in placed),
        *parts.strip(plot.spans, frame=frame),
    ]  # fmt: skip
    return parts.svg(drawn, name=plot.name, frame=frame)


def corners(levels: Sequence[Level], *, until: datetime, frame: Frame) -> list[tuple[float, float]]:
    """The starts of the treads of a step line, and its end."""
    found = [(frame.x(level.at), frame.y(level.percent)) for level in levels]
    return [*found, (max(found[-1][0], frame.x(until)), found[-1][1])]


def named(marks: Sequence[Mark]) -> list[Mark]:
    """The stories that moved the chance most, two points at least, in order of time."""
    largest = sorted(marks, key=lambda mark: -abs(mark.points))[:NAMED]
    return sorted((mark for mark in largest if abs(mark.points) > 1), key=lambda mark: mark.at)


def _names(plot: Plot, *, taken: list[Box], frame: Frame) -> Iterator[tuple[Mark, Label | None]]:
    """Each story that is named, and its label where there is room for one; what it fills is added to `taken`."""
    for mark in named(plot.marks):
        label = first_free(_candidates(mark, frame=frame), inside=_plot_box(frame), taken=taken)
        if label:
            taken.append(label.box)
        # A hairline may not run through another's name either.
        taken.append(_thin(frame.x(mark.at), frame=frame))
        yield mark, label


def _filled(plot: Plot, *, line: list[tuple[float, float]], frame: Frame) -> list[Box]:
    """What names keep clear of: both lines, the uprights, and the ruling's words."""
    crowd = along(corners(plot.crowd, until=plot.until, frame=frame)) if plot.crowd else []
    uprights = [_thin(frame.x(moment), frame=frame) for moment in (plot.deadline, plot.until)]
    return [*along(line), *crowd, *uprights, *(label.box for label in _ruled_words(plot, frame))]


def _thin(x: float, *, frame: Frame) -> Box:
    return Box(left=x - 3, right=x + 3, top=frame.top, bottom=frame.bottom)


def _candidates(mark: Mark, *, frame: Frame) -> Iterator[Label]:
    x, width = frame.x(mark.at), 30 if frame.is_wide else 15
    whole = wrapped(f"{points(mark.points)} {mark.headline}", width=width)
    for lines in (whole, (points(mark.points),)):
        for percent in LEVELS_OF_NAMES:
            for anchor, shift in (("end", -8), ("start", 8)):
                yield Label(lines=lines, x=x + shift, y=frame.y(percent), anchor=anchor)


def _own_names(plot: Plot, *, line: list[tuple[float, float]], frame: Frame, taken: list[Box]) -> Iterator[str]:
    """The estimate and the crowd’s median are named on their own lines, along the longest tread that has room."""
    estimate = "Hindcast’s estimate" if frame.is_wide else "Estimate"
    yield from _on_line(estimate, line=line, frame=frame, taken=taken, name="tb")
    if plot.crowd:
        members = f"Crowd, median of {plot.members}" if frame.is_wide else "Crowd"
        yield from _on_line(members, line=corners(plot.crowd, until=plot.until, frame=frame), frame=frame, taken=taken)
    if frame.is_wide:
        yield _prior_name(plot, frame)


def _prior_name(plot: Plot, frame: Frame) -> str:
    """At the right edge, moved up or down where the ruling's words stand."""
    y, words = frame.y(plot.prior) + 4, (f"prior {plot.prior}",)
    heights = [y + shift for shift in (0, 18, -18, 36, -36, 54, -54)]
    candidates = (Label(lines=words, x=frame.right + 14, y=height, anchor="start") for height in heights)
    edge = Box(left=frame.right, right=frame.width, top=frame.top - 12, bottom=frame.bottom + 12)
    label = first_free(candidates, inside=edge, taken=[label.box for label in _ruled_words(plot, frame)])
    return parts.words(label) if label else ""


def _on_line(
    words: str, *, line: list[tuple[float, float]], frame: Frame, taken: list[Box], name: str = ""
) -> Iterator[str]:
    """On a tread, or behind the line's end where no tread has room."""
    treads = sorted(pairwise(line), key=lambda pair: pair[0][0] - pair[1][0])[:TREADS]
    end_x, end_y = line[-1]
    candidates = [
        Label(lines=(words,), x=left + (right - left) * share, y=y + shift, anchor="middle", name=name)
        for (left, y), (right, _) in treads
        for share in (0.5, 0.25, 0.75)
        for shift in (-9, 18)
    ]
    candidates += (
        Label(lines=(words,), x=end_x + 8, y=end_y + shift, anchor="start", name=name) for shift in (4, 28, -20)
    )
    label = first_free(candidates, inside=_plot_box(frame), taken=taken)
    if label:
        taken.append(label.box)
        yield parts.words(label)


def _plot_box(frame: Frame) -> Box:
    return Box(left=frame.left, right=frame.right, top=frame.top, bottom=frame.bottom)


def _crowd(plot: Plot, frame: Frame) -> Iterator[str]:
    """The median as a line, on the band within which the middle half lay."""
    for band in plot.bands:
        left, right = frame.x(band.start), frame.x(band.end)
        top, bottom = frame.y(band.high), frame.y(band.low)
        if right > left and bottom > top:
            size = {"width": parts.at(right - left), "height": parts.at(bottom - top)}
            yield parts.element("rect", cls="c-band", x=parts.at(left), y=parts.at(top), **size)
    if plot.crowd:
        yield parts.element("path", cls="c-crowd", d=parts.path(corners(plot.crowd, until=plot.until, frame=frame)))


def _uprights(plot: Plot, frame: Frame) -> Iterator[str]:
    """The deadline in magenta, and today in ink while nobody has ruled; both named above the plot."""
    at = frame.x(plot.deadline - timedelta(seconds=1))
    last_day = plot.deadline - timedelta(days=1)
    label = Label(
        lines=(f"Deadline {short_day(last_day) if last_day.year == plot.until.year else day(last_day)}",),
        x=at,
        y=16,
        anchor="middle" if frame.is_wide else "end" if at > frame.width / 2 else "start",
        name="tc",
    )
    yield parts.upright("c-dead", at, frame=frame)
    yield parts.words(label)
    if not plot.ruling:
        yield parts.upright("c-today", frame.x(plot.now), frame=frame)
        yield parts.words(_today(frame.x(plot.now), deadline=label, frame=frame))


def _today(x: float, *, deadline: Label, frame: Frame) -> Label:
    """Above the plot; beside its line where it would meet the deadline's words or the scale's."""
    above = Label(lines=("today",), x=x, y=16, anchor="middle", name="tb")
    if above.box.meets(deadline.box):
        side = -5 if x <= deadline.x else 5
        return replace(above, x=x + side, y=44, anchor="end" if side < 0 else "start")
    return above if frame.is_wide or x > 80 else replace(above, x=x - 2, anchor="start")


def _ruling(plot: Plot, frame: Frame) -> Iterator[str]:
    """The sign at 100% (came true), 0% (did not) or between, and beside it word and day, where there is room."""
    if plot.ruling:
        yield parts.sign(plot.ruling, x=frame.x(plot.until), y=frame.y(_ruled_at(plot)))
        yield from map(parts.words, _ruled_words(plot, frame))


def _ruled_at(plot: Plot) -> int:
    last = plot.levels[-1].percent if plot.levels else plot.prior
    return {"came true": 100, "partly true": 50, "did not come true": 0}.get(plot.ruling, last)


def _ruled_words(plot: Plot, frame: Frame) -> tuple[Label, ...]:
    if not plot.ruling or not frame.is_wide:
        return ()
    x, y = frame.x(plot.until) + 15, frame.y(_ruled_at(plot))
    # Both lines stay above the time axis.
    first = y + 4 if y < frame.bottom - 20 else y - 12
    colour = {"came true": "tp", "did not come true": "tn"}.get(plot.ruling, "tb")
    return (
        Label(lines=(capitalised(plot.ruled or plot.ruling),), x=x, y=first, anchor="start", name=colour),
        Label(lines=(f"ruled {short_day(plot.until)}",), x=x, y=first + 16, anchor="start"),
    )
