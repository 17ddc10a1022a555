"""The four doors by which a question is opened refuse the same drafts, in the same words."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils.html import escape

from forecasts.models import Proposition
from tests.makers import NOW, make_article, make_author, make_claim, make_curator, make_proposition
from tracker.models import Claim, Decision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

BRIDGE = {
    "question": "Will our town have a new bridge by 30 June 2026?",
    "statement": "Our town will have a new bridge by 30 June 2026.",
    "resolution_criteria": "Yes if the town council says that it is open to traffic.",
    "opens_on": "2026-01-06",
    "deadline": "2026-06-30",
}
POSITION = {"title": "A new bridge", "side": "yes", "sureness": "80"}


@pytest.fixture
def curator(client):
    client.force_login(make_curator("carla", is_superuser=True))
    return client


def by_the_claims_page(client, draft, tmp_path):
    claim = make_claim(make_article(authors=(make_author(),)), state="proposed")
    sent = {f"new-{name}": value for name, value in (draft | POSITION).items()}
    return client.post(f"/proposals/{claim.pk}/accept/", sent).content.decode()


def by_the_questions_page(client, draft, tmp_path):
    return client.post("/questions/add/", draft).content.decode()


def by_the_admin(client, draft, tmp_path):
    return client.post("/admin/forecasts/proposition/add/", draft).content.decode()


def by_the_command_line(client, draft, tmp_path):
    file = tmp_path / "questions.json"
    file.write_text(json.dumps([BRIDGE | {"question": "Will it stand?"}, draft]), encoding="utf-8")
    try:
        call_command("open_question", str(file))
    except CommandError as refused:
        return f"{refused.returncode}: {escape(str(refused))}"
    return ""


DOORS = [by_the_claims_page, by_the_questions_page, by_the_admin, by_the_command_line]
FIVE_BAD_DRAFTS = {
    "a past deadline": (
        {"deadline": "2026-02-05"},
        "This day has passed: choose a later one, or mark the question as written with hindsight.",
    ),
    "a twin": (
        {"question": "Will a priced contract be signed?", "deadline": "2026-12-31"},
        "This question is open already, with the same deadline.",
    ),
    "no reference class": (
        {"prior": "20"},
        "Say what the base rate was counted in, such as: of 20 such bills since 2000, four passed.",
    ),
    "too long": ({"question": f"Will {'x' * 400}?"}, "This has 406 characters; at most 400 are kept. Shorten it."),
    "circular criteria": (
        {"resolution_criteria": "Resolves Yes if the question resolves Yes."},
        "These criteria only say the question again. Say which source must report it, by when, and what counts.",
    ),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("changes", "words"), FIVE_BAD_DRAFTS.values(), ids=FIVE_BAD_DRAFTS)
def test_each_door_refuses_a_bad_draft_in_the_same_words(curator, tmp_path, door, changes, words):
    known = make_proposition("Will a priced contract be signed?")
    assert escape(words) in door(curator, BRIDGE | changes, tmp_path)
    assert Proposition.objects.get() == known
    assert not Decision.objects.exists()
    assert not Claim.objects.filter(state="accepted").exists()


@pytest.mark.parametrize("door", DOORS)
def test_each_door_opens_a_good_draft_with_all_that_it_says(curator, tmp_path, door):
    more = {"prior": "20", "prior_reason": "Of 20 bridges, four.", "keywords": "bridge, council", "topic": "town"}
    door(curator, BRIDGE | more | {"deadline": "2026-02-01", "written_with_hindsight": "on"}, tmp_path)
    row = Proposition.objects.get(question=BRIDGE["question"])
    assert (row.prior, row.prior_reason, row.keywords, row.topic, row.written_with_hindsight) == (
        0.2,
        "Of 20 bridges, four.",
        ["bridge", "council"],
        "town",
        True,
    )
    assert (row.created_at, row.unsettled_at) == (NOW, NOW)
