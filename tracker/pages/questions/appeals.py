"""Appeals: a member's, beside the ruling; a curator's answer there and on the list of those that wait."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from forecasts.appeals import MOST
from forecasts.models import Appeal, Proposition, Resolution
from tracker.curation import appeals as curation
from tracker.curation.decisions import name_of
from tracker.models import User
from tracker.pages.access import Bound, curator_of, curators_only, return_address, said
from tracker.pages.questions.criteria import made_under
from tracker.pages.questions.detail import PositionDetail
from tracker.pages.questions.recent_changes import by_question

PER_PAGE: Final = 20
APPEALS: Final = Bound(name="appeal", most=10, within=timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """The section of a page: all rulings on its question, the latest first, and what the forms need.

    With each ruling comes the version of the words that it was made under, where that no longer stands.
    """

    all: tuple[tuple[Resolution, int | None], ...]
    back: str
    has_appealed: bool
    most: int = MOST

    @property
    def past(self) -> bool:
        return any(ruling.reversed_at for ruling, _ in self.all)


def rulings(request: HttpRequest, *, detail: PositionDetail, back: str) -> Rulings | None:
    """For `{% include "questions/rulings.html" %}`; None where nobody has ruled."""
    history = detail.rulings
    if not history:
        return None
    name = name_of(request.user) if isinstance(request.user, User) else ""
    waiting = (appeal for ruling in history for appeal in ruling.appeals.all() if not ruling.reversed_at)
    return Rulings(
        all=tuple((ruling, made_under(detail.versions, ruling.ruled_at)) for ruling in history),
        back=f"{back}#rulings",
        has_appealed=any(appeal.by == name and not appeal.answered_at for appeal in waiting),
    )


@require_POST
@login_required
def appeal(request: HttpRequest, key: str, ruling: int) -> HttpResponse:
    """Object to a ruling; it must be the ruling that its reader saw."""
    proposition = get_object_or_404(Proposition.objects.published(), key=key)
    resolution = get_object_or_404(Resolution, pk=ruling, proposition=proposition)
    assert isinstance(request.user, User)
    by, reason = request.user, request.POST.get("reason", "")
    if APPEALS.is_reached(str(by.pk)):
        messages.error(request, f"You have appealed {APPEALS.most} times today: wait until tomorrow.")
    else:
        with said(request, "Your appeal stands beside the ruling. A curator answers it, or takes the ruling back."):
            curation.appeal(resolution, by=by, reason=reason, at=timezone.now())
            APPEALS.count(str(by.pk))
    return redirect(return_address(request, default=f"{proposition.get_absolute_url()}#rulings"))


@require_POST
@curators_only
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why a ruling stands; back to where the answer was written."""
    found = get_object_or_404(Appeal.objects.select_related("resolution"), pk=pk)
    with said(request, "Your answer stands beside the appeal."):
        curation.answer(found, by=curator_of(request), words=request.POST.get("words", ""), at=timezone.now())
    return redirect(return_address(request, default=reverse("appeals")))


@require_safe
@curators_only
def waiting(request: HttpRequest) -> HttpResponse:
    """Every appeal that waits for an answer, the oldest first; three queries, whatever their number."""
    appeals = Appeal.objects.waiting().select_related("resolution__proposition")
    page = Paginator(appeals, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    positions = by_question({row.resolution.proposition_id for row in rows})
    context = {
        "page": page,
        "waiting": [(row, positions[row.resolution.proposition_id]) for row in rows],
        "most": MOST,
        "back": request.get_full_path(),
    }
    return render(request, "questions/appeals.html", context)
