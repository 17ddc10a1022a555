"""Entries' own rows: those that are stored, the changes that documents bring, and new entries, revisions, stories."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from news.entries.changes import (
    ChangeKind,
    EntryChange,
    StoredEntry,
    decide,
    guid_identity,
    link_keys_to_search,
    named_items,
)
from tracker.jobs.feeds.responses import FeedResponse
from tracker.jobs.matching.stories import Telling, stories_for
from tracker.models import Entry, Revision, bulk

# By feed, as StoredEntry has them.
_STORED = str.split(
    "entry__feed_id entry_id entry__identity entry__link_key title entry__published_raw content_sha256 number "
    "entry__unkept_sha256 entry__listed_on"
)
_ENTRY = str.split(
    "id feed_id identity link_key link outlet_name story_id published_at published_raw date_is_doubtful "
    "first_seen_at listed_on unkept_sha256"
)
_REVISION = ("entry_id", "number", "is_current", "title", "body", "content_sha256", "seen_at")


def decide_changes(responses: Sequence[FeedResponse]) -> list[tuple[EntryChange, ...]]:
    """The changes that each response brings, held against what is stored of its feed; two queries at most."""
    items = [named_items(response.parsed.entries) if response.parsed else () for response in responses]
    known = [(response.feed.pk, own) for response, own in zip(responses, items, strict=True) if not response.is_first]
    stored = _stored("identity", {item.identity for _, own in known for item in own}, [pk for pk, _ in known])
    keys = {key for pk, own in known for key in link_keys_to_search(own, stored[pk])}
    for pk, entries in _stored("link_key", keys, [pk for pk, _ in known]).items():
        stored[pk] += entries
    return [decide(own, stored[response.feed.pk]) for response, own in zip(responses, items, strict=True)]


def _stored(name: str, values: Iterable[str | int], feeds: Sequence[int]) -> defaultdict[int, list[StoredEntry]]:
    """Entries of these feeds under these identities or link keys, by feed."""
    found: defaultdict[int, list[StoredEntry]] = defaultdict(list)
    if not (wanted := list(values)):
        return found
    rows = Revision.objects.filter(**{"is_current": True, "entry__feed__in": feeds, f"entry__{name}__among": wanted})
    for feed_id, *columns in rows.values_list(*_STORED):
        found[feed_id].append(StoredEntry(*columns))
    return found


def insert_entries(
    responses: Sequence[FeedResponse], changes: Sequence[Sequence[EntryChange]], *, now: datetime
) -> None:
    """New entries with their first words, each in the story that it tells."""
    # A feed's newest item stands first, so the first gets the highest key: the order holds where dates are missing.
    new = [
        (response.feed.pk, change, min(change.item.published_at or now, now))
        for response, own in zip(responses, changes, strict=True)
        for change in reversed(own)
        if change.kind is ChangeKind.NEW
    ]
    tellings = [
        Telling(feed_id=feed_id, title=change.item.title, body=change.item.body, published_at=at)
        for feed_id, change, at in new
    ]
    stories = stories_for(tellings, now=now)
    keys = bulk.next_keys(Entry, len(new)) if new else []
    rows = [
        (
            key,
            feed_id,
            change.identity,
            change.link_key,
            change.item.link,
            change.item.outlet,
            story_id,
            at,
            change.item.published_raw,
            bool(change.item.published_raw) and change.item.published_at is None,
            now,
            now.date(),
            "",
        )
        for key, story_id, (feed_id, change, at) in zip(keys, stories, new, strict=True)
    ]
    bulk.insert(Entry, _ENTRY, rows)
    words = [_revision(key, change, number=1, now=now) for key, (_, change, _) in zip(keys, new, strict=True)]
    bulk.insert(Revision, _REVISION, words)


def insert_revisions(changes: Sequence[Sequence[EntryChange]], *, now: datetime) -> None:
    """New words beside the old ones, and the entry waits to be matched again; what is listed still is marked so."""
    known = [(change.stored, change) for own in changes for change in own if change.stored is not None]
    changed = [(entry, change) for entry, change in known if change.kind is ChangeKind.CHANGED]
    if changed:
        keys = [entry.key for entry, _ in changed]
        Revision.objects.filter(entry__in=keys, is_current=True).update(is_current=False)
        words = [_revision(entry.key, change, number=entry.revisions + 1, now=now) for entry, change in changed]
        bulk.insert(Revision, _REVISION, words)
        Entry.objects.filter(pk__in=keys).update(matched_at=None)
    flapping = [(change.content_sha256, entry.key) for entry, change in known if change.kind is ChangeKind.FLAPPING]
    bulk.update(Entry, ["unkept_sha256"], flapping)
    today = now.date()
    bulk.update(Entry, ["listed_on"], [(today, entry.key) for entry, _ in known if entry.listed_on != today])


def mark_withdrawn(responses: Sequence[FeedResponse], *, now: datetime) -> None:
    """Entries that their feed has withdrawn; the words stay, for evidence may cite them."""
    for response in responses:
        if response.parsed is not None and response.parsed.withdrawn:
            identities = {guid_identity(guid) for guid in response.parsed.withdrawn}
            entries = Entry.objects.filter(feed=response.feed, identity__in=identities, withdrawn_at=None)
            entries.update(withdrawn_at=now)


def _revision(entry_id: int, change: EntryChange, *, number: int, now: datetime) -> tuple[object, ...]:
    return (entry_id, number, True, change.item.title, change.item.body, change.content_sha256, now)
