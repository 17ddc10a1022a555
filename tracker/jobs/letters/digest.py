"""Digest: one letter to each reader for whom something changed; none where nothing did."""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from tracker import mail
from tracker.jobs.letters import changes
from tracker.jobs.runs import RowsReport, each
from tracker.models import Notice, Subscription, User
from tracker.models.leases import has_come

log = logging.getLogger(__name__)
PAUSE = timedelta(hours=20)  # one letter a day, though the schedule may come a little early


def digest(now: datetime, *, limit: int = 200) -> RowsReport:
    """Write to up to `limit` readers. The letter is stored with what it told, so neither stands without the other."""
    return each(list(_waiting(now)[:limit]), lambda row: _write(row, now), log=log, failure="No digest for user %s")


def _waiting(now: datetime) -> QuerySet[User]:
    """Readers with news whose last letter is old enough, the longest waiting first."""
    with_news = Subscription.objects.active().with_news().values("user")
    rested = has_come("last_digest_at", now=now - PAUSE)
    return User.objects.filter(rested, pk__in=with_news).order_by(F("last_digest_at").asc(nulls_first=True), "pk")


def _write(reader: User, now: datetime) -> bool:
    """Whether a letter was written. Of several workers one takes the reader; the others find the mark moved."""
    with transaction.atomic():
        if not User.objects.filter(pk=reader.pk, last_digest_at=reader.last_digest_at).update(last_digest_at=now):
            return False
        subscriptions = list(reader.subscriptions.active().prefetch_related("notices"))
        followed = changes.followed(subscriptions)
        found = [about for about in followed if about.is_news]
        if not found:
            transaction.set_rollback(True)  # unfollowed or changed back in the meantime: nothing was told
            return False
        letter = mail.digest_letter(
            reader,
            news=[changes.news(about) for about in found],
            followed=len({about.position.proposition_id for about in followed}),
            since=_since(reader, subscriptions),
            at=now,
        )
        letter.save()
        _tell(found, now)
    return True


def _since(reader: User, subscriptions: Sequence[Subscription]) -> date:
    """The day from which the letter tells."""
    return (reader.last_digest_at or min(subscription.created_at for subscription in subscriptions)).date()


def _tell(found: Sequence[changes.Followed], now: datetime) -> None:
    """Every subscription that reaches what the letter says knows it from now on."""
    rows = [
        Notice(
            subscription_id=subscription,
            position=about.position,
            status=about.position.status,
            probability=about.chance,
            at=now,
        )
        for about in found
        for subscription in about.notices
    ]
    Notice.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["subscription", "position"],
        update_fields=["status", "probability", "at"],
    )
