from datetime import UTC, datetime, timedelta

from tracker.pages.drawing import instruments
from tracker.pages.drawing.histories import Chance, Level, Lifeline, StatusSpan

START = datetime(2025, 5, 9, tzinfo=UTC)


def days(number):
    return START + timedelta(days=number)


def test_the_history_runs_into_the_gauge_at_the_height_of_the_chance():
    levels = (Level(at=START, percent=80), Level(at=days(50), percent=25))
    drawn = instruments.gauge(Chance(percent=25, levels=levels, until=days(100)), width=92, height=28, tank=6)
    assert drawn.line == "M0 5.6H42.5V21H85"
    assert (drawn.fill.y, drawn.fill.height) == (21.0, 7.0)


def test_without_a_history_the_line_is_flat():
    drawn = instruments.gauge(Chance(percent=50, levels=(), until=START), width=92, height=28, tank=6)
    assert drawn.line == "M0 14H85"


def test_a_level_of_this_very_moment_is_drawn_at_the_end():
    levels = (Level(at=START, percent=80),)
    drawn = instruments.gauge(Chance(percent=80, levels=levels, until=START), width=92, height=28, tank=6)
    assert drawn.line == "M0 5.6H85"


def test_a_lifeline_shows_contest_on_both_sides_and_ends_with_the_ruling():
    spans = (
        StatusSpan(status="watching", start=START, end=days(50)),
        StatusSpan(status="contested", start=days(50), end=days(75)),
        StatusSpan(status="due", start=days(75), end=days(100)),
    )
    drawn = instruments.lifeline(Lifeline(spans=spans, first=START, last=days(100), ruling="came true"), room=200)
    assert [bar.name for bar in drawn.bars] == ["lifeline-for", "lifeline-against"]
    assert [stroke for stroke, _ in drawn.strokes] == ["lifeline-wait", "lifeline-axis", "lifeline-due"]
    assert drawn.sign_x == 200
    assert drawn.words.endswith("ruled: came true")


def test_segments_fill_the_bar_but_for_the_gaps():
    bars = instruments.segments([("fill-for", 3), ("fill-against", 0), ("fill-call", 1)])
    assert [bar.name for bar in bars] == ["fill-for", "fill-call"]
    assert bars[0].width == 3 * bars[1].width
    assert bars[-1].x + bars[-1].width == 996


def test_nothing_counted_is_no_bar():
    assert instruments.segments([("fill-for", 0)]) == ()
