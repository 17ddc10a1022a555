"""The letters Hindcast writes, how they look, and how one is sent."""

from tracker.mail.accounts import invitation_letter, password_letter
from tracker.mail.digest import News, digest_letter
from tracker.mail.sending import ServerUnreachable, Undeliverable, deliver_one, in_words

__all__ = [
    "News",
    "ServerUnreachable",
    "Undeliverable",
    "deliver_one",
    "digest_letter",
    "in_words",
    "invitation_letter",
    "password_letter",
]
