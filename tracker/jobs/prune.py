"""Prune: let go of what nobody reads any more. History, evidence and letters stay."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet

from tracker.mail.sending import DRAFT
from tracker.models import Attempt, JobRun, StoryBand

Row = TypeVar("Row", bound=Model)
KEPT = timedelta(days=90)
DRAFTS_KEPT = timedelta(days=1)
SEED = "seed"  # the run that says for good that the first start is done


@dataclass(frozen=True, slots=True, kw_only=True)
class PruneReport:
    """Rows taken away: old runs, attempts at feeds, and keys by which copies of a story are found (some thirty a
    story); and unfinished letters that killed workers left in the outbox."""

    runs: int = 0
    attempts: int = 0
    keys: int = 0
    drafts: int = 0


def prune(now: datetime, *, limit: int = 300_000) -> PruneReport:
    """Take away up to `limit` rows of each kind that are older than 90 days."""
    old = now - KEPT
    return PruneReport(
        runs=_remove(JobRun.objects.filter(started_at__lt=old).exclude(job=SEED), limit=limit),
        attempts=_remove(Attempt.objects.filter(at__lt=old), limit=limit),
        keys=_remove(StoryBand.objects.filter(story__published_at__lt=old), limit=limit),
        drafts=sum(_remove_old(draft, now) for draft in Path(settings.HINDCAST_OUTBOX).glob(f"{DRAFT}*")),
    )


def _remove(rows: QuerySet[Row], *, limit: int) -> int:
    some = rows.order_by().values("pk")[:limit]
    return rows.model._default_manager.filter(pk__in=some).delete()[0]


def _remove_old(draft: Path, now: datetime) -> bool:
    try:
        if draft.stat().st_mtime > (now - DRAFTS_KEPT).timestamp():
            return False
        draft.unlink()
    except FileNotFoundError:
        return False
    return True
