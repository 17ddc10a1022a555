"""Drafts of rulings by a language model: made by the job, shown on the form, never applied."""

from datetime import date, timedelta

import pytest

from tests.language_model import completion, serving
from tests.loopback import reply
from tests.makers import NOW, make_curator, make_evidence, make_proposition
from tracker.jobs.readings.rulings import draft_rulings, drafted
from tracker.models import ReadingAnswer

pytestmark = pytest.mark.django_db

PASSAGE = "signed a contract with a price"
DRAFT = {
    "outcome": "yes",
    "reason": "Both firms announced it.",
    "settled_on": "2026-01-20",
    "passages": [{"story": 1, "passage": PASSAGE}, {"story": 1, "passage": "This was never written."}],
}


@pytest.fixture
def model(settings, monkeypatch):
    with serving(settings, monkeypatch, reads="rulings") as server:
        server.says(completion(DRAFT))
        yield server


@pytest.fixture
def due():
    question = make_proposition(deadline=date(2026, 1, 31))
    make_evidence(question, passage=f"On Tuesday both {PASSAGE}.")
    return question


def ruling_form(client, question):
    client.force_login(make_curator(is_superuser=True))
    return client.get(f"/admin/forecasts/proposition/{question.pk}/rule/").content.decode()


def test_a_draft_is_made_and_shown_with_the_passages_that_stand_in_the_ledger(client, model, due):
    assert draft_rulings(NOW).made == 1
    shown = drafted(due)
    assert (shown.outcome, shown.settled_on) == ("yes", date(2026, 1, 20))
    assert [words for _, words in shown.passages] == [PASSAGE]
    page = ruling_form(client, due)
    assert f"“{PASSAGE}”" in page
    assert "This was never written." not in page
    assert "It rules on nothing" in page


def test_it_never_rules_and_fills_nothing_in(client, model, due):
    draft_rulings(NOW)
    due.refresh_from_db()
    assert (due.state, due.outcome, due.resolutions.count()) == ("open", "", 0)
    assert "Both firms announced it.</textarea>" not in ruling_form(client, due)


@pytest.mark.parametrize(
    "change",
    [
        {"passages": []},
        {"passages": [{"story": 2, "passage": PASSAGE}]},
        {"passages": [{"story": 1.5, "passage": PASSAGE}]},
        {"outcome": "annul"},
        {"reason": " "},
        {"rule": "now"},
    ],
)
def test_a_yes_without_its_passage_or_another_form_is_no_draft(model, due, change):
    model.says(completion({**DRAFT, **change}))
    assert (draft_rulings(NOW).failed, drafted(due)) == (1, None)


def test_that_nothing_shows_it_may_be_said_without_a_passage(client, model, due):
    model.says(completion({**DRAFT, "outcome": "unclear", "passages": [], "settled_on": None}))
    draft_rulings(NOW)
    page = ruling_form(client, due)
    assert "not clear" in page
    assert "It names no passage that shows this." in page


def test_it_is_asked_once_while_the_ledger_stands_and_once_a_day_when_it_changes(model, due):
    draft_rulings(NOW)
    assert draft_rulings(NOW + timedelta(days=1)).looked_at == 0
    make_evidence(due, headline="A denial", at=NOW - timedelta(days=9))
    assert drafted(due) is None
    assert draft_rulings(NOW).looked_at == 0
    assert draft_rulings(NOW + timedelta(days=1)).looked_at == 1
    assert len(model.asked) == 2


def test_open_and_empty_questions_wait(model):
    make_evidence(make_proposition(deadline=date(2026, 12, 31)))
    make_proposition(deadline=date(2026, 1, 31))
    assert (draft_rulings(NOW).looked_at, model.asked) == (0, [])


def test_what_it_does_not_answer_leaves_the_form_as_it_is(client, model, due):
    model.says(reply(b"", status=500))
    draft_rulings(NOW)
    assert "A draft, for you to check" not in ruling_form(client, due)
    assert ReadingAnswer.objects.get().problem


def test_nothing_is_drafted_unless_the_operator_says_so(settings, monkeypatch, due):
    with serving(settings, monkeypatch, reads="claims") as server:
        assert draft_rulings(NOW).looked_at == 0
        assert drafted(due) is None
    assert server.asked == []
