"""Deciding on feeds: add one, pause it, resume it, have it polled now."""

from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from tracker.curation.articles import outlet_named
from tracker.curation.decisions import Refused, note
from tracker.models import Feed, User
from tracker.news import addresses

SHORTEST_MINUTES, LONGEST_MINUTES = 5, 7 * 24 * 60


def add_feed(
    address: str,
    *,
    by: User | str,
    at: datetime,
    title: str = "",
    homepage: str = "",
    outlet: str = "",
    interval_minutes: int = 60,
    reason: str = "",
) -> Feed:
    """Follow a feed from now on. Whether one answers at its address shows at its first poll, which is due at once."""
    address = _checked(address)
    homepage = _checked(homepage) if homepage.strip() else ""
    if not SHORTEST_MINUTES <= interval_minutes <= LONGEST_MINUTES:
        raise Refused(f"Choose an interval from {SHORTEST_MINUTES} to {LONGEST_MINUTES:,} minutes (a week).")
    with transaction.atomic():
        if (known := Feed.objects.filter(address=address).first()) is not None:
            raise Refused(f"This feed is there already, as “{known.title}”.")
        feed = Feed.objects.create(
            title=(title.strip() or urlsplit(address).hostname or address)[:300],
            address=address,
            homepage=homepage,
            outlet=outlet_named(outlet),
            interval_minutes=interval_minutes,
            next_poll_at=at,
            added_at=at,
        )
        note("add feed", subject=feed, by=by, at=at, reason=reason, after={"address": address})
    return feed


def pause(feed: Feed, *, by: User | str, at: datetime, reason: str) -> Feed:
    """Poll it no more until somebody resumes it; what it brought stays."""
    if not reason.strip():
        raise Refused("Say why the feed is paused: whoever finds it so will want to know.")
    return _set_state(feed, Feed.State.PAUSED, verb="pause feed", by=by, at=at, reason=reason)


def resume(feed: Feed, *, by: User | str, at: datetime, reason: str = "") -> Feed:
    """Poll it again, from now on, with its failures forgiven."""
    return _set_state(feed, Feed.State.ACTIVE, verb="resume feed", by=by, at=at, reason=reason)


def poll_now(feed: Feed, *, by: User | str, at: datetime, reason: str = "") -> Feed:
    """Make it due at once; the next run of the ingest job reads it."""
    with transaction.atomic():
        row = Feed.objects.select_for_update().get(pk=feed.pk)
        if row.state != Feed.State.ACTIVE:
            raise Refused(f"“{row.title}” is {_in_words(row)}, so it is not polled: resume it first.")
        before, row.next_poll_at = row.next_poll_at, at
        row.save(update_fields=["next_poll_at"])
        note("poll now", subject=row, by=by, at=at, reason=reason, before={"next_poll_at": before.isoformat()})
    return row


def _set_state(feed: Feed, state: str, *, verb: str, by: User | str, at: datetime, reason: str) -> Feed:
    with transaction.atomic():
        row = Feed.objects.select_for_update().get(pk=feed.pk)
        if row.state == Feed.State.ARCHIVE:
            raise Refused(f"“{row.title}” is an archive: it is played back from a file and never polled.")
        if row.state == state:
            raise Refused(f"“{row.title}” is {_in_words(row)} already.")
        before, row.state = row.state, state
        if state == Feed.State.ACTIVE:
            row.next_poll_at, row.failures = at, 0
        row.save(update_fields=["state", "next_poll_at", "failures"])
        note(verb, subject=row, by=by, at=at, reason=reason, before={"state": before}, after={"state": state})
    return row


def _in_words(feed: Feed) -> str:
    return "an archive" if feed.state == Feed.State.ARCHIVE else str(feed.state)


def _checked(address: str) -> str:
    try:
        return addresses.check_address(address)
    except addresses.Refused as refused:
        raise Refused(refused.reason) from refused
