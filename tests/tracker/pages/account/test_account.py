import re

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail as django_mail

from tests.makers import NOW, make_curator, make_user
from tracker.curation import people
from tracker.models import Letter, User

pytestmark = pytest.mark.django_db
SIGN_IN, FORGOTTEN = "/account/sign-in/", "/account/password/forgotten/"


def sign_in(client, name: str, password: str = "a long password"):
    return client.post(SIGN_IN, {"username": name, "password": password})


def link_in(letter: Letter) -> str:
    return re.search(r"http://[^/]+(/account/password/\S+)", letter.text)[1]


@pytest.mark.parametrize("name", ["mei", "mei@example.org", "MEI@example.org"])
def test_one_signs_in_by_name_or_address(client, name):
    make_user("mei")
    assert sign_in(client, name).url == "/"
    assert SESSION_KEY in client.session


def test_a_wrong_password_is_named_in_plain_words(client):
    make_user("mei")
    answer = sign_in(client, "mei", "wrong")
    assert "No account has this name and password." in answer.text
    assert SESSION_KEY not in client.session


def test_the_answer_for_an_unknown_name_is_the_same(client):
    make_user("mei")
    known, unknown = sign_in(client, "mei", "wrong"), sign_in(client, "nobody", "wrong")
    strip = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|value="(mei|nobody)"')
    assert strip.sub("", known.text) == strip.sub("", unknown.text)


def test_after_five_wrong_passwords_even_the_right_one_must_wait(client):
    make_user("mei")
    for _ in range(5):
        sign_in(client, "mei", "wrong")
    assert "Too many wrong passwords" in sign_in(client, "MEI").text
    assert sign_in(client, "mei").status_code == 200
    assert SESSION_KEY not in client.session


def test_another_place_may_still_sign_in(client):
    make_user("mei")
    for _ in range(5):
        sign_in(client, "mei", "wrong")
    answer = client.post(SIGN_IN, {"username": "mei", "password": "a long password"}, REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 302


def test_from_everywhere_together_an_account_is_not_tried_without_end(client):
    make_user("mei")
    for place in range(50):
        client.post(SIGN_IN, {"username": "mei", "password": "wrong"}, REMOTE_ADDR=f"192.0.2.{place}")
    assert "Too many wrong passwords" in sign_in(client, "mei").text


def test_the_right_password_clears_the_count(client):
    make_user("mei")
    for _ in range(3):
        for _ in range(4):
            sign_in(client, "mei", "wrong")
        assert sign_in(client, "mei").status_code == 302
        client.logout()


def test_a_closed_account_stays_outside(client):
    make_user("mei", is_active=False)
    assert sign_in(client, "mei").status_code == 200


def test_sign_in_leads_on_within_the_site_only(client):
    make_user("mei")
    answer = client.post(SIGN_IN, {"username": "mei", "password": "a long password", "next": "https://evil.example/"})
    assert answer.url == "/"


def test_signing_out_takes_a_button_and_no_link(client):
    client.force_login(make_user())
    assert client.get("/account/sign-out/").status_code == 405
    assert client.post("/account/sign-out/").url == "/"
    assert SESSION_KEY not in client.session


def test_a_forgotten_password_is_replaced_by_the_link_in_a_letter(client):
    user = make_user("mei")
    client.post(FORGOTTEN, {"email": "MEI@example.org"})
    form = client.get(link_in(Letter.objects.get()), follow=True)
    new = {"new_password1": "quite another one", "new_password2": "quite another one"}
    assert client.post(form.redirect_chain[-1][0], new).url == "/account/"
    user.refresh_from_db()
    assert user.check_password("quite another one")
    assert client.session[SESSION_KEY] == str(user.pk)


def test_the_link_works_once(client):
    make_user("mei")
    client.post(FORGOTTEN, {"email": "mei@example.org"})
    link = link_in(Letter.objects.get())
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"new_password1": "quite another one", "new_password2": "quite another one"})
    client.logout()
    assert "This link no longer works" in client.get(link).text


def test_a_forged_link_is_answered_in_words(client):
    user = make_user("mei")
    client.post(FORGOTTEN, {"email": user.email})
    link = link_in(Letter.objects.get())
    assert "This link no longer works" in client.get(link[:-3] + "xx/").text
    assert "This link no longer works" in client.get("/account/password/zzz/abc-def/").text


def test_nobody_learns_which_addresses_are_known(client):
    make_user("mei")
    known = client.post(FORGOTTEN, {"email": "mei@example.org"})
    unknown = client.post(FORGOTTEN, {"email": "moi@example.org"})
    assert known.text.replace("mei@", "moi@") == unknown.text
    assert Letter.objects.count() == 1
    assert not django_mail.outbox


def test_a_closed_account_gets_no_password_letter(client):
    make_user("mei", is_active=False)
    client.post(FORGOTTEN, {"email": "mei@example.org"})
    assert not Letter.objects.exists()


def test_at_most_three_password_letters_go_out_in_an_hour(client):
    make_user("mei")
    answers = {client.post(FORGOTTEN, {"email": "mei@example.org"}).status_code for _ in range(5)}
    assert (answers, Letter.objects.count()) == ({200}, 3)


def test_an_invited_person_chooses_a_password_and_is_in(client):
    user = people.invite("new@example.org", role="member", by="Ada", at=NOW)
    form = client.get(link_in(user.letters.get()), follow=True)
    assert "You sign in as <strong>new</strong>" in form.text
    new = {"new_password1": "quite another one", "new_password2": "quite another one"}
    client.post(form.redirect_chain[-1][0], new)
    assert client.get("/account/").status_code == 200


def test_a_weak_password_is_refused_with_a_reason(client):
    user = people.invite("new@example.org", role="member", by="Ada", at=NOW)
    form = client.get(link_in(user.letters.get()), follow=True).redirect_chain[-1][0]
    answer = client.post(form, {"new_password1": "123456", "new_password2": "123456"})
    assert "too short" in answer.text


def test_changing_the_password_asks_for_the_old_one(client):
    user = make_user()
    client.force_login(user)
    new = {"new_password1": "quite another one", "new_password2": "quite another one"}
    assert client.post("/account/password/", {"old_password": "wrong", **new}).status_code == 200
    assert client.post("/account/password/", {"old_password": "a long password", **new}).url == "/account/"


def test_the_account_page_is_for_its_owner(client):
    assert client.get("/account/").url == "/account/sign-in/?next=/account/"
    client.force_login(make_user("mei"))
    assert "mei@example.org" in client.get("/account/").text


def test_a_reader_chooses_a_name(client):
    user = make_user("mei")
    client.force_login(user)
    client.post("/account/", {"first_name": "Mei Lin"})
    user.refresh_from_db()
    assert user.display_name == "Mei Lin"


def test_a_curator_invites_and_sees_who_has_not_come_yet(client):
    client.force_login(make_curator())
    client.post("/people/invite/", {"email": "New@Example.org", "name": "Mei Lin", "role": "member"})
    page = client.get("/people/invite/")
    assert "Mei Lin" in page.text
    assert "Invite again" in page.text
    assert Letter.objects.get().to == "new@example.org"


def test_somebody_who_is_here_already_is_not_invited(client):
    make_user("mei")
    client.force_login(make_curator())
    page = client.post("/people/invite/", {"email": "MEI@example.org", "name": "", "role": "member"})
    assert "mei@example.org has an account already." in page.text


def test_a_lost_invitation_is_written_again(client):
    user = people.invite("new@example.org", role="member", by="Ada", at=NOW)
    client.force_login(make_curator())
    client.post(f"/people/{user.pk}/invite-again/")
    assert user.letters.count() == 2


@pytest.mark.parametrize("address", ["/people/invite/", "/outbox/"])
def test_only_a_curator_invites_and_reads_letters(client, address):
    assert client.get(address).url.startswith("/account/sign-in/")
    client.force_login(make_user())
    assert client.get(address).status_code == 403


def test_a_role_cannot_be_set_from_the_account_page(client):
    user = make_user()
    client.force_login(user)
    client.post("/account/", {"first_name": "Mei", "role": "curator", "is_superuser": "1"})
    assert User.objects.get(pk=user.pk).role == User.Role.MEMBER
