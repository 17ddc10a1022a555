"""Numbers of a scorecard in words: signs, and no surer than they are."""

import pytest

from tracker.pages.formats import signed
from tracker.pages.scorecards import percent


@pytest.mark.parametrize(
    ("value", "digits", "plus", "words"),
    [
        (3.25, 1, True, "+3.2"),
        (-3.25, 1, True, "−3.2"),
        (0.04, 1, True, "0.0"),
        (-0.04, 1, True, "0.0"),
        (-0.693147, 3, False, "−0.693"),
        (0.25, 3, False, "0.250"),
    ],
)
def test_a_sign_is_real_and_nothing_has_none(value, digits, plus, words):
    assert signed(value, digits=digits, plus=plus) == words


def test_skill_is_a_signed_percentage():
    assert [percent(value) for value in (0.123, -0.004, -2.0)] == ["+12%", "0%", "−200%"]
