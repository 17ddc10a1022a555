"""What waits for a curator: stories that readers suggest, those first whose decision could move a chance most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forecasts.models import Proposition
from language.matching import relevance
from tracker.jobs.matching.thresholds import thresholds
from tracker.models import Entry, Evidence, Position
from tracker.pages.access import curators_only
from tracker.pages.claims.views import STANCES, STRENGTHS
from tracker.pages.drawing.waterfall import Walk
from tracker.pages.formats import percent, stance_for
from tracker.pages.questions import ledger, rows
from tracker.pages.questions.ledger import Row
from tracker.pages.questions.recent_changes import first_viewed
from tracker.pages.questions.rows import Viewed
from tracker.pages.scores import classifiers

PER_PAGE: Final = 20
UNMOVED: Final = Walk(prior=50, steps=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A suggestion seen from the first position of its question, or from Yes; `shares` are what its reader gives.

    `attached_from` is the relevance, in percent, from which news is attached to the question, by its decisions so far.
    """

    row: Row
    viewed: Viewed
    chance: int
    relevance: int
    attached_from: int
    shares: tuple[tuple[str, int], ...]
    why: str

    @property
    def position(self) -> Position | None:
        return self.viewed if isinstance(self.viewed, Position) else None

    @property
    def proposition(self) -> Proposition:
        return self.viewed.proposition

    @property
    def has_side(self) -> bool:
        return self.viewed.side != Position.Side.NONE

    @property
    def address(self) -> str:
        return f"{rows.address(self.viewed)}#evidence-{self.row.pk}"


@require_safe
@curators_only
def waiting(request: HttpRequest) -> HttpResponse:
    suggested = (
        Evidence.objects.to_confirm()
        .filter(proposition__in=Proposition.objects.published().values("pk"))
        .most_at_stake_first()
        .select_related("story", "revision__entry__feed__outlet", "proposition")
        .defer("revision__body", "story__signature")
        .prefetch_related(Prefetch("story__entries", queryset=Entry.objects.select_related("feed__outlet")))
    )
    page = Paginator(suggested, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "waiting": _seen(page.object_list, now=timezone.now()),
        "worth": classifiers.worth(),
        "stances": STANCES,
        "strengths": STRENGTHS,
        "back": request.get_full_path(),
    }
    return render(request, "suggestions/suggestion_list.html", context)


def _seen(suggested: Iterable[Evidence], *, now: datetime) -> list[Waiting]:
    found = []
    suggested = list(suggested)
    propositions = {each.proposition_id for each in suggested}
    bars = thresholds(propositions, prior=relevance.usual_bar())
    viewed = first_viewed(propositions, now=now)
    for evidence in suggested:
        seen_from = viewed[evidence.proposition_id]
        shares = {"supports": evidence.supports, "contradicts": evidence.contradicts}
        shares["mentions"] = 1 - sum(shares.values())
        seen = {stance_for(seen_from.side, stance): round(100 * share) for stance, share in shares.items()}
        found.append(
            Waiting(
                row=ledger.row(evidence, side=seen_from.side, walk=UNMOVED),
                viewed=seen_from,
                chance=percent(evidence.chance_of_yes, side=seen_from.side),  # type: ignore[attr-defined]
                relevance=round(100 * evidence.relevance),
                attached_from=round(100 * bars[evidence.proposition_id]),
                why=evidence.why,
                shares=tuple((stance, seen[stance]) for stance in ("supports", "contradicts", "mentions")),
            )
        )
    return found
