"""Drafts of questions on the form that accepts a claim: by a language model, by ourselves, or by nobody."""

import pytest

from tests.language.readings.test_questions import DRAFT, QUOTE
from tests.language_model import completion, serving, slowly
from tests.loopback import reply
from tests.makers import make_article, make_claim, make_curator
from tracker.jobs.readings import drafts
from tracker.models import ReadingAnswer

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    return make_claim(make_article("A quay for Sandvik", text=QUOTE), quote=QUOTE[:-1], state="proposed")


def form(client, claim):
    client.force_login(make_curator())
    return client.get(f"/proposals/{claim.pk}/accept/").content.decode()


def test_the_models_draft_fills_the_form_says_so_and_is_asked_for_once(client, claim, settings, monkeypatch):
    with serving(settings, monkeypatch, reads="drafts") as server:
        server.says(completion(DRAFT))
        assert DRAFT["question"] in form(client, claim)
        page = form(client, claim)
    assert "Drafted by the language model small." in page
    assert len(server.asked) == 1
    assert ReadingAnswer.objects.get().kind == "draft"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (reply(b"", status=500), "The server answered 500"),
        (completion({**DRAFT, "deadline": "soon"}), "The draft has no deadline."),
        (slowly(2, completion(DRAFT)), "The server"),
    ],
)
def test_what_it_does_not_draft_in_one_try_we_draft_and_say_so(client, claim, settings, monkeypatch, answer, words):
    monkeypatch.setattr(drafts, "PATIENCE", 0.5)
    with serving(settings, monkeypatch, reads="drafts") as server:
        server.says(answer)
        page = form(client, claim)
    assert f"The language model small drafted nothing. {words}" in page
    assert "This is the built-in draft." in page
    assert len(server.asked) == 1


def test_sending_the_form_asks_nothing(client, claim, settings, monkeypatch):
    with serving(settings, monkeypatch, reads="drafts") as server:
        client.force_login(make_curator())
        assert client.post(f"/proposals/{claim.pk}/accept/", {"new-side": "yes"}).status_code == 422
    assert server.asked == []


def test_a_claim_in_another_language_gets_no_wording_of_ours(client):
    german = "Der Kai wird im März eröffnet"
    claim = make_claim(make_article(text=f"{german}.", language="de"), quote=german, state="proposed")
    page = form(client, claim)
    assert "word the question yourself, in any language" in page
    assert f'lang="de">{german}' in page
    assert "official source" not in page
