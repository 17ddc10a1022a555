"""Tests of telling one event in other words from two events, with the real encoder."""

from datetime import UTC, datetime, timedelta

import pytest

from language.matching.events import Report, is_one_event
from language.sentences.embeddings import load_minilm
from language.stance.taught import text_of

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
REPORT = "Norland's parliament approves the border treaty with Sudmark"


def is_one(one, other, *, hours=3):
    first, second = load_minilm().encode([text_of(one, ""), text_of(other, "")])
    return is_one_event(Report(one, NOON), Report(other, NOON + timedelta(hours=hours)), cosine=float(first @ second))


@pytest.mark.parametrize(
    "other",
    [
        "Norland parliament ratifies border treaty with Sudmark",
        "Parliament in Norland approves treaty on Sudmark border",
        "Border treaty with Sudmark approved by Norland's parliament",
    ],
)
def test_one_event_in_other_words_is_like(other):
    assert is_one(REPORT, other)


@pytest.mark.parametrize(
    "other",
    [
        "Sudmark's farmers block roads over milk prices",
        "Norland's parliament debates a ban on fireworks",
        "Why Norland's parliament approved the border treaty with Sudmark",
        "Has Norland's parliament approved the border treaty with Sudmark?",
        "",
    ],
)
def test_another_event_a_question_and_an_explainer_are_not(other):
    assert not is_one(REPORT, other)


def test_other_figures_and_other_days_tell_of_other_events():
    assert not is_one("Gold closes at 2,310 dollars in Lundby", "Gold closes at 2,290 dollars in Lundby")
    assert is_one("Storm kills 12 in Lundby", "Storm kills 12 people in Lundby")
    assert not is_one(REPORT, REPORT, hours=40)
