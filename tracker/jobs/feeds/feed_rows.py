"""A feed's own row after a look at it: how it went, what it says of itself, and when to look next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from operator import attrgetter
from urllib.parse import urlsplit

from news.fetch.connections import Fetched
from news.formats.documents import Parsed
from news.polling.redirects import moved
from news.polling.schedule import Look, asked_wait, demanded_wait, next_poll
from news.polling.websub import slowed
from tracker.models import Feed, Push, bulk


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One look at a feed: the answer, and what its document said; None where it is the one that was read before.

    `token` is the lease under which it was read; without one the feed is leased to nobody (its hub sent the document).
    """

    feed: Feed
    answer: Fetched
    parsed: Parsed | None
    document_sha256: str = ""
    token: str = ""

    @property
    def is_first(self) -> bool:
        """Whether nothing of this feed can be stored yet."""
        return self.feed.last_success_at is None and bool(self.token)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one look brought; `lease_lost` if somebody else had taken the feed over, so that nothing was stored."""

    new_entries: int = 0
    new_revisions: int = 0
    error: str = ""
    lease_lost: bool = False


# What each look may change, and what only a document that was read does; nobody else writes these.
_EACH = (
    "last_attempt_at",
    "last_success_at",
    "last_error",
    "failures",
    "interval_minutes",
    "next_poll_at",
    "moved_to",
    "moves_seen",
    "lease_until",
    "lease_token",
)
_HEARD = (
    *_EACH,
    "warning",
    "etag",
    "last_modified",
    "document_sha256",
    "read_on",
    "language",
    "hub",
    "topic",
    "asked_minutes",
    "skip_hours",
    "skip_days",
)


def remember(looks: Sequence[tuple[Reading, Outcome]], *, now: datetime) -> None:
    """Write what each look changes in its feed's row, and give the lease back.

    Only columns that nobody else writes: a curator may have mended the feed meanwhile. The rows are locked already.
    """
    polled = [(reading, outcome) for reading, outcome in looks if reading.token]
    keys = [reading.feed.pk for reading, _ in polled]
    pushed_to = set(Push.objects.delivering(now).filter(feed__pk__among=keys).values_list("feed_id", flat=True))
    for reading, outcome in polled:
        _after(reading, outcome, now, is_pushed=reading.feed.pk in pushed_to)
    for names, has_news in ((_EACH, False), (_HEARD, True)):
        values = attrgetter(*names, "pk")
        bulk.update(Feed, names, [values(reading.feed) for reading, _ in polled if bool(reading.parsed) == has_news])
    gone = [reading.feed.pk for reading, _ in polled if reading.answer.status == HTTPStatus.GONE]
    if gone:
        Feed.objects.filter(pk__in=gone, state=Feed.State.ACTIVE).update(state=Feed.State.STOPPED)
    _name([reading for reading, outcome in polled if not outcome.error])
    # What a hub sends may be a part of the feed, without the wishes and validators of its server: polling learns these.
    heard = [reading.feed.pk for reading, outcome in looks if not reading.token and not outcome.error]
    if heard:
        Feed.objects.filter(pk__in=heard).update(last_attempt_at=now, last_success_at=now)


def _after(reading: Reading, outcome: Outcome, now: datetime, *, is_pushed: bool) -> None:
    """The feed as it is now; its object is changed, the row not yet. What its hub sends need not be polled for."""
    feed, answer, parsed = reading.feed, reading.answer, reading.parsed
    before = feed.last_success_at
    feed.lease_until, feed.lease_token = None, ""
    feed.last_attempt_at = now
    feed.last_error = outcome.error[:500]
    if outcome.error:
        feed.failures += 1
    else:
        feed.failures, feed.last_success_at = 0, now
        if parsed is not None:
            _hear(feed, reading, parsed, now)
    look = Look(
        address=feed.address,
        interval_minutes=feed.interval_minutes,
        failures=feed.failures,
        new_entries=outcome.new_entries,
        since=now - before if before else None,
        published=[item.published_at for item in parsed.entries if item.published_at] if parsed and not before else (),
        asked=asked_wait(answer.headers, ttl_minutes=feed.asked_minutes, now=now),
        retry_after=demanded_wait(answer.headers, now=now),
        skip_hours=feed.skip_hours,
        skip_days=feed.skip_days,
    )
    poll = next_poll(now, look)
    is_left_to_hub = is_pushed and not outcome.error
    feed.next_poll_at = now + slowed(poll.at - now) if is_left_to_hub else poll.at
    feed.interval_minutes = poll.interval_minutes
    if answer.status:
        moves = moved(
            feed.moved_to,
            seen=feed.moves_seen,
            moved_permanently_to=answer.moved_permanently_to,
            address=feed.address,
            is_readable=not outcome.error,
        )
        feed.moved_to, feed.moves_seen = moves.to, moves.seen


def _hear(feed: Feed, reading: Reading, parsed: Parsed, now: datetime) -> None:
    """What a document that was read says of its feed, and what the next request sends back."""
    feed.etag = _header(reading.answer, "etag", 500)
    feed.last_modified = _header(reading.answer, "last-modified", 200)
    feed.document_sha256, feed.read_on = reading.document_sha256, now.date()
    feed.warning = parsed.warning[:500]
    feed.language = parsed.language[:20]
    feed.hub, feed.topic = parsed.hub[:2000], parsed.topic[:2000]
    feed.asked_minutes = parsed.asked_minutes
    feed.skip_hours, feed.skip_days = parsed.skip_hours, parsed.skip_days


def _header(answer: Fetched, name: str, longest: int) -> str:
    """A validator as it came; one that could not be sent back unchanged is none."""
    value = answer.headers.get(name, "")
    return value if len(value) <= longest and value.isascii() and value.isprintable() else ""


def _name(readings: Sequence[Reading]) -> None:
    """What the feed calls itself and its site, where nobody has said so."""
    heard = [(reading.feed, reading.parsed) for reading in readings if reading.parsed is not None]
    titles = [
        (parsed.title[:300], feed.pk)
        for feed, parsed in heard
        if parsed.title and feed.title == urlsplit(feed.address).hostname
    ]
    bulk.update(Feed, ["title"], titles)
    bulk.update(
        Feed,
        ["homepage"],
        [(parsed.homepage, feed.pk) for feed, parsed in heard if parsed.homepage and not feed.homepage],
    )
