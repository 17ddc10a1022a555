"""Sign-in by name or address, and the rights of each role, as Django asks for them."""

from typing import Any, Final

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.http import HttpRequest

from tracker.models import User

CURATED: Final = ("tracker", "forecasts")


class Roles(ModelBackend):
    """A curator has every right on our models, a member none; the screens themselves keep history from being edited."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """By name or, where it holds an @, by address; one password is hashed either way, so time tells nothing."""
        if username and "@" in username:
            known = User.objects.filter(email__iexact=username).values_list("username", flat=True).first()
            username = known or username
        user = super().authenticate(request, username=username, password=password, **kwargs)
        return user if isinstance(user, User) else None

    def has_perm(self, user_obj: User | AnonymousUser, perm: str, obj: Model | None = None) -> bool:
        return self.has_module_perms(user_obj, perm.partition(".")[0])

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        return isinstance(user_obj, User) and user_obj.is_curator and app_label in CURATED
