"""Record of an author: the rulings on statements in his or her own voice, their sureness and calibration, by kind."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from forecasts import scorecards
from forecasts.maths.calibration import TOO_FEW, Bin, Interval, JudgedForecast, bins, wilson
from tracker.models import Author, Claim, Position, Status
from tracker.pages.questions.status_counts import Tally, tally

ENOUGH = 30  # rulings from which on a fit is called one


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledStatement:
    """A statement ruled on, and its page; `brier` is None where the wording implied no chance."""

    position: Position
    address: str
    brier: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """Statements of one kind of claim that were ruled on, and those among them that came true."""

    kind: str
    came_true: int
    scored: int

    @property
    def segments(self) -> tuple[tuple[str, int], ...]:
        return (("fill-for", self.came_true), ("fill-against", self.scored - self.came_true))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An author's record. `ruled` has the largest miss first, and `partly` what came partly true, unscored; `said` is
    the mean chance that the wording implied. `card` holds the scores as a forecaster, None for who never forecast.
    """

    tally: Tally
    quoted: int
    ruled: tuple[RuledStatement, ...]
    partly: tuple[RuledStatement, ...]
    bins: tuple[Bin, ...]
    said: float | None
    card: scorecards.Scorecard | None
    kinds: tuple[KindCount, ...]
    last_deadline: date | None

    @property
    def too_few(self) -> bool:
        return len(self.ruled) < TOO_FEW

    @property
    def hindsight(self) -> int:
        return sum(statement.position.proposition.written_with_hindsight for statement in self.ruled)

    @property
    def share(self) -> float | None:
        """The part of the rulings that came true."""
        return self.tally.came_true / self.tally.scored if self.tally.scored else None

    @property
    def likely(self) -> Interval | None:
        """The range that holds the true share 80 times in 100."""
        return wilson(self.tally.came_true, count=self.tally.scored) if self.tally.scored else None

    @property
    def brier(self) -> float | None:
        return self.card.mean_brier if self.card else None

    @property
    def base_brier(self) -> float | None:
        """The score of somebody who had always said the share that came true."""
        return None if self.share is None else self.share * (1 - self.share)


def record(author: Author) -> Record:
    """Three queries, whatever the number of articles."""
    claims = Claim.objects.accepted().filter(article__authors=author)
    positions = list(
        Position.objects.published()
        .filter(claim__in=claims.filter(speaker_kind=Claim.Speaker.AUTHOR))
        .select_related("claim", "proposition")
    )
    sided = [position for position in positions if position.has_side]
    scored = [position for position in sided if position.status in (Status.CAME_TRUE, Status.DID_NOT)]
    judged = [
        JudgedForecast(probability=position.implied_probability, outcome=position.status == Status.CAME_TRUE)
        for position in scored
        if position.implied_probability is not None
    ]
    card = scorecards.scorecard([author.forecaster]) if author.forecaster else None
    briers = {row.proposition_id: row.brier for row in card.scored} if card else {}
    return Record(
        tally=tally(positions),
        quoted=claims.exclude(speaker_kind=Claim.Speaker.AUTHOR).count(),
        ruled=_ruled(scored, positions=positions, briers=briers),
        partly=_ruled(
            [position for position in sided if position.status == Status.PARTLY], positions=positions, briers={}
        ),
        bins=bins(judged),
        said=fsum(forecast.probability for forecast in judged) / len(judged) if judged else None,
        card=card,
        kinds=_kinds(scored),
        last_deadline=max(
            (position.proposition.deadline for position in positions if not position.proposition.outcome), default=None
        ),
    )


def _ruled(
    scored: Sequence[Position], *, positions: Sequence[Position], briers: dict[int, float]
) -> tuple[RuledStatement, ...]:
    of_claim = Counter(position.claim_id for position in positions)
    statements = [
        RuledStatement(
            position=position,
            address=(position.own_claim if of_claim[position.claim_id] == 1 else position).get_absolute_url(),
            brier=briers.get(position.proposition_id) if position.implied_probability is not None else None,
        )
        for position in scored
    ]
    return tuple(sorted(statements, key=lambda row: (-(row.brier or 0.0), row.position.text)))


def _kinds(scored: Sequence[Position]) -> tuple[KindCount, ...]:
    totals = Counter(position.own_claim.kind for position in scored)
    right = Counter(position.own_claim.kind for position in scored if position.status == Status.CAME_TRUE)
    return tuple(
        KindCount(kind=kind.value, came_true=right[kind], scored=totals[kind]) for kind in Claim.Kind if totals[kind]
    )


def verdict(record: Record) -> str:
    """The finding of the calibration, with its numbers, no surer than they are."""
    if record.said is None or record.share is None or record.likely is None:
        return "Nothing to compare yet"
    numbers = f"Said {record.said:.0%}, came true {record.share:.0%}"
    if record.likely.low <= record.said <= record.likely.high:
        fits = "no further apart than luck explains" if len(record.ruled) >= ENOUGH else "too few to tell from luck"
        return f"{numbers}: {fits}"
    return f"{numbers}: {'surer' if record.said > record.share else 'less sure'} than events"
