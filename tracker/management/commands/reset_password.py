"""Give an account a new password, for whoever runs this installation; it is shown once."""

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.curation import people
from tracker.models import User


class Command(BaseCommand):
    help = "Set a new generated password for an account and print it once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the name or the e-mail address of the account")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        user = User.objects.filter(**{"email__iexact" if "@" in name else "username": name}).first()
        if user is None:
            names = ", ".join(User.objects.order_by("username").values_list("username", flat=True)[:20])
            raise CommandError(f"Nobody is called {name}. There are: {names or 'no accounts yet'}.", returncode=2)
        password = people.reset_password(user, by=f"{getpass.getuser()} at the console", at=timezone.now())
        closed = "" if user.is_active else " The account is closed, so it cannot be used."
        self.stdout.write(f"The new password of {user.username} is {password} (shown only now).{closed}")
