"""Questions as such: where each stands in the world, seen from Yes, whether a claim is put to it or not."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Final

from django.db.models import Case, CharField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from forecasts.models import Estimate, Proposition, Resolution
from tracker.models.evidence import Evidence
from tracker.models.positions import Position
from tracker.models.status import RULED, Status

WORDS: Final = {
    Status.WATCHING: "open",
    Status.DUE: "due",
    Status.CAME_TRUE: "ruled Yes",
    Status.DID_NOT: "ruled No",
    Status.PARTLY: "ruled partly",
    Status.VOID: "ruled void",
}
RULINGS: Final = {
    Proposition.Outcome.YES: Status.CAME_TRUE,
    Proposition.Outcome.NO: Status.DID_NOT,
    Proposition.Outcome.PARTLY: Status.PARTLY,
    Proposition.Outcome.VOID: Status.VOID,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as such, in the shape of a position that takes no side: chances are of Yes.

    `status` is one of those in WORDS, `since` when it began, `reason` why in words, `last_word` the headline of the
    last confirmed story; `chance_of_yes` is the last estimate.
    """

    side: ClassVar[str] = Position.Side.NONE

    proposition: Proposition
    status: str
    since: datetime
    reason: str
    last_word: str
    chance_of_yes: float
    is_begun: bool

    @property
    def pk(self) -> int:
        return self.proposition.pk

    @property
    def proposition_id(self) -> int:
        return self.proposition.pk

    @property
    def title(self) -> str:
        return self.proposition.question

    @property
    def words(self) -> str:
        """The status as readers see it."""
        return WORDS[Status(self.status)] if self.is_begun or self.is_ruled else "not open yet"

    @property
    def is_ruled(self) -> bool:
        return self.status in RULED

    def get_status_display(self) -> str:
        return self.words

    def for_claim(self, chance_of_yes: float) -> float:
        """Seen from Yes there is nothing to turn."""
        return chance_of_yes


def standing(rows: QuerySet[Proposition], *, now: datetime) -> "QuerySet[Any]":
    """Each with its `status` (ruled, due: deadline passed or settled in fact, else watching) and `chance_of_yes`."""
    return rows.annotate(status=status_of("", now=now), chance_of_yes=chance_of(""))


def status_of(question: str, *, now: datetime) -> Case:
    """The status, as a column beside rows that lead to a question by this name; "" where they are the questions.

    It holds a query of its own, so no query inside another may refer to it: Django would mistake one table for another.
    """
    path, key = (f"{question}__", question) if question else ("", "pk")
    ruled = [When(**{f"{path}outcome": outcome}, then=Value(status.value)) for outcome, status in RULINGS.items()]
    passed = Q(**{f"{path}deadline__lt": now.astimezone(UTC).date()})
    settled = Exists(settling().filter(proposition=OuterRef(key), published_at__lte=now))
    return Case(
        *ruled,
        When(passed | Q(settled), then=Value(Status.DUE.value)),
        default=Value(Status.WATCHING.value),
        output_field=CharField(),
    )


def chance_of(question: str) -> Coalesce:
    """The last estimate, or the prior; as `status_of`."""
    path, key = (f"{question}__", question) if question else ("", "pk")
    last = Estimate.objects.filter(proposition=OuterRef(key)).order_by("-at", "-pk")
    return Coalesce(Subquery(last.values("probability")[:1]), F(f"{path}prior"))


def settling() -> QuerySet[Evidence]:
    """What a person has called decisive either way: a question with such a story waits for a ruling."""
    return Evidence.objects.confirmed().filter(strength=Evidence.Strength.DECISIVE).exclude(stance="mentions")


def without_claim(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those that no claim shown to readers is put to."""
    return rows.exclude(Exists(Position.objects.shown().filter(proposition=OuterRef("pk"))))


def asked(rows: QuerySet[Proposition], *, now: datetime) -> list[Asked]:
    """The rows in their order, each as it stands; three queries."""
    rulings = Prefetch("resolutions", Resolution.objects.not_reversed(), to_attr="rulings")
    decisive = settling().filter(published_at__lte=now).select_related("story").defer("story__signature")
    stories = Prefetch("evidence", decisive.order_by("published_at", "pk"), to_attr="decisive")
    confirmed = Evidence.objects.confirmed().filter(proposition=OuterRef("pk"), published_at__lte=now)
    headline = confirmed.order_by("-published_at", "-pk").values("story__headline")[:1]
    found = standing(rows, now=now).annotate(last_word=Coalesce(Subquery(headline), Value("")))
    return [_asked(row, now=now) for row in found.prefetch_related(rulings, stories)]


def _asked(row: Any, *, now: datetime) -> Asked:
    """`row` comes with its annotations, its standing ruling and the stories that settle it."""
    since, reason = _why(row, now=now)
    return Asked(
        proposition=row,
        status=row.status,
        since=since,
        reason=reason,
        last_word=row.last_word,
        chance_of_yes=row.chance_of_yes,
        is_begun=row.opens_at <= now,
    )


def _why(row: Any, *, now: datetime) -> tuple[datetime, str]:
    """Since when it stands so, and why, in words."""
    if row.status in RULED:
        (ruling,) = row.rulings
        return ruling.ruled_at, f"Ruled by {ruling.ruled_by}: {ruling.reason}"
    if row.status == Status.WATCHING:
        return row.opens_at, ""
    if row.is_past_deadline(now):
        last = f" Last word: “{row.last_word}”." if row.last_word else ""
        return row.closes_at, f"The deadline passed on {_day(row.deadline)}.{last} A person must rule."
    decisive: list[Evidence] = row.decisive
    reason = f"Settled in fact, it seems: “{decisive[-1].story.headline}”. A person must rule."
    return min(each.decided_at or each.published_at for each in decisive), reason


def _day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
