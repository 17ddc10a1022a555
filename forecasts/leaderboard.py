"""Leaderboard: forecasters by a rule, over any set of propositions, in constant queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

from django.db.models import Avg, Count, F, Q, QuerySet, Sum

from forecasts.maths import points
from forecasts.maths.calibration import TOO_FEW
from forecasts.models import Forecaster, Proposition, Resolution, Score
from forecasts.scorecards import scores_in_force

LESS_IS_BETTER: Final = (Score.Rule.BRIER, Score.Rule.RELATIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderboardEntry:
    """A forecaster's line on the leaderboard.

    Brier, log and relative Brier are means, baseline is the sum of points, peer their average, with
    less than 30 questions' worth of coverage counted as 30. Peer and relative are None for whoever was compared with
    nobody. `covered` is the share covered of what was attainable, `against_crowd` the skill against the crowd on the
    `beside` questions on which both said something.
    """

    forecaster_id: int
    name: str
    kind: str
    resolved: int
    mean_brier: float
    mean_log: float
    baseline: float | None
    peer: float | None
    mean_relative: float | None
    covered: float | None
    against_crowd: float | None
    beside: int

    @property
    def too_few(self) -> bool:
        return self.resolved < TOO_FEW

    def by(self, rule: Score.Rule) -> float | None:
        """The figure that the forecaster is ranked by under a rule."""
        return {
            Score.Rule.BRIER: self.mean_brier,
            Score.Rule.LOG: self.mean_log,
            Score.Rule.BASELINE: self.baseline,
            Score.Rule.PEER: self.peer,
            Score.Rule.RELATIVE: self.mean_relative,
        }[rule]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic of propositions ("" for none given), and how many that count on the leaderboard have it."""

    name: str
    resolved: int


def leaderboard(
    propositions: QuerySet[Proposition] | None = None,
    *,
    rule: Score.Rule = Score.Rule.BRIER,
    kinds: Iterable[Forecaster.Kind] = Forecaster.Kind,
) -> tuple[LeaderboardEntry, ...]:
    """Forecasters by one rule, best first, those with too few rulings after all others, without those it never scored.

    Propositions written with hindsight are left out: nobody earns a place by knowing the end. Two queries.
    """
    scores = scores_in_force(propositions).filter(
        forecaster__kind__in=list(kinds), resolution__proposition__written_with_hindsight=False
    )
    skills = _against_crowd(scores)
    entries = [_entry(**row, skill=skills.get(row["forecaster_id"], (None, 0))) for row in _summed(scores)]
    sign = 1 if rule in LESS_IS_BETTER else -1
    ranked = [(value, entry) for entry in entries if (value := entry.by(rule)) is not None]
    ranked.sort(key=lambda pair: (pair[1].too_few, sign * pair[0], pair[1].name, pair[1].forecaster_id))
    return tuple(entry for _, entry in ranked)


def topics() -> tuple[Topic, ...]:
    """Topics of the propositions that count on the leaderboard, the most frequent first; one query."""
    rulings = Resolution.objects.scored().filter(proposition__written_with_hindsight=False)
    rows = rulings.order_by().values_list("proposition__topic").annotate(Count("pk"))
    return tuple(Topic(name=name, resolved=count) for name, count in sorted(rows, key=lambda row: (-row[1], row[0])))


def _summed(scores: QuerySet[Score]) -> Iterable[dict[str, Any]]:
    """Sums and means by forecaster; whoever is scored at all has a Brier score on each ruling."""
    rule = Score.Rule
    is_brier, is_baseline, is_peer = (Q(rule=name) for name in (rule.BRIER, rule.BASELINE, rule.PEER))
    rows = (
        scores.values("forecaster_id", name=F("forecaster__name"), kind=F("forecaster__kind"))
        .annotate(
            resolved=Count("pk", filter=is_brier),
            mean_brier=Avg("value", filter=is_brier),
            mean_log=Avg("value", filter=Q(rule=rule.LOG)),
            baseline=Sum("value", filter=is_baseline),
            covered=Sum("coverage", filter=is_baseline),
            could_cover=Sum("attainable", filter=is_baseline),
            peer=Sum("value", filter=is_peer),
            peer_coverage=Sum("coverage", filter=is_peer),
            mean_relative=Avg("value", filter=Q(rule=rule.RELATIVE)),
        )
        .order_by()
    )
    return cast("Iterable[dict[str, Any]]", rows)


def _against_crowd(scores: QuerySet[Score]) -> dict[int, tuple[float, int]]:
    """The skill of each forecaster against the crowd, on the rulings that score both, and how many these are."""
    beside = scores.filter(rule=Score.Rule.BRIER).filter(
        resolution__scores__rule=Score.Rule.BRIER, resolution__scores__forecaster__kind=Forecaster.Kind.POOL
    )
    sums = beside.exclude(forecaster__kind=Forecaster.Kind.POOL).order_by().values_list("forecaster_id")
    rows = sums.annotate(Sum("value"), Sum("resolution__scores__value"), Count("pk"))
    return {forecaster: (1 - own / crowd, count) for forecaster, own, crowd, count in rows if crowd}


def _entry(
    *,
    peer: float | None,
    peer_coverage: float,
    covered: float,
    could_cover: float,
    skill: tuple[float | None, int],
    **row: Any,
) -> LeaderboardEntry:
    return LeaderboardEntry(
        peer=None if peer is None else points.leaderboard(peer, coverage=peer_coverage),
        covered=min(1.0, covered / could_cover) if could_cover else None,
        against_crowd=skill[0],
        beside=skill[1],
        **row,
    )
