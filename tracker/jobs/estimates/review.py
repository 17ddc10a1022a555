"""Review: where each position stands now, and one row for each step it takes."""

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forecasts.maths import parts
from forecasts.models import Estimate, Proposition
from tracker import verdicts
from tracker.models import Evidence, Position, Status, StatusChange

log = logging.getLogger(__name__)
BY = "review"
TURNED = {"yes": "no", "no": "yes"}  # seen from a claim that says No; partly and void look the same from both sides


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReport:
    """Positions looked at, statuses changed, positions that failed (each is in the log by number)."""

    looked_at: int = 0
    changed: int = 0
    failed: int = 0


def review(now: datetime, *, limit: int = 1000) -> ReviewReport:
    """Review up to `limit` positions whose proposition moved or whose deadline has passed."""
    changed = failed = 0
    waiting = list(Position.objects.to_review(now).select_related("proposition")[:limit])
    for position in waiting:
        try:
            changed += _review(position, now)
        except Exception:
            log.exception("No review of test %s", position.pk)
            failed += 1
    return ReviewReport(looked_at=len(waiting), changed=changed, failed=failed)


def _review(position: Position, now: datetime) -> bool:
    """Whether the status changed. Only the worker that still finds what it read writes; another's work stands."""
    proposition = position.proposition
    estimate = proposition.estimates.filter(at__lte=now).last()
    verdict = verdicts.judge(_facts(position, estimate, now))
    with transaction.atomic():
        took = Position.objects.filter(
            pk=position.pk, status=position.status, change_count_seen=position.change_count_seen
        ).update(
            status=verdict.status,
            status_since=position.status_since if verdict.status == position.status else now,
            change_count_seen=proposition.change_count,
        )
        if not took or verdict.status == position.status:
            return False
        StatusChange.objects.create(
            position=position,
            old=position.status,
            new=verdict.status,
            reason=verdict.reason[:500],
            by=BY,
            at=now,
            evidence_id=verdict.evidence,
            estimate=estimate,
        )
    return True


def _facts(position: Position, estimate: Estimate | None, now: datetime) -> verdicts.Facts:
    proposition = position.proposition
    return verdicts.Facts(
        status=position.status,
        chance=position.for_claim(estimate.probability if estimate else proposition.prior),
        bearings=_bearings(position),
        deadline=proposition.deadline,
        is_past_deadline=proposition.is_past_deadline(now),
        ruling=_ruling(position, proposition),
        drift=_drift(position, estimate),
    )


def _drift(position: Position, estimate: Estimate | None) -> str:
    """What changed most in the estimate since the last step of the status, if no story was confirmed since."""
    if estimate is None or position.status == Status.WATCHING:
        return ""
    proposition = position.proposition
    if proposition.evidence.confirmed().filter(decided_at__gt=position.status_since).exists():
        return ""
    before = proposition.estimates.filter(at__lte=position.status_since).last()
    sums: defaultdict[str, float] = defaultdict(float)
    for sign, row in ((1, estimate), (-1, before)):
        for part in parts.from_json(row.parts) if row else ():
            sums[part.kind] += sign * part.log_odds
    moved = {kind: abs(change) for kind, change in sums.items() if kind in verdicts.DRIFTS and change}
    return max(moved, key=lambda kind: moved[kind], default="")


def _bearings(position: Position) -> tuple[verdicts.Bearing, ...]:
    confirmed = position.proposition.evidence.confirmed().select_related("story").order_by("published_at", "pk")
    return tuple(_bearing(evidence, -1 if position.side == Position.Side.NO else 1) for evidence in confirmed)


def _bearing(evidence: Evidence, facing: int) -> verdicts.Bearing:
    return verdicts.Bearing(
        ref=evidence.pk,
        headline=evidence.story.headline,
        direction=facing * evidence.direction,
        strength=evidence.strength,
    )


def _ruling(position: Position, proposition: Proposition) -> verdicts.Ruling | None:
    if not proposition.outcome:
        return None
    ruling = proposition.resolutions.get(reversed_at__isnull=True)
    outcome = TURNED.get(ruling.outcome, ruling.outcome) if position.side == Position.Side.NO else ruling.outcome
    return verdicts.Ruling(outcome=outcome, by=ruling.ruled_by, reason=ruling.reason)
