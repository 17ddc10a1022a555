"""Outbox: every letter, whether it has gone out, and the letter as its reader sees it; for curators."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from tracker.curation import letters
from tracker.mail.sending import outbox_file
from tracker.models import Letter
from tracker.models.letters import LetterQuerySet
from tracker.pages.access import curator_of, curators_only, said
from tracker.pages.chips import Chip

PER_PAGE = 50
# A letter is a stranger's page: it may be looked at, and neither load, run nor send anything.
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox"
)


@curators_only
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    letters = _in_state(state).select_related("user").defer("text", "html", "headers")
    page = Paginator(letters, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "account/outbox/outbox.html", {"page": page, "state": state, "chips": _chips(state)})


@curators_only
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Letter.objects.select_related("user"), pk=pk)
    context = {"letter": row, "goes_by_mail": bool(settings.HINDCAST_MAIL_URL), "file": outbox_file(row).name}
    return render(request, "account/outbox/letter.html", context)


@xframe_options_sameorigin
@curators_only
@require_safe
def letter_as_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter by itself, for the frame on its page."""
    row = get_object_or_404(Letter, pk=pk)
    if row.is_secret:
        raise PermissionDenied("A password letter is for its reader alone.")
    return HttpResponse(row.html, headers={"Content-Security-Policy": LETTER_POLICY})


@curators_only
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Letter, pk=pk)
    with said(request, "The next delivery tries this letter again."):
        letters.try_again(row, by=curator_of(request), at=timezone.now())
    return redirect(row)


def _in_state(state: str) -> LetterQuerySet:
    states = {
        "waiting": Letter.objects.waiting(),
        "sent": Letter.objects.sent(),
        "given up": Letter.objects.given_up(),
    }
    return states.get(state, Letter.objects.all())


def _chips(current: str) -> list[Chip]:
    states = {"": "All", "waiting": "Waiting", "sent": "Sent", "given up": "Given up"}
    return [
        Chip(
            words=words,
            count=_in_state(state).count(),
            address=f"?{urlencode({'state': state})}" if state else reverse("outbox"),
            is_current=state == current,
        )
        for state, words in states.items()
    ]
