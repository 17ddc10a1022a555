"""Storing: what feeds said, in one transaction for many: entries, revisions, stories, attempts, and each feed's row.

Whoever lost the lease of a feed stores nothing of it. If one feed cannot be stored, the others are stored without it.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from news.entries.changes import Decision, Kind, Known, Named, decide, guid_identity, must_be_sought, named
from news.formats.documents import Parsed
from tracker.jobs.feeds.answers import freeze_hosts, move_feeds
from tracker.jobs.feeds.feed_rows import Outcome, Reading, remember
from tracker.jobs.matching.stories import Telling, stories_for
from tracker.models import Attempt, Entry, Feed, Revision, bulk

log = logging.getLogger(__name__)

_KNOWN = (
    "entry__feed_id",
    "entry_id",
    "entry__identity",
    "entry__link_key",
    "title",
    "entry__published_raw",
    "content_sha256",
    "number",
    "entry__unkept_sha256",
    "entry__listed_on",
)
_ENTRY = (
    "id",
    "feed_id",
    "identity",
    "link_key",
    "link",
    "outlet_name",
    "story_id",
    "published_at",
    "published_raw",
    "date_is_doubtful",
    "first_seen_at",
    "listed_on",
    "unkept_sha256",
)
_REVISION = ("entry_id", "number", "is_current", "title", "body", "content_sha256", "seen_at")
_ATTEMPT = ("feed_id", "at", "status", "new_entries", "new_revisions", "bytes", "seconds", "error")


def store(readings: Sequence[Reading], *, now: datetime) -> list[Outcome]:
    """Store them together, or, when that fails, one by one; their outcomes, in order."""
    try:
        return _store(readings, now)
    except Exception as error:  # one feed's trouble must not lose the others' news
        if len(readings) > 1:
            return [outcome for reading in readings for outcome in store([reading], now=now)]
        (reading,) = readings
        log.exception("Feed %s could not be stored.", reading.feed.pk)
        if reading.parsed is not None and reading.parsed.error:
            raise
        said = Parsed(error=f"What it said could not be stored ({type(error).__name__}).")
        return _store([replace(reading, parsed=said, document_sha256="")], now)


def _store(readings: Sequence[Reading], now: datetime) -> list[Outcome]:
    with transaction.atomic():
        kept = _still_held(readings)
        outcomes = _store_entries(kept, now)
        looks = list(zip(kept, outcomes, strict=True))
        bulk.insert_keyed(Attempt, _ATTEMPT, [_attempt(reading, outcome, now) for reading, outcome in looks])
        remember(looks, now=now)
        polled = [reading for reading in kept if reading.token]
        freeze_hosts([reading.answer for reading in polled], now=now)
        move_feeds([reading.feed for reading in polled], now=now)
    by_feed = {reading.feed.pk: outcome for reading, outcome in looks}
    return [by_feed.get(reading.feed.pk, Outcome(lease_lost=True)) for reading in readings]


def _still_held(readings: Sequence[Reading]) -> list[Reading]:
    """The readings of feeds that are still leased as they were read, and are now locked."""
    feeds = Feed.objects.filter(pk__among=[reading.feed.pk for reading in readings]).order_by("pk").select_for_update()
    tokens = dict(feeds.values_list("pk", "lease_token"))
    return [
        reading for reading in readings if reading.feed.pk in tokens and reading.token in ("", tokens[reading.feed.pk])
    ]


def _store_entries(readings: Sequence[Reading], now: datetime) -> list[Outcome]:
    names = [named(reading.parsed.entries) if reading.parsed else () for reading in readings]
    decisions = _decisions(readings, names)
    _add(readings, decisions, now)
    _revise([decision for decided in decisions for decision in decided], now)
    _take_back(readings, now)
    return [
        Outcome(
            new_entries=sum(decision.kind is Kind.NEW for decision in decided),
            new_revisions=sum(decision.kind is Kind.CHANGED for decision in decided),
            error=reading.answer.error or (reading.parsed.error if reading.parsed else ""),
        )
        for reading, decided in zip(readings, decisions, strict=True)
    ]


def _decisions(readings: Sequence[Reading], names: Sequence[Sequence[Named]]) -> list[tuple[Decision, ...]]:
    identities = {
        name.identity for reading, told in zip(readings, names, strict=True) if not reading.is_first for name in told
    }
    stored = _known(readings, "identity", identities)
    known = [{entry.identity: entry for entry in stored[reading.feed.pk]} for reading in readings]
    sought = [
        {name.link_key for name in told if not reading.is_first and must_be_sought(name, entries)}
        for reading, told, entries in zip(readings, names, known, strict=True)
    ]
    linked = _known(readings, "link_key", {key for keys in sought for key in keys if key is not None})
    return [
        decide(told, entries, _by_link(linked[reading.feed.pk]))
        for reading, told, entries in zip(readings, names, known, strict=True)
    ]


def _known(readings: Sequence[Reading], name: str, values: Iterable[str | int]) -> defaultdict[int, list[Known]]:
    """What is stored of these feeds under these identities or link keys, by feed."""
    found: defaultdict[int, list[Known]] = defaultdict(list)
    wanted = list(values)
    feeds = [reading.feed.pk for reading in readings]
    if not wanted:
        return found
    rows = Revision.objects.filter(**{"is_current": True, "entry__feed__in": feeds, f"entry__{name}__among": wanted})
    for feed_id, key, identity, link_key, title, raw, digest, number, unkept, listed_on in rows.values_list(*_KNOWN):
        found[feed_id].append(
            Known(
                key=key,
                identity=identity,
                link_key=link_key,
                title=title,
                published_raw=raw,
                content_sha256=digest,
                revisions=number,
                unkept_sha256=unkept,
                listed_on=listed_on,
            )
        )
    return found


def _by_link(entries: Iterable[Known]) -> dict[int, list[Known]]:
    found: defaultdict[int, list[Known]] = defaultdict(list)
    for entry in entries:
        if entry.link_key is not None:
            found[entry.link_key].append(entry)
    return found


def _add(readings: Sequence[Reading], decisions: Sequence[Sequence[Decision]], now: datetime) -> None:
    # A feed's newest item stands first, so the first gets the highest key: the order holds where dates are missing.
    new = [
        (reading.feed.pk, decision, min(decision.item.published_at or now, now))
        for reading, decided in zip(readings, decisions, strict=True)
        for decision in reversed(decided)
        if decision.kind is Kind.NEW
    ]
    tellings = [
        Telling(feed_id=feed_id, title=decision.item.title, body=decision.item.body, published_at=at)
        for feed_id, decision, at in new
    ]
    stories = stories_for(tellings, now=now)
    keys = bulk.next_keys(Entry, len(new)) if new else []
    rows = [
        (
            key,
            feed_id,
            decision.identity,
            decision.link_key,
            decision.item.link,
            decision.item.outlet,
            story_id,
            at,
            decision.item.published_raw,
            bool(decision.item.published_raw) and decision.item.published_at is None,
            now,
            now.date(),
            "",
        )
        for key, story_id, (feed_id, decision, at) in zip(keys, stories, new, strict=True)
    ]
    bulk.insert_keyed(Entry, _ENTRY, rows)
    words = [_revision(key, decision, number=1, now=now) for key, (_, decision, _) in zip(keys, new, strict=True)]
    bulk.insert_keyed(Revision, _REVISION, words)


def _revise(decisions: Sequence[Decision], now: datetime) -> None:
    """New words beside the old ones, and the entry waits to be matched again; what is listed still is marked so."""
    known = [(decision.known, decision) for decision in decisions if decision.known is not None]
    changed = [(entry, decision) for entry, decision in known if decision.kind is Kind.CHANGED]
    if changed:
        keys = [entry.key for entry, _ in changed]
        Revision.objects.filter(entry__in=keys, is_current=True).update(is_current=False)
        words = [_revision(entry.key, decision, number=entry.revisions + 1, now=now) for entry, decision in changed]
        bulk.insert_keyed(Revision, _REVISION, words)
        Entry.objects.filter(pk__in=keys).update(matched_at=None)
    flapping = [(decision.content_sha256, entry.key) for entry, decision in known if decision.kind is Kind.FLAPPING]
    bulk.update(Entry, ["unkept_sha256"], flapping)
    today = now.date()
    bulk.update(Entry, ["listed_on"], [(today, entry.key) for entry, _ in known if entry.listed_on != today])


def _take_back(readings: Sequence[Reading], now: datetime) -> None:
    """Mark what its feed has withdrawn; the words stay, for evidence may cite them."""
    for reading in readings:
        if reading.parsed is not None and reading.parsed.withdrawn:
            names = {guid_identity(guid) for guid in reading.parsed.withdrawn}
            entries = Entry.objects.filter(feed=reading.feed, identity__in=names, withdrawn_at=None)
            entries.update(withdrawn_at=now)


def _revision(entry_id: int, decision: Decision, *, number: int, now: datetime) -> tuple[object, ...]:
    return (entry_id, number, True, decision.item.title, decision.item.body, decision.content_sha256, now)


def _attempt(reading: Reading, outcome: Outcome, now: datetime) -> tuple[object, ...]:
    return (
        reading.feed.pk,
        now,
        reading.answer.status,
        outcome.new_entries,
        outcome.new_revisions,
        len(reading.answer.body),
        reading.answer.seconds,
        outcome.error[:500],
    )
