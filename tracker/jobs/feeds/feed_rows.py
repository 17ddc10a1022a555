"""Feeds' own rows after a poll: how it went, what the feed says of itself, and when to poll it next."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from operator import attrgetter
from urllib.parse import urlsplit

from news.fetch.connections import Fetched
from news.formats.documents import Parsed
from news.polling.redirects import agreed_redirect
from news.polling.schedule import Look, asked_wait, demanded_wait, next_poll
from news.polling.websub import slowed
from tracker.jobs.feeds.responses import FeedResponse, FeedResult
from tracker.models import Feed, Push, bulk

# Columns that each poll may change, and those that only a document that was read does; nobody else writes these.
_POLLED = str.split(
    "last_attempt_at last_success_at last_error failures interval_minutes next_poll_at moved_to moves_seen "
    "lease_until lease_token"
)
_READ = _POLLED + str.split(
    "warning etag last_modified document_sha256 read_on language hub topic asked_minutes skip_hours skip_days"
)


def write_polled(polls: Sequence[tuple[FeedResponse, FeedResult]], *, now: datetime) -> None:
    """Write what each poll changes in its feed's row and on its object, and give the lease back.

    Only columns that nobody else writes: a curator may have mended the feed meanwhile. The rows are locked already.
    """
    keys = [response.feed.pk for response, _ in polls]
    pushed_to = set(Push.objects.delivering(now).filter(feed__pk__among=keys).values_list("feed_id", flat=True))
    for response, result in polls:
        _change(response, result, now, is_pushed=response.feed.pk in pushed_to)
    for names, is_read in ((_POLLED, False), (_READ, True)):
        values = attrgetter(*names, "pk")
        bulk.update(Feed, names, [values(response.feed) for response, _ in polls if response.is_read == is_read])
    gone = [response.feed.pk for response, _ in polls if response.answer.status == HTTPStatus.GONE]
    if gone:
        Feed.objects.filter(pk__in=gone, state=Feed.State.ACTIVE).update(state=Feed.State.STOPPED)
    _name([response for response, _ in polls if response.is_read])


def write_pushed(feeds: Sequence[int], *, now: datetime) -> None:
    """Feeds whose hub has sent news; it may be a part, without the wishes and validators that polling learns."""
    if feeds:
        Feed.objects.filter(pk__in=feeds).update(last_attempt_at=now, last_success_at=now)


def _change(response: FeedResponse, result: FeedResult, now: datetime, *, is_pushed: bool) -> None:
    """The feed as it is now; its object is changed, the row not yet. News that its hub sends need not be polled for."""
    feed, answer, parsed = response.feed, response.answer, response.parsed
    before = feed.last_success_at
    feed.lease_until, feed.lease_token = None, ""
    feed.last_attempt_at = now
    feed.last_error = response.error[:500]
    if response.error:
        feed.failures += 1
    else:
        feed.failures, feed.last_success_at = 0, now
        if parsed is not None:
            _change_facts(feed, response, parsed, now)
    look = Look(
        address=feed.address,
        interval_minutes=feed.interval_minutes,
        failures=feed.failures,
        new_entries=result.new_entries,
        since=now - before if before else None,
        published=[item.published_at for item in parsed.entries if item.published_at] if parsed and not before else (),
        asked=asked_wait(answer.headers, ttl_minutes=feed.asked_minutes, now=now),
        retry_after=demanded_wait(answer.headers, now=now),
        skip_hours=feed.skip_hours,
        skip_days=feed.skip_days,
    )
    poll = next_poll(now, look)
    is_left_to_hub = is_pushed and not response.error
    feed.next_poll_at = now + slowed(poll.at - now) if is_left_to_hub else poll.at
    feed.interval_minutes = poll.interval_minutes
    if answer.status:
        redirect = agreed_redirect(
            feed.moved_to,
            seen=feed.moves_seen,
            moved_permanently_to=answer.moved_permanently_to,
            address=feed.address,
            is_readable=not response.error,
        )
        feed.moved_to, feed.moves_seen = redirect.to, redirect.seen


def _change_facts(feed: Feed, response: FeedResponse, parsed: Parsed, now: datetime) -> None:
    """Facts that a document states of its feed, and the validators that the next request sends back."""
    feed.etag = _validator(response.answer, "etag", 500)
    feed.last_modified = _validator(response.answer, "last-modified", 200)
    feed.document_sha256, feed.read_on = response.document_sha256, now.date()
    feed.warning = parsed.warning[:500]
    feed.language = parsed.language[:20]
    feed.hub, feed.topic = parsed.hub[:2000], parsed.topic[:2000]
    feed.asked_minutes = parsed.asked_minutes
    feed.skip_hours, feed.skip_days = parsed.skip_hours, parsed.skip_days


def _validator(answer: Fetched, name: str, longest: int) -> str:
    """A validator as it came; one that could not be sent back unchanged is none."""
    value = answer.headers.get(name, "")
    return value if len(value) <= longest and value.isascii() and value.isprintable() else ""


def _name(responses: Sequence[FeedResponse]) -> None:
    """Title and home page by the feed's own words, where nobody has named them."""
    read = [(response.feed, response.parsed) for response in responses if response.parsed is not None]
    titles = [
        (parsed.title[:300], feed.pk)
        for feed, parsed in read
        if parsed.title and feed.title == urlsplit(feed.address).hostname
    ]
    bulk.update(Feed, ["title"], titles)
    homepages = [(parsed.homepage, feed.pk) for feed, parsed in read if parsed.homepage and not feed.homepage]
    bulk.update(Feed, ["homepage"], homepages)
