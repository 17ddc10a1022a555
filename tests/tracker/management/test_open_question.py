"""Questions from a JSON file: all or nothing, in the words of every other door."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from forecasts.models import Proposition
from tracker.models import Decision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

BRIDGE = {
    "question": "Will our town have a new bridge by 30 June 2026?",
    "statement": "Our town will have a new bridge by 30 June 2026.",
    "resolution_criteria": "Yes if the town council says that it is open to traffic.",
    "opens_on": "2026-01-06",
    "deadline": "2026-06-30",
    "keywords": ["bridge", "council, town"],
}


@pytest.fixture
def opened(monkeypatch):
    def send(content):
        monkeypatch.setattr("sys.stdin", io.StringIO(content if isinstance(content, str) else json.dumps(content)))
        out = io.StringIO()
        call_command("open_question", "-", stdout=out)
        return out.getvalue()

    return send


def test_one_question_is_opened_and_its_address_printed(opened):
    assert opened({**BRIDGE, "key": "bridge", "note": "For the class."}) == "/questions/bridge/\n"
    row = Proposition.objects.get()
    assert (row.keywords, row.note, row.state) == (["bridge", "council, town"], "For the class.", "open")
    assert Decision.objects.get().by.endswith(" at the console")


def test_of_a_list_all_are_opened_or_none(opened):
    rows = [BRIDGE, {**BRIDGE, "deadline": "2027-06-30"}]
    with pytest.raises(CommandError, match="Question 3: question: This question is open already") as refused:
        opened([*rows, BRIDGE])
    assert refused.value.returncode == 2
    assert not Proposition.objects.exists()
    assert len(opened(rows).splitlines()) == Proposition.objects.count() == 2


@pytest.mark.parametrize("content", ["no JSON", "[1]", {**BRIDGE, "state": "resolved"}, {**BRIDGE, "deadline": "soon"}])
def test_what_is_no_question_is_refused(opened, content):
    with pytest.raises(CommandError) as refused:
        opened(content)
    assert refused.value.returncode == 2
    assert not Proposition.objects.exists()
