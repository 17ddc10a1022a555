"""Accounts: invitations, forgotten passwords, roles."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from forecasts.refused import Refused
from tracker import mail
from tracker.curation.decisions import Verb, deciding, name_of, note
from tracker.models import Letter, User

PASSWORD_BYTES = 15  # 20 characters, 120 bits


def invite(email: str, *, role: str, by: User | str, at: datetime, name: str = "") -> User:
    """Make an account without a password and write the letter in which its owner chooses one."""
    email = _address(email)
    if role not in User.Role.values:
        raise Refused(f"“{role}” is no role: choose {' or '.join(User.Role.values)}.")
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(f"{email} has an account already.")
    user = User(username=free_username(email), email=email, first_name=name.strip()[:150], date_joined=at)
    user.role, user.is_staff = role, role == User.Role.CURATOR
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
            mail.invitation_letter(user, invited_by=name_of(by), at=at).save()
            note(Verb.INVITE, subject=user, by=by, at=at, after={"role": role})
    except IntegrityError:
        raise Refused(f"Somebody else is inviting {email} at this moment.") from None
    return user


def invite_again(user: User, *, by: User | str, at: datetime, reason: str = "") -> Letter:
    """Write another invitation, when the first was lost or grew too old."""
    if user.has_usable_password() or not user.is_active:
        raise Refused(f"{user.display_name} does not wait for an invitation.")
    with transaction.atomic():
        letter = mail.invitation_letter(user, invited_by=name_of(by), at=at)
        letter.save()
        note(Verb.INVITE_AGAIN, subject=user, by=by, at=at, reason=reason)
    return letter


def ask_for_password(email: str, *, at: datetime) -> Letter | None:
    """Write to whoever has this address; None where nobody has, all but stored, so that time tells little."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    letter = mail.password_letter(user or User(pk=0, username="nobody", email=email[:254]), at=at)
    if user is None:
        return None
    letter.save()
    return letter


def reset_password(user: User, *, by: User | str, at: datetime, reason: str = "") -> str:
    """Give an account a new password and return it: it is shown once and stored nowhere."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        note(Verb.RESET_PASSWORD, subject=user, by=by, at=at, reason=reason)
    return password


def set_role(user: User, *, role: str, by: User | str, at: datetime, reason: str = "") -> User:
    """Make somebody a curator or a member. Nobody takes the last curator away."""
    if role not in User.Role.values:
        raise Refused(f"“{role}” is no role: choose {' or '.join(User.Role.values)}.")
    with _keeping_a_curator(), deciding(user, Verb.SET_ROLE, by=by, at=at, reason=reason) as row:
        row.role = role
        row.is_staff = row.is_curator
    return row


def set_active(user: User, *, active: bool, by: User | str, at: datetime, reason: str = "") -> User:
    """Close an account, which signs its owner out and stops all letters, or open it again."""
    verb = Verb.OPEN_ACCOUNT if active else Verb.CLOSE_ACCOUNT
    with _keeping_a_curator(), deciding(user, verb, by=by, at=at, reason=reason) as row:
        row.is_active = active
    return row


def free_username(email: str) -> str:
    """A name to sign in with, made of the address, with a number where another has it."""
    base = re.sub(r"[^\w.+-]", "", email.partition("@")[0])[:100] or "reader"
    taken = {
        name.lower() for name in User.objects.filter(username__istartswith=base).values_list("username", flat=True)
    }
    if base.lower() not in taken:
        return base
    return next(f"{base}{n}" for n in range(2, len(taken) + 3) if f"{base}{n}".lower() not in taken)


def _address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(f"“{email}” is no e-mail address.") from None
    return email


@contextmanager
def _keeping_a_curator() -> Iterator[None]:
    """Hold the accounts of all curators, lest two of them take each other away at once; one must be left."""
    curators = User.objects.filter(is_active=True, role=User.Role.CURATOR)
    with transaction.atomic():
        list(curators.select_for_update().order_by("pk"))
        yield
        if not curators.exists():
            raise Refused("This is the last curator: make somebody else a curator first.")
