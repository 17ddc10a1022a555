"""Appeals beside a ruling: who may write and answer them, what the page keeps showing, and the list for curators."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forecasts.models import Appeal
from tests.makers import NOW, make_change, make_curator, make_position, make_proposition, make_ruling, make_user
from tracker.curation import appeals as curation
from tracker.curation.rulings import reverse

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def after_the_ruling():
    with time_machine.travel(NOW + HOUR, tick=False) as clock:
        yield clock


@pytest.fixture
def ruled():
    position = make_position()
    make_ruling(position.proposition)
    make_change(position, "did not come true")
    return position


@pytest.fixture
def member(client):
    client.force_login(make_user("mira"))
    return client


def page_of(client, position):
    return " ".join(client.get(f"/claims/{position.claim.slug}/").text.split())


def appeal(client, position, reason="It names no <price>.", ruling=None):
    pk = (ruling or position.proposition.resolutions.latest("pk")).pk
    return " ".join(
        client.post(
            f"/questions/{position.proposition.key}/rulings/{pk}/appeal/", {"reason": reason}, follow=True
        ).text.split()
    )


def made(position, name="mira", reason="It names no price.", at=NOW):
    ruling = position.proposition.resolutions.latest("pk")
    return curation.appeal(ruling, by=make_user(name), reason=reason, at=at)


def test_a_question_never_ruled_on_shows_no_rulings(member):
    assert 'id="rulings"' not in page_of(member, make_position())


def test_a_member_appeals_and_everybody_reads_it(member, ruled, client):
    text = appeal(member, ruled)
    assert "Your appeal stands beside the ruling" in text
    assert "Your appeal waits for an answer" in text
    assert "Appeal against this ruling" not in text
    client.logout()
    guest = page_of(client, ruled)
    assert "<strong>mira</strong> appealed on" in guest
    assert "It names no &lt;price&gt;." in guest
    assert "Sign in to appeal" in guest


def test_a_guest_signs_in_first(client, ruled):
    ruling = ruled.proposition.resolutions.get()
    got = client.post(f"/questions/{ruled.proposition.key}/rulings/{ruling.pk}/appeal/", {"reason": "No."})
    assert got["location"].startswith("/account/sign-in/")
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_empty_and_overlong_appeals_are_refused_in_words(member, ruled, reason):
    assert "Say why" in (text := appeal(member, ruled, reason)) or "Shorten it" in text
    assert not Appeal.objects.exists()


def test_a_ruling_that_was_taken_back_meanwhile_takes_no_appeal(member, ruled):
    ruling = ruled.proposition.resolutions.get()
    reverse(ruling, reason="Withdrawn.", by="Bob", at=NOW)
    assert "taken back by Bob" in appeal(member, ruled, ruling=ruling)
    assert not Appeal.objects.exists()


def test_a_ruling_of_another_question_is_not_found_here(member, ruled):
    other = make_ruling(make_proposition())
    assert (
        member.post(f"/questions/{ruled.proposition.key}/rulings/{other.pk}/appeal/", {"reason": "No."}).status_code
        == 404
    )


def test_who_appeals_again_and_again_waits_a_day(member, after_the_ruling):
    for _ in range(10):
        position = make_position()
        make_ruling(position.proposition)
        assert "stands beside" in appeal(member, position)
    position = make_position()
    make_ruling(position.proposition)
    assert "wait until tomorrow" in appeal(member, position)
    assert Appeal.objects.count() == 10


def test_a_refused_appeal_is_not_counted_as_one(member, ruled):
    for _ in range(11):
        appeal(member, ruled, " ")
    assert "stands beside" in appeal(member, ruled)


def test_a_curator_answers_beside_the_appeal(client, ruled):
    row = made(ruled)
    client.force_login(make_curator("ann"))
    assert "Why the ruling stands" in page_of(client, ruled)
    back = f"/claims/{ruled.claim.slug}/{ruled.proposition.key}/#rulings"
    got = client.post(f"/appeals/{row.pk}/answer/", {"words": "None is asked for.", "next": back})
    assert got["location"] == back
    text = page_of(client, ruled)
    assert "Answered by ann" in text
    assert "Why the ruling stands" not in text


def test_an_answer_leads_to_no_foreign_page(client, ruled):
    row = made(ruled)
    client.force_login(make_curator())
    got = client.post(f"/appeals/{row.pk}/answer/", {"words": "None.", "next": "//evil.example/"})
    assert got["location"] == "/appeals/"


def test_a_member_neither_answers_nor_sees_the_form(member, ruled):
    row = made(ruled, "ben")
    assert "Why the ruling stands" not in page_of(member, ruled)
    assert member.post(f"/appeals/{row.pk}/answer/", {"words": "Mine."}).status_code == 403
    assert member.get("/appeals/").status_code == 403


def test_both_rulings_stand_in_the_history_and_the_reversal_answers_the_appeal(client, ruled):
    made(ruled)
    first = ruled.proposition.resolutions.get()
    reverse(first, reason="The source was withdrawn.", by="Bob", at=NOW + HOUR / 2)
    make_ruling(ruled.proposition, outcome="partly", source="The minutes.", at=NOW + HOUR)
    text = page_of(client, ruled).split('id="rulings"')[1].split('id="ledger"')[0]
    assert text.index("<strong>Partly.</strong>") < text.index("<strong>No.</strong>")
    assert "source: “The minutes.”. Nobody is scored." in text
    assert "<strong>Taken back</strong> by Bob" in text
    assert "Answered by taking the ruling back." in text


def test_the_list_has_the_oldest_first_and_leads_to_each(client, ruled):
    later = make_position(title="A second pipeline will be built")
    make_ruling(later.proposition)
    made(later, "ben", at=NOW + HOUR)
    made(ruled, "mira", at=NOW)
    client.force_login(make_curator())
    text = client.get("/appeals/").text
    assert text.index(ruled.title) < text.index(later.title)
    assert f'href="/claims/{later.claim.slug}/{later.proposition.key}/#rulings"' in text
    assert "2 appeals</h2>" in text


def test_an_appeal_on_a_question_that_no_claim_is_put_to_is_listed_too(client):
    ruling = make_ruling(make_proposition("Will it rain?"))
    curation.appeal(ruling, by=make_user("mira"), reason="It snowed.", at=NOW)
    client.force_login(make_curator())
    assert "Will it rain?" in client.get("/appeals/").text


def test_an_empty_list_says_so(client):
    client.force_login(make_curator())
    assert "Nothing waits" in client.get("/appeals/").text


def test_curators_see_on_the_first_page_how_many_wait(client, ruled):
    made(ruled)
    assert "to answer" not in client.get("/").text
    client.force_login(make_curator())
    assert '<a class="btn" href="/appeals/">1 appeal to answer</a>' in client.get("/").text
    assert '<a href="/appeals/">1 appeal to answer</a>' in client.get("/admin/").text


def test_as_many_queries_for_nine_appeals_as_for_one(client, ruled, django_assert_num_queries):
    made(ruled, "reader 0")
    client.force_login(make_curator())
    with CaptureQueriesContext(connection) as of_the_list:
        client.get("/appeals/")
    with CaptureQueriesContext(connection) as of_the_page:
        page_of(client, ruled)
    for number in range(1, 9):
        made(ruled, f"reader {number}")
    other = make_position()
    make_ruling(other.proposition)
    made(other, "reader 9")
    with django_assert_num_queries(len(of_the_list)):
        client.get("/appeals/")
    with django_assert_num_queries(len(of_the_page)):
        page_of(client, ruled)
