"""What waits for a curator: stories that readers suggest, those first whose decision could move a chance most."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tracker.jobs.attaching import thresholds
from tracker.language import relevance
from tracker.models import Entry, Evidence, Test
from tracker.pages import ledger, readers
from tracker.pages.claims import STANCES, STRENGTHS
from tracker.pages.curators import curators_only
from tracker.pages.ledger import Row
from tracker.pages.shown import percent, stance_for
from tracker.pages.walk import Walk

PER_PAGE: Final = 20
UNMOVED: Final = Walk(prior=50, steps=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A suggestion seen from the first test of its question; `shares` are what its reader gives each stance.

    `attached_from` is the relevance, in percent, from which news is attached to the question, by its decisions so far.
    """

    row: Row
    test: Test
    chance: int
    relevance: int
    attached_from: int
    shares: tuple[tuple[str, int], ...]
    why: str

    @property
    def has_side(self) -> bool:
        return self.test.side != Test.Side.NONE

    @property
    def address(self) -> str:
        return f"{reverse('test', args=[self.test.claim.slug, self.test.proposition.key])}#evidence-{self.row.pk}"


@require_safe
@curators_only
def waiting(request: HttpRequest) -> HttpResponse:
    shown = Test.objects.shown().select_related("claim", "proposition").order_by("pk")
    suggested = (
        Evidence.objects.to_confirm()
        .filter(proposition__tests__in=shown)
        .distinct()
        .most_at_stake_first()
        .select_related("story", "revision__entry__feed__outlet", "proposition")
        .defer("revision__body", "story__signature")
        .prefetch_related(
            Prefetch("story__entries", queryset=Entry.objects.select_related("feed__outlet")),
            Prefetch("proposition__tests", queryset=shown, to_attr="shown_tests"),
        )
    )
    page = Paginator(suggested, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "waiting": _seen(page.object_list),
        "worth": readers.worth(),
        "stances": STANCES,
        "strengths": STRENGTHS,
        "back": request.get_full_path(),
    }
    return render(request, "evidence/waiting.html", context)


def _seen(suggested: Iterable[Evidence]) -> list[Waiting]:
    found = []
    suggested = list(suggested)
    bars = thresholds({each.proposition_id for each in suggested}, prior=relevance.usual_bar())
    for evidence in suggested:
        test = evidence.proposition.shown_tests[0]  # type: ignore[attr-defined]
        shares = {"supports": evidence.supports, "contradicts": evidence.contradicts}
        shares["mentions"] = 1 - sum(shares.values())
        seen = {stance_for(test.side, stance): round(100 * share) for stance, share in shares.items()}
        found.append(
            Waiting(
                row=ledger.row(evidence, side=test.side, walk=UNMOVED),
                test=test,
                chance=percent(evidence.chance_of_yes, side=test.side),  # type: ignore[attr-defined]
                relevance=round(100 * evidence.relevance),
                attached_from=round(100 * bars[evidence.proposition_id]),
                why=evidence.why,
                shares=tuple((stance, seen[stance]) for stance in ("supports", "contradicts", "mentions")),
            )
        )
    return found
