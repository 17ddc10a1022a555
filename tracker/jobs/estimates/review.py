"""Review: where each test stands now, and one row for each step it takes."""

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forecasts.maths import parts
from forecasts.models import Estimate, Proposition
from tracker import verdicts
from tracker.models import Evidence, Status, StatusChange, Test

log = logging.getLogger(__name__)
BY = "review"
TURNED = {"yes": "no", "no": "yes"}  # seen from a claim that says No; partly and void look the same from both sides


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReport:
    """Tests looked at, statuses changed, tests that failed (each is in the log by number)."""

    looked_at: int = 0
    changed: int = 0
    failed: int = 0


def review(now: datetime, *, limit: int = 1000) -> ReviewReport:
    """Review up to `limit` tests whose proposition moved or whose deadline has passed."""
    changed = failed = 0
    waiting = list(Test.objects.to_review(now).select_related("proposition")[:limit])
    for test in waiting:
        try:
            changed += _review(test, now)
        except Exception:
            log.exception("No review of test %s", test.pk)
            failed += 1
    return ReviewReport(looked_at=len(waiting), changed=changed, failed=failed)


def _review(test: Test, now: datetime) -> bool:
    """Whether the status changed. Only the worker that still finds what it read writes; another's work stands."""
    proposition = test.proposition
    estimate = proposition.estimates.filter(at__lte=now).last()
    verdict = verdicts.judge(_facts(test, estimate, now))
    with transaction.atomic():
        took = Test.objects.filter(pk=test.pk, status=test.status, moves_seen=test.moves_seen).update(
            status=verdict.status,
            status_since=test.status_since if verdict.status == test.status else now,
            moves_seen=proposition.moves,
        )
        if not took or verdict.status == test.status:
            return False
        StatusChange.objects.create(
            test=test,
            old=test.status,
            new=verdict.status,
            reason=verdict.reason[:500],
            by=BY,
            at=now,
            evidence_id=verdict.evidence,
            estimate=estimate,
        )
    return True


def _facts(test: Test, estimate: Estimate | None, now: datetime) -> verdicts.Facts:
    proposition = test.proposition
    return verdicts.Facts(
        status=test.status,
        chance=test.for_claim(estimate.probability if estimate else proposition.prior),
        bearings=_bearings(test),
        deadline=proposition.deadline,
        is_past_deadline=proposition.is_past_deadline(now),
        ruling=_ruling(test, proposition),
        drift=_drift(test, estimate),
    )


def _drift(test: Test, estimate: Estimate | None) -> str:
    """What changed most in the estimate since the last step of the status, if no story was confirmed since."""
    if estimate is None or test.status == Status.WATCHING:
        return ""
    proposition = test.proposition
    if proposition.evidence.confirmed().filter(decided_at__gt=test.status_since).exists():
        return ""
    before = proposition.estimates.filter(at__lte=test.status_since).last()
    sums: defaultdict[str, float] = defaultdict(float)
    for sign, row in ((1, estimate), (-1, before)):
        for part in parts.from_json(row.parts) if row else ():
            sums[part.kind] += sign * part.log_odds
    moved = {kind: abs(change) for kind, change in sums.items() if kind in verdicts.DRIFTS and change}
    return max(moved, key=lambda kind: moved[kind], default="")


def _bearings(test: Test) -> tuple[verdicts.Bearing, ...]:
    confirmed = test.proposition.evidence.confirmed().select_related("story").order_by("published_at", "pk")
    return tuple(_bearing(evidence, -1 if test.side == Test.Side.NO else 1) for evidence in confirmed)


def _bearing(evidence: Evidence, facing: int) -> verdicts.Bearing:
    return verdicts.Bearing(
        ref=evidence.pk,
        headline=evidence.story.headline,
        direction=facing * evidence.direction,
        strength=evidence.strength,
    )


def _ruling(test: Test, proposition: Proposition) -> verdicts.Ruling | None:
    if not proposition.outcome:
        return None
    ruling = proposition.resolutions.get(reversed_at__isnull=True)
    outcome = TURNED.get(ruling.outcome, ruling.outcome) if test.side == Test.Side.NO else ruling.outcome
    return verdicts.Ruling(outcome=outcome, by=ruling.ruled_by, reason=ruling.reason)
