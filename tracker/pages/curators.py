"""The door to what only a curator may do."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from forecasts.refused import Refused
from tracker.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def is_curator(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_curator


def curator_of(request: HttpRequest) -> User:
    """Who asks, on pages behind `curators_only`."""
    assert isinstance(request.user, User)
    return request.user


def curators_only(view: View[P]) -> View[P]:
    """A guest is asked to sign in, a member is told that this is a curator's."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not is_curator(request):
            raise PermissionDenied("Only a curator may do this.")
        return view(request, *args, **kwargs)

    return guarded


def carried_out(request: HttpRequest, decision: Callable[[], object], *, said: str) -> bool:
    """Take a decision and say so on the next page; one that is refused says why instead."""
    try:
        decision()
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, said)
    return True


def back_to(request: HttpRequest, *, or_else: str) -> str:
    """The page of ours that a form was sent from, or else another."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return back if is_ours else or_else
