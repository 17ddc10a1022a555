"""Linking a question to another site on its screen, and what the list of links lets a curator do."""

import pytest
from django.urls import reverse

from tests.makers import make_curator, make_proposition, make_ruling, make_user
from tracker.models import Decision, OutsideLink

pytestmark = pytest.mark.django_db
PAGE = "https://www.metaculus.com/questions/7/will-it-rain/"
LINKS = "/admin/tracker/outsidelink/"


@pytest.fixture
def curator(client):
    client.force_login(make_curator("ada"))
    return client


def screen(proposition):
    return reverse("admin:forecasts_proposition_link", args=[proposition.pk])


def act(client, action, **fields):
    rows = list(OutsideLink.objects.values_list("pk", flat=True))
    return client.post(LINKS, {"action": action, "_selected_action": rows, **fields}, follow=True).text


def test_a_question_s_screen_leads_to_linking_it(curator):
    proposition = make_proposition()
    text = curator.get(reverse("admin:forecasts_proposition_change", args=[proposition.pk])).text
    assert screen(proposition) in text
    assert "Its Yes is our No" in curator.get(screen(proposition)).text


def test_an_address_is_pasted_and_the_link_stands_in_the_list(curator):
    proposition = make_proposition()
    text = curator.post(screen(proposition), {"address": PAGE, "reason": "The same."}, follow=True).text
    assert "Linked. What the site says comes with the next run" in text
    row = OutsideLink.objects.get()
    assert (row.source, row.question_id, row.proposition, row.is_inverted) == ("metaculus", "7", proposition, False)
    assert Decision.objects.get().by == "ada"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "This field is required."),
        ("https://www.metaculus.com/tournament/rain/", "should hold /questions/ and a number"),
        ("<script>alert(1)</script>", "ends with .csv"),
    ],
)
def test_what_cannot_be_linked_is_said_on_the_screen(curator, address, words):
    text = curator.post(screen(make_proposition()), {"address": address}).text
    assert words in text
    assert "<script>alert" not in text
    assert not OutsideLink.objects.exists()


def test_a_question_that_was_ruled_on_offers_no_link(curator):
    proposition = make_ruling(make_proposition()).proposition
    assert screen(proposition) not in curator.get(f"/admin/forecasts/proposition/{proposition.pk}/change/").text
    assert "has been ruled on" in curator.post(screen(proposition), {"address": PAGE}).text


def test_only_curators_link(client):
    client.force_login(make_user())
    proposition = make_proposition()
    assert client.post(screen(proposition), {"address": PAGE}).status_code in (302, 403)
    assert not OutsideLink.objects.exists()


def test_links_are_taken_away_with_a_reason_and_polled_on_demand(curator):
    curator.post(screen(make_proposition()), {"address": PAGE})
    assert "Links to be polled with the next run: 1." in act(curator, "poll_now")
    assert "Say why the link is taken away" in act(curator, "unlink")
    assert "Links taken away: 1." in act(curator, "unlink", reason="It asks for another month.")
    assert OutsideLink.objects.get().state == "unlinked"
    assert "link the question anew" in act(curator, "poll_now")
