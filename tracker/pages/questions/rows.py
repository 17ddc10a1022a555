"""Rows of lists: where positions stand, read in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from forecasts.models import Estimate
from tracker.models import Position, Status, StatusChange
from tracker.pages.drawing.histories import Chance, Level, Lifeline, StatusSpan
from tracker.pages.formats import percent
from tracker.wording import capitalised


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow:
    """A position in a list, and its page. `chance` and `life` are seen from it; lives of a list share a time scale."""

    position: Position
    address: str
    words: str
    reason: str
    chance: Chance
    life: Lifeline


def of(positions: Iterable[Position], *, now: datetime) -> tuple[PositionRow, ...]:
    """In the order given; each must come with its proposition, its claim and the claim's article."""
    rows = list(positions)
    pages = addresses(rows)
    changes = _changes(rows)
    estimates = _estimates({row.proposition_id for row in rows})
    spans = [spans_of(row, changes=changes[row.pk], now=now) for row in rows]
    first = min((own[0].start for own in spans if own), default=now)
    last = max((own[-1].end for own in spans if own), default=now)
    return tuple(
        PositionRow(
            position=row,
            address=pages[row.pk],
            words=status_words(row, now=now),
            reason=changes[row.pk][-1].reason if changes[row.pk] else "",
            chance=chance(row, estimates=estimates[row.proposition_id], until=ended_at(row, now=now)),
            life=Lifeline(spans=lived, first=first, last=last, ruling=row.status if row.is_ruled else ""),
        )
        for row, lived in zip(rows, spans, strict=True)
    )


def addresses(positions: Iterable[Position]) -> dict[int, str]:
    """The page of each position, or that of its claim where the claim shows it whole, having no other; one query."""
    rows = list(positions)
    claims = {row.claim_id for row in rows if row.claim_id is not None}
    published = Position.objects.published().filter(claim_id__in=claims).order_by()
    counts = Counter(published.values_list("claim_id", flat=True))
    return {row.pk: (row.claim if row.claim and counts[row.claim.pk] == 1 else row).get_absolute_url() for row in rows}


def status_words(position: Position, *, now: datetime) -> str:
    """The status as a reader sees it."""
    is_begun = position.proposition.opens_at <= now or position.is_ruled
    return capitalised(position.status_words if is_begun else "not open yet")


def status_of_claim(statuses: Sequence[str]) -> str:
    """The status of its positions where they agree, otherwise `mixed`; nothing without positions."""
    return statuses[0] if len(set(statuses)) == 1 else "mixed" if statuses else ""


def counts(statuses: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How many positions have each status, in the order of a question's life."""
    found = Counter(statuses)
    return tuple((status.value, found[status.value]) for status in Status if found[status.value])


def ended_at(position: Position, *, now: datetime) -> datetime:
    """Until when the chance moved: the ruling, or now."""
    return position.status_since if position.is_ruled else now


def chance(position: Position, *, estimates: Sequence[Estimate], until: datetime) -> Chance:
    """The estimates up to `until`, oldest first, seen from the claim; the prior where there is none yet."""
    known = [estimate for estimate in estimates if estimate.at <= until]
    levels = [Level(at=row.at, percent=percent(row.probability, side=position.side)) for row in known]
    prior = percent(position.proposition.prior, side=position.side)
    return Chance(
        percent=levels[-1].percent if levels else prior,
        levels=tuple(levels),
        until=until,
        meaning="chance that the claim holds" if position.has_side else "chance of Yes",
    )


def spans_of(position: Position, *, changes: Sequence[StatusChange], now: datetime) -> tuple[StatusSpan, ...]:
    """The statuses in order up to the ruling, or to now; the first from when the question could be watched."""
    steps = [(change.at, change.new) for change in changes]
    opening = (changes[0].old if changes else position.status) or Status.WATCHING
    start = min([position.proposition.begins_at, *(at for at, _ in steps[:1])])
    steps.insert(0, (start, opening))
    ends = [at for at, _ in steps[1:]] + [ended_at(position, now=now)]
    return tuple(
        StatusSpan(status=str(status), start=begin, end=end)
        for (begin, status), end in zip(steps, ends, strict=True)
        if end > begin
    )


def _changes(positions: Sequence[Position]) -> Mapping[int, list[StatusChange]]:
    found: dict[int, list[StatusChange]] = defaultdict(list)
    for change in StatusChange.objects.filter(position__in=[row.pk for row in positions]).order_by("at", "pk"):
        found[change.position_id].append(change)
    return found


def _estimates(propositions: set[int]) -> Mapping[int, list[Estimate]]:
    found: dict[int, list[Estimate]] = defaultdict(list)
    for estimate in Estimate.objects.filter(proposition_id__in=propositions).defer("parts").order_by("at", "pk"):
        found[estimate.proposition_id].append(estimate)
    return found
