import email
import multiprocessing
from datetime import timedelta
from email.policy import default
from pathlib import Path

import pytest

from tests.makers import NOW, make_user
from tests.smtp_sink import mail_server
from tracker import mail
from tracker.jobs.letters.deliver import LEASE, MOST_TRIES, DeliverReport, deliver
from tracker.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings, tmp_path) -> Path:
    settings.HINDCAST_MAIL_URL = ""
    settings.HINDCAST_OUTBOX = tmp_path / "outbox"
    return settings.HINDCAST_OUTBOX


def a_letter(**fields: object) -> Letter:
    letter = mail.password_letter(make_user(), at=NOW)
    for name, value in fields.items():
        setattr(letter, name, value)
    letter.save()
    return letter


def test_nothing_waits_and_nothing_happens(outbox):
    assert deliver(NOW) == DeliverReport()
    assert not outbox.exists()


def test_without_a_mail_server_a_letter_is_one_file(outbox):
    letter = a_letter()
    assert deliver(NOW) == DeliverReport(sent=1)
    (file,) = outbox.iterdir()
    read = email.message_from_bytes(file.read_bytes(), policy=default)
    assert (read["Message-ID"], read["To"]) == (letter.message_id, letter.to)
    assert read.get_body(("plain",)).get_content().startswith("Choose a new password")


def test_a_sent_letter_is_not_sent_again(outbox):
    a_letter()
    deliver(NOW)
    assert deliver(NOW + timedelta(days=1)) == DeliverReport()
    assert len(list(outbox.iterdir())) == 1


def test_killed_between_the_file_and_the_mark_gives_the_same_file_again(outbox):
    letter = a_letter()
    mail.deliver_one(letter)
    assert deliver(NOW).sent == 1
    assert len(list(outbox.glob("*"))) == 1


def test_a_letter_that_another_worker_holds_is_left_alone(outbox):
    a_letter(lease_until=NOW + LEASE, lease_token="another")
    assert deliver(NOW) == DeliverReport()
    assert deliver(NOW + LEASE) == DeliverReport(sent=1)


def test_a_letter_whose_time_has_not_come_waits():
    a_letter(next_try_at=NOW + timedelta(seconds=1))
    assert deliver(NOW) == DeliverReport()


def test_an_outbox_that_cannot_be_written_is_tried_again(outbox):
    letter = a_letter()
    outbox.write_text("a file in the place of the folder")
    assert deliver(NOW) == DeliverReport(put_off=1)
    letter.refresh_from_db()
    assert "File exists" in letter.last_error
    outbox.unlink()
    assert deliver(letter.next_try_at).sent == 1


def test_smtp_carries_both_bodies_and_the_same_message_id(settings):
    letter = a_letter()
    with mail_server(settings) as sink:
        assert deliver(NOW) == DeliverReport(sent=1)
    (arrived,) = sink.letters
    assert arrived["Message-ID"] == letter.message_id
    assert [part.get_content_type() for part in arrived.iter_parts()] == ["text/plain", "text/html"]


def test_a_server_that_is_busy_is_asked_again_later(settings):
    letter = a_letter()
    with mail_server(settings) as sink:
        sink.answer = "451 Busy, come back"
        assert deliver(NOW) == DeliverReport(put_off=1)
        letter.refresh_from_db()
        assert (letter.last_error, letter.tries) == ("451 Busy, come back", 1)
        assert deliver(NOW + timedelta(minutes=4)) == DeliverReport()
        sink.answer = "250 OK"
        assert deliver(NOW + timedelta(minutes=6)) == DeliverReport(sent=1)
    letter.refresh_from_db()
    assert letter.last_error == ""


def test_a_reader_whom_the_server_does_not_know_is_given_up_at_once(settings):
    letter = a_letter()
    with mail_server(settings) as sink:
        sink.answer = "550 No such mailbox"
        assert deliver(NOW) == DeliverReport(given_up=1)
        assert deliver(NOW + timedelta(days=9)) == DeliverReport()
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == ("given up", "550 No such mailbox")


def test_a_letter_turned_down_whole_is_tried_for_two_days_and_given_up(settings):
    letter = a_letter()
    with mail_server(settings) as sink:
        sink.at_the_end = "554 Not today"
        while letter.state == "waiting":
            deliver(letter.next_try_at)
            letter.refresh_from_db()
    assert (letter.tries, letter.state, letter.last_error) == (MOST_TRIES, "given up", "554 Not today")
    assert timedelta(days=1) < letter.given_up_at - NOW < timedelta(days=2)


def test_where_no_server_answers_the_others_wait_untouched(settings):
    with mail_server(settings):
        pass
    first, second = a_letter(), a_letter()
    report = deliver(NOW)
    assert report.put_off == 1
    assert "refused" in report.unreachable
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.tries, second.tries) == (1, 0)


def test_one_letter_that_cannot_be_put_into_mail_stops_no_other(outbox):
    bad, good = a_letter(to="a\nb@example.org"), a_letter()
    assert deliver(NOW) == DeliverReport(sent=1, put_off=1)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == ("waiting", "sent")


def test_no_more_letters_than_the_limit_go_out():
    for _ in range(3):
        a_letter()
    assert [deliver(NOW, limit=2).sent for _ in range(3)] == [2, 1, 0]


def test_four_workers_at_once_send_each_letter_once(at_once, settings):
    for _ in range(6):
        a_letter()
    with mail_server(settings) as sink:
        reports = at_once(*[lambda: deliver(NOW)] * 4)
    assert sum(report.sent for report in reports) == len(sink.letters) == 6
    assert len({arrived["Message-ID"] for arrived in sink.letters}) == 6


def test_a_worker_killed_while_it_writes_leaves_no_half_letter(outbox):
    letter = a_letter()
    for _ in range(5):
        writer = multiprocessing.get_context("fork").Process(target=_write_again_and_again, args=(letter,))
        writer.start()
        writer.join(0.05)
        writer.kill()
        writer.join()
        whole = [email.message_from_bytes(file.read_bytes()) for file in outbox.glob("*.eml")]
        assert [read["Message-ID"] for read in whole] in ([], [letter.message_id])
        assert all(read.as_bytes().rstrip().endswith(b"--") for read in whole)
    assert deliver(NOW).sent == 1


def _write_again_and_again(letter: Letter) -> None:
    for _ in range(100_000):
        mail.deliver_one(letter)
