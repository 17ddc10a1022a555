"""Recent changes: questions that news, forecasts and rulings moved of late, each with its main cause."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    FloatField,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Abs, Coalesce

from forecasts.maths.parts import from_json
from forecasts.models import Estimate, Forecast, Proposition, Resolution
from tracker.models import RULED, Evidence, Position
from tracker.pages.drawing.waterfall import Waterfall, waterfall
from tracker.pages.questions import ledger, rows
from tracker.pages.questions.rows import PositionRow

SPAN = timedelta(days=30)
LEAST = 0.005  # half a point: less shows on no page


@dataclass(frozen=True, slots=True)
class RecentDays:
    """The days looked at; where nothing moved of late, those before the last move."""

    since: datetime
    until: datetime
    is_recent: bool


@dataclass(frozen=True, slots=True)
class RecentChanges:
    """The largest moves of a window, each with the story in it that moved it most, and how many there are in all."""

    window: RecentDays
    shown: tuple[tuple[PositionRow, ledger.Row | None], ...]
    total: int


def latest(now: datetime, *, most: int) -> RecentChanges:
    """Settled ones first, then the largest moves, of the last 30 days or of those before the last move."""
    window = RecentDays(now - SPAN, now, is_recent=True)
    total = moved(window).count()
    if not total and (last := _last_move()) is not None:
        window = RecentDays(last - SPAN, last, is_recent=False)
        total = moved(window).count()
    largest = list(moved(window)[:most])
    causes = _causes(largest, window=window)
    return RecentChanges(window, tuple(zip(rows.of(largest, now=now), causes, strict=True)), total)


def moved(window: RecentDays) -> "QuerySet[Any]":
    """For each question ruled on in the window, or moved by what came in, the position that lists show.

    What time alone does to a chance is no news: it would fill the page of a quiet month.
    """

    def chance(**when: datetime) -> Coalesce:
        """The last estimate made at such a time, or the prior."""
        own = Estimate.objects.filter(proposition=OuterRef("proposition"), **when).order_by("-at", "-pk")
        return Coalesce(Subquery(own.values("probability")[:1]), F("proposition__prior"), output_field=FloatField())

    told = Evidence.objects.shown().filter(proposition=OuterRef("proposition"))
    said = Forecast.objects.of_crowd().filter(proposition=OuterRef("proposition"))
    came_in = Q(_within(told, "published_at", window) | _within(told, "decided_at", window))
    came_in |= Q(_within(said, "made_at", window) | _within(said, "withdrawn_at", window))
    settled = Q(status__in=RULED, status_since__range=(window.since, window.until))
    changed = Position.objects.one_a_question().filter(proposition__changed_at__gte=window.since)
    sized = changed.select_related("claim__article", "proposition").annotate(
        size=Abs(chance(at__lte=window.until) - chance(at__lt=window.since)),
        settled=Case(When(settled, then=Value(1)), default=Value(0), output_field=IntegerField()),
    )
    return sized.filter(Q(settled=1) | (Q(size__gte=LEAST) & came_in)).order_by("-settled", "-size", "pk")


def _within(rows: "QuerySet[Any]", moment: str, window: RecentDays) -> Exists:
    return Exists(rows.filter(**{f"{moment}__range": (window.since, window.until)}))


def _last_move() -> datetime | None:
    """When a story was last confirmed, somebody last forecast, or a question was last ruled on."""
    moments = (
        Evidence.objects.confirmed().aggregate(last=Max("decided_at"))["last"],
        Forecast.objects.of_crowd().aggregate(last=Max("made_at"))["last"],
        Resolution.objects.not_reversed().aggregate(last=Max("ruled_at"))["last"],
    )
    return max((moment for moment in moments if moment is not None), default=None)


def _causes(positions: Sequence[Position], *, window: RecentDays) -> list[ledger.Row | None]:
    """For each the confirmed story published in the window that moved its chance most, if there is one."""
    questions = [position.proposition_id for position in positions]
    told = (
        ledger.stories().confirmed().filter(proposition__in=questions, published_at__range=(window.since, window.until))
    )
    by_question: defaultdict[int, list[Evidence]] = defaultdict(list)
    for evidence in told:
        by_question[evidence.proposition_id].append(evidence)
    causes = []
    for position, walked in zip(positions, walks_of(positions), strict=True):
        own = [ledger.row(row, side=position.side, walk=walked) for row in by_question[position.proposition_id]]
        causes.append(next(iter(ledger.movers(own, most=1)), None))
    return causes


def newest(*, most: int) -> list[tuple[ledger.Row, Position, str]]:
    """The stories that came in last, each seen from the position by which lists show its question, and that's page."""
    published = Proposition.objects.published().values("pk")
    evidence = list(ledger.stories().shown().filter(proposition__in=published).order_by("-pk")[:most])
    positions = by_question({row.proposition_id for row in evidence})
    walks = dict(zip(positions, walks_of(list(positions.values())), strict=True))
    pages = rows.addresses(positions.values())
    return [
        (ledger.row(row, side=position.side, walk=walks[row.proposition_id]), position, pages[position.pk])
        for row in evidence
        for position in [positions[row.proposition_id]]
    ]


def by_question(propositions: Collection[int]) -> dict[int, Position]:
    """The position by which lists show each question, by the question's number."""
    shown = Position.objects.one_a_question().filter(proposition__in=propositions)
    return {position.proposition_id: position for position in shown.select_related("claim", "proposition")}


def walks_of(positions: Sequence[Position]) -> list[Waterfall]:
    """How the latest estimate of each adds up, seen from its side; one query."""
    newer = Estimate.objects.filter(proposition=OuterRef("proposition"), at__gt=OuterRef("at"))
    last = Estimate.objects.filter(~Exists(newer), proposition__in=[position.proposition_id for position in positions])
    parts = {estimate.proposition_id: from_json(estimate.parts) for estimate in last}
    return [
        waterfall(parts.get(position.proposition_id, ()), prior=position.proposition.prior, side=position.side)
        for position in positions
    ]
