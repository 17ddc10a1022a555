"""What moved of late: tests settled in a window of time and those whose chance changed, each with its main cause."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

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
from forecasts.models import Estimate
from tracker.models import RULED, Entry, Evidence, Test
from tracker.models.evidence import EvidenceQuerySet
from tracker.pages import ledger, standings
from tracker.pages.standings import Standing
from tracker.pages.walk import Walk, walk

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
    """A test that moved, and the story in the window that moved it most, if one did."""

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
    """A story that came in, seen from a test that it bears on."""

    row: ledger.Row
    title: str
    address: str


def latest(now: datetime, *, most: int) -> Moves:
    """Settled tests first, then the largest moves, of the last 30 days or of those before the last move."""
    window = Window(now - SPAN, now, is_recent=True)
    total = moved(window).count()
    if not total and (last := _last_move()) is not None:
        window = Window(last - SPAN, last, is_recent=False)
        total = moved(window).count()
    tests = list(moved(window)[:most])
    causes = _causes(tests, window=window)
    rows = standings.of(tests, now=now)
    return Moves(window, tuple(Move(row, causes.get(row.pk)) for row in rows), total)


def moved(window: Window) -> QuerySet[Test]:
    """Tests ruled on in the window or whose chance differs between its ends by what a page would show."""
    before, after = _chance(at__lt=window.since), _chance(at__lte=window.until)
    settled = Q(status__in=RULED, status_since__range=(window.since, window.until))
    return (
        Test.objects.shown()
        .filter(proposition__moved_at__gte=window.since)
        .annotate(
            size=Abs(after - before),
            settled=Case(When(settled, then=Value(1)), default=Value(0), output_field=IntegerField()),
        )
        .filter(Q(settled=1) | Q(size__gte=LEAST))
        .select_related("claim__article", "proposition")
        .order_by("-settled", "-size", "pk")
    )


def _chance(**when: datetime) -> Coalesce:
    """The last estimate made at such a time, or the prior."""
    own = Estimate.objects.filter(proposition=OuterRef("proposition"), **when).order_by("-at", "-pk")
    return Coalesce(Subquery(own.values("probability")[:1]), F("proposition__prior"), output_field=FloatField())


def _last_move() -> datetime | None:
    """When an estimate last followed an earlier one, or a test was last ruled on."""
    earlier = Estimate.objects.filter(proposition=OuterRef("proposition"), at__lt=OuterRef("at"))
    estimated = Estimate.objects.filter(Exists(earlier)).aggregate(last=Max("at"))["last"]
    ruled = Test.objects.shown().filter(status__in=RULED).aggregate(last=Max("status_since"))["last"]
    return max((moment for moment in (estimated, ruled) if moment is not None), default=None)


def _causes(tests: Sequence[Test], *, window: Window) -> dict[int, ledger.Row]:
    """For each test the confirmed story published in the window that moved its chance most."""
    walks = walks_of(tests)
    told = (
        stories()
        .confirmed()
        .filter(
            proposition__in=[test.proposition_id for test in tests], published_at__range=(window.since, window.until)
        )
    )
    by_proposition: dict[int, list[Evidence]] = {}
    for evidence in told:
        by_proposition.setdefault(evidence.proposition_id, []).append(evidence)
    found = {}
    for test in tests:
        rows = [
            ledger.row(evidence, side=test.side, walk=walks[test.pk])
            for evidence in by_proposition.get(test.proposition_id, ())
        ]
        if movers := ledger.movers(rows, most=1):
            found[test.pk] = movers[0]
    return found


def newest(*, most: int) -> tuple[News, ...]:
    """The stories that came in last and bear on a test that is shown, each seen from one such test."""
    tested = Test.objects.shown().values("proposition")
    evidence = list(stories().shown().filter(proposition__in=tested).order_by("-pk")[:most])
    tests = _first_tests({row.proposition_id for row in evidence})
    walks, single = walks_of(tests.values()), standings.alone({test.claim_id for test in tests.values()})
    return tuple(
        News(
            ledger.row(row, side=test.side, walk=walks[test.pk]),
            test.title,
            standings.address(test, is_alone=test.claim_id in single),
        )
        for row in evidence
        for test in [tests[row.proposition_id]]
    )


def _first_tests(propositions: Iterable[int]) -> dict[int, Test]:
    rows = Test.objects.shown().filter(proposition__in=propositions).select_related("claim", "proposition")
    return {test.proposition_id: test for test in rows.order_by("-pk")}


def stories() -> EvidenceQuerySet:
    """Evidence with all that a row of a ledger shows."""
    reprints = Prefetch("story__entries", queryset=Entry.objects.select_related("feed__outlet"))
    return (
        Evidence.objects.select_related("story", "revision__entry__feed__outlet")
        .defer("revision__body", "story__signature")
        .prefetch_related(reprints)
    )


def walks_of(tests: Iterable[Test]) -> Mapping[int, Walk]:
    """How each test's latest estimate adds up, seen from its claim; one query."""
    rows = list(tests)
    newer = Estimate.objects.filter(proposition=OuterRef("proposition"), at__gt=OuterRef("at"))
    last = Estimate.objects.filter(~Exists(newer), proposition__in=[test.proposition_id for test in rows])
    parts = {estimate.proposition_id: from_json(estimate.parts) for estimate in last}
    return {
        test.pk: walk(parts.get(test.proposition_id, ()), prior=test.proposition.prior, side=test.side) for test in rows
    }
