"""Deciding on feeds: add one, pause it, resume it, have it polled now."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.db import transaction

from forecasts.refused import Refused
from news.fetch import addresses
from tracker.curation.articles import outlet_named
from tracker.curation.decisions import Verb, deciding, note
from tracker.models import Feed, User

SHORTEST_MINUTES, LONGEST_MINUTES = 5, 7 * 24 * 60


def add_feed(
    address: str,
    *,
    by: User | str,
    at: datetime,
    title: str = "",
    homepage: str = "",
    outlet: str = "",
    language: str = "",
    interval_minutes: int = 60,
    reason: str = "",
) -> Feed:
    """Follow a feed from now on. Whether one answers at its address shows at its first poll, which is due at once."""
    address = _checked(address)
    homepage = _checked(homepage) if homepage.strip() else ""
    if not SHORTEST_MINUTES <= interval_minutes <= LONGEST_MINUTES:
        raise Refused(f"Choose an interval from {SHORTEST_MINUTES} to {LONGEST_MINUTES:,} minutes (a week).")
    with transaction.atomic():
        _refuse_known(address)
        feed = Feed.objects.create(
            title=(title.strip() or urlsplit(address).hostname or address)[:300],
            address=address,
            homepage=homepage,
            outlet=outlet_named(outlet),
            language=language[:20],
            interval_minutes=interval_minutes,
            next_poll_at=at,
            added_at=at,
        )
        note(Verb.ADD_FEED, subject=feed, by=by, at=at, reason=reason, after={"address": address})
    return feed


def edit_feed(
    feed: Feed, *, address: str, title: str, outlet: str, homepage: str, by: User | str, at: datetime, reason: str = ""
) -> Feed:
    """Set what a person says of a feed. At another address it begins anew: nothing its old server said holds there."""
    address = _checked(address)
    homepage = _checked(homepage) if homepage.strip() else ""
    if not title.strip():
        raise Refused("Give the feed a title.")
    with deciding(feed, Verb.EDIT_FEED, by=by, at=at, reason=reason) as row:
        if row.state == Feed.State.ARCHIVE and address != row.address:
            raise Refused(f"“{row.title}” is an archive: its address is its file's, and stays.")
        _refuse_known(address, but=row)
        before = (row.address, row.title, row.outlet, row.homepage)
        row.title, row.outlet, row.homepage = title.strip()[:300], outlet_named(outlet), homepage
        if before == (address, row.title, row.outlet, row.homepage):
            raise Refused("Nothing is different: change a field, then save.")
        if address != row.address:
            row.address = address
            _forget_server(row, at=at)
    return row


def _forget_server(feed: Feed, *, at: datetime) -> None:
    """Make it due at once, at the new address; a worker that reads the old one finds that its lease is gone."""
    Feed.objects.filter(pk=feed.pk).update(
        **dict.fromkeys(("etag", "last_modified", "document_sha256", "moved_to", "last_error", "lease_token"), ""),
        **dict.fromkeys(("host", "sought_at", "lease_until")),
        moves_seen=0,
        failures=0,
        next_poll_at=at,
    )


def pause(feed: Feed, *, by: User | str, at: datetime, reason: str) -> Feed:
    """Poll it no more until somebody resumes it; what it brought stays."""
    if not reason.strip():
        raise Refused("Say why the feed is paused: whoever finds it so will want to know.")
    with deciding(feed, Verb.PAUSE_FEED, by=by, at=at, reason=reason) as row:
        _set_state(row, Feed.State.PAUSED)
    return row


def resume(feed: Feed, *, by: User | str, at: datetime, reason: str = "") -> Feed:
    """Poll it again, from now on, with its failures forgiven."""
    with deciding(feed, Verb.RESUME_FEED, by=by, at=at, reason=reason) as row:
        _set_state(row, Feed.State.ACTIVE)
        row.next_poll_at, row.failures = at, 0
    return row


def poll_now(feed: Feed, *, by: User | str, at: datetime, reason: str = "") -> Feed:
    """Make it due at once; the next run of the ingest job reads it."""
    with deciding(feed, Verb.POLL_NOW, by=by, at=at, reason=reason) as row:
        if row.state != Feed.State.ACTIVE:
            raise Refused(f"“{row.title}” is {_in_words(row)}, so it is not polled: resume it first.")
        if row.host and row.host.frozen_until and row.host.frozen_until > at:
            until = f"{row.host.frozen_until.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
            raise Refused(f"{row.host} asked to be left alone until {until}: it is read then.")
        row.next_poll_at = at
    return row


def _set_state(row: Feed, state: Feed.State) -> None:
    if row.state == Feed.State.ARCHIVE:
        raise Refused(f"“{row.title}” is an archive: it is played back from a file and never polled.")
    if row.state == state:
        raise Refused(f"“{row.title}” is {_in_words(row)} already.")
    row.state = state


def _in_words(feed: Feed) -> str:
    return "an archive" if feed.state == Feed.State.ARCHIVE else str(feed.state)


def followed_at(*addresses: str) -> Feed | None:
    """The feed that is known under one of these addresses, whether by http or by https."""
    schemes = ("http://", "https://")
    rests = [address.partition("://")[2] for address in addresses if address.startswith(schemes)]
    return Feed.objects.filter(address__in=[scheme + rest for rest in rests for scheme in schemes]).first()


def _refuse_known(address: str, *, but: Feed | None = None) -> None:
    known = followed_at(address)
    if known is not None and known != but:
        raise Refused(f"This feed is there already, as “{known.title}”.")


def _checked(address: str) -> str:
    try:
        return addresses.check_address(address)
    except addresses.AddressRefused as refused:
        raise Refused(str(refused)) from refused
