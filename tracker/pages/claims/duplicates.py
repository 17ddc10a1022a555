"""Where else a claim was said, and a curator's word that it was not."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tracker.curation import duplicates as curation
from tracker.models import Claim, DuplicateClaim
from tracker.pages.access import curator_of, curators_only, reason_of, said

MOST = 20


@dataclass(frozen=True, slots=True)
class AlsoSaid:
    """Another claim that says the same, and the pair that a curator may tell apart."""

    pair: DuplicateClaim
    claim: Claim
    address: str


def same_as(claim: Claim, *, is_curator: bool) -> tuple[AlsoSaid, ...]:
    """The claims that say the same, the likest first; those nobody accepted yet only for curators. One query."""
    pairs = DuplicateClaim.objects.of(claim).select_related("first__article__outlet", "second__article__outlet")
    others = ((pair, pair.second if pair.first_id == claim.pk else pair.first) for pair in pairs[:MOST])
    shown = {Claim.State.ACCEPTED, Claim.State.PROPOSED} if is_curator else {Claim.State.ACCEPTED}
    return tuple(AlsoSaid(pair, other, _address(other)) for pair, other in others if other.state in shown)


def _address(claim: Claim) -> str:
    if claim.state == Claim.State.ACCEPTED:
        return reverse("claim", args=[claim.slug])
    return f"{reverse('article', args=[claim.article.slug])}#proposal-{claim.pk}"


@curators_only
@require_POST
def tell_apart(request: HttpRequest, pk: int, claim: int) -> HttpResponse:
    """Say that the two of a pair are not the same; back to the claim it was said from."""
    pair = get_object_or_404(DuplicateClaim, pk=pk)
    seen_from = get_object_or_404(
        Claim.objects.select_related("article"), pk=claim, pk__in=[pair.first_id, pair.second_id]
    )
    with said(request, "The two claims are told apart."):
        curation.dismiss(pair, by=curator_of(request), at=timezone.now(), reason=reason_of(request))
    return redirect(seen_from) if seen_from.state == Claim.State.ACCEPTED else redirect("accept_claim", seen_from.pk)
