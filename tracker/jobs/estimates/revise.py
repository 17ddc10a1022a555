"""Revise: a new estimate for each proposition whose evidence or crowd changed, or that time alone has moved."""

import logging
from dataclasses import dataclass
from datetime import datetime

from forecasts import estimates
from forecasts.models import Proposition
from tracker import signals

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseReport:
    """Propositions looked at, estimates written, propositions that failed (each is in the log by number)."""

    looked_at: int = 0
    revised: int = 0
    failed: int = 0


def revise(now: datetime, *, limit: int = 500) -> ReviseReport:
    """Revise up to `limit` propositions, each in a transaction of its own: the unsettled, then those of yesterday."""
    revised = failed = 0
    waiting = list(Proposition.objects.unsettled()[:limit])
    waiting += Proposition.objects.aged(now)[: limit - len(waiting)]
    worths, by = (signals.worths(), estimates.parameters()) if waiting else ({}, None)
    for proposition in waiting:
        try:
            known = signals.signals(proposition, worths=worths)
            revised += estimates.revise(proposition, signals=known, at=now, by=by) is not None
        except Exception:
            log.exception("No estimate for proposition %s", proposition.pk)
            failed += 1
    return ReviseReport(looked_at=len(waiting), revised=revised, failed=failed)
