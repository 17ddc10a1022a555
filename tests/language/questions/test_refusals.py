from datetime import date

import pytest

from language.questions import refusals

PUBLISHED = date(2025, 5, 9)

REFUSED = [
    ("It is a wise policy.", "evaluative", refusals.OPINION),
    ("Officials in Chile are wary of the pact.", "forecastable", refusals.MIND),
    ("Chile may or may not join the pact.", "forecastable", refusals.EMPTY),
    ("Whether Chile joins remains to be seen.", "forecastable", refusals.EMPTY),
    ("Chile will eventually join the pact.", "forecastable", refusals.ENDLESS),
    ("Exports of Chile fell 12% in 2024.", "verifiable", refusals.SETTLED),
    ("It will get better.", "forecastable", refusals.NOBODY),
    ("Things will change.", "forecastable", refusals.NOBODY),
    ("", "forecastable", refusals.NOBODY),
]
TAKEN = [
    "Chile will join the pact by 31 December 2025.",
    "The relationship between China and Russia remains strong.",
    "The central bank will cut rates.",
    "Chile has expanded its navy and will buy more ships.",
    "Norway is not expected to join.",
]


@pytest.mark.parametrize(("text", "kind", "reason"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_nobody_could_settle_is_refused_with_its_reason(text, kind, reason):
    assert refusals.why_not(text, kind=kind, published=PUBLISHED, has_deadline=False) == reason


@pytest.mark.parametrize("text", TAKEN)
def test_what_the_world_can_settle_is_taken(text):
    assert refusals.why_not(text, kind="forecastable", published=PUBLISHED, has_deadline=False) == ""


def test_eventually_by_a_day_is_taken():
    text = "Chile will eventually join."
    assert refusals.why_not(text, kind="forecastable", published=PUBLISHED, has_deadline=True) == ""
