"""Following claims, articles and questions, and stopping; the first letter tells what changed since that day."""

from datetime import datetime

from django.db import transaction

from forecasts.models import Proposition
from forecasts.refused import Refused
from tracker.curation.decisions import Verb, note
from tracker.models import Article, Claim, Notice, Subscription, User

Subject = Claim | Article | Proposition


def follow(reader: User, *, subject: Subject, at: datetime) -> Subscription:
    """Start to follow; twice is once. What stands now counts as known, so that no letter repeats it."""
    if not reader.email:
        raise Refused("Your account has no address for letters: ask a curator to add one.")
    if isinstance(subject, Claim) and subject.state != Claim.State.ACCEPTED:
        raise Refused("This claim is not shown to readers, so nobody can follow it.")
    if isinstance(subject, Proposition) and subject.state == Proposition.State.DRAFT:
        raise Refused("This question is a draft, so nobody can follow it yet.")
    with transaction.atomic():
        subscription, is_new = Subscription.objects.get_or_create(
            user=reader, ended_at=None, **about(subject), defaults={"created_at": at}
        )
        if is_new:
            tell(subscription, at=at)
            note(Verb.FOLLOW, subject=subject, by=reader, at=at)
    return subscription


def unfollow(reader: User, *, subject: Subject, at: datetime) -> bool:
    """Stop to follow; whether there was anything to stop."""
    with transaction.atomic():
        ended = reader.subscriptions.filter(ended_at=None, **about(subject)).update(ended_at=at)
        if ended:
            note(Verb.UNFOLLOW, subject=subject, by=reader, at=at)
    return bool(ended)


def unfollow_all(reader: User, *, at: datetime, reason: str) -> int:
    """End every letter to a reader, as the link in each letter does; how many things were followed."""
    with transaction.atomic():
        ended = reader.subscriptions.filter(ended_at=None).update(ended_at=at)
        if ended:
            note(Verb.UNFOLLOW_ALL, subject=reader, by=reader, at=at, reason=reason, before={"followed": ended})
    return ended


def tell(subscription: Subscription, *, at: datetime) -> None:
    """Count everything that stands now as known to the reader."""
    positions = subscription.positions().with_chance()
    Notice.objects.bulk_create(
        Notice(
            subscription=subscription,
            position=position,
            status=position.status,
            probability=position.chance_of_yes,  # type: ignore[attr-defined]
            at=at,
        )
        for position in positions
    )


def about(subject: Subject) -> dict[str, Subject]:
    """The column of a subscription to it, with what stands there."""
    if isinstance(subject, Proposition):
        return {"proposition": subject}
    return {"claim": subject} if isinstance(subject, Claim) else {"article": subject}
