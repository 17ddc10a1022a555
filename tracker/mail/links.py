"""Addresses as letters carry them: absolute, and the signed one that stops letters without signing in."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.db.models import Model
from django.shortcuts import resolve_url
from django.utils.http import urlsafe_base64_encode

from tracker.models import User

UNSUBSCRIBE_SALT = "hindcast.unsubscribe"


def absolute(to: Model | str, *args: object) -> str:
    """The page of a row, or the one of this name, as seen from outside."""
    return f"{settings.HINDCAST_BASE_URL}{resolve_url(to, *args)}"


def set_password_address(user: User) -> str:
    """Where the owner of an account chooses a password; it works until it was used or grew too old."""
    uid = urlsafe_base64_encode(str(user.pk).encode())
    return absolute("set_password", uid, default_token_generator.make_token(user))


def unsubscribe_token(user_pk: int) -> str:
    """Names the reader whose letters stop; it never ages, since letters are kept for years."""
    return signing.dumps(user_pk, salt=UNSUBSCRIBE_SALT)


def reader_of(token: str) -> int | None:
    """The reader whom an unsubscribe token names; None for a token that we did not write."""
    try:
        reader = signing.loads(token, salt=UNSUBSCRIBE_SALT)
    except signing.BadSignature:
        return None
    return reader if isinstance(reader, int) else None
