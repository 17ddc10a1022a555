"""Revise: a new estimate for each proposition whose evidence or crowd changed."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from forecasts import estimates
from forecasts.maths.evidence import STRENGTHS, Signal
from forecasts.models import Proposition
from tracker.models import Evidence

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseReport:
    """Propositions looked at, estimates written, propositions that failed (each is in the log by number)."""

    looked_at: int = 0
    revised: int = 0
    failed: int = 0


def revise(now: datetime, *, limit: int = 500) -> ReviseReport:
    """Revise up to `limit` unsettled propositions, each in a transaction of its own."""
    revised = failed = 0
    unsettled = list(Proposition.objects.unsettled()[:limit])
    for proposition in unsettled:
        try:
            revised += estimates.revise(proposition, signals=signals(proposition), at=now) is not None
        except Exception:
            log.exception("No estimate for proposition %s", proposition.pk)
            failed += 1
    return ReviseReport(looked_at=len(unsettled), revised=revised, failed=failed)


def signals(proposition: Proposition) -> Iterator[Signal]:
    """What people confirmed about it, read when iterated. A suggestion moves nothing, whatever its confidence."""
    confirmed = proposition.evidence.confirmed().select_related("revision__entry__feed__outlet")
    confirmed = confirmed.defer("revision__body")
    yield from (signal(evidence) for evidence in confirmed)


def signal(evidence: Evidence) -> Signal:
    """One confirmed story as plain data, of the time it was published: stories of one day share what they say."""
    outlet = evidence.revision.entry.feed.outlet
    return Signal(
        ref=str(evidence.pk),
        direction=evidence.direction,
        strength=STRENGTHS[evidence.strength] if evidence.strength else 0.0,
        weight=outlet.weight if outlet else 1.0,
        at=evidence.published_at,
    )
