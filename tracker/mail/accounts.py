"""Letters about an account: the invitation and the forgotten password."""

from datetime import datetime

from django.conf import settings

from tracker.mail.letters import compose
from tracker.mail.links import absolute, set_password_address
from tracker.models import Letter, User
from tracker.wording import counted


def invitation_letter(user: User, *, invited_by: str, at: datetime) -> Letter:
    """Asks an invited person to choose a password."""
    may = "decide and rule" if user.role == User.Role.CURATOR else "follow what you read, and hear when it moves"
    return compose(
        Letter.Kind.INVITATION,
        to=user,
        subject=f"{invited_by} invites you to Hindcast",
        template="account",
        context={
            "preview": f"Choose a password, and you can {may}.",
            "paragraphs": [
                "Hindcast keeps what articles claimed next to what then happened, and scores everyone who said so.",
                f"{invited_by} invites you as a {user.get_role_display()}: you can {may}. "
                f"You sign in as {user.username}, or with this address.",
            ],
            "button": "Choose a password",
            "address": set_password_address(user),
            "closing": f"The link works for {_valid()}. After that, ask for a new one at "
            f"{absolute('password_reset')}. If you do not know why you got this, nothing happens unless you use it.",
        },
        at=at,
    )


def password_letter(user: User, *, at: datetime) -> Letter:
    """Lets somebody who forgot a password choose a new one."""
    return compose(
        Letter.Kind.PASSWORD,
        to=user,
        subject="Choose a new password for Hindcast",
        template="account",
        context={
            "preview": "Somebody asked for a new password for your account.",
            "paragraphs": [
                f"Somebody, we hope you, asked for a new password for {user.username} on Hindcast.",
            ],
            "button": "Choose a new password",
            "address": set_password_address(user),
            "closing": f"The link works once, for {_valid()}. If it was not you, do nothing: your "
            "password stays as it is.",
        },
        at=at,
    )


def _valid() -> str:
    return counted(settings.PASSWORD_RESET_TIMEOUT // 86400, "day")
