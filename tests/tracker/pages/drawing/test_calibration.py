"""The calibration plot: what its title says, and that no words stand on one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.calibration import JudgedForecast, calibrate
from tracker.pages.drawing.calibration import SIZES, fit, plot
from tracker.pages.drawing.calibration_labels import LETTER, Spot, placed


def said(chance, *, right, of):
    return [JudgedForecast(probability=chance, outcome=number < right) for number in range(of)]


def test_the_title_says_in_how_many_bins_what_was_said_fits():
    def title(*judged):
        return fit("Ada", calibrate([one for each in judged for one in each]), is_enough=True).title

    assert title() == "Nothing to compare yet"
    assert title(said(0.7, right=7, of=10)) == "What was said fits what happened"
    assert title(said(0.7, right=1, of=10)) == "What was said does not fit what happened"
    assert title(said(0.7, right=7, of=10), said(0.2, right=9, of=10)) == (
        "What was said fits what happened in one of two bins"
    )
    assert title(said(0.7, right=0, of=10), said(0.2, right=9, of=10)).endswith("in none of two bins")


def test_the_heading_names_whose_it_is_and_claims_nothing_without_a_picture():
    found = calibrate(said(0.7, right=7, of=10))
    assert fit("Ada", found, is_enough=True).heading == "Ada: what was said fits what happened"
    little = fit("Ada", found, is_enough=False)
    assert (little.heading, little.plots) == ("Ada", {})
    assert fit("Ada", calibrate([]), is_enough=True).plots == {}


def test_the_words_of_the_halves_fit_the_axis():
    surer = plot(calibrate(said(0.7, right=7, of=10)).bins, size="wide")
    assert (surer.above, surer.below) == ("less sure than events", "surer than events")
    both = plot(calibrate(said(0.3, right=7, of=10)).bins, size="wide")
    assert (both.above, both.below) == ("more often than said", "less often than said")


def test_neighbours_on_the_same_line_do_not_write_over_each_other():
    judged = [one for tenth in range(10) for one in said(tenth / 10 + 0.05, right=4, of=4)]
    drawn = plot(calibrate(judged).bins, size="wide")
    boxes = []
    for dot in drawn.dots:
        length = LETTER * len(dot.words)
        left = dot.at.x - {"start": 0, "middle": length / 2, "end": length}[dot.at.anchor]
        boxes.append((left, left + length, dot.at.y))
    clashes = [
        (one, other)
        for number, one in enumerate(boxes)
        for other in boxes[:number]
        if one[0] < other[1] and other[0] < one[1] and abs(one[2] - other[2]) < 10
    ]
    assert clashes == []


def test_a_dot_by_itself_has_its_words_on_the_right_and_at_the_edge_on_the_left():
    def anchor(x):
        spot = Spot(x=x, y=100.0, radius=6.0, top=60.0, foot=140.0, words="3 of 4")
        return placed([spot], width=560, bottom=400)[0].anchor

    assert anchor(200.0) == "start"
    assert anchor(545.0) == "end"


@given(st.lists(st.tuples(st.floats(0.01, 0.99), st.booleans()), max_size=60), st.sampled_from(sorted(SIZES)))
def test_whatever_was_said_the_words_stay_within_the_drawing(given_pairs, size):
    drawn = plot(
        calibrate(JudgedForecast(probability=chance, outcome=out) for chance, out in given_pairs).bins, size=size
    )
    for dot in drawn.dots:
        length = LETTER * len(dot.words)
        left = dot.at.x - {"start": 0, "middle": length / 2, "end": length}[dot.at.anchor]
        assert left >= -0.1
        assert left + length <= drawn.width + 0.1


@pytest.mark.parametrize("size", sorted(SIZES))
def test_nothing_said_is_an_empty_frame(size):
    assert plot((), size=size).dots == ()
