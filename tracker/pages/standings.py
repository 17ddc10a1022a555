"""Where tests stand, for lists of them: everything a list shows, read in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from forecasts.models import Estimate, Proposition
from tracker.models import RULED, Claim, Status, StatusChange, Test
from tracker.pages.shown import Chance, Level, Life, Span, percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One test in a list. `chance` and `life` are seen from the claim; lives of one list share a time scale."""

    pk: int
    title: str
    address: str
    status: str
    since: datetime
    reason: str
    has_side: bool
    chance: Chance
    life: Life
    proposition: Proposition
    claim: Claim


def of(tests: Iterable[Test], *, now: datetime) -> tuple[Standing, ...]:
    """The tests in the order given; each must come with its claim, the claim's article, and its proposition."""
    rows = list(tests)
    single = alone({test.claim_id for test in rows})
    changes = _changes(rows)
    estimates = _estimates({test.proposition_id for test in rows})
    spans = {test.pk: spans_of(test, changes=changes[test.pk], now=now) for test in rows}
    first = min((own[0].start for own in spans.values() if own), default=now)
    last = max((own[-1].end for own in spans.values() if own), default=now)
    return tuple(
        Standing(
            pk=test.pk,
            title=test.title,
            address=address(test, is_alone=test.claim_id in single),
            status=test.status,
            since=test.status_since,
            reason=changes[test.pk][-1].reason if changes[test.pk] else "",
            has_side=test.side != Test.Side.NONE,
            chance=chance(test, estimates=estimates[test.proposition_id], until=ended_at(test, now=now)),
            life=Life(spans=spans[test.pk], first=first, last=last, ruling=test.status if test.status in RULED else ""),
            proposition=test.proposition,
            claim=test.claim,
        )
        for test in rows
    )


def address(test: Test, *, is_alone: bool) -> str:
    """A claim with one test shows it whole on its own page; each of several has a page beneath it."""
    if is_alone:
        return reverse("claim", args=[test.claim.slug])
    return reverse("test", args=[test.claim.slug, test.proposition.key])


def status_of_claim(statuses: Sequence[str]) -> str:
    """The status of its tests where they agree, otherwise `mixed`; nothing without tests."""
    return statuses[0] if len(set(statuses)) == 1 else "mixed" if statuses else ""


def counts(statuses: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How many tests have each status, in the order of a question's life."""
    found = Counter(statuses)
    return tuple((status.value, found[status.value]) for status in Status if found[status.value])


def ended_at(test: Test, *, now: datetime) -> datetime:
    """Until when the chance moved: the ruling, or now."""
    return test.status_since if test.status in RULED else now


def chance(test: Test, *, estimates: Sequence[Estimate], until: datetime) -> Chance:
    """The estimates up to `until`, oldest first, seen from the claim; the prior where there is none yet."""
    proposition = test.proposition
    known = [estimate for estimate in estimates if estimate.at <= until]
    levels = [Level(at=row.at, percent=percent(row.probability, side=test.side)) for row in known]
    prior = percent(proposition.prior, side=test.side)
    return Chance(
        percent=levels[-1].percent if levels else prior,
        levels=tuple(levels),
        until=until,
        meaning="chance of Yes" if test.side == Test.Side.NONE else "chance that the claim holds",
    )


def spans_of(test: Test, *, changes: Sequence[StatusChange], now: datetime) -> tuple[Span, ...]:
    """The statuses of a test in order up to its ruling, or to now; the first from the question's opening."""
    until = ended_at(test, now=now)
    steps = [(change.at, change.new) for change in changes]
    opening = (changes[0].old if changes else test.status) or Status.WATCHING
    start = min([test.proposition.opens_at, *(at for at, _ in steps[:1])])
    steps.insert(0, (start, opening))
    ends = [at for at, _ in steps[1:]] + [until]
    return tuple(
        Span(status=str(status), start=begin, end=end)
        for (begin, status), end in zip(steps, ends, strict=True)
        if end > begin
    )


def alone(claims: set[int]) -> set[int]:
    """Those of the claims that have exactly one test to show."""
    shown = Test.objects.shown().filter(claim_id__in=claims).order_by().values_list("claim_id", flat=True)
    return {claim for claim, number in Counter(shown).items() if number == 1}


def _changes(tests: Sequence[Test]) -> Mapping[int, list[StatusChange]]:
    found: dict[int, list[StatusChange]] = defaultdict(list)
    for change in StatusChange.objects.filter(test__in=[test.pk for test in tests]).order_by("at", "pk"):
        found[change.test_id].append(change)
    return found


def _estimates(propositions: set[int]) -> Mapping[int, list[Estimate]]:
    found: dict[int, list[Estimate]] = defaultdict(list)
    rows = Estimate.objects.filter(proposition_id__in=propositions).defer("parts").order_by("at", "pk")
    for estimate in rows:
        found[estimate.proposition_id].append(estimate)
    return found
