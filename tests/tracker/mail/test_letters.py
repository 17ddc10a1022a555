import re

import pytest

from tests.makers import NOW, make_curator, make_user
from tracker import mail
from tracker.mail.links import absolute, reader_of, unsubscribe_token
from tracker.mail.sending import message
from tracker.wording import days

pytestmark = pytest.mark.django_db


def test_an_invitation_says_who_invites_as_what_and_how_to_sign_in():
    letter = mail.invitation_letter(make_user("mei"), invited_by="Ada", at=NOW)
    assert letter.subject == "Ada invites you to Hindcast"
    assert "Ada invites you as a member" in letter.text
    assert "You sign in as mei" in " ".join(letter.text.split())


def test_a_password_letter_has_the_same_link_in_both_bodies():
    letter = mail.password_letter(make_user(), at=NOW)
    (link,) = re.findall(r"http\S+/account/password/\S+/\S+/", letter.text)
    assert f'href="{link}"' in letter.html


def test_a_name_that_is_markup_stays_words():
    letter = mail.invitation_letter(make_user(), invited_by="<script>alert(1)</script>", at=NOW)
    assert "<script" not in letter.html
    assert "<script>" in letter.text


def test_a_name_with_a_line_break_cannot_add_a_header():
    letter = mail.invitation_letter(make_user(), invited_by="Ada\r\nBcc: all@example.org", at=NOW)
    assert "\n" not in letter.subject
    assert "Bcc" not in message(letter).message()


def test_styles_stand_on_the_elements_and_only_the_dark_ones_in_a_sheet():
    html = mail.password_letter(make_user(), at=NOW).html
    (sheet,) = re.findall(r"<style.*?</style>", html, re.DOTALL)
    assert "prefers-color-scheme: dark" in sheet
    assert "padding:13px 20px" in html.replace(": ", ":")


def test_no_line_of_the_plain_text_is_too_long_to_read_but_addresses():
    letter = mail.invitation_letter(make_curator(), invited_by="Ada", at=NOW)
    assert all(len(line) <= 72 for line in letter.text.splitlines() if "http" not in line)


def test_every_letter_has_a_message_id_of_its_own():
    user = make_user()
    assert mail.password_letter(user, at=NOW).message_id != mail.password_letter(user, at=NOW).message_id


def test_a_letter_is_dated_when_it_was_written_however_late_it_goes_out():
    assert message(mail.password_letter(make_user(), at=NOW)).message()["Date"] == "Fri, 06 Feb 2026 09:00:00 +0000"


def test_an_unsubscribe_token_names_its_reader_and_a_forged_one_nobody():
    token = unsubscribe_token(7)
    assert reader_of(token) == 7
    assert reader_of(token[:-1]) is None
    assert reader_of("7") is None


def test_addresses_in_letters_are_whole(settings):
    settings.HINDCAST_BASE_URL = "https://hindcast.example"
    assert absolute("account") == "https://hindcast.example/account/"


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("2026-02-06", "6 February 2026"),
        ("2026-02-01", "1 to 6 February 2026"),
        ("2026-01-31", "31 January to 6 February 2026"),
        ("2025-12-31", "31 December 2025 to 6 February 2026"),
    ],
)
def test_a_span_of_days_repeats_nothing(first, words):
    assert days(NOW.fromisoformat(first).date(), NOW.date()) == words
