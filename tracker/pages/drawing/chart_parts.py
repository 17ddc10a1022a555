"""The shapes of the chart as SVG. Whatever goes into an attribute or between tags is escaped here, and only here."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from tracker.pages.drawing.chart_frame import LANES, Frame, ticks
from tracker.pages.drawing.chart_labels import LETTER, LINE, Label
from tracker.pages.drawing.chart_marks import WORDS, Mark, Placed
from tracker.pages.formats import Span
from tracker.wording import capitalised

SIGN: Final = {"came true": "pro", "did not come true": "con"}
SCALE: Final = (0, 25, 50, 75, 100)
STRIPS: Final = {
    "watching": "f-mute",
    "holding up": "f-prow",
    "in doubt": "f-conw",
    "contested": "f-both",
    "due": "f-callw",
}


def element(tag: str, *inner: str, text: str = "", cls: str = "", **attributes: str | float) -> str:
    """An element; `inner` is markup made here, `text` and all attributes are escaped. An underscore is a hyphen."""
    pairs = {"class": cls} if cls else {}
    pairs |= {name.replace("_", "-"): at(value) for name, value in attributes.items()}
    head = "".join(f' {name}="{escape(value)}"' for name, value in pairs.items())
    body = escape(text) + "".join(inner)
    return f"<{tag}{head}>{body}</{tag}>" if body else f"<{tag}{head}/>"


def at(value: str | float) -> str:
    """A coordinate with at most one decimal; words as they are."""
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def svg(drawn: Iterable[str], *, name: str, frame: Frame) -> str:
    return element(
        "svg",
        *drawn,
        cls="only-w" if frame.is_wide else "only-n",
        data_chart="estimate",
        viewBox=f"0 0 {frame.width} {frame.height}",
        width="100%",
        role="group",
        aria_label=name,
    )


def path(corners: Sequence[tuple[float, float]]) -> str:
    """A step line: along to each corner, then up or down to it."""
    (x, y), *later = corners
    steps, height = [f"M{at(x)} {at(y)}"], at(y)
    for next_x, next_y in later:
        steps.append(f"H{at(next_x)}")
        if at(next_y) != height:
            height = at(next_y)
            steps.append(f"V{height}")
    return "".join(steps)


def words(label: Label, *, first: str = "") -> str:
    """A label, line by line, each with a halo in the colour of the paper; `first` colours the first line."""
    return "".join(
        element(
            "text",
            cls=" ".join(filter(None, ("halo", label.name or (first if not place else "")))),
            x=label.x,
            y=label.y + LINE * place,
            text_anchor=label.anchor,
            text=line,
        )
        for place, line in enumerate(label.lines)
    )


def rules(frame: Frame) -> Iterator[str]:
    """Five rules from 0 to 100%, the lowest being the time axis with its ticks."""
    for percent in SCALE:
        y = frame.y(percent)
        yield element("path", cls="c-grid" if percent else "c-axis", d=f"M{at(frame.left)} {at(y)}H{at(frame.right)}")
    for tick in ticks(frame):
        yield element("path", cls="c-axis", d=f"M{at(tick.x)} {at(frame.bottom)}v5")


def scales(frame: Frame) -> Iterator[str]:
    """The words of both axes; drawn after the uprights, so that their halo clears what runs through them."""
    for percent in SCALE:
        y, said = frame.y(percent), f"{percent}{'%' if percent == 100 else ''}"
        if frame.is_wide:
            yield element("text", x=34, y=y + 4, text_anchor="end", text=said)
        elif percent in (0, 50, 100):
            yield element("text", cls="halo", x=frame.left, y=y - 4, text=said)
    for tick in ticks(frame):
        if tick.words:
            yield element(
                "text", cls="halo", x=tick.words_x, y=frame.bottom + 16, text_anchor="middle", text=tick.words
            )


def lanes(frame: Frame) -> Iterator[str]:
    for lane in LANES:
        y = frame.lane(lane)
        yield element("path", cls="c-grid", d=f"M{at(frame.left)} {at(y)}H{at(frame.right)}")
        if frame.is_wide:
            yield element("text", x=986, y=y + 4, text=WORDS[lane])


def upright(cls: str, x: float, *, frame: Frame) -> str:
    return element("path", cls=cls, d=f"M{at(x)} {at(frame.top - 8)}V{at(frame.lane_bottom)}")


def drop(mark: Mark, *, label: Label | None, line: Sequence[tuple[float, float]], frame: Frame) -> str:
    """A hairline from the step that a story caused, or from its label where that is higher, down to its lane."""
    x = frame.x(mark.at)
    before = [corner for corner in line if corner[0] <= x + 0.1] or line[:1]
    top = min(before[-1][1], label.y - 10) if label else before[-1][1]
    return element("path", cls="c-drop", d=f"M{at(x)} {at(top)}V{at(frame.lane(mark.lane))}")


def mark(placed: Placed) -> str:
    """A story's mark as a link to its row, its name a whole sentence, 24 units to hit."""
    own, x, y, r = placed.mark, placed.x, placed.y, placed.radius
    cls = f"c-ev c-{own.lane}{'' if own.is_confirmed else ' sug'}"
    inner = [
        element("title", text=own.name),
        element("rect", cls="c-hit", x=x - 12, y=y - 12, width=24, height=24),
        _shape(own.lane, cls=cls, x=x, y=y, r=r),
    ]
    if own.count > 1:
        said = str(own.count) if own.count < 100 else "99+"
        inner.append(element("text", cls="c-n", x=x, y=y + 4, text_anchor="middle", text=said))
    return element("a", *inner, href=own.address, aria_label=own.name)


def _shape(lane: str, *, cls: str, x: float, y: float, r: float) -> str:
    if lane == "pro":
        return element("path", cls=cls, d=f"M{at(x)} {at(y - 0.9 * r)}l{at(r)} {at(1.8 * r)}h{at(-2 * r)}z")
    if lane == "con":
        return element("path", cls=cls, d=f"M{at(x)} {at(y + 0.9 * r)}l{at(r)} {at(-1.8 * r)}h{at(-2 * r)}z")
    return element("circle", cls=cls, cx=x, cy=y, r=0.9 * r)


def strip(spans: Sequence[Span], *, frame: Frame) -> Iterator[str]:
    """The statuses in order under the lanes, a word in each that has room for it."""
    for span in spans:
        left, right = frame.x(span.start), frame.x(span.end)
        width = max(1.5, right - left - 1.5)
        fill = STRIPS.get(span.status, "f-mute")
        words = span.words or span.status
        title = element("title", text=capitalised(words))
        yield element("rect", title, cls=fill, x=left, y=frame.strip_top, width=width, height=20)
        if len(words) * LETTER + 12 <= width:
            yield element("text", cls="tb", x=left + 6, y=frame.strip_top + 14, text=words)
    if frame.is_wide:
        yield element("text", x=986, y=frame.strip_top + 14, text="status")


def sign(status: str, *, x: float, y: float) -> str:
    """The sign of a ruling on a disc of paper."""
    drawn = element("use", href=f"#s-{status.replace(' ', '-')}")
    disc = element("circle", cls="f-paper", cx=x, cy=y, r=11)
    return disc + element("svg", drawn, cls=SIGN.get(status, "men"), x=x - 9, y=y - 9, width=18, height=18)
