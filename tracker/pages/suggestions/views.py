"""Suggestions that wait for a curator: across questions by what is at stake, within one by what deciding teaches."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forecasts.models import Proposition
from language.matching import relevance
from tracker.jobs.matching import attaching
from tracker.jobs.matching.thresholds import thresholds
from tracker.models import Evidence, Position
from tracker.models.evidence import EvidenceQuerySet
from tracker.pages.access import curators_only
from tracker.pages.drawing.waterfall import Waterfall
from tracker.pages.formats import percent, stance_for
from tracker.pages.questions import ledger
from tracker.pages.questions.evidence import STANCES, STRENGTHS, worth
from tracker.pages.questions.ledger import Row
from tracker.pages.questions.recent_changes import by_question

PER_PAGE: Final = 20
UNMOVED: Final = Waterfall(prior=50, steps=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A suggestion seen from the position by which lists show its question; `shares` are those of its classifier.

    `attached_from` is the relevance, in percent, from which news is attached to the question, by its decisions so far.
    """

    row: Row
    position: Position
    chance: int
    relevance: int
    attached_from: int
    shares: tuple[tuple[str, int], ...]

    @property
    def address(self) -> str:
        return f"{self.position.get_absolute_url()}#evidence-{self.row.pk}"


@require_safe
@curators_only
def waiting(request: HttpRequest) -> HttpResponse:
    suggested = (
        ledger.stories()
        .to_confirm()
        .filter(proposition__in=Proposition.objects.published().values("pk"))
        .most_at_stake_first()
    )
    page = Paginator(_in_turn(suggested), PER_PAGE).get_page(request.GET.get("page"))
    rows = {row.pk: row for row in suggested.filter(pk__in=list(page.object_list))}
    context = {
        "page": page,
        "waiting": _seen([rows[pk] for pk in page.object_list if pk in rows]),
        "worth": worth(),
        "stances": STANCES,
        "strengths": STRENGTHS,
        "back": request.get_full_path(),
    }
    return render(request, "suggestions/suggestion_list.html", context)


def _in_turn(suggested: EvidenceQuerySet) -> list[int]:
    """Their keys: a question takes its turns by what is at stake, and fills them in the order of its queue."""
    turns = list(suggested.values_list("pk", "proposition", "queue_place"))
    queues: dict[int, list[tuple[bool, int, int, int]]] = defaultdict(list)
    for number, (pk, about, place) in enumerate(turns):
        queues[about].append((place is None, place or 0, number, pk))
    in_order = {about: iter(sorted(queue)) for about, queue in queues.items()}
    return [next(in_order[about])[-1] for _, about, _ in turns]


def _seen(suggested: Collection[Evidence]) -> list[Suggestion]:
    propositions = {evidence.proposition_id for evidence in suggested}
    bars, taught_bar = thresholds(propositions, prior=relevance.usual_bar()), attaching.bar()
    positions = by_question(propositions)
    rows = ledger.with_like_stories(
        [ledger.row(each, side=positions[each.proposition_id].side, walk=UNMOVED) for each in suggested]
    )
    return [
        _suggestion(
            row,
            positions[row.evidence.proposition_id],
            bar=taught_bar if taught_bar and row.evidence.decisions_known else bars[row.evidence.proposition_id],
        )
        for row in rows
    ]


def _suggestion(row: Row, position: Position, *, bar: float) -> Suggestion:
    evidence = row.evidence
    shares = {"supports": evidence.supports, "contradicts": evidence.contradicts}
    shares["mentions"] = 1 - sum(shares.values())
    seen = {stance_for(position.side, stance): round(100 * share) for stance, share in shares.items()}
    return Suggestion(
        row=row,
        position=position,
        chance=percent(evidence.chance_of_yes, side=position.side),  # type: ignore[attr-defined]
        relevance=round(100 * evidence.relevance),
        attached_from=round(100 * bar),
        shares=tuple((stance, seen[stance]) for stance in ("supports", "contradicts", "mentions")),
    )
