"""What came of what an author said in his or her own voice: rulings, sureness, calibration, by kind."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from forecasts import scorecards
from forecasts.maths.calibration import TOO_FEW, Bin, Interval, JudgedForecast, bins, wilson
from tracker.models import Author, Claim, Position, Status
from tracker.pages.questions import rows
from tracker.pages.questions.status_counts import Tally, tally

ENOUGH = 30  # rulings from which on a fit is called one


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A statement ruled true or not; `sureness` and `brier` are None where the wording implied no chance."""

    title: str
    address: str
    status: str
    sureness: float | None
    brier: float | None
    hindsight: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """How statements of one kind of claim came out."""

    kind: str
    came_true: int
    scored: int

    @property
    def segments(self) -> tuple[tuple[str, int], ...]:
        return (("f-pro", self.came_true), ("f-con", self.scored - self.came_true))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An author's record. `ruled` has the largest miss first, and `partly` what came partly true, unscored; `said` is
    the mean chance that the wording implied. `card` holds the scores as a forecaster, None for who never forecast.
    """

    tally: Tally
    quoted: int
    ruled: tuple[Ruled, ...]
    partly: tuple[Ruled, ...]
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
        return sum(one.hindsight for one in self.ruled)

    @property
    def share(self) -> float | None:
        """Of the rulings, how many came true."""
        return self.tally.came_true / self.tally.scored if self.tally.scored else None

    @property
    def likely(self) -> Interval | None:
        """What the true share may be, 80 times in 100."""
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
    sided = [position for position in positions if position.side != Position.Side.NONE]
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
        said=fsum(one.probability for one in judged) / len(judged) if judged else None,
        card=card,
        kinds=_kinds(scored),
        last_deadline=max(
            (position.proposition.deadline for position in positions if not position.proposition.outcome), default=None
        ),
    )


def _ruled(scored: Sequence[Position], *, positions: Sequence[Position], briers: dict[int, float]) -> tuple[Ruled, ...]:
    of_claim = Counter(position.claim_id for position in positions)
    found = [
        Ruled(
            title=position.text,
            address=rows.address(position, is_alone=of_claim[position.claim_id] == 1),
            status=position.status,
            sureness=position.implied_probability,
            brier=briers.get(position.proposition_id) if position.implied_probability is not None else None,
            hindsight=position.proposition.written_with_hindsight,
        )
        for position in scored
    ]
    return tuple(sorted(found, key=lambda row: (-(row.brier or 0.0), row.title)))


def _kinds(scored: Sequence[Position]) -> tuple[KindCount, ...]:
    found = []
    for kind in Claim.Kind:
        statuses = [position.status for position in scored if position.own_claim.kind == kind]
        if statuses:
            found.append(
                KindCount(kind=kind.value, came_true=statuses.count(Status.CAME_TRUE.value), scored=len(statuses))
            )
    return tuple(found)


def verdict(found: Record) -> str:
    """What the calibration shows, with its numbers, no surer than they are."""
    if found.said is None or found.share is None or found.likely is None:
        return "Nothing to compare yet"
    numbers = f"Said {found.said:.0%}, came true {found.share:.0%}"
    if found.likely.low <= found.said <= found.likely.high:
        fits = "no further apart than luck explains" if len(found.ruled) >= ENOUGH else "too few to tell from luck"
        return f"{numbers}: {fits}"
    return f"{numbers}: {'surer' if found.said > found.share else 'less sure'} than events"
