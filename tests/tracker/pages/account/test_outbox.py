import pytest

from forecasts.refused import Refused
from tests.makers import NOW, make_curator, make_user
from tests.markup import laid_out
from tracker import mail
from tracker.curation import letters
from tracker.models import Decision, Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client):
    curator = make_curator()
    client.force_login(curator)
    return curator


def a_letter(**fields: object) -> Letter:
    letter = mail.invitation_letter(make_user(), invited_by="Ada", at=NOW)
    for name, value in fields.items():
        setattr(letter, name, value)
    letter.save()
    return letter


def test_an_empty_outbox_says_when_letters_are_written(client, curator):
    assert "No letter yet" in client.get("/outbox/").text


def test_letters_are_listed_with_their_state_and_what_went_wrong(client, curator):
    a_letter(subject="One", sent_at=NOW)
    a_letter(subject="Two", given_up_at=NOW, last_error="550 No such mailbox")
    page = client.get("/outbox/").text
    assert "550 No such mailbox" in page
    assert page.index("Two") < page.index("One")


def test_the_list_is_filtered_by_state(client, curator):
    a_letter(subject="One", sent_at=NOW)
    a_letter(subject="Two")
    page = client.get("/outbox/?state=waiting").text
    assert ("Two" in page, "One" in page) == (True, False)
    assert "No such letter" in client.get("/outbox/?state=given+up").text


def test_a_thousand_letters_cost_as_many_queries_as_ten(client, curator, django_assert_max_num_queries):
    for _ in range(10):
        a_letter()
    with django_assert_max_num_queries(9):
        client.get("/outbox/")


def test_a_letter_stands_in_a_frame_that_can_do_nothing(client, curator):
    letter = a_letter()
    page = client.get(f"/outbox/{letter.pk}/")
    assert f'src="/outbox/{letter.pk}/html/" sandbox title=' in page.text
    framed = client.get(f"/outbox/{letter.pk}/html/")
    policy = framed["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("sandbox")
    assert "script-src" not in policy
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert framed.text == laid_out(letter.html)


def test_a_password_letter_is_for_its_reader_alone(client, curator):
    letter = mail.password_letter(make_curator(), at=NOW)
    letter.save()
    page = client.get(f"/outbox/{letter.pk}/").text
    assert "/account/password/M" not in page
    assert client.get(f"/outbox/{letter.pk}/html/").status_code == 403


def test_a_member_sees_no_letter(client):
    letter = a_letter()
    client.force_login(make_user())
    for address in (f"/outbox/{letter.pk}/", f"/outbox/{letter.pk}/html/"):
        assert client.get(address).status_code == 403
    assert client.post(f"/outbox/{letter.pk}/retry/").status_code == 403


def test_a_letter_given_up_is_tried_again(client, curator):
    letter = a_letter(given_up_at=NOW, tries=10, last_error="550 No such mailbox")
    client.post(f"/outbox/{letter.pk}/retry/")
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == ("waiting", 0)
    assert Decision.objects.get().verb == "try again"


def test_a_sent_letter_is_not_tried_again():
    letter = a_letter(sent_at=NOW)
    with pytest.raises(Refused, match="sent already"):
        letters.try_again(letter, by="Ada", at=NOW)
