"""Calls of hubs at the address that we gave them: that they begin or stop, that they refuse, and the news itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from django.db import transaction
from django.db.models import F

from news.formats.markup import plain
from news.polling import websub
from news.polling.schedule import SHORTEST
from tracker.models import Feed, Push, PushedDocument

State = Push.State


class Received(Enum):
    """The fate of a document that was sent."""

    STORED = auto()
    IGNORED = auto()  # not signed as agreed; the sender is not told, as the recommendation asks
    LEFT_TO_POLLING = auto()  # too many wait already
    UNWANTED = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    body: bytes
    content_type: str
    signature: str


def verify(path: str, *, parameters: Mapping[str, str], now: datetime) -> str | None:
    """Answer to a hub's question ("" for a denial); None where we have asked for no such thing."""
    question = websub.verification(parameters)
    if question is None:
        return None
    with transaction.atomic():
        row = Push.objects.select_for_update(of=("self",)).select_related("feed").filter(path=path).first()
        if row is None or row.topic != question.topic:
            return None
        return _answer(row, question, now)


def _answer(row: Push, question: websub.Verification, now: datetime) -> str | None:
    is_wanted = row.feed.state == Feed.State.ACTIVE and row.state in (State.ASKED, State.ACTIVE)
    if question.mode == "unsubscribe" and row.state == State.ENDED:
        _save(row, next_try_at=None, last_error="")
    elif question.mode == "subscribe" and is_wanted:
        renewal = websub.renewed_at(now, lease=question.lease)
        _save(row, state=State.ACTIVE, lapses_at=now + question.lease, next_try_at=renewal, failures=0, last_error="")
    elif question.mode == "denied" and is_wanted:
        why = plain(question.reason)[:400]
        words = f"The hub refused: {why}" if why else "The hub refused and gave no reason."
        _save(row, state=State.DENIED, lapses_at=None, next_try_at=now + websub.DENIED_WAIT, last_error=words)
    else:
        return None
    return question.challenge


def _save(row: Push, **fields: object) -> None:
    """Save these fields and give the lease up: a worker that waits for the hub's answer has nothing to add."""
    for name, value in {**fields, "lease_until": None, "lease_token": ""}.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields, "lease_until", "lease_token"])


def accept(path: str, *, sent: Sent, now: datetime) -> Received:
    """Keep a document that a hub has sent for the next run of the receive job."""
    row = Push.objects.select_related("feed").filter(path=path).first()
    if row is None:
        return Received.UNKNOWN
    if row.state == State.ENDED:
        return Received.UNWANTED
    if not websub.is_signed(sent.body, header=sent.signature, secret=row.secret):
        words = "Something that was not signed as agreed was sent in the hub's name; it was ignored."
        Push.objects.filter(pk=row.pk).update(failures=F("failures") + 1, last_error=words)
        return Received.IGNORED
    if row.feed.state != Feed.State.ACTIVE:
        return Received.IGNORED
    return _keep(row, sent, now)


def _keep(row: Push, sent: Sent, now: datetime) -> Received:
    with transaction.atomic():
        # Held while counting, so that a hub that sends many at once does not get past the bound.
        held = Push.objects.select_for_update().filter(pk=row.pk, path=row.path)
        if not held.values_list("pk").first():
            return Received.UNKNOWN
        Push.objects.filter(pk=row.pk).update(last_push_at=now)
        Push.objects.filter(pk=row.pk, state=State.ACTIVE).update(failures=0, last_error="")
        if PushedDocument.objects.filter(feed=row.feed_id).count() >= websub.MAX_WAITING:
            _poll_soon(row.feed_id, now)
            return Received.LEFT_TO_POLLING
        PushedDocument.objects.create(
            feed_id=row.feed_id, received_at=now, content_type=sent.content_type[:200], body=sent.body
        )
        return Received.STORED


def _poll_soon(feed: int, now: datetime) -> None:
    """Poll at once where the feed is well and was not asked just now: a hub must not drive us to its publisher."""
    well = Feed.objects.filter(pk=feed, failures=0, next_poll_at__gt=now)
    well.exclude(last_attempt_at__gt=now - SHORTEST).update(next_poll_at=now)
