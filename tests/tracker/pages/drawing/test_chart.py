"""The chart as geometry, and as markup that nothing can break out of."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.pages.drawing import chart, chart_frame, chart_labels, chart_marks
from tracker.pages.drawing.chart_data import EstimateChart, StoryMark
from tracker.pages.drawing.histories import Band, Level, StatusSpan

OPENS = datetime(2025, 5, 9, tzinfo=UTC)
CLOSES = datetime(2026, 1, 1, tzinfo=UTC)
WIDE, NARROW = chart_frame.frames(OPENS, CLOSES)


def days(number):
    return OPENS + timedelta(days=number)


def mark(number, **fields):
    return StoryMark(
        **{
            "at": days(number),
            "lane": "for",
            "weight": 0.5,
            "is_confirmed": True,
            "points": 0,
            "headline": f"Story {number}",
            "address": f"#evidence-{number}",
            **fields,
        }
    )


def plot(**fields):
    return EstimateChart(
        **{
            "name": "Chance that the claim holds",
            "opens": OPENS,
            "deadline": CLOSES,
            "now": days(200),
            "until": days(200),
            "prior": 80,
            "levels": (Level(at=OPENS, percent=80), Level(at=days(100), percent=47)),
            "marks": (mark(100, lane="against", points=-33, headline="A memorandum, without a price"),),
            "spans": (StatusSpan(status="watching", start=OPENS, end=days(100)),),
            **fields,
        }
    )


def drawings(drawn):
    """Both drawings as parsed XML: markup that is not well formed does not get this far."""
    return list(ElementTree.fromstring(f"<div>{drawn}</div>"))


def test_it_is_drawn_once_wide_and_once_narrow():
    wide, narrow = drawings(chart.draw(plot()))
    assert (wide.get("viewBox"), narrow.get("viewBox")) == ("0 0 1104 460", "0 0 340 412")
    assert {one.get("data-chart") for one in (wide, narrow)} == {"estimate"}


def test_the_middle_half_of_the_crowd_is_a_band_behind_its_median():
    band = Band(start=days(10), end=days(60), low=20, high=45)
    wide, _ = drawings(chart.draw(plot(crowd=(Level(at=days(10), percent=30),), members=4, bands=(band,))))
    names = [part.get("class") for part in wide]
    assert names.index("chart-band") < names.index("chart-crowd")
    drawn = wide[names.index("chart-band")]
    assert float(drawn.get("y")) == pytest.approx(WIDE.y(45), abs=0.1)
    assert float(drawn.get("height")) == pytest.approx(WIDE.y(20) - WIDE.y(45), abs=0.1)
    assert float(drawn.get("width")) == pytest.approx(WIDE.x(days(60)) - WIDE.x(days(10)), abs=0.2)


def test_the_estimates_name_keeps_clear_of_the_rulings_words():
    steps = [Level(at=days(8 * number), percent=60 - 2 * number) for number in range(18)]
    jumped = (*steps, Level(at=days(149), percent=93))
    drawn, _ = drawings(chart.draw(plot(levels=jumped, ruling="came true", until=days(150), marks=())))
    heights = {"".join(text.itertext()): float(text.get("y")) for text in drawn.iter("text") if text.get("y")}
    estimate, ruled = (next(y for words, y in heights.items() if name in words) for name in ("estimate", "Came true"))
    assert abs(estimate - ruled) > 24


def test_the_estimate_is_a_step_line_from_level_to_level_until_today():
    line = WIDE.step_line(plot().levels, until=days(200))
    assert [y for _, y in line] == [WIDE.y(80), WIDE.y(47), WIDE.y(47)]
    assert [x for x, _ in line] == [WIDE.x(OPENS), WIDE.x(days(100)), WIDE.x(days(200))]
    assert "chart-shade" not in chart.draw(plot()), "a likely range is drawn although no estimate has one"


def test_up_is_up_and_time_runs_right():
    assert WIDE.y(100) == WIDE.top < WIDE.y(50) < WIDE.y(0) == WIDE.bottom
    assert WIDE.x(days(-400)) == WIDE.left < WIDE.x(days(100)) < WIDE.right == WIDE.x(days(400))


def test_every_story_is_a_link_with_a_sentence_for_a_name():
    wide, _ = drawings(chart.draw(plot()))
    (link,) = wide.iter("a")
    assert link.get("href") == "#evidence-100"
    assert link.get("aria-label") == "17 Aug: contradicts, −33 points. A memorandum, without a price"


def test_a_suggestion_is_hollow_and_says_so():
    drawn = chart.draw(plot(marks=(mark(10, is_confirmed=False),)))
    assert 'class="chart-story chart-for suggested"' in drawn
    assert "supports, suggested, ±0 points" in drawn


def test_a_hostile_headline_stays_words():
    hostile = "\"></text></svg><script>alert(1)</script><a onload='x'>&amp;"
    drawn = chart.draw(plot(marks=(mark(10, headline=hostile, points=9),)))
    assert "<script" not in drawn
    wide, _ = drawings(drawn)
    assert next(wide.iter("a")).get("aria-label").endswith(hostile)


@given(st.lists(st.floats(44, 972), max_size=38).map(sorted))
def test_marks_of_a_lane_are_a_target_apart_and_keep_their_order(places):
    spread = chart_marks.spread(places, right=972)
    assert all(later - earlier >= chart_marks.APART - 1e-6 for earlier, later in pairwise(spread))
    assert all(place <= 972 for place in spread)


def test_too_many_stories_share_marks_with_a_count():
    crowded = [mark(n / 2, points=1 if n == 7 else 0) for n in range(400)]
    placed = chart_marks.place_marks(crowded, until=CLOSES, frame=WIDE)
    assert len(placed) <= 38
    assert sum(one.mark.count for one in placed) == 400
    assert placed[0].mark.address == "#evidence-3.5", "the mark leads to the weightiest of its stories"
    assert "supports" in placed[0].mark.name


def test_few_stories_keep_their_own_marks_even_where_the_narrow_drawing_joins_them():
    some = [mark(n * 10) for n in range(20)]
    assert {one.mark.count for one in chart_marks.place_marks(some, until=CLOSES, frame=WIDE)} == {1}
    assert max(one.mark.count for one in chart_marks.place_marks(some, until=CLOSES, frame=NARROW)) > 1


def test_no_story_is_pushed_into_the_future():
    crowded = [mark(100 + n / 10) for n in range(50)]
    placed = chart_marks.place_marks(crowded, until=days(105), frame=WIDE)
    assert max(one.x for one in placed) <= WIDE.x(days(105))
    assert sum(one.mark.count for one in placed) == 50


def test_on_its_first_day_a_question_has_room_for_a_few_marks():
    placed = chart_marks.place_marks([mark(n / 24) for n in range(3)], until=days(1), frame=NARROW)
    assert [one.mark.count for one in placed] == [1, 1, 1]


def test_only_the_three_stories_that_moved_it_most_are_named():
    moved = [mark(n, points=points) for n, points in ((10, 5), (20, -22), (30, 1), (40, 17), (50, 3))]
    assert [one.points for one in chart_labels.named(moved)] == [5, -22, 17]
    assert chart_labels.named([mark(1, points=1)]) == []


def test_names_keep_clear_of_each_other():
    crowded = [mark(100 + n, points=10 + n, headline="A headline of several long words in a row") for n in range(3)]
    wide, _ = drawings(chart.draw(plot(marks=tuple(crowded))))
    labels = [text for text in wide.iter("text") if (text.text or "").startswith("+")]
    boxes = [
        chart_labels.TextLabel(
            lines=(text.text,), x=float(text.get("x")), y=float(text.get("y")), anchor=text.get("text-anchor")
        ).box
        for text in labels
    ]
    assert len(boxes) >= 2
    assert not any(one.meets(other) for place, one in enumerate(boxes) for other in boxes[:place])


def test_a_ruling_stands_at_the_top_or_the_bottom_and_today_goes():
    came_true = chart.draw(plot(ruling="came true", until=days(150)))
    did_not = chart.draw(plot(ruling="did not come true", until=days(150)))
    assert 'href="#s-came-true"' in came_true
    assert f'cy="{WIDE.y(100):.0f}"' in came_true
    assert f'cy="{WIDE.y(0):.0f}"' in did_not
    assert "today" not in came_true
    assert ">today<" in chart.draw(plot())


def test_a_void_question_ends_at_its_last_level():
    assert f'cy="{WIDE.y(47):.0f}"' in chart.draw(plot(ruling="void", until=days(150)))


def test_what_is_partly_true_ends_half_way():
    drawn = chart.draw(plot(ruling="partly true", until=days(150)))
    assert 'href="#s-partly-true"' in drawn
    assert f'cy="{WIDE.y(50):.0f}"' in drawn


def test_members_are_drawn_dashed_and_named_only_when_there_are_any():
    assert "chart-crowd" not in chart.draw(plot())
    drawn = chart.draw(plot(crowd=(Level(at=days(20), percent=30),), members=4))
    assert "Crowd, median of 4" in drawn


def test_without_anything_the_prior_is_drawn_up_to_today():
    drawn = chart.draw(plot(levels=(), marks=(), spans=()))
    assert "chart-estimate" in drawn
    assert "prior 80" in drawn


def test_a_status_is_named_where_its_stretch_has_room_for_the_word():
    spans = (
        StatusSpan(status="watching", start=OPENS, end=days(100)),
        StatusSpan(status="in doubt", start=days(100), end=days(102)),
    )
    wide, _ = drawings(chart.draw(plot(spans=spans)))
    words = [text.text for text in wide.iter("text")]
    assert "watching" in words
    assert "in doubt" not in words
    assert "In doubt" in [title.text for title in wide.iter("title")]


def test_months_are_named_as_densely_as_there_is_room():
    year = [tick.words for tick in chart_frame.ticks(WIDE)]
    assert year == ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    _, long = chart_frame.frames(OPENS, OPENS + timedelta(days=3000))
    assert 3 <= len(list(chart_frame.ticks(long))) <= 9
    short, _ = chart_frame.frames(OPENS, days(10))
    assert [tick.words for tick in chart_frame.ticks(short)][:2] == ["10 May", "11 May"]


def test_a_question_that_opens_and_closes_at_once_can_be_drawn():
    drawn = chart.draw(plot(deadline=OPENS, now=OPENS, until=OPENS, levels=(), marks=(), spans=()))
    assert not re.search(r"nan|inf", drawn)


def test_news_from_long_before_the_opening_stays_at_the_edge():
    placed = chart_marks.place_marks([mark(-400)], until=CLOSES, frame=WIDE)
    assert placed[0].x == WIDE.left


def test_words_are_wrapped_and_cut_with_an_ellipsis():
    assert chart_labels.wrapped("one two three", width=8) == ("one two", "three")
    assert chart_labels.wrapped("one two three four five", width=8) == ("one two", "three…")
    assert chart_labels.wrapped("a" * 50, width=8) == ("aaaaaaaa",)
    assert chart_labels.wrapped("", width=8) == ()
