"""Detail of a position: all that its page shows, in a fixed number of queries however much evidence there is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from django.db.models import OuterRef, Subquery

from forecasts.maths.parts import from_json
from forecasts.models import CriteriaVersion, Estimate, Proposition, Resolution, Score
from tracker.models import RULED, Article, Claim, Position, StatusChange
from tracker.pages.drawing.waterfall import Bar, Walk, bars, walk
from tracker.pages.formats import Chance, Level, Span
from tracker.pages.questions import aggregates, criteria, ledger, members
from tracker.pages.questions import outside as elsewhere
from tracker.pages.questions import rows as standings

AROUND: Final = 110  # characters of the article shown before and after a claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecasts:
    """What members, bots and other sites said: how many forecasts by how many, their median, and the recorded pools."""

    count: int
    by: int
    medians: tuple[Level, ...]
    over_time: tuple[aggregates.Pool, ...]

    @property
    def standing(self) -> int:
        """How many of the forecasters the last recorded pool holds; all of them while none is recorded."""
        return self.latest.count if self.latest else self.by

    @property
    def latest(self) -> aggregates.Pool | None:
        """What stands now, if anybody's forecast does."""
        return self.over_time[-1] if self.over_time and self.over_time[-1].count else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A claim in its article: which of how many, by whom, and the words around it."""

    number: int
    total: int
    byline: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A question from one side: from what a claim says of it, or from Yes.

    All chances, stances and points are seen from there. `rows` are the ledger, newest first; `rulings` are all that
    were made, newest first, with their appeals; `resolution` is the one that stands.
    """

    viewed: standings.Viewed
    now: datetime
    chance: Chance
    walk: Walk
    rows: tuple[ledger.Row, ...]
    spans: tuple[Span, ...]
    rulings: tuple[Resolution, ...]
    resolution: Resolution | None
    versions: tuple[CriteriaVersion, ...]
    scores: tuple[Score, ...]
    has_peers: bool
    forecasts: Forecasts
    elsewhere: Sequence[elsewhere.Elsewhere]

    @property
    def proposition(self) -> Proposition:
        return self.viewed.proposition

    @property
    def side(self) -> str:
        return self.viewed.side

    @property
    def has_side(self) -> bool:
        return self.side != Position.Side.NONE

    @property
    def chance_of_yes(self) -> int:
        return 100 - self.chance.percent if self.side == Position.Side.NO else self.chance.percent

    @property
    def outlets(self) -> int:
        return len({row.outlet for row in self.rows})

    @property
    def stances(self) -> tuple[tuple[str, int], ...]:
        """How many rows take each stance; those that none takes are left out."""
        found = Counter(row.stance for row in self.rows)
        return tuple((name, found[name]) for name in ("supports", "contradicts", "mentions") if found[name])

    @property
    def row_numbers(self) -> frozenset[int]:
        """What a link can lead to: a story that moved the status may have been rejected since."""
        return frozenset(row.pk for row in self.rows)

    @property
    def still(self) -> int:
        """How many stories moved nothing."""
        return sum(not row.points for row in self.rows)

    @property
    def is_cut(self) -> bool:
        return len(self.rows) == ledger.MOST_ROWS

    @property
    def opened_at(self) -> datetime:
        return self.spans[0].start if self.spans else self.proposition.opens_at

    @property
    def is_ruled(self) -> bool:
        return self.viewed.status in RULED

    @property
    def wording(self) -> criteria.Wording | None:
        return criteria.wording(self.versions)

    @cached_property
    def movers(self) -> tuple[ledger.Row, ...]:
        return ledger.movers(self.rows)

    @cached_property
    def bars(self) -> tuple[tuple[Bar, ledger.Row | None], ...]:
        """The waterfall, each story's bar with its row."""
        by_ref = {str(row.pk): row for row in self.rows}
        return tuple((bar, by_ref.get(bar.ref)) for bar in bars(self.walk))


@dataclass(frozen=True, kw_only=True)
class Reading(Seen):
    """One position, whole: its question seen from the claim, and what belongs to the claim alone."""

    position: Position
    place: Place
    changes: tuple[StatusChange, ...]
    others: tuple[standings.Standing, ...]

    @property
    def claim(self) -> Claim:
        return self.position.claim

    @property
    def article(self) -> Article:
        return self.position.claim.article

    @property
    def history(self) -> tuple[StatusChange, ...]:
        """Newest first."""
        return self.changes[::-1]


def read(position: Position, *, now: datetime) -> Reading:
    """Read everything about a position that came with its claim, article, outlet and proposition."""
    changes = tuple(position.changes.order_by("at", "pk"))
    others = Position.objects.shown().filter(claim=position.claim_id).exclude(pk=position.pk).order_by("pk")
    return Reading(
        **vars(see(position, now=now, changes=changes)),
        position=position,
        place=place_of(position.claim),
        changes=changes,
        others=standings.of(others.select_related("claim__article", "proposition"), now=now),
    )


def see(viewed: standings.Viewed, *, now: datetime, changes: Sequence[StatusChange] = ()) -> Seen:
    """Read what a page shows of a position, given its changes of status, or of a question as such."""
    until = standings.ended_at(viewed, now=now)
    # Each estimate lists every part anew: only those of the last one are read, when the walk asks for them.
    known = Estimate.objects.filter(proposition=viewed.proposition_id, at__lte=until).defer("parts")
    estimates = list(known.order_by("at", "pk"))
    walked = _walk(viewed, estimates)
    rulings = _rulings(viewed.proposition_id)
    resolution = next((ruling for ruling in rulings if ruling.reversed_at is None), None)
    forecasts = _forecasts(viewed, until=until)
    return Seen(
        viewed=viewed,
        now=now,
        chance=standings.chance(viewed, estimates=estimates, until=until),
        walk=walked,
        rows=ledger.rows(viewed.proposition_id, side=viewed.side, walk=walked),
        spans=standings.spans_of(viewed, changes=changes, now=now),
        rulings=rulings,
        resolution=resolution,
        versions=tuple(viewed.proposition.criteria_versions.order_by("number")),
        scores=(scores := _scores(resolution)),
        has_peers=any(score.peer is not None for score in scores),  # type: ignore[attr-defined]
        forecasts=forecasts,
        elsewhere=elsewhere.of(viewed.proposition, side=viewed.side, until=until) if forecasts.count else (),
    )


def _walk(viewed: standings.Viewed, estimates: list[Estimate]) -> Walk:
    parts = from_json(estimates[-1].parts) if estimates else ()
    return walk(parts, prior=viewed.proposition.prior, side=viewed.side)


def place_of(claim: Claim) -> Place:
    """Where a claim stands; two queries."""
    article = claim.article
    order = list(article.claims.accepted().order_by("start", "end").values_list("pk", flat=True))
    authors = list(article.authors.order_by("authorship__position").values_list("name", flat=True))
    return Place(
        number=order.index(claim.pk) + 1,
        total=len(order),
        byline=", ".join([*authors, article.outlet.name] if article.outlet else authors),
        before=_before(claim),
        after=_after(claim),
    )


def _rulings(proposition: int) -> tuple[Resolution, ...]:
    made = Resolution.objects.filter(proposition=proposition).prefetch_related("appeals")
    return tuple(made.order_by("-ruled_at", "-pk"))


def _scores(resolution: Resolution | None) -> tuple[Score, ...]:
    """The best first; each by its Brier score, with `peer` beside it where forecasters were compared."""
    if resolution is None:
        return ()
    same = Score.objects.filter(resolution=resolution, forecaster=OuterRef("forecaster"), rule=Score.Rule.PEER)
    own = resolution.scores.filter(rule=Score.Rule.BRIER).select_related("forecaster")
    own = own.annotate(peer=Subquery(same.values("value")[:1]))
    return tuple(own.order_by("value", "pk")[:20])


def _forecasts(viewed: standings.Viewed, *, until: datetime) -> Forecasts:
    own = viewed.proposition.forecasts.of_crowd().filter(made_at__lte=until).order_by("made_at", "pk")
    said = [
        members.Said(
            forecaster=forecast.forecaster_id,
            probability=forecast.probability,
            made_at=forecast.made_at,
            until=forecast.stood_until,
        )
        for forecast in own
    ]
    return Forecasts(
        count=len(said),
        by=len({one.forecaster for one in said}),
        medians=members.medians(said, side=viewed.side, until=until),
        over_time=aggregates.of(viewed.proposition_id, until=until) if said else (),
    )


def _before(claim: Claim) -> str:
    """The paragraph up to the claim, cut at a word."""
    line = claim.article.text[: claim.start].rsplit("\n", 1)[-1]
    if len(line) <= AROUND:
        return line
    cut = line[-AROUND:]
    return f"…{cut[cut.find(' ') :]}"


def _after(claim: Claim) -> str:
    """The paragraph after the claim, cut at a word."""
    line = claim.article.text[claim.end :].split("\n", 1)[0]
    if len(line) <= AROUND:
        return line
    cut = line[:AROUND]
    return f"{cut[: cut.rfind(' ')]} …"
