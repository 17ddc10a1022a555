"""Deciding on feeds: add one, pause it, resume it, have it polled now."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.db import transaction

from forecasts.refused import Refused
from news.fetch import addresses
from tracker.curation.articles import outlet_named
from tracker.curation.decisions import note
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
        note("add feed", subject=feed, by=by, at=at, reason=reason, after={"address": address})
    return feed


def mend_feed(
    feed: Feed, *, address: str, title: str, outlet: str, homepage: str, by: User | str, at: datetime, reason: str = ""
) -> Feed:
    """Set what a person says of a feed. At another address it begins anew: nothing its old server said holds there."""
    address = _checked(address)
    homepage = _checked(homepage) if homepage.strip() else ""
    if not title.strip():
        raise Refused("Give the feed a title.")
    with transaction.atomic():
        row = Feed.objects.select_for_update().get(pk=feed.pk)
        if row.state == Feed.State.ARCHIVE and address != row.address:
            raise Refused(f"“{row.title}” is an archive: its address is its file's, and stays.")
        _refuse_known(address, but=row)
        before = _facts(row)
        if address != row.address:
            _begin_anew(row, address, at=at)
        row.title, row.outlet, row.homepage = title.strip()[:300], outlet_named(outlet), homepage
        after = _facts(row)
        if before == after:
            raise Refused("Nothing is different: change a field, then save.")
        row.save()
        changed = [name for name in after if before[name] != after[name]]
        note(
            "mend feed",
            subject=row,
            by=by,
            at=at,
            reason=reason,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    return row


def _facts(feed: Feed) -> dict[str, str]:
    outlet = feed.outlet.name if feed.outlet else ""
    return {"address": feed.address, "title": feed.title, "outlet": outlet, "homepage": feed.homepage}


def _begin_anew(feed: Feed, address: str, *, at: datetime) -> None:
    """Due at once, at the new address; whoever is reading the old one finds that its lease is gone."""
    feed.address, feed.host = address, None
    feed.etag = feed.last_modified = feed.document_sha256 = feed.moved_to = feed.last_error = ""
    feed.moves_seen = feed.failures = 0
    feed.sought_at = feed.lease_until = None
    feed.lease_token = ""
    feed.next_poll_at = at


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
        if row.host and row.host.frozen_until and row.host.frozen_until > at:
            until = f"{row.host.frozen_until.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
            raise Refused(f"{row.host} asked to be left alone until {until}: it is read then.")
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
        raise Refused(refused.reason) from refused
