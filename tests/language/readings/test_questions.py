"""Drafts of questions: held against the claim and its article."""

import json
from datetime import date

import pytest

from language.questions import drafts
from language.readings import conversation, questions
from language.readings.forms import InvalidAnswer

QUOTE = "The new quay of Sandvik will open by March 2027 with 12 berths."
PUBLISHED = date(2026, 5, 4)
DRAFT = {
    "question": "Will the new quay of Sandvik open by 31 March 2027?",
    "statement": "The new quay of Sandvik opens by 31 March 2027.",
    "criteria": "Yes if the port says that ships moor there by 31 March 2027. Announcements do not count.",
    "deadline": "2027-03-31",
    "side": "yes",
    "headline": "The quay will open by March",
    "actors": ["Sandvik", "NATO"],
    "keywords": ["quay", "Sandvik", "quay"],
    "sources": ["the port's own site"],
    "process": "event",
    "impossible": "",
}


def read(**changes):
    claim = questions.ClaimToAsk(
        quote=QUOTE,
        restatement="",
        speaker="",
        title="A quay for Sandvik",
        context=QUOTE,
        published=PUBLISHED,
        deadline=None,
        deadline_words="by March 2027",
    )
    own = drafts.draft(QUOTE, published=PUBLISHED, deadline=None, kind="forecastable")
    return conversation.parse(json.dumps({**DRAFT, **changes}), questions.prompt(claim, own=own))


def test_a_draft_of_the_form_is_a_draft_like_our_own():
    draft = read()
    assert isinstance(draft, drafts.DraftQuestion)
    assert (draft.question, draft.side, draft.deadline) == (DRAFT["question"], "yes", date(2027, 3, 31))
    assert (draft.keywords, draft.actors) == (("quay", "Sandvik"), ("Sandvik",))


@pytest.mark.parametrize(
    "change",
    [
        {"question": "The quay opens by 31 March 2027."},
        {"question": "Will the quay of Sandvik open with 40 berths by 31 March 2027?"},
        {"criteria": "Yes if 9,000 guests come."},
        {"statement": " "},
        {"deadline": "in spring"},
        {"deadline": "2026-05-03"},
        {"deadline": "2999-01-01"},
        {"side": "maybe"},
        {"process": "war"},
        {"keywords": ["x"] * 11},
        {"system": "obeyed"},
    ],
)
def test_a_draft_with_anything_made_up_or_missing_is_refused(change):
    with pytest.raises(InvalidAnswer):
        read(**change)


def test_a_claim_that_cannot_be_settled_has_a_reason_and_no_wording():
    draft = read(impossible="It judges and tells nothing that a report could show.")
    assert (draft.question, draft.statement) == ("", "")
    assert draft.refusal.startswith("It judges")
