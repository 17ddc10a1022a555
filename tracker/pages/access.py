"""Access to pages: roles, the address that a form leads back to, and how often somebody may try."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from forecasts.refused import Refused
from tracker.models import TryCount, User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
LONGEST_ADDRESS = 2000


def is_curator(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_curator


def curator_of(request: HttpRequest) -> User:
    """The curator who asks, on pages behind `curators_only`."""
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


@contextmanager
def said(request: HttpRequest, words: str) -> Iterator[None]:
    """Say on the next page that the block took its decision; one that is refused says why instead."""
    try:
        yield
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)


def reason_of(request: HttpRequest) -> str:
    """The why of a decision, as its form sends it."""
    return request.POST.get("reason", "").strip()[:500]


def return_address(request: HttpRequest, *, default: str) -> str:
    """The page that `next` names, if it is one of ours, else the default."""
    address = request.POST.get("next", request.GET.get("next", ""))
    is_ours = (
        address.startswith("/")
        and len(address) <= LONGEST_ADDRESS
        and address.isprintable()
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    )
    return address if is_ours else default


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """At most so many tries in a span of time, which begins with the first; all processes count together."""

    name: str
    most: int
    within: timedelta

    def is_reached(self, *who: str) -> bool:
        return TryCount.objects.in_force(timezone.now()).filter(key=self._key(who), count__gte=self.most).exists()

    def count(self, *who: str) -> None:
        TryCount.objects.add(self._key(who), now=timezone.now(), within=self.within)

    def forget(self, *who: str) -> None:
        TryCount.objects.filter(key=self._key(who)).delete()

    def _key(self, who: tuple[str, ...]) -> str:
        names = "\n".join(part.strip().lower() for part in who)
        return f"{self.name}:{hashlib.sha256(names.encode(errors='replace')).hexdigest()}"


def address_of(request: HttpRequest) -> str:
    """Address that a request came from; behind a proxy that is the proxy, so no bound may rest on it alone."""
    return str(request.META.get("REMOTE_ADDR", ""))
