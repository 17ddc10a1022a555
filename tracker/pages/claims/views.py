"""Claims: their list, the overview of a claim with several positions, and the page of each."""

from typing import Final

from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tracker.models import Claim, Position, Status
from tracker.models.positions import PositionQuerySet
from tracker.pages.access import is_curator
from tracker.pages.chips import Chip
from tracker.pages.claims.duplicates import same_as
from tracker.pages.questions import rows
from tracker.pages.questions.detail import place_of
from tracker.pages.questions.following import follow_button
from tracker.pages.questions.position_page import position_page
from tracker.wording import capitalised

PER_PAGE: Final = 20


@require_safe
def claim_list(request: HttpRequest) -> HttpResponse:
    """Every position of an accepted claim, the one that moved last first."""
    published = Position.objects.published().of_claims()
    status = request.GET.get("status", "")
    status = status if status in Status.values else ""
    positions = published.filter(status=status) if status else published
    latest_first = F("proposition__changed_at").desc(nulls_last=True)
    ordered = positions.select_related("claim__article", "proposition").order_by(latest_first, "-pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "chips": _status_chips(status),
        "page": page,
        "rows": rows.of(page.object_list, now=timezone.now()),
        "unasked": _unasked() if not status and page.number == 1 else (),
    }
    return render(request, "claims/claim_list.html", context)


def _status_chips(current: str) -> tuple[Chip, ...]:
    published = Position.objects.published().of_claims()
    numbers = dict(published.order_by().values_list("status").annotate(Count("pk")))
    every = Chip(address="?", words="All", count=sum(numbers.values()), is_current=not current)
    return (
        every,
        *(
            Chip(
                address=f"?status={status.value}",
                words=capitalised(status.value),
                count=numbers[status.value],
                is_current=current == status.value,
            )
            for status in Status
            if status.value in numbers
        ),
    )


def _unasked() -> tuple[Claim, ...]:
    """Accepted claims that nobody has put to a question yet, the newest first."""
    asked = Position.objects.published().of_claims().values("claim")
    return tuple(Claim.objects.accepted().exclude(pk__in=asked).select_related("article").order_by("-pk")[:PER_PAGE])


@require_safe
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """A claim with one position shows it whole; one with several, or none yet, an overview."""
    found = get_object_or_404(Claim.objects.accepted().select_related("article__outlet"), slug=slug)
    positions = list(_positions(slug))
    same = same_as(found, is_curator=is_curator(request))
    if len(positions) == 1:
        return position_page(request, positions[0], address=found.get_absolute_url(), same=same)
    shown = rows.of(positions, now=timezone.now())
    context = {
        "claim": found,
        "place": place_of(found),
        "rows": shown,
        "status": rows.status_of_claim([row.status for row in positions]),
        "counts": rows.counts(row.status for row in positions),
        "follow": follow_button(request, found),
        "is_curator": is_curator(request),
        "same": same,
    }
    return render(request, "claims/claim.html", context)


@require_safe
def position(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One of several positions; the only one of a claim stands on the claim's own page."""
    found = get_object_or_404(_positions(slug), proposition__key=key)
    if _positions(slug).count() == 1:
        return redirect("claim", slug)
    same = same_as(found.claim, is_curator=is_curator(request)) if found.claim else ()
    return position_page(request, found, address=found.get_absolute_url(), same=same)


def _positions(slug: str) -> PositionQuerySet:
    published = Position.objects.published().filter(claim__slug=slug)
    return published.select_related("claim__article__outlet", "proposition")
