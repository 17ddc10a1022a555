"""Detail of a position: all that its page shows, in a fixed number of queries however much evidence there is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery

from forecasts.maths.parts import from_json
from forecasts.models import AggregateForecast, CriteriaVersion, Estimate, Proposition, Resolution, Score
from tracker.models import Claim, Position, StatusChange
from tracker.pages.drawing.histories import Chance, Level, StatusSpan
from tracker.pages.drawing.waterfall import Waterfall, WaterfallBar, bars, waterfall
from tracker.pages.formats import EFFECT
from tracker.pages.questions import aggregates, coverage, criteria, ledger, members, rows
from tracker.pages.questions import outside as elsewhere
from tracker.pages.questions.rows import PositionRow, status_words

AROUND: Final = 110  # characters of the article shown before and after a claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecasts:
    """Forecasts of members, bots and other sites: how many, by how many, their median, and the recorded pools."""

    count: int
    by: int
    medians: tuple[Level, ...]
    over_time: tuple[AggregateForecast, ...]

    @property
    def standing(self) -> int:
        """How many of the forecasters the last recorded pool holds; all of them while none is recorded."""
        return self.latest.count if self.latest else self.by

    @property
    def latest(self) -> AggregateForecast | None:
        """Aggregate that stands now, if anybody's forecast does."""
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
class PositionDetail:
    """A position, whole: its question seen from its side, and what belongs to its claim where it has one.

    All chances, stances and points are seen from there. `rows` are the ledger, newest first; `rulings` are all that
    were made, newest first, with their appeals; `resolution` is the one that stands. `others` are the claims put to a
    bare question, or the other positions of the same claim.
    """

    position: Position
    now: datetime
    chance: Chance
    walk: Waterfall
    rows: tuple[ledger.Row, ...]
    spans: tuple[StatusSpan, ...]
    changes: tuple[StatusChange, ...]
    rulings: tuple[Resolution, ...]
    resolution: Resolution | None
    versions: tuple[CriteriaVersion, ...]
    scores: tuple[Score, ...]
    has_peers: bool
    forecasts: Forecasts
    elsewhere: Sequence[elsewhere.OutsideForecast]
    place: Place | None
    others: tuple[PositionRow, ...]
    coverage: coverage.Coverage

    @property
    def proposition(self) -> Proposition:
        return self.position.proposition

    @property
    def claim(self) -> Claim | None:
        return self.position.claim

    @property
    def is_begun(self) -> bool:
        return self.proposition.opens_at <= self.now

    @property
    def status_words(self) -> str:
        return status_words(self.position, now=self.now)

    @property
    def chance_of_yes(self) -> int:
        return 100 - self.chance.percent if self.position.side == Position.Side.NO else self.chance.percent

    @property
    def outlets(self) -> int:
        return len({row.outlet for row in self.rows})

    @property
    def stances(self) -> tuple[tuple[str, bool, int], ...]:
        """How many rows take each stance, those that a person confirmed before those suggested; none is left out."""
        found = Counter((row.stance, row.is_confirmed) for row in self.rows)
        kinds = [(name, is_confirmed) for is_confirmed in (True, False) for name in EFFECT]
        return tuple(
            (name, is_confirmed, found[name, is_confirmed]) for name, is_confirmed in kinds if found[name, is_confirmed]
        )

    @property
    def row_numbers(self) -> frozenset[int]:
        """Rows that a link can lead to: a story that moved the status may have been rejected since."""
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
        return self.spans[0].start if self.spans else self.proposition.begins_at

    @property
    def earlier(self) -> tuple[criteria.EarlierWording, ...]:
        return criteria.earlier(self.versions)

    @cached_property
    def movers(self) -> tuple[ledger.Row, ...]:
        return ledger.movers(self.rows)

    @cached_property
    def bars(self) -> tuple[tuple[WaterfallBar, ledger.Row | None], ...]:
        """The waterfall, each story's bar with its row."""
        by_ref = {str(row.pk): row for row in self.rows}
        return tuple((bar, by_ref.get(bar.ref)) for bar in bars(self.walk))


def read(position: Position, *, now: datetime) -> PositionDetail:
    """Read what a page shows of a position that came with its claim, article, outlet and proposition."""
    proposition = position.proposition
    changes = tuple(position.changes.order_by("at", "pk"))
    until = rows.ended_at(position, now=now)
    # Each estimate lists every part anew: only those of the last one are read, when the walk asks for them.
    known = Estimate.objects.filter(proposition=proposition, at__lte=until).defer("parts")
    estimates = list(known.order_by("at", "pk"))
    parts = from_json(estimates[-1].parts) if estimates else ()
    walked = waterfall(parts, prior=proposition.prior, side=position.side)
    rulings = _rulings(proposition)
    resolution = next((ruling for ruling in rulings if ruling.reversed_at is None), None)
    scores = _scores(resolution)
    forecasts = _forecasts(position, until=until)
    return PositionDetail(
        position=position,
        now=now,
        chance=rows.chance(position, estimates=estimates, until=until),
        walk=walked,
        rows=ledger.rows(proposition.pk, side=position.side, walk=walked),
        spans=rows.spans_of(position, changes=changes, now=now),
        changes=changes,
        rulings=rulings,
        resolution=resolution,
        versions=tuple(proposition.criteria_versions.order_by("number")),
        scores=scores,
        has_peers=any(score.peer is not None for score in scores),  # type: ignore[attr-defined]
        forecasts=forecasts,
        elsewhere=elsewhere.of(proposition, side=position.side, until=until) if forecasts.count else (),
        place=place_of(position.claim) if position.claim else None,
        others=rows.of(_others(position), now=now),
        coverage=coverage.of(proposition, until=until),
    )


def _others(position: Position) -> QuerySet[Position]:
    """The claims put to a question, or the other questions that a claim is put to."""
    published = Position.objects.published().of_claims().exclude(pk=position.pk).order_by("pk")
    same = {"proposition": position.proposition_id} if position.is_bare else {"claim": position.claim_id}
    return published.filter(**same).select_related("claim__article__outlet", "proposition")


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


def _rulings(proposition: Proposition) -> tuple[Resolution, ...]:
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


def _forecasts(position: Position, *, until: datetime) -> Forecasts:
    said = list(position.proposition.forecasts.of_crowd().filter(made_at__lte=until).order_by("made_at", "pk"))
    return Forecasts(
        count=len(said),
        by=len({one.forecaster_id for one in said}),
        medians=members.medians(said, side=position.side, until=until),
        over_time=aggregates.of(position.proposition_id, until=until) if said else (),
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
