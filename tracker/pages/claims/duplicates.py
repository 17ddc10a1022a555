"""Where else a claim was said, and a curator's word that it was not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from tracker.curation import duplicates as curation
from tracker.models import Claim, DuplicateClaim
from tracker.pages.access import curator_of, curators_only, reason_of, said

MOST = 20


def same_as(claim: Claim, *, is_curator: bool) -> list[tuple[DuplicateClaim, Claim]]:
    """The claims that say the same, the likest first, each with the pair that a curator may tell apart; one query.

    Those that nobody has accepted yet are for curators.
    """
    pairs = DuplicateClaim.objects.of(claim).select_related("first__article__outlet", "second__article__outlet")
    others = ((pair, pair.second if pair.first_id == claim.pk else pair.first) for pair in pairs[:MOST])
    shown = {Claim.State.ACCEPTED, Claim.State.PROPOSED} if is_curator else {Claim.State.ACCEPTED}
    return [(pair, other) for pair, other in others if other.state in shown]


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
