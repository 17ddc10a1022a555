import pytest

from tests.makers import NOW, make_article, make_claim, make_position, make_proposition, make_user
from tracker.curation import subscriptions
from tracker.mail.links import unsubscribe_token
from tracker.models import Decision, Subscription

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("kind", "make"), [("claim", make_claim), ("article", make_article)])
def test_a_reader_follows_and_stops_from_the_page(client, kind, make):
    subject, reader = make(), make_user()
    client.force_login(reader)
    page = f"/{kind}s/{subject.slug}/"
    assert client.post(f"/follow/{kind}/{subject.slug}/").url == page
    assert f"/unfollow/{kind}/{subject.slug}/" in client.get(page).text
    client.post(f"/unfollow/{kind}/{subject.slug}/")
    assert f'action="/follow/{kind}/{subject.slug}/"' in client.get(page).text


def test_a_guest_signs_in_first_and_comes_back_to_the_button(client):
    claim = make_claim()
    assert "Sign in to follow this claim" in client.get(f"/claims/{claim.slug}/").text
    address = f"/follow/claim/{claim.slug}/"
    assert client.post(address).url == f"/account/sign-in/?next={address}"
    client.force_login(make_user())
    assert client.get(address).url == f"/claims/{claim.slug}/"
    assert not Subscription.objects.exists()


def test_following_twice_is_following_once(client):
    claim = make_claim()
    client.force_login(make_user())
    for _ in range(2):
        client.post(f"/follow/claim/{claim.slug}/")
    assert Subscription.objects.count() == 1


def test_the_account_page_lists_what_is_followed_and_stops_it(client):
    claim, reader = make_claim(), make_user()
    client.force_login(reader)
    subscriptions.follow(reader, subject=claim, at=NOW)
    assert claim.title in client.get("/account/").text
    back = client.post(f"/unfollow/claim/{claim.slug}/", {"next": "/account/"})
    assert back.url == "/account/"
    assert "You follow nothing yet" in client.get("/account/").text


def test_the_way_back_stays_on_the_site(client):
    claim = make_claim()
    client.force_login(make_user())
    answer = client.post(f"/follow/claim/{claim.slug}/", {"next": "https://evil.example/"})
    assert answer.url == f"/claims/{claim.slug}/"


@pytest.mark.parametrize("address", ["/follow/claim/none/", "/follow/author/none/"])
def test_what_does_not_exist_cannot_be_followed(client, address):
    client.force_login(make_user())
    assert client.post(address).status_code == 404


def test_a_claim_that_nobody_sees_cannot_be_followed(client):
    claim = make_claim(state="proposed")
    client.force_login(make_user())
    client.post(f"/follow/claim/{claim.slug}/")
    assert not Subscription.objects.exists()


def test_looking_at_the_link_in_a_letter_changes_nothing(client):
    reader = make_user()
    subscriptions.follow(reader, subject=make_position().claim, at=NOW)
    page = client.get(f"/unsubscribe/{unsubscribe_token(reader.pk)}/")
    assert "Stop all letters?" in page.text
    assert reader.subscriptions.active().count() == 1


def test_one_click_stops_all_letters_without_signing_in(client):
    reader = make_user()
    for subject in (make_claim(), make_article()):
        subscriptions.follow(reader, subject=subject, at=NOW)
    client.handler.enforce_csrf_checks = True
    address = f"/unsubscribe/{unsubscribe_token(reader.pk)}/"
    answer = client.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert "The letters have stopped" in answer.text
    assert not reader.subscriptions.active().exists()
    assert Decision.objects.get(verb="unfollow all").reason == "by the link in a letter"


def test_stopping_twice_says_so_and_is_written_down_once(client):
    reader = make_user()
    subscriptions.follow(reader, subject=make_claim(), at=NOW)
    address = f"/unsubscribe/{unsubscribe_token(reader.pk)}/"
    assert {client.post(address).status_code for _ in range(2)} == {200}
    assert Decision.objects.filter(verb="unfollow all").count() == 1


def test_a_forged_link_stops_nothing(client):
    reader = make_user()
    subscriptions.follow(reader, subject=make_claim(), at=NOW)
    answer = client.post(f"/unsubscribe/{unsubscribe_token(reader.pk)}x/")
    assert answer.status_code == 404
    assert reader.subscriptions.active().exists()


def test_a_question_is_followed_and_left_from_its_page(client):
    question, reader = make_proposition(), make_user()
    page = f"/questions/{question.key}/"
    assert "Sign in to follow this question" in client.get(page).text
    client.force_login(reader)
    assert client.post(f"/follow/question/{question.key}/").url == page
    assert f"/unfollow/question/{question.key}/" in client.get(page).text
    assert question.question in client.get("/account/").text
    client.post(f"/unfollow/question/{question.key}/")
    assert "You follow nothing yet" in client.get("/account/").text


def test_a_draft_of_a_question_cannot_be_followed(client):
    client.force_login(make_user())
    assert client.post(f"/follow/question/{make_proposition(state='draft').key}/").status_code == 404
