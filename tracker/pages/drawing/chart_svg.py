"""SVG of the estimate chart. Whatever goes into an attribute or between tags is escaped here, and only here. Pure."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from tracker import statuses
from tracker.pages.drawing.chart_data import LANES, EstimateChart, StoryMark
from tracker.pages.drawing.chart_frame import ChartFrame, ticks
from tracker.pages.drawing.chart_labels import LETTER, LINE, ChartLabels, TextLabel
from tracker.pages.drawing.chart_marks import PlacedMark
from tracker.pages.drawing.shapes import Point, across, coordinate, step_path, upright
from tracker.wording import capitalised

SCALE: Final = (0, 25, 50, 75, 100)
# Of the strip of statuses, by tone.
FILLS: Final = {
    "for": "fill-for-wash",
    "against": "fill-against-wash",
    "both": "fill-both",
    "call": "fill-call-wash",
    "neutral": "fill-mute",
}


def svg(
    chart: EstimateChart,
    *,
    estimate: Sequence[Point],
    crowd: Sequence[Point],
    marks: Sequence[PlacedMark],
    labels: ChartLabels,
    frame: ChartFrame,
) -> str:
    """One drawing, from the back to the front."""
    shapes = [
        *_rules(frame),
        _element(
            "path", cls="chart-prior", d=across(frame.y(chart.prior), left=frame.x(frame.start), right=estimate[-1][0])
        ),
        *_crowd(chart, crowd, frame),
        *(_hairline(mark, label, estimate, frame) for mark, label in labels.stories),
        *_lanes(frame),
        *_uprights(chart, labels, frame),
        *_scales(frame),
        _element("path", cls="chart-estimate", d=step_path(estimate)),
        *_ruling(chart, labels, frame),
        *(_text(label) for _, label in labels.stories if label),
        *map(_text, labels.names),
        *map(_mark, marks),
        *_strip(chart, frame),
    ]
    return _element(
        "svg",
        *shapes,
        cls="only-wide" if frame.is_wide else "only-narrow",
        data_chart="estimate",
        viewBox=f"0 0 {frame.width} {frame.height}",
        width="100%",
        role="group",
        aria_label=chart.name,
    )


def _element(tag: str, *inner: str, text: str = "", cls: str = "", **attributes: str | float) -> str:
    """An element; `inner` is markup made here, `text` and all attributes are escaped. An underscore is a hyphen."""
    pairs = {"class": cls} if cls else {}
    for name, value in attributes.items():
        pairs[name.replace("_", "-")] = value if isinstance(value, str) else coordinate(value)
    head = "".join(f' {name}="{escape(value)}"' for name, value in pairs.items())
    body = escape(text) + "".join(inner)
    return f"<{tag}{head}>{body}</{tag}>" if body else f"<{tag}{head}/>"


def _text(label: TextLabel) -> str:
    """A label, line by line, each with a halo in the colour of the paper."""
    return "".join(
        _element(
            "text",
            cls=" ".join(filter(None, ("halo", label.colour or ("" if place else label.first)))),
            x=label.x,
            y=label.y + LINE * place,
            text_anchor=label.anchor,
            text=line,
        )
        for place, line in enumerate(label.lines)
    )


def _rules(frame: ChartFrame) -> Iterator[str]:
    """Five rules from 0 to 100%, the lowest being the time axis with its ticks."""
    for percent in SCALE:
        line = across(frame.y(percent), left=frame.left, right=frame.right)
        yield _element("path", cls="chart-grid" if percent else "chart-axis", d=line)
    for tick in ticks(frame):
        yield _element("path", cls="chart-axis", d=f"M{coordinate(tick.x)} {coordinate(frame.bottom)}v5")


def _scales(frame: ChartFrame) -> Iterator[str]:
    """The words of both axes; drawn after the uprights, so that their halo clears what runs through them."""
    for percent in SCALE:
        y, words = frame.y(percent), f"{percent}{'%' if percent == 100 else ''}"
        if frame.is_wide:
            yield _element("text", x=34, y=y + 4, text_anchor="end", text=words)
        elif percent in (0, 50, 100):
            yield _element("text", cls="halo", x=frame.left, y=y - 4, text=words)
    for tick in ticks(frame):
        if tick.words:
            yield _element(
                "text", cls="halo", x=tick.words_x, y=frame.bottom + 16, text_anchor="middle", text=tick.words
            )


def _crowd(chart: EstimateChart, line: Sequence[Point], frame: ChartFrame) -> Iterator[str]:
    """The median as a line, on the band within which the middle half lay."""
    for band in chart.bands:
        left, right = frame.x(band.start), frame.x(band.end)
        top, bottom = frame.y(band.high), frame.y(band.low)
        if right > left and bottom > top:
            yield _element("rect", cls="chart-band", x=left, y=top, width=right - left, height=bottom - top)
    if line:
        yield _element("path", cls="chart-crowd", d=step_path(line))


def _hairline(mark: StoryMark, label: TextLabel | None, line: Sequence[Point], frame: ChartFrame) -> str:
    """From the step that a story caused, or from its label where that is higher, down to its lane."""
    x = frame.x(mark.at)
    before = [corner for corner in line if corner[0] <= x + 0.1] or line[:1]
    top = min(before[-1][1], label.y - 10) if label else before[-1][1]
    return _element("path", cls="chart-hairline", d=upright(x, start=top, end=frame.lane(mark.lane)))


def _lanes(frame: ChartFrame) -> Iterator[str]:
    for lane, words in LANES.items():
        y = frame.lane(lane)
        yield _element("path", cls="chart-grid", d=across(y, left=frame.left, right=frame.right))
        if frame.is_wide:
            yield _element("text", x=986, y=y + 4, text=words)


def _uprights(chart: EstimateChart, labels: ChartLabels, frame: ChartFrame) -> Iterator[str]:
    """The deadline in magenta, and today in ink while nobody has ruled; both named above the plot."""
    ends = {"start": frame.top - 8, "end": frame.lane_bottom}
    yield _element("path", cls="chart-deadline", d=upright(labels.deadline.x, **ends))
    yield _text(labels.deadline)
    if labels.today:
        yield _element("path", cls="chart-today", d=upright(frame.x(chart.now), **ends))
        yield _text(labels.today)


def _ruling(chart: EstimateChart, labels: ChartLabels, frame: ChartFrame) -> Iterator[str]:
    """The sign at 100% (came true), 0% (did not) or between, on a disc of paper, and beside it word and day."""
    if chart.ruling:
        x, y, traits = frame.x(chart.until), labels.ruled_at, statuses.of(chart.ruling)
        yield _element("circle", cls="fill-paper", cx=x, cy=y, r=11)
        sign = _element("use", href=f"#s-{traits.sign}")
        yield _element("svg", sign, cls=traits.tone, x=x - 9, y=y - 9, width=18, height=18)
        yield from map(_text, labels.ruling)


def _mark(placed: PlacedMark) -> str:
    """A story's mark as a link to its row, its name a whole sentence, 24 units to hit."""
    mark, x, y = placed.mark, placed.x, placed.y
    cls = f"chart-story chart-{mark.lane}{'' if mark.is_confirmed else ' suggested'}"
    inner = [
        _element("title", text=mark.name),
        _element("rect", cls="chart-target", x=x - 12, y=y - 12, width=24, height=24),
        _shape(placed, cls=cls),
    ]
    if mark.count > 1:
        count = str(mark.count) if mark.count < 100 else "99+"
        inner.append(_element("text", cls="chart-count", x=x, y=y + 4, text_anchor="middle", text=count))
    return _element("a", *inner, href=mark.address, aria_label=mark.name)


def _shape(placed: PlacedMark, *, cls: str) -> str:
    """A triangle up, a triangle down, or a disc."""
    up = {"for": 1, "against": -1}.get(placed.mark.lane)
    x, y, r = placed.x, placed.y, placed.radius
    if up is None:
        return _element("circle", cls=cls, cx=x, cy=y, r=0.9 * r)
    start = f"M{coordinate(x)} {coordinate(y - up * 0.9 * r)}"
    return _element("path", cls=cls, d=f"{start}l{coordinate(r)} {coordinate(up * 1.8 * r)}h{coordinate(-2 * r)}z")


def _strip(chart: EstimateChart, frame: ChartFrame) -> Iterator[str]:
    """The statuses in order under the lanes, a word in each that has room for it."""
    for span in chart.spans:
        left, right = frame.x(span.start), frame.x(span.end)
        width, words = max(1.5, right - left - 1.5), chart.words(span.status)
        fill = FILLS[statuses.of(span.status).tone]
        title = _element("title", text=capitalised(words))
        yield _element("rect", title, cls=fill, x=left, y=frame.strip_top, width=width, height=20)
        if len(words) * LETTER + 12 <= width:
            yield _element("text", cls="text-strong", x=left + 6, y=frame.strip_top + 14, text=words)
    if frame.is_wide:
        yield _element("text", x=986, y=frame.strip_top + 14, text="status")
