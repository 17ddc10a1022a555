"""Prune: let go of what nobody reads any more. Evidence and the words it cites, history and letters stay."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, Model, OuterRef, ProtectedError, Q, QuerySet
from django.db.models.functions import TruncDate

from tracker.mail.sending import DRAFT
from tracker.models import (
    Attempt,
    Entry,
    Evidence,
    Feed,
    FullText,
    JobRun,
    PushedDocument,
    Revision,
    Story,
    StoryBand,
    turns,
)

log = logging.getLogger(__name__)

Row = TypeVar("Row", bound=Model)
KEPT = timedelta(days=90)
DRAFTS_KEPT = timedelta(days=1)
PUSHED_KEPT = timedelta(days=7)
SEED = "seed"  # the run that says for good that the first start is done
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PruneReport:
    """Rows taken away: old runs, attempts at feeds, and keys by which copies of a story are found (some thirty a
    story); unfinished letters that killed workers left in the outbox; documents that hubs sent and nobody read; and
    entries that never became evidence, with what they said and the stories that nobody else tells."""

    runs: int = 0
    attempts: int = 0
    keys: int = 0
    drafts: int = 0
    pushed: int = 0
    entries: int = 0
    revisions: int = 0
    full_texts: int = 0
    stories: int = 0


def prune(now: datetime, *, limit: int = 300_000) -> PruneReport:
    """Take away up to `limit` rows of each kind that have had their time."""
    old = now - KEPT
    return PruneReport(
        runs=_remove(JobRun.objects.filter(started_at__lt=old).exclude(job=SEED), limit=limit),
        attempts=_remove(Attempt.objects.filter(at__lt=old), limit=limit),
        keys=_remove(StoryBand.objects.filter(story__published_at__lt=old), limit=limit),
        drafts=sum(_remove_old(draft, now) for draft in Path(settings.HINDCAST_OUTBOX).glob(f"{DRAFT}*")),
        pushed=_remove(PushedDocument.objects.filter(received_at__lt=now - PUSHED_KEPT), limit=limit),
        **_remove_news(now, limit=limit),
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


def _remove_news(now: datetime, *, limit: int) -> Counter[str]:
    """Up to `limit` unneeded entries, a transaction each BATCH, so that nobody waits long for the rows it holds."""
    if not settings.HINDCAST_KEEP_ENTRIES_DAYS:
        return Counter()
    unneeded = _unneeded(now - timedelta(days=settings.HINDCAST_KEEP_ENTRIES_DAYS))
    done: Counter[str] = Counter()
    last = looked = 0
    while looked < limit:
        some = unneeded.filter(pk__gt=last).order_by("pk").values_list("pk", "feed_id")[: min(BATCH, limit - looked)]
        if not (found := list(some)):
            break
        looked, last = looked + len(found), found[-1][0]
        try:
            done += _remove_entries(unneeded, [pk for pk, _ in found], feeds={feed for _, feed in found})
        except (ProtectedError, IntegrityError):
            log.info("An entry was cited while it was to go; it stays, and the next run goes on from there.")
            break
    return done


def _unneeded(before: datetime) -> QuerySet[Entry]:
    """Entries that no evidence hangs on and that their feeds have not listed since.

    What a feed's last document still lists would come back as new. What waits to be matched may yet become evidence.
    """
    day = before.astimezone(UTC).date()
    seen_on = TruncDate("first_seen_at", tzinfo=UTC)
    unlisted = Q(listed_on__lt=day, feed__read_on__gt=F("listed_on")) | Q(
        listed_on__isnull=True, first_seen_at__date__lt=day, feed__read_on__gt=seen_on
    )
    story_is_evidence = Exists(Evidence.objects.filter(story=OuterRef("story")))
    is_cited = Exists(Evidence.objects.filter(revision__entry=OuterRef("pk")))
    unneeded = Entry.objects.filter(unlisted, ~story_is_evidence, ~is_cited, matched_at__isnull=False)
    return unneeded.exclude(feed__state=Feed.State.ARCHIVE).order_by()


def _remove_entries(unneeded: QuerySet[Entry], chosen: Sequence[int], *, feeds: set[int]) -> Counter[str]:
    """Remove the chosen entries that are still unneeded once nobody else can write them any more."""
    with transaction.atomic():
        # Who stores a feed's entries holds its row; who begins stories or tells them again waits for us; who matches
        # holds the entries.
        list(Feed.objects.select_for_update().filter(pk__in=feeds).order_by("pk").values_list("pk"))
        turns.wait_for(turns.DatabaseTurn.STORIES)
        list(Entry.objects.select_for_update().filter(pk__in=chosen).order_by("pk").values_list("pk"))
        entries = dict(unneeded.filter(pk__in=chosen).values_list("pk", "story_id"))
        full_texts = FullText.objects.filter(entry__in=list(entries)).only("pk").delete()[0]
        revisions = Revision.objects.filter(entry__in=list(entries)).only("pk").delete()[0]
        Entry.objects.filter(pk__in=list(entries)).delete()
        untold = Story.objects.filter(pk__in=set(entries.values()), entries__isnull=True, evidence__isnull=True)
        gone = list(untold.values_list("pk", flat=True))
        StoryBand.objects.filter(story__in=gone).delete()
        Story.objects.filter(pk__in=gone).only("pk").delete()
    return Counter(entries=len(entries), revisions=revisions, full_texts=full_texts, stories=len(gone))
