"""The list of what waits for a curator's word."""

import html

import numpy as np
import pytest

from tests.makers import bare, make_claim, make_evidence, make_position, make_proposition, make_user
from tracker.models import Evidence, Position

pytestmark = pytest.mark.django_db


def suggestion(headline, *, proposition=None, **fields):
    proposition = proposition or make_position().proposition
    sure = {"relevance": 0.9, "supports": 0.6, "contradicts": 0.2, "classifier": "built-in 2", **fields}
    return make_evidence(proposition, headline=headline, **sure)


def test_what_could_move_a_chance_most_comes_first(curator):
    suggestion("Little at stake", supports=0.05, contradicts=0.05)
    suggestion("Much at stake")
    suggestion("Settled already", proposition=make_position(proposition=make_proposition(prior=0.99)).proposition)
    text = curator.get("/evidence/").content.decode()
    assert text.index("Much at stake") < text.index("Little at stake")
    assert text.index("Much at stake") < text.index("Settled already")
    assert "3 suggestions wait for your word" in text


def test_a_stance_and_its_shares_are_seen_from_the_claim(curator):
    suggestion(
        "A memorandum", proposition=make_position(side=Position.Side.NO).proposition, suggested_stance="supports"
    )
    text = " ".join(curator.get("/evidence/").content.decode().split())
    assert "Built-in 2 gives supports 20%, contradicts 60%, mentions 20%; 90% that it bears on the question" in text
    assert "now 80%" in text


def test_a_decision_leads_back_to_the_list(curator):
    evidence = suggestion("A memorandum")
    position = evidence.proposition.positions.of_claims().get()
    form = {"verb": "confirm", "stance": "supports", "strength": "weak", "next": "/evidence/?page=1"}
    got = curator.post(f"/positions/{position.pk}/evidence/{evidence.pk}/decide/", form)
    assert (got.status_code, got["location"]) == (302, "/evidence/?page=1")
    evidence.refresh_from_db()
    assert evidence.state == Evidence.State.CONFIRMED
    assert "Nothing waits for your word" in curator.get("/evidence/").content.decode()


def test_a_form_leads_to_no_other_site(curator):
    evidence = suggestion("A memorandum")
    form = {"verb": "reject", "next": "https://elsewhere.example/"}
    got = curator.post(
        f"/positions/{evidence.proposition.positions.of_claims().get().pk}/evidence/{evidence.pk}/decide/", form
    )
    assert got["location"].startswith("/claims/")


def test_a_question_of_several_claims_is_listed_once_in_a_fixed_number_of_queries(
    curator, django_assert_max_num_queries
):
    position = make_position()
    make_position(make_claim(), proposition=position.proposition)
    for number in range(20):
        suggestion(f"Report {number}", proposition=position.proposition)
    with django_assert_max_num_queries(14):
        text = curator.get("/evidence/").content.decode()
    assert "20 suggestions wait" in text


def test_only_a_curator_sees_it(client):
    assert client.get("/evidence/").status_code == 302
    client.force_login(make_user("member"))
    assert client.get("/evidence/").status_code == 403


def test_it_says_from_where_on_news_is_attached(curator):
    proposition = make_position().proposition
    suggestion("A story that waits", proposition=proposition)
    usual = curator.get("/evidence/").content.decode()
    for number in range(20):
        suggestion(f"Rejected {number}", proposition=proposition, state=Evidence.State.REJECTED)
    strict = curator.get("/evidence/").content.decode()
    assert "to which news is attached from 47% on" in usual
    assert "to which news is attached from 47% on" not in strict
    assert "to which news is attached from " in strict


def test_a_suggestion_on_a_question_without_a_claim_is_decided_from_yes(curator):
    question = make_proposition("Will the bridge open?", prior=0.3)
    evidence = suggestion("Half built", proposition=question)
    suggestion("On a draft", proposition=make_proposition(state="draft"))
    suggestion("On a claim that was rejected", proposition=make_position(make_claim(state="rejected")).proposition)
    text = " ".join(curator.get("/evidence/").content.decode().split())
    assert f'<a href="/questions/{question.key}/#evidence-{evidence.pk}">Will the bridge open?</a> · now 30%' in text
    assert f'action="/positions/{bare(question).pk}/evidence/{evidence.pk}/decide/"' in text
    assert "seen from Yes" in text
    assert "On a draft" not in text
    assert "On a claim that was rejected" in text


def vector(*, off):
    found = np.zeros(384)
    found[0], found[1] = 1, off
    return (found / np.linalg.norm(found)).astype(np.float16).tobytes()


def test_a_decision_changes_what_waits_and_the_page_says_by_which_story(curator):
    proposition = make_position(side=Position.Side.NO).proposition
    first = suggestion("A memorandum is signed", proposition=proposition, vector=vector(off=0))
    suggestion("Memorandum signed at last", proposition=proposition, vector=vector(off=0.2))
    position = proposition.positions.of_claims().get()
    form = {"verb": "confirm", "stance": "contradicts", "strength": "weak", "next": "/evidence/"}
    curator.post(f"/positions/{position.pk}/evidence/{first.pk}/decide/", form)
    for address in ("/evidence/", f"{position.claim.get_absolute_url()}?stance=suggested"):
        text = " ".join(html.unescape(curator.get(address).content.decode()).split())
        assert "Like “A memorandum is signed”, which you called contradicting on" in text


def test_the_first_of_a_queue_says_how_much_it_tells(curator):
    proposition = make_position().proposition
    for place, telling in ((1, 0), (0, 7)):
        suggestion(f"In place {place}", proposition=proposition, queue_place=place, tells_about=telling)
    suggestion("Of another question", relevance=0.95)
    text = curator.get("/evidence/").content.decode()
    assert text.index("Of another question") < text.index("In place 0") < text.index("In place 1")
    assert text.count("Deciding this one tells most about 7 others.") == 1


def test_a_decision_is_taken_back_where_it_was_made(curator):
    evidence = suggestion("A memorandum")
    position = evidence.proposition.positions.of_claims().get()
    address = f"/positions/{position.pk}/evidence/{evidence.pk}/decide/"
    curator.post(address, {"verb": "confirm", "stance": "supports", "strength": "weak"})
    assert "Take back" in curator.get(position.claim.get_absolute_url()).content.decode()
    curator.post(address, {"verb": "take back"})
    evidence.refresh_from_db()
    assert evidence.state == Evidence.State.SUGGESTED
