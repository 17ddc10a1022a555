"""Plan of a feed: the time of its next poll and the reason, in a sentence each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from tracker.jobs.feeds.seek import BY
from tracker.models import Decision, Feed, Push
from tracker.pages import formats
from tracker.pages.feeds.health import PATIENCE, frozen_until

# What jitter and skipped hours may add before another cause is looked for.
SLACK = 1.3


@dataclass(frozen=True, slots=True)
class PollPlan:
    """`at` is None where no poll is planned, or its time has come; `why` is a sentence or nothing."""

    at: datetime | None
    words: str
    why: str


def plan(feed: Feed, *, now: datetime, is_pushed: bool = False) -> PollPlan:
    """The first cause that applies: not polled, due, host frozen, backing off, pushed, asked for, its own frequency."""
    if (why_not := _why_not(feed)) is not None:
        return PollPlan(None, "not planned", why_not)
    frozen = frozen_until(feed, now=now)
    at = max(feed.next_poll_at, frozen or feed.next_poll_at)
    if at <= now:
        return PollPlan(None, "as soon as a worker runs" if now - at > PATIENCE else "within the next minutes", "")
    words = f"in {formats.duration(at - now)}"
    if frozen == at:
        return PollPlan(at, words, "Its server named this time to come back, and is left alone until then.")
    return PollPlan(at, words, _why(feed, is_pushed=is_pushed))


def _why_not(feed: Feed) -> str | None:
    if feed.state == Feed.State.ARCHIVE:
        return "An archive is played back from a file."
    if feed.state == Feed.State.PAUSED:
        return "It is paused until somebody resumes it."
    if feed.state == Feed.State.STOPPED:
        return "It is stopped until somebody gives it a new address or resumes it."
    if not settings.HINDCAST_POLL:
        return "Polling is switched off on this machine (HINDCAST_POLL)."
    return None


def _why(feed: Feed, *, is_pushed: bool) -> str:
    if feed.last_attempt_at is None:
        return ""
    wait = feed.next_poll_at - feed.last_attempt_at
    own, asked = timedelta(minutes=feed.interval_minutes), timedelta(minutes=feed.asked_minutes)
    if feed.failures:
        return "It waits longer after each failure."
    if asked > own and wait >= asked * 0.95:
        return f"The feed itself asks to be read no more than {formats.every(feed.asked_minutes)}."
    if wait > own * SLACK + timedelta(minutes=5):
        if is_pushed:
            return "Its hub sends what is new, so it is asked less often."
        if feed.skip_hours or feed.skip_days:
            return "The feed names hours or days on which it is not to be read."
        return "Its server asked to wait this long (Cache-Control or Retry-After)."
    return "By its own rhythm: sooner where it brings news, later where it does not."


def search_in_words(feed: Feed) -> str:
    """The outcome of the last search for its new address, or "" where it was never lost."""
    if feed.sought_at is None:
        return ""
    decision = Decision.objects.about(feed).filter(by=BY, at=feed.sought_at).first()
    outcome = decision.reason if decision else "The search came to no end."
    on = formats.day(feed.sought_at)
    return f"It was not found (404) again and again, so its site was searched on {on}. {outcome}"


def push_in_words(push: Push | None, *, hub: str) -> str:
    """The service of the feed's hub, or "" where it names none."""
    if push is None:
        return f"It offers push through {hub}, which is not asked for yet." if hub else ""
    if push.state == Push.State.ACTIVE:
        until = f" until {formats.moment(push.lapses_at)}" if push.lapses_at else ""
        last = f" The last came {formats.moment(push.last_push_at)}." if push.last_push_at else " None has come yet."
        return f"The hub {push.hub} sends news at once{until}.{last}"
    error = f" {push.last_error}" if push.last_error else ""
    words = {
        Push.State.WANTED: "is about to be asked for news",
        Push.State.ASKED: "was asked for news and has not confirmed it",
        Push.State.DENIED: "turned us down, so the feed is polled",
        Push.State.ENDED: "sends nothing any more, so the feed is polled",
    }[Push.State(push.state)]
    return f"The hub {push.hub} {words}.{error}"
