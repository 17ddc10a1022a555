"""Appeals: a member's, beside the ruling; a curator's answer there and on the list of those that wait."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
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
from tracker.models import Position, User
from tracker.pages.access import Bound, carried_out, curator_of, curators_only, return_address
from tracker.pages.questions import rows as standings
from tracker.pages.questions.criteria import made_under
from tracker.pages.questions.detail import Seen

PER_PAGE: Final = 20
APPEALS: Final = Bound(name="appeal", most=10, within=timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An appeal, and the page it is answered on: of the first position of its question, or of the question as such."""

    appeal: Appeal
    address: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """The section of a page: all rulings on its question, the latest first, and what the forms need.

    An appeal goes to the `position` whose page it is, or to the question of this `key`. With each ruling comes the version
    of the words that it was made under, where that no longer stands.
    """

    all: tuple[tuple[Resolution, int | None], ...]
    position: int | None
    key: str
    back: str
    has_appealed: bool
    most: int = MOST

    @property
    def past(self) -> bool:
        return any(ruling.reversed_at for ruling, _ in self.all)


def rulings(request: HttpRequest, *, reading: Seen) -> Rulings | None:
    """For `{% include "claims/rulings.html" %}`; None where nobody has ruled."""
    history, viewed = reading.rulings, reading.viewed
    if not history:
        return None
    name = name_of(request.user) if isinstance(request.user, User) else ""
    waiting = (appeal for ruling in history for appeal in ruling.appeals.all() if not ruling.reversed_at)
    return Rulings(
        all=tuple((ruling, made_under(reading.versions, ruling.ruled_at)) for ruling in history),
        position=viewed.pk if isinstance(viewed, Position) else None,
        key=viewed.proposition.key,
        back=f"{standings.address(viewed)}#rulings",
        has_appealed=any(appeal.by == name and not appeal.answered_at for appeal in waiting),
    )


@require_POST
@login_required
def appeal(request: HttpRequest, position: int, ruling: int) -> HttpResponse:
    """Object to a ruling, from the page of a position; it must be the ruling that its reader saw."""
    found = get_object_or_404(Position.objects.shown().select_related("claim", "proposition"), pk=position)
    return _appeal(request, found.proposition, ruling, page=standings.address(found))


@require_POST
@login_required
def appeal_on_question(request: HttpRequest, key: str, ruling: int) -> HttpResponse:
    """The same, from the page of a question."""
    found = get_object_or_404(Proposition.objects.published(), key=key)
    return _appeal(request, found, ruling, page=reverse("question", args=[key]))


def _appeal(request: HttpRequest, proposition: Proposition, ruling: int, *, page: str) -> HttpResponse:
    resolution = get_object_or_404(Resolution, pk=ruling, proposition=proposition)
    assert isinstance(request.user, User)
    by, reason = request.user, request.POST.get("reason", "")
    if APPEALS.is_reached(str(by.pk)):
        messages.error(request, f"You have appealed {APPEALS.most} times today: wait until tomorrow.")
    elif carried_out(
        request,
        partial(curation.appeal, resolution, by=by, reason=reason, at=timezone.now()),
        said="Your appeal stands beside the ruling. A curator answers it, or takes the ruling back.",
    ):
        APPEALS.count(str(by.pk))
    return redirect(f"{page}#rulings")


@require_POST
@curators_only
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why a ruling stands; back to where the answer was written."""
    found = get_object_or_404(Appeal.objects.select_related("resolution"), pk=pk)
    decision = partial(
        curation.answer, found, by=curator_of(request), words=request.POST.get("words", ""), at=timezone.now()
    )
    carried_out(request, decision, said="Your answer stands beside the appeal.")
    return redirect(return_address(request, default=reverse("appeals")))


@require_safe
@curators_only
def waiting(request: HttpRequest) -> HttpResponse:
    """Every appeal that waits for an answer, the oldest first; three queries, whatever their number."""
    appeals = Appeal.objects.waiting().select_related("resolution__proposition")
    page = Paginator(appeals, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    positions = _first_positions({row.resolution.proposition_id for row in rows})
    context = {
        "page": page,
        "waiting": [_waiting(row, positions.get(row.resolution.proposition_id)) for row in rows],
        "most": MOST,
        "back": request.get_full_path(),
    }
    return render(request, "claims/appeals.html", context)


def _first_positions(propositions: set[int]) -> dict[int, Position]:
    positions = Position.objects.shown().filter(proposition__in=propositions).select_related("claim", "proposition")
    return {position.proposition_id: position for position in positions.order_by("-pk")}


def _waiting(row: Appeal, position: Position | None) -> Waiting:
    if position is None:
        question = row.resolution.proposition
        page = reverse("question", args=[question.key])
        return Waiting(appeal=row, address=f"{page}#rulings", title=question.question)
    return Waiting(appeal=row, address=f"{standings.address(position)}#rulings", title=position.title)
