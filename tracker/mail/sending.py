"""How one letter leaves: to the mail server where one is named, else into a file of its own in the outbox."""

import contextlib
import os
import smtplib
import tempfile
from email.utils import format_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from tracker.models import Letter

SMTP = "django.core.mail.backends.smtp.EmailBackend"
DRAFT = ".draft-"  # how a file is called until it is whole


class Undeliverable(Exception):
    """The mail server refuses this reader for good; trying again would change nothing."""


class ServerUnreachable(Exception):
    """No mail server answered, or none would talk to us, whatever the letter."""


def deliver_one(letter: Letter) -> None:
    """Send, or write into the outbox; a letter delivered twice has the same Message-ID, and one file.

    Raises Undeliverable, ServerUnreachable, or what else went wrong: worth another try, like ServerUnreachable.
    """
    if settings.HINDCAST_MAIL_URL:
        _send(message(letter))
    else:
        _write(message(letter).message().as_bytes(), to=outbox_file(letter))


def message(letter: Letter) -> EmailMultiAlternatives:
    """The letter as mail: text first, HTML beside it."""
    headers = {**letter.headers, "Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    headers["Date"] = format_datetime(letter.written_at)
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.to], headers=headers)
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    return mail


def outbox_file(letter: Letter) -> Path:
    """One name for one letter, in order of time, so that a second try replaces the first."""
    name = letter.message_id.strip("<>").partition("@")[0]
    return Path(settings.HINDCAST_OUTBOX) / f"{letter.written_at:%Y%m%dT%H%M%S}.{name}.eml"


def _send(mail: EmailMultiAlternatives) -> None:
    connection = get_connection(SMTP)
    try:
        connection.open()
    except OSError as problem:  # includes every SMTP error
        raise ServerUnreachable(in_words(problem)) from problem
    try:
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as refused:
        if all(code >= 500 for code, _ in refused.recipients.values()):
            raise Undeliverable(in_words(refused)) from refused
        raise
    finally:
        with contextlib.suppress(OSError):  # a server that takes a letter and is rude at the end has still taken it
            connection.close()


def _write(data: bytes, *, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=to.parent, prefix=DRAFT)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, to)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def in_words(problem: Exception) -> str:
    """Problem in words, as the outbox page shows it."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(said)}" for code, said in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"{problem.smtp_code} {_text(problem.smtp_error)}"
    return str(problem) or type(problem).__name__


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
