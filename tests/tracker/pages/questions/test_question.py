"""The page of a question as such, with or without a claim put to it."""

import re
from datetime import timedelta

import pytest

from forecasts import criteria
from forecasts.models import Forecast
from tests.makers import (
    NOW,
    OPENED,
    bare,
    make_curator,
    make_estimate,
    make_evidence,
    make_forecast,
    make_forecaster,
    make_history,
    make_position,
    make_proposition,
    make_ruling,
    make_user,
)
from tracker.curation import rulings
from tracker.jobs.estimates.review import review
from tracker.models import Evidence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def words_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def page(client, proposition, query=""):
    return words_of(client, f"/questions/{proposition.key}/{query}")


def test_a_question_without_any_claim_has_its_own_page(client):
    proposition = make_proposition(topic="gas")
    text = page(client, proposition)
    assert "no claim of an article is put to it" in text
    assert proposition.question in text
    assert proposition.statement in text
    assert proposition.resolution_criteria in text
    assert "Why 20%" in text
    assert "Base rate 20%. Such deals seldom close in eight months." in text
    assert "No evidence yet" in text
    assert "Sign in to forecast" in text


def test_its_number_is_led_back_to_stories_seen_from_yes(client):
    proposition = make_proposition()
    make_evidence(proposition, headline="Price agreed", at=OPENED + timedelta(days=9), stance="supports")
    make_history(proposition)
    text = client.get(f"/questions/{proposition.key}/").content.decode()
    assert "Price agreed" in text
    assert 'data-chart="estimate"' in text
    assert "Chance that the answer is Yes" in text
    assert 'id="evidence-' in text


def test_a_claim_and_its_question_lead_to_each_other(client):
    position = make_position(side="no")
    question, claim = f"/questions/{position.proposition.key}/", f"/claims/{position.claim.slug}/"
    assert f'href="{question}"' in client.get(claim).content.decode()
    text = client.get(question).content.decode()
    assert f'href="{claim}"' in text
    assert "1 claim of articles is put to it" in words_of(client, question)


def test_a_draft_and_what_is_not_there_have_no_page(client):
    draft = make_proposition(state="draft")
    assert client.get(f"/questions/{draft.key}/").status_code == 404
    assert client.get("/questions/no-such-question/").status_code == 404


def test_one_that_opens_later_says_so_and_takes_no_forecast(client):
    text = page(client, make_proposition(opens_on=NOW.date() + timedelta(days=3)))
    assert "Not open yet" in text
    assert "It opens on 9 Feb 2026" in text
    assert "Forecasts are taken from 9 Feb 2026 on." in text
    assert "Sign in to forecast" not in text


def test_past_its_deadline_it_is_due_and_a_curator_finds_the_door(client):
    proposition = make_proposition(deadline=NOW.date() - timedelta(days=1))
    rule = f"/admin/forecasts/proposition/{proposition.pk}/rule/"
    review(NOW)
    assert "The deadline passed on 5 Feb 2026 without a confirmed story. A person must rule." in page(
        client, proposition
    )
    assert "Forecasts closed at the end of 5 Feb 2026; they are scored once it is ruled on." in page(
        client, proposition
    )
    assert rule not in client.get(f"/questions/{proposition.key}/").content.decode()
    client.force_login(make_curator())
    assert rule in client.get(f"/questions/{proposition.key}/").content.decode()


def test_a_decisive_story_makes_it_due(client):
    proposition = make_proposition()
    make_evidence(proposition, headline="It is signed", stance="supports", strength="decisive")
    review(NOW)
    assert "Settled in fact, it seems: “It is signed”. A person must rule." in page(client, proposition)


def test_a_ruling_is_shown_with_all_scores_and_a_reversal_with_its_reason(client):
    proposition = make_proposition()
    for name, chance in (("Mira", 0.8), ("Noor", 0.4)):
        make_forecast(proposition, probability=chance, at=NOW - timedelta(days=9), forecaster=make_forecaster(name))
    make_estimate(proposition, at=OPENED)
    ruling = ruled(proposition, "yes", at=NOW - timedelta(hours=2))
    text = page(client, proposition)
    assert "Ruled Yes" in text
    assert text.index("Mira 0.040") < text.index("Noor 0.360")
    rulings.reverse(ruling, reason="It was unsigned.", by="ada", at=NOW - timedelta(hours=1))
    text = page(client, proposition)
    assert "Ruling taken back: It was unsigned. No confirmed story moves it either way yet. By ada." in text
    assert "Who was right" not in text
    ruled(proposition, "no", at=NOW)
    text = page(client, proposition)
    assert text.index("Noor 0.160") < text.index("Mira 0.640")
    assert "Ruled Yes Ruled by ada: The firms announced it. By ada." in text


def ruled(proposition, outcome, *, at):
    return rulings.rule(
        proposition,
        outcome=outcome,
        effective_on=NOW.date() - timedelta(days=1),
        source="https://news.example/signed",
        reason="The firms announced it.",
        by="ada",
        at=at,
    )


def test_a_void_question_says_so(client):
    proposition = make_proposition()
    make_ruling(proposition, outcome="void")
    assert "Ruled void" in page(client, proposition)


def test_a_member_forecasts_changes_and_withdraws_on_the_page(client):
    proposition = make_proposition()
    client.force_login(make_user("mira"))
    address = f"/questions/{proposition.key}/forecast/"
    answer = client.post(address, {"percent": "30"})
    assert answer["location"] == f"/questions/{proposition.key}/#forecast"
    client.post(address, {"percent": "60", "comment": "They met."})
    assert "60% mira They met." in page(client, proposition)
    client.post(address, {"verb": "withdraw"})
    assert "60%" not in page(client, proposition).split("Your forecast")[1].split("What became")[0]
    assert Forecast.objects.count() == 2


def test_a_guest_who_forecasts_is_asked_to_sign_in_and_a_draft_takes_none(client):
    proposition, draft = make_proposition(), make_proposition(state="draft")
    assert "/sign-in/" in client.post(f"/questions/{proposition.key}/forecast/", {"percent": "30"})["location"]
    client.force_login(make_user())
    assert client.post(f"/questions/{draft.key}/forecast/", {"percent": "30"}).status_code == 404
    assert not Forecast.objects.exists()


def test_a_curator_decides_on_a_story_seen_from_yes(client):
    evidence = make_evidence(make_proposition(), headline="Price agreed")
    address = f"/positions/{bare(evidence.proposition).pk}/evidence/{evidence.pk}/decide/"
    form = {"verb": "confirm", "stance": "contradicts", "strength": "weak"}
    client.force_login(make_user())
    assert client.post(address, form).status_code == 403
    client.force_login(make_curator())
    assert f'action="{address}"' in client.get(f"/questions/{evidence.proposition.key}/").content.decode()
    answer = client.post(address, form)
    assert answer["location"] == f"/questions/{evidence.proposition.key}/#evidence-{evidence.pk}"
    evidence.refresh_from_db()
    assert (evidence.state, evidence.stance) == (Evidence.State.CONFIRMED, "contradicts")


def test_a_story_is_decided_for_its_own_question_only(client):
    evidence = make_evidence(make_proposition())
    client.force_login(make_curator())
    other = bare(make_proposition())
    assert client.post(f"/positions/{other.pk}/evidence/{evidence.pk}/decide/", {"verb": "reject"}).status_code == 404


def test_the_ledger_is_filtered_and_a_filter_that_does_not_exist_filters_nothing(client):
    proposition = make_proposition()
    make_evidence(proposition, headline="For it", stance="supports")
    make_evidence(proposition, headline="Against it", stance="contradicts")
    assert (
        "For it" not in page(client, proposition, "?stance=contradicts").split("Your forecast")[0].split("Evidence")[-1]
    )
    assert "For it" in page(client, proposition, "?stance=nothing")


def test_hostile_words_stay_words(client):
    proposition = make_proposition("<script>alert(1)</script>?", topic="<b>", prior_reason="<i>")
    make_ruling(proposition, reason="<u>", source="javascript:alert(1)")
    text = client.get(f"/questions/{proposition.key}/").content.decode()
    assert "<script>alert" not in text
    assert 'href="javascript' not in text


def test_as_many_queries_for_much_as_for_little(client, django_assert_max_num_queries):
    proposition = make_proposition()
    for number in range(15):
        make_evidence(proposition, at=OPENED + timedelta(days=number), stance="supports")
        make_position(proposition=proposition)
        make_forecast(proposition, at=OPENED + timedelta(days=number))
    make_history(proposition)
    with django_assert_max_num_queries(22):
        client.get(f"/questions/{proposition.key}/")


def test_a_member_appeals_on_the_page_and_a_curator_answers_there(client):
    proposition = make_proposition()
    ruling = make_ruling(proposition, outcome="yes")
    client.force_login(make_user("mira"))
    address = f"/questions/{proposition.key}/rulings/{ruling.pk}/appeal/"
    assert f'action="{address}"' in client.get(f"/questions/{proposition.key}/").content.decode()
    answer = client.post(address, {"reason": "Nobody signed."})
    assert answer["location"] == f"/questions/{proposition.key}/#rulings"
    assert "mira appealed on 6 Feb 2026 : Nobody signed. Waits for a curator’s answer." in page(client, proposition)
    client.force_login(make_curator("ada"))
    assert f'<a href="/questions/{proposition.key}/#rulings">' in client.get("/appeals/").content.decode()
    back = f"/questions/{proposition.key}/#rulings"
    appeal = ruling.appeals.get()
    assert client.post(f"/appeals/{appeal.pk}/answer/", {"words": "Both did.", "next": back})["location"] == back
    assert "Answered by ada on 6 Feb 2026 : Both did." in page(client, proposition)


def test_a_ruling_is_appealed_against_on_its_own_question_only(client):
    ruling, other = make_ruling(make_proposition()), make_proposition()
    address = f"/questions/{other.key}/rulings/{ruling.pk}/appeal/"
    assert "/sign-in/" in client.post(address, {"reason": "No."})["location"]
    client.force_login(make_user())
    assert client.post(address, {"reason": "No."}).status_code == 404


def test_words_that_changed_are_shown_with_their_versions(client):
    proposition = make_proposition()
    make_forecast(proposition, at=NOW - timedelta(days=2), forecaster=make_forecaster("Mira"))
    changed = {"question": proposition.question, "statement": proposition.statement, "deadline": proposition.deadline}
    words = {**changed, "resolution_criteria": "Yes if it is signed in public."}
    criteria.amend(proposition, **words, reason="Asked by many.", by="ada", at=NOW - timedelta(days=1))
    text = page(client, proposition)
    assert "Version 2 since 5 Feb 2026 : Asked by many. By ada." in text
    assert "Earlier wording of the question" in text
    assert "Yes if both firms announce a signed contract" in text
