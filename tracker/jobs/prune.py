"""Prune: let go of what nobody reads any more. History, evidence and letters stay."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from tracker.mail.sending import DRAFT
from tracker.models import Attempt, JobRun

KEPT = timedelta(days=90)
DRAFTS_KEPT = timedelta(days=1)
SEED = "seed"  # the run that says for good that the first start is done


@dataclass(frozen=True, slots=True, kw_only=True)
class PruneReport:
    """Rows of old runs and feed attempts taken away, and unfinished letters that killed workers left in the outbox."""

    runs: int = 0
    attempts: int = 0
    drafts: int = 0


def prune(now: datetime, *, limit: int = 10_000) -> PruneReport:
    """Take away up to `limit` rows of each kind that are older than 90 days."""
    runs = JobRun.objects.filter(started_at__lt=now - KEPT).exclude(job=SEED).order_by("pk")[:limit]
    attempts = Attempt.objects.filter(at__lt=now - KEPT).order_by("pk")[:limit]
    return PruneReport(
        runs=JobRun.objects.filter(pk__in=list(runs.values_list("pk", flat=True))).delete()[0],
        attempts=Attempt.objects.filter(pk__in=list(attempts.values_list("pk", flat=True))).delete()[0],
        drafts=sum(_remove_old(draft, now) for draft in Path(settings.HINDCAST_OUTBOX).glob(f"{DRAFT}*")),
    )


def _remove_old(draft: Path, now: datetime) -> bool:
    try:
        if draft.stat().st_mtime > (now - DRAFTS_KEPT).timestamp():
            return False
        draft.unlink()
    except FileNotFoundError:
        return False
    return True
