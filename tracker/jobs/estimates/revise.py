"""Revise: a new estimate for each proposition whose evidence or crowd changed, or that time alone has moved."""

import logging
from datetime import datetime

from forecasts import estimates
from forecasts.models import Proposition
from tracker import signals
from tracker.jobs.runs import RowsReport, each

log = logging.getLogger(__name__)


def revise(now: datetime, *, limit: int = 500) -> RowsReport:
    """Revise up to `limit` propositions, each in a transaction of its own: the unsettled, then those of yesterday."""
    waiting = list(Proposition.objects.unsettled()[:limit])
    waiting += Proposition.objects.aged(now)[: limit - len(waiting)]
    worths, by = (signals.worths(), estimates.parameters()) if waiting else ({}, None)

    def estimated(row: Proposition) -> bool:
        return estimates.revise(row, signals=signals.signals(row, worths=worths), at=now, by=by) is not None

    return each(waiting, estimated, log=log, failure="No estimate for proposition %s")
