"""Where positions and questions stand, for lists of them: all that a list shows, read in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from forecasts.models import Estimate, Proposition
from tracker.models import RULED, Asked, Claim, Position, Status, StatusChange
from tracker.models.questions import WORDS
from tracker.pages.formats import Chance, Level, Life, Span, percent
from tracker.wording import capitalised

Viewed = Position | Asked  # what a page looks at: a claim's position, seen from the claim, or a question, seen from Yes


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One position in a list. `chance` and `life` are seen from the claim; lives of one list share a time scale.

    A question as such has no claim, and `words` for its status, which a position's own word is enough for.
    """

    pk: int
    title: str
    address: str
    status: str
    words: str
    since: datetime
    reason: str
    has_side: bool
    chance: Chance
    life: Life
    proposition: Proposition
    claim: Claim | None


def of(viewed: Iterable[Viewed], *, now: datetime) -> tuple[Standing, ...]:
    """In the order given; each position must come with its claim, the claim's article, and its proposition."""
    rows = list(viewed)
    positions = [row for row in rows if isinstance(row, Position)]
    single = alone({position.claim_id for position in positions})
    changes = _changes(positions)
    estimates = _estimates({row.proposition_id for row in rows})
    steps = [changes[row.pk] if isinstance(row, Position) else [] for row in rows]
    spans = [spans_of(row, changes=own, now=now) for row, own in zip(rows, steps, strict=True)]
    first = min((own[0].start for own in spans if own), default=now)
    last = max((own[-1].end for own in spans if own), default=now)
    return tuple(
        Standing(
            pk=row.pk,
            title=row.title,
            address=address(row, is_alone=isinstance(row, Position) and row.claim_id in single),
            status=row.status,
            words="" if isinstance(row, Position) else capitalised(row.words),
            since=since(row),
            reason=row.reason if isinstance(row, Asked) else own[-1].reason if own else "",
            has_side=row.side != Position.Side.NONE,
            chance=chance(row, estimates=estimates[row.proposition_id], until=ended_at(row, now=now)),
            life=Life(spans=lived, first=first, last=last, ruling=row.status if row.status in RULED else ""),
            proposition=row.proposition,
            claim=row.claim if isinstance(row, Position) else None,
        )
        for row, own, lived in zip(rows, steps, spans, strict=True)
    )


def address(viewed: Viewed, *, is_alone: bool = False) -> str:
    """A claim with one position shows it whole on its own page; each of several has a page beneath it."""
    if isinstance(viewed, Asked):
        return reverse("question", args=[viewed.proposition.key])
    if is_alone:
        return reverse("claim", args=[viewed.claim.slug])
    return reverse("position", args=[viewed.claim.slug, viewed.proposition.key])


def since(viewed: Viewed) -> datetime:
    """When its status began."""
    return viewed.since if isinstance(viewed, Asked) else viewed.status_since


def status_of_claim(statuses: Sequence[str]) -> str:
    """The status of its positions where they agree, otherwise `mixed`; nothing without positions."""
    return statuses[0] if len(set(statuses)) == 1 else "mixed" if statuses else ""


def counts(statuses: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How many positions have each status, in the order of a question's life."""
    found = Counter(statuses)
    return tuple((status.value, found[status.value]) for status in Status if found[status.value])


def ended_at(viewed: Viewed, *, now: datetime) -> datetime:
    """Until when the chance moved: the ruling, or now."""
    return since(viewed) if viewed.status in RULED else now


def chance(position: Viewed, *, estimates: Sequence[Estimate], until: datetime) -> Chance:
    """The estimates up to `until`, oldest first, seen from the claim; the prior where there is none yet."""
    proposition = position.proposition
    known = [estimate for estimate in estimates if estimate.at <= until]
    levels = [Level(at=row.at, percent=percent(row.probability, side=position.side)) for row in known]
    prior = percent(proposition.prior, side=position.side)
    return Chance(
        percent=levels[-1].percent if levels else prior,
        levels=tuple(levels),
        until=until,
        meaning="chance of Yes" if position.side == Position.Side.NONE else "chance that the claim holds",
    )


def spans_of(position: Viewed, *, changes: Sequence[StatusChange], now: datetime) -> tuple[Span, ...]:
    """The statuses in order up to the ruling, or to now; the first from the question's opening."""
    until = ended_at(position, now=now)
    if isinstance(position, Asked):
        return _spans_of_question(position, until=until)
    steps = [(change.at, change.new) for change in changes]
    opening = (changes[0].old if changes else position.status) or Status.WATCHING
    start = min([position.proposition.opens_at, *(at for at, _ in steps[:1])])
    steps.insert(0, (start, opening))
    ends = [at for at, _ in steps[1:]] + [until]
    return tuple(
        Span(status=str(status), start=begin, end=end)
        for (begin, status), end in zip(steps, ends, strict=True)
        if end > begin
    )


def _spans_of_question(asked: Asked, *, until: datetime) -> tuple[Span, ...]:
    """Open, then due: from the deadline on, or from when a story settled it."""
    opens = asked.proposition.opens_at
    due = asked.since if asked.status == Status.DUE else asked.proposition.closes_at
    turn = min(max(due, opens), until)
    steps = ((Status.WATCHING, opens, turn), (Status.DUE, turn, until))
    return tuple(
        Span(status=status, start=start, end=end, words=WORDS[status]) for status, start, end in steps if end > start
    )


def alone(claims: set[int]) -> set[int]:
    """Those of the claims that have exactly one position to show."""
    shown = Position.objects.shown().filter(claim_id__in=claims).order_by().values_list("claim_id", flat=True)
    return {claim for claim, number in Counter(shown).items() if number == 1}


def _changes(positions: Sequence[Position]) -> Mapping[int, list[StatusChange]]:
    found: dict[int, list[StatusChange]] = defaultdict(list)
    for change in StatusChange.objects.filter(position__in=[position.pk for position in positions]).order_by(
        "at", "pk"
    ):
        found[change.position_id].append(change)
    return found


def _estimates(propositions: set[int]) -> Mapping[int, list[Estimate]]:
    found: dict[int, list[Estimate]] = defaultdict(list)
    rows = Estimate.objects.filter(proposition_id__in=propositions).defer("parts").order_by("at", "pk")
    for estimate in rows:
        found[estimate.proposition_id].append(estimate)
    return found
