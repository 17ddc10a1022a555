"""The chart of a claim's chance over time with the stories on it, drawn twice: wide, and narrow for a phone. Pure.

Data come in, get scales (`chart_frame`), marks (`chart_marks`) and labels (`chart_labels`), and go out as `chart_svg`.
"""

from datetime import datetime, timedelta
from typing import Final

from tracker.pages.drawing.chart_data import EstimateChart
from tracker.pages.drawing.chart_frame import ChartFrame, frames
from tracker.pages.drawing.chart_labels import place_labels
from tracker.pages.drawing.chart_marks import place_marks
from tracker.pages.drawing.chart_svg import svg
from tracker.pages.drawing.histories import Level

BEFORE: Final = timedelta(days=45)  # how much news from before the opening is drawn in its place


def draw(chart: EstimateChart) -> str:
    """Two `<svg data-chart="estimate">`, safe to put into a page; a container query shows one of them."""
    return "".join(_drawing(chart, frame) for frame in frames(*_extent(chart)))


def _extent(chart: EstimateChart) -> tuple[datetime, datetime]:
    """From the opening, or the news shortly before it, to the deadline, or today where that is later."""
    early = [mark.at for mark in chart.marks if chart.opens - BEFORE <= mark.at < chart.opens]
    first = [level.at for level in chart.levels[:1]]
    return min([chart.opens, *early, *first]), max(chart.deadline, chart.until)


def _drawing(chart: EstimateChart, frame: ChartFrame) -> str:
    levels = chart.levels or (Level(at=frame.start, percent=chart.prior),)
    estimate = frame.step_line(levels, until=chart.until)
    crowd = frame.step_line(chart.crowd, until=chart.until)
    marks = place_marks(chart.marks, until=chart.until, frame=frame)
    labels = place_labels(chart, estimate=estimate, crowd=crowd, frame=frame)
    return svg(chart, estimate=estimate, crowd=crowd, marks=marks, labels=labels, frame=frame)
