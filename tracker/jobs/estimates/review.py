"""Review: the status of each position whose question moved or whose deadline has passed."""

import logging
from datetime import datetime

from tracker import reviews
from tracker.jobs.runs import RowsReport, each
from tracker.models import Position

log = logging.getLogger(__name__)


def review(now: datetime, *, limit: int = 1000) -> RowsReport:
    """Review up to `limit` positions, each in a transaction of its own; made are changes of status."""
    waiting = list(Position.objects.to_review(now).select_related("proposition")[:limit])
    return each(waiting, lambda row: reviews.review(row, now=now), log=log, failure="No review of position %s")
