"""Asking a question on a page of the site."""

import pytest

from forecasts.models import Proposition
from tests.makers import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

BRIDGE = {
    "question": "Will our town have a new bridge by 30 June 2026?",
    "statement": "Our town will have a new bridge by 30 June 2026.",
    "resolution_criteria": "Yes if the town council says that it is open to traffic.",
    "opens_on": "2026-02-06",
    "deadline": "2026-06-30",
    "process": "event",
    "topic": "town",
    "prior": "20",
    "prior_reason": "Of 20 bridges planned here, four opened on time.",
    "sources": "the town council, the Gazette",
    "keywords": "bridge, council",
    "actors": "the town",
}


def send(client, **changes):
    return client.post("/questions/add/", {**BRIDGE, **changes})


def test_a_curator_opens_a_question_and_is_led_to_it(curator):
    answer = curator.post("/questions/add/", BRIDGE, follow=True)
    row = Proposition.objects.get()
    assert answer.redirect_chain[-1][0] == f"/questions/{row.key}/"
    assert "The question is open" in answer.content.decode()
    assert (row.question, row.topic, row.process, row.prior) == (BRIDGE["question"], "town", "event", 0.2)
    assert (row.sources, row.keywords, row.actors) == (
        ["the town council", "the Gazette"],
        ["bridge", "council"],
        ["the town"],
    )


def test_the_form_begins_with_today(curator):
    assert 'name="opens_on" value="2026-02-06"' in curator.get("/questions/add/").content.decode()


def test_the_rest_is_drafted_from_the_question_and_nothing_is_opened(curator):
    asked = {"question": "Will Russia and China sign a gas contract by 30 June 2026?", "topic": "gas", "verb": "draft"}
    text = curator.post("/questions/add/", asked).content.decode()
    assert "Russia and China will sign a gas contract by 30 June 2026." in text
    assert 'name="deadline" value="2026-06-30"' in text
    assert 'value="gas"' in text
    assert "China, Russia" in text
    assert "Nothing is published yet" in text
    assert not Proposition.objects.exists()


def test_a_draft_leaves_what_was_typed(curator):
    text = send(curator, verb="draft", statement="My own words.", deadline="2026-05-01").content.decode()
    assert "My own words.</textarea>" in text
    assert 'name="deadline" value="2026-05-01"' in text


def test_nothing_is_drafted_from_nothing(curator):
    answer = curator.post("/questions/add/", {"verb": "draft"})
    assert answer.status_code == 200
    assert "Nothing is published yet" not in answer.content.decode()


def test_a_draft_that_nobody_has_seen_is_not_opened(curator):
    answer = send(curator, statement="", resolution_criteria="")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count("Drafted from the question: check it, then open the question.") == 2
    assert "Our town will have a new bridge by 30 June 2026.</textarea>" in text
    assert not Proposition.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"deadline": "2026-02-05", "opens_on": "2026-01-01"}, "This day has passed"),
        ({"opens_on": "2026-07-01"}, "The deadline lies before the opening"),
        ({"deadline": "soon"}, "Enter a valid date"),
        ({"question": ""}, "This field is required"),
        ({"prior": "200"}, "from 1 to 99: nothing is certain"),
        ({"prior": ""}, "Say how often it came true in this reference class"),
        ({"prior_reason": ""}, "Say what the base rate was counted in"),
        ({"prior": "nan"}, "Enter a number"),
        ({"process": "magic"}, "Select a valid choice"),
        ({"topic": "x" * 81}, "at most 80 are kept"),
        ({"keywords": "a," * 40}, "Give at most 30"),
    ],
)
def test_a_refusal_stands_in_words_and_loses_nothing(curator, changes, words):
    answer = send(curator, **changes)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert "Nothing that you typed is lost" in text
    for name in set(BRIDGE) - set(changes) - {"process"}:
        assert BRIDGE[name] in text
    assert not Proposition.objects.exists()


def test_sent_twice_it_is_opened_once(curator):
    send(curator)
    assert "This question is open already" in send(curator).content.decode()
    assert Proposition.objects.count() == 1


def test_a_member_may_not_and_a_guest_is_asked_to_sign_in(client):
    assert "/sign-in/" in client.get("/questions/add/")["location"]
    client.force_login(make_user())
    assert client.get("/questions/add/").status_code == 403
    assert send(client).status_code == 403
    assert not Proposition.objects.exists()
