"""Review of one position: the facts it rests on, the verdict on them, and one row for the step it takes.

The job that looks for positions to review and the decision that has just changed a question both end here.
"""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from forecasts.maths import parts
from forecasts.models import Estimate, Proposition
from tracker import verdicts
from tracker.models import Evidence, Position, Status, StatusChange

BY = "review"
FLIPPED = {"yes": "no", "no": "yes"}  # seen from a claim that says No; partly and void look the same from both sides


def review_question(proposition: Proposition, *, by: str, now: datetime, because: str = "") -> None:
    """Review all positions on a question that somebody has just decided about, and say `because` of what."""
    for position in proposition.positions.published().select_related("proposition"):
        review(position, now=now, by=by, because=because)


def review(position: Position, *, now: datetime, by: str = BY, because: str = "") -> bool:
    """Whether the status changed. Only the worker that still finds what it read writes; another's work stands."""
    proposition = position.proposition
    estimate = proposition.estimates.filter(at__lte=now).last()
    verdict = verdicts.judge(_facts(position, estimate, now))
    is_same = verdict.status == position.status
    unchanged = Position.objects.filter(
        pk=position.pk, status=position.status, change_count_seen=position.change_count_seen
    )
    with transaction.atomic():
        took = unchanged.update(
            status=verdict.status,
            status_since=position.status_since if is_same else now,
            change_count_seen=proposition.change_count,
        )
        if not took or is_same:
            return False
        StatusChange.objects.create(
            position=position,
            old=position.status,
            new=verdict.status,
            reason=f"{because} {verdict.reason}".strip()[:500],
            by=by,
            at=now,
            evidence_id=verdict.evidence,
            estimate=estimate,
        )
    return True


def _facts(position: Position, estimate: Estimate | None, now: datetime) -> verdicts.Facts:
    proposition = position.proposition
    before = proposition.estimates.filter(at__lte=position.status_since).last()
    return verdicts.Facts(
        status=position.status,
        chance=position.for_claim(estimate.probability if estimate else proposition.prior),
        chance_before=position.for_claim(before.probability) if before else None,
        bearings=_bearings(position),
        deadline=proposition.deadline,
        is_past_deadline=proposition.is_past_deadline(now),
        ruling=_ruling(position),
        drift=_drift(position, before, estimate),
    )


def _drift(position: Position, before: Estimate | None, estimate: Estimate | None) -> str:
    """The part of the estimate that changed most since the last step, if no story was confirmed since."""
    if estimate is None or position.status == Status.WATCHING:
        return ""
    if position.proposition.evidence.confirmed().filter(decided_at__gt=position.status_since).exists():
        return ""
    sums: defaultdict[str, float] = defaultdict(float)
    for sign, row in ((1, estimate), (-1, before)):
        for part in parts.from_json(row.parts) if row else ():
            sums[part.kind] += sign * part.log_odds
    moved = {kind: abs(change) for kind, change in sums.items() if kind in verdicts.DRIFTS and change}
    return max(moved, key=lambda kind: moved[kind], default="")


def _bearings(position: Position) -> tuple[verdicts.Bearing, ...]:
    facing = -1 if position.side == Position.Side.NO else 1
    confirmed = position.proposition.evidence.confirmed().select_related("story").order_by("published_at", "pk")
    return tuple(_bearing(evidence, facing) for evidence in confirmed)


def _bearing(evidence: Evidence, facing: int) -> verdicts.Bearing:
    return verdicts.Bearing(
        ref=evidence.pk,
        headline=evidence.story.headline,
        direction=facing * evidence.direction,
        strength=evidence.strength,
    )


def _ruling(position: Position) -> verdicts.Ruling | None:
    proposition = position.proposition
    if not proposition.outcome:
        return None
    ruling = proposition.resolutions.get(reversed_at__isnull=True)
    outcome = FLIPPED.get(ruling.outcome, ruling.outcome) if position.side == Position.Side.NO else ruling.outcome
    return verdicts.Ruling(outcome=outcome, by=ruling.ruled_by, reason=ruling.reason)
