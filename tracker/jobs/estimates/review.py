"""Review: the status of each position whose question moved or whose deadline has passed."""

import logging
from dataclasses import dataclass
from datetime import datetime

from tracker import reviews
from tracker.models import Position

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReport:
    """Positions looked at, statuses changed, positions that failed (each is in the log by number)."""

    looked_at: int = 0
    changed: int = 0
    failed: int = 0


def review(now: datetime, *, limit: int = 1000) -> ReviewReport:
    """Review up to `limit` positions, each in a transaction of its own."""
    changed = failed = 0
    waiting = list(Position.objects.to_review(now).select_related("proposition")[:limit])
    for position in waiting:
        try:
            changed += reviews.review(position, now=now)
        except Exception:
            log.exception("No review of position %s", position.pk)
            failed += 1
    return ReviewReport(looked_at=len(waiting), changed=changed, failed=failed)
