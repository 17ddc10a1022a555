from datetime import date, timedelta

import pytest

from forecasts.models import Proposition
from tests.makers import (
    QUOTE,
    make_article,
    make_author,
    make_claim,
    make_curator,
    make_position,
    make_proposition,
    make_user,
)
from tracker.models import Claim, Decision, Position

pytestmark = pytest.mark.django_db
FORM = {
    "new-title": "No concessions",
    "new-side": "yes",
    "new-sureness": 85,
    "new-question": "Will Xi hold out?",
    "new-statement": "Xi makes no concessions by 31 December 2025.",
    "new-resolution_criteria": "Yes unless two news organisations report one.",
    "new-opens_on": "2025-05-09",
    "new-deadline": "2025-12-31",
    "new-keywords": "concessions, gas price ,",
    "new-actors": "China, Russia",
    "new-written_with_hindsight": "on",
}


@pytest.fixture
def claim(client):
    client.force_login(make_curator("carla"))
    return make_claim(make_article(authors=(make_author("Ryan"),)), state="proposed")


def test_the_form_holds_a_question_drafted_from_the_wording(client, claim):
    Claim.objects.filter(pk=claim.pk).update(restatement="Xi will not make concessions to Putin.")
    page = client.get(f"/proposals/{claim.pk}/accept/").content.decode()
    assert QUOTE in page
    assert "Will Xi make concessions to Putin by 31 December 2025?" in page
    assert '<option value="no" selected>' in page
    assert 'value="Xi will not make concessions to Putin"' in page
    assert 'value="2025-12-31"' in page
    assert 'value="85"' in page
    assert "checked" in page  # written long after the article: with hindsight


def test_an_open_question_that_asks_the_same_in_other_words_is_shown_first(client, claim):
    make_proposition("Will Ruritania join the customs bloc by 2031?", deadline=date(2031, 1, 1))
    make_proposition("Will Norland hold an early election by 2031?", deadline=date(2031, 1, 1))
    Claim.objects.filter(pk=claim.pk).update(restatement="Ruritania will accede to the union of tariffs by 2031.")
    page = client.get(f"/proposals/{claim.pk}/accept/").content.decode()
    shown = page[page.index("h-similar") : page.index("</section>", page.index("h-similar"))]
    assert "Ruritania" in shown
    assert "Norland" not in shown


def test_accepting_opens_the_question_puts_the_claim_to_it_and_records_the_authors_chance(client, claim):
    answer = client.post(f"/proposals/{claim.pk}/accept/", FORM)
    assert answer.url == f"/claims/{claim.slug}/"
    position = Position.objects.of_claims().get()
    assert (position.claim.state, position.claim.title, position.side, position.implied_probability) == (
        "accepted",
        "No concessions",
        "yes",
        0.85,
    )
    assert (position.proposition.deadline, position.proposition.keywords) == (
        date(2025, 12, 31),
        ["concessions", "gas price"],
    )
    assert position.proposition.forecasts.get().forecaster.name == "Ryan"
    assert list(Decision.objects.order_by("pk").values_list("verb", "by")) == [
        ("accept", "carla"),
        ("open question", "carla"),
        ("take position", "carla"),
    ]


def test_a_form_that_is_sent_twice_opens_one_question(client, claim):
    first, again = (client.post(f"/proposals/{claim.pk}/accept/", FORM) for _ in range(2))
    assert first.url == again.url
    assert Proposition.objects.count() == Position.objects.of_claims().count() == 1


def test_a_question_that_closed_before_the_article_is_not_offered(client, claim):
    known = make_position().proposition
    claim.article.published_on = known.deadline
    claim.article.save()
    assert "Put it to an open question" in client.get(f"/proposals/{claim.pk}/accept/").content.decode()
    claim.article.published_on += timedelta(days=1)
    claim.article.save()
    assert "No open question" in client.get(f"/proposals/{claim.pk}/accept/").content.decode()


def test_a_claim_may_be_put_to_a_question_that_is_here(client, claim):
    known = make_position().proposition
    form = {
        "known": "1",
        "known-proposition": known.pk,
        "known-title": "No price",
        "known-side": "no",
        "known-sureness": "",
    }
    client.post(f"/proposals/{claim.pk}/accept/", form)
    assert [position.side for position in known.positions.of_claims().order_by("pk")] == ["yes", "no"]
    assert Proposition.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"new-deadline": "2025-01-01"}, "deadline", "before the opening"),
        ({"new-sureness": 100}, "sureness", "less than or equal to 99"),
        ({"new-sureness": 0}, "sureness", "greater than or equal to 1"),
        ({"new-sureness": "nan"}, "sureness", "whole number"),
        ({"new-question": " "}, "question", "required"),
        ({"new-side": "maybe"}, "side", "valid choice"),
    ],
)
def test_what_nobody_could_rule_on_is_told_beside_the_field(client, claim, change, field, words):
    answer = client.post(f"/proposals/{claim.pk}/accept/", FORM | change)
    assert answer.status_code == 422
    assert words in answer.content.decode().split(f'id="id_new-{field}_error">')[1].split("</p>")[0]
    claim.refresh_from_db()
    assert claim.state == "proposed"
    assert not Proposition.objects.exists()


def test_a_question_that_cannot_take_the_claim_leaves_nothing_half_done(client, claim):
    known = make_proposition(state="resolved", outcome="yes")
    form = {"known": "1", "known-proposition": known.pk, "known-title": "No price", "known-side": "no"}
    assert client.post(f"/proposals/{claim.pk}/accept/", form).status_code == 422
    claim.refresh_from_db()
    assert claim.state == "proposed"
    assert not Decision.objects.exists()


def test_two_questions_of_one_title_get_keys_of_their_own(client, claim):
    client.post(f"/proposals/{claim.pk}/accept/", FORM)
    client.post(f"/proposals/{claim.pk}/accept/", {**FORM, "new-question": "Will he concede nothing in 2026?"})
    assert sorted(Proposition.objects.values_list("key", flat=True)) == ["no-concessions", "no-concessions-2"]


def test_a_rejected_claim_stays_on_record_with_its_reason(client, claim):
    answer = client.post(f"/proposals/{claim.pk}/reject/", {"reason": "A mood, not a matter of fact"})
    assert answer.url == f"/articles/{claim.article.slug}/#proposed"
    assert Claim.objects.get().state == "rejected"
    assert Decision.objects.get().reason == "A mood, not a matter of fact"


def test_a_claim_with_a_question_is_not_rejected(client, claim):
    tested = make_position().claim
    answer = client.post(f"/proposals/{tested.pk}/reject/", follow=True)
    assert "cannot be rejected" in answer.content.decode()


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_only_curators_decide(client, claim, verb):
    client.logout()
    assert client.post(f"/proposals/{claim.pk}/{verb}/", FORM).url.startswith("/account/sign-in/")
    client.force_login(make_user())
    assert client.post(f"/proposals/{claim.pk}/{verb}/", FORM).status_code == 403
    assert not Decision.objects.exists()


def test_what_nobody_could_settle_has_no_draft_and_says_why(client, claim):
    Claim.objects.filter(pk=claim.pk).update(refusal="It judges and tells nothing.")
    answer = client.get(f"/proposals/{claim.pk}/accept/")
    assert "No question is drafted. It judges and tells nothing." in answer.content.decode()
    assert answer.context["question"].initial["question"] == ""


def test_what_a_draft_lacks_is_said_and_the_form_is_left_empty(client, claim):
    Claim.objects.filter(pk=claim.pk).update(restatement="They will not make concessions to Putin.")
    answer = client.get(f"/proposals/{claim.pk}/accept/")
    assert "No question is drafted yet. Say who is meant by “they”." in answer.content.decode()
    assert answer.context["question"].initial["question"] == ""


def test_an_open_question_like_the_draft_is_shown_first_and_can_be_chosen(client, claim):
    Claim.objects.filter(pk=claim.pk).update(restatement="Xi will not make concessions to Putin.")
    like = make_proposition(question="Will Xi make concessions to Putin by 30 June 2026?")
    page = client.get(f"/proposals/{claim.pk}/accept/").content.decode()
    assert page.index("Open questions like this one") < page.index("A new question")
    chosen = client.get(f"/proposals/{claim.pk}/accept/?question={like.pk}")
    assert f'<option value="{like.pk}" selected>' in chosen.content.decode()


def test_without_a_question_like_it_none_is_shown(client, claim):
    make_proposition(question="Will it snow in Lundby by 30 June 2026?")
    assert "Open questions like this one" not in client.get(f"/proposals/{claim.pk}/accept/").content.decode()


def test_the_kind_of_process_sources_and_restatement_are_kept(client, claim):
    form = FORM | {"new-process": "state", "new-sources": "a ministry, two papers", "new-restatement": "Xi holds out."}
    client.post(f"/proposals/{claim.pk}/accept/", form)
    question = Proposition.objects.get()
    assert (question.process, question.sources) == ("state", ["a ministry", "two papers"])
    assert Claim.objects.get(pk=claim.pk).restatement == "Xi holds out."


def test_an_occasion_nobody_dated_is_told_as_open_ended(client, claim):
    Claim.objects.filter(pk=claim.pk).update(deadline_words="before the election", deadline=None)
    page = client.get(f"/proposals/{claim.pk}/accept/").content.decode()
    assert "“before the election”, open-ended: choose a deadline" in page
