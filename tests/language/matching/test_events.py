"""Tests of telling one event in other words from two events, with the real encoder."""

from datetime import UTC, datetime, timedelta

import pytest

from language.matching.events import LIKE, Report, likeness_to
from language.sentences.embeddings import load_minilm

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
REPORT = "Norland's parliament approves the border treaty with Sudmark"


def likeness(one, other, *, hours=3):
    reports = [
        Report(title=one, body="", published_at=NOON),
        Report(title=other, body="", published_at=NOON + timedelta(hours=hours)),
    ]
    return likeness_to(reports[0], reports[1:], encoder=load_minilm())[0]


@pytest.mark.parametrize(
    "other",
    [
        "Norland parliament ratifies border treaty with Sudmark",
        "Parliament in Norland approves treaty on Sudmark border",
        "Border treaty with Sudmark approved by Norland's parliament",
    ],
)
def test_one_event_in_other_words_is_like(other):
    assert likeness(REPORT, other) >= LIKE


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
    assert likeness(REPORT, other) < LIKE


def test_other_figures_and_other_days_tell_of_other_events():
    assert likeness("Gold closes at 2,310 dollars in Lundby", "Gold closes at 2,290 dollars in Lundby") == 0
    assert likeness("Storm kills 12 in Lundby", "Storm kills 12 people in Lundby") >= LIKE
    assert likeness(REPORT, REPORT, hours=40) == 0
    assert likeness_to(Report(title=REPORT, body="", published_at=NOON), [], encoder=load_minilm()) == []
