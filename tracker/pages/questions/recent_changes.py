"""What news, forecasts and rulings moved of late: claims and questions, each with its main cause."""

from collections.abc import Iterable, Sequence
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
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Abs, Coalesce

from forecasts.maths.parts import from_json
from forecasts.models import Estimate, Forecast, Proposition, Resolution
from tracker.models import RULED, Entry, Evidence, Position
from tracker.models.evidence import EvidenceQuerySet
from tracker.models.questions import asked, without_claim
from tracker.pages.drawing.waterfall import Walk, walk
from tracker.pages.questions import ledger
from tracker.pages.questions import rows as standings
from tracker.pages.questions.rows import Standing, Viewed

SPAN = timedelta(days=30)
LEAST = 0.005  # half a point: less shows on no page


@dataclass(frozen=True, slots=True)
class Window:
    """The days looked at; where nothing moved of late, those before the last move."""

    since: datetime
    until: datetime
    is_recent: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A position or question that moved, and the story in the window that moved it most, if one did."""

    standing: Standing
    cause: ledger.Row | None


@dataclass(frozen=True, slots=True)
class Moves:
    """The largest moves of a window, and how many there are in all."""

    window: Window
    shown: tuple[Move, ...]
    total: int


@dataclass(frozen=True, slots=True)
class News:
    """A story that came in, seen from a position that it bears on, or from Yes where no claim is put to its question."""

    row: ledger.Row
    title: str
    address: str


def latest(now: datetime, *, most: int) -> Moves:
    """Settled ones first, then the largest moves, of the last 30 days or of those before the last move."""
    window = Window(now - SPAN, now, is_recent=True)
    total = _count(window)
    if not total and (last := _last_move()) is not None:
        window = Window(last - SPAN, last, is_recent=False)
        total = _count(window)
    viewed = _largest(window, most=most, now=now)
    causes = _causes(viewed, window=window)
    return Moves(window, tuple(map(Move, standings.of(viewed, now=now), causes)), total)


def _count(window: Window) -> int:
    return moved(window).count() + moved_questions(window).count()


def _largest(window: Window, *, most: int, now: datetime) -> list[Viewed]:
    sized: list[tuple[int, float, Viewed]] = [(row.settled, row.size, row) for row in moved(window)[:most]]
    sizes = {row.pk: (row.settled, row.size) for row in moved_questions(window)[:most]}
    rows = asked(Proposition.objects.filter(pk__in=sizes), now=now) if sizes else []
    sized += [(*sizes[row.pk], row) for row in rows]
    return [row for *_, row in sorted(sized, key=lambda each: (-each[0], -each[1]))[:most]]


def moved(window: Window) -> "QuerySet[Any]":
    """Positions ruled on in the window, or on which something came in by which the chance differs between its ends.

    What time alone does to a chance is no news: it would fill the page of a quiet month.
    """
    settled = Q(status__in=RULED, status_since__range=(window.since, window.until))
    shown = Position.objects.shown().filter(proposition__changed_at__gte=window.since)
    rows = shown.select_related("claim__article", "proposition")
    return _sized(rows, window=window, settled=settled, proposition="proposition", prior="proposition__prior")


def moved_questions(window: Window) -> "QuerySet[Any]":
    """The same of questions that no claim is put to."""
    rulings = Resolution.objects.not_reversed().filter(proposition=OuterRef("pk"))
    settled = Q(Exists(rulings.filter(ruled_at__range=(window.since, window.until))))
    rows = without_claim(Proposition.objects.published().filter(changed_at__gte=window.since))
    return _sized(rows, window=window, settled=settled, proposition="pk", prior="prior")


def _sized(rows: "QuerySet[Any]", *, window: Window, settled: Q, proposition: str, prior: str) -> "QuerySet[Any]":
    """Those settled, or moved by what shows, the settled and the largest first."""

    def chance(**when: datetime) -> Coalesce:
        """The last estimate made at such a time, or the prior."""
        own = Estimate.objects.filter(proposition=OuterRef(proposition), **when).order_by("-at", "-pk")
        return Coalesce(Subquery(own.values("probability")[:1]), F(prior), output_field=FloatField())

    came_in = Q(_within(_told(proposition), "published_at", window) | _within(_told(proposition), "decided_at", window))
    came_in |= Q(_within(_said(proposition), "made_at", window) | _within(_said(proposition), "withdrawn_at", window))
    size = Abs(chance(at__lte=window.until) - chance(at__lt=window.since))
    is_settled = Case(When(settled, then=Value(1)), default=Value(0), output_field=IntegerField())
    sized: QuerySet[Any] = rows.annotate(size=size, settled=is_settled)
    return sized.filter(Q(settled=1) | (Q(size__gte=LEAST) & came_in)).order_by("-settled", "-size", "pk")


def _told(proposition: str) -> QuerySet[Evidence]:
    return Evidence.objects.shown().filter(proposition=OuterRef(proposition))


def _said(proposition: str) -> QuerySet[Forecast]:
    return Forecast.objects.of_crowd().filter(proposition=OuterRef(proposition))


def _within(rows: "QuerySet[Any]", moment: str, window: Window) -> Exists:
    return Exists(rows.filter(**{f"{moment}__range": (window.since, window.until)}))


def _last_move() -> datetime | None:
    """When a story was last confirmed, somebody last forecast, or a question was last ruled on."""
    moments = (
        Evidence.objects.confirmed().aggregate(last=Max("decided_at"))["last"],
        Forecast.objects.of_crowd().aggregate(last=Max("made_at"))["last"],
        Resolution.objects.not_reversed().aggregate(last=Max("ruled_at"))["last"],
    )
    return max((moment for moment in moments if moment is not None), default=None)


def _causes(viewed: Sequence[Viewed], *, window: Window) -> list[ledger.Row | None]:
    """For each the confirmed story published in the window that moved its chance most, if there is one."""
    told = (
        stories()
        .confirmed()
        .filter(
            proposition__in=[each.proposition_id for each in viewed], published_at__range=(window.since, window.until)
        )
    )
    by_proposition: dict[int, list[Evidence]] = {}
    for evidence in told:
        by_proposition.setdefault(evidence.proposition_id, []).append(evidence)
    found = []
    for each, walked in zip(viewed, walks_of(viewed), strict=True):
        told_of = by_proposition.get(each.proposition_id, ())
        movers = ledger.movers([ledger.row(row, side=each.side, walk=walked) for row in told_of], most=1)
        found.append(movers[0] if movers else None)
    return found


def newest(now: datetime, *, most: int) -> tuple[News, ...]:
    """The stories that came in last and bear on a question that is shown, each seen from one of its positions, or Yes."""
    published = Proposition.objects.published().values("pk")
    evidence = list(stories().shown().filter(proposition__in=published).order_by("-pk")[:most])
    viewed = first_viewed({row.proposition_id for row in evidence}, now=now)
    walks = dict(zip(viewed, walks_of(list(viewed.values())), strict=True))
    single = standings.alone({each.claim_id for each in viewed.values() if isinstance(each, Position)})
    return tuple(
        News(
            ledger.row(row, side=each.side, walk=walks[row.proposition_id]),
            each.title,
            standings.address(each, is_alone=isinstance(each, Position) and each.claim_id in single),
        )
        for row in evidence
        for each in [viewed[row.proposition_id]]
    )


def first_viewed(propositions: Iterable[int], *, now: datetime) -> dict[int, Viewed]:
    """Each question by its number: the first position that is shown of it, or itself where there is none."""
    wanted = set(propositions)
    positions = Position.objects.shown().filter(proposition__in=wanted).select_related("claim", "proposition")
    found: dict[int, Viewed] = {position.proposition_id: position for position in positions.order_by("-pk")}
    bare = wanted - set(found)
    rows = asked(Proposition.objects.published().filter(pk__in=bare), now=now) if bare else []
    return found | {row.pk: row for row in rows}


def stories() -> EvidenceQuerySet:
    """Evidence with all that a row of a ledger shows."""
    reprints = Prefetch("story__entries", queryset=Entry.objects.select_related("feed__outlet"))
    return (
        Evidence.objects.select_related("story", "revision__entry__feed__outlet")
        .defer("revision__body", "story__signature")
        .prefetch_related(reprints)
    )


def walks_of(rows: Sequence[Viewed]) -> list[Walk]:
    """How the latest estimate of each adds up, seen from its side; one query."""
    newer = Estimate.objects.filter(proposition=OuterRef("proposition"), at__gt=OuterRef("at"))
    last = Estimate.objects.filter(~Exists(newer), proposition__in=[row.proposition_id for row in rows])
    parts = {estimate.proposition_id: from_json(estimate.parts) for estimate in last}
    return [walk(parts.get(row.proposition_id, ()), prior=row.proposition.prior, side=row.side) for row in rows]
