"""Stories: which report a new entry tells, one of those of the same week or one that begins with it."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from tracker.language.stories import Signature, bands, likeness, same_story, signature
from tracker.models import Entry, Feed, Story, StoryBand

WINDOW = timedelta(days=7)
# What has fewer words is alike by chance.
FEWEST_WORDS = 5
# What boilerplate makes alike is compared with so many only, those that share the most.
CANDIDATES = 20
MOST_UNDER_A_KEY = 50
# The share of title words that one feed's two entries must have in common to be one report.
REPOST = 0.6
KEYS_A_QUERY = 5000
# Any number will do, as long as nothing else in this database takes the same lock.
LOCK = 0x48_49_4E_44


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The words of a new entry and their time."""

    title: str
    body: str
    published_at: datetime


@dataclass(slots=True)
class _Told:
    telling: Telling
    signature: Signature
    keys: tuple[int, ...]
    story: Story | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A story that may be the same; `is_of_this_feed` where the feed itself has told it."""

    story: Story
    signature: Signature
    is_of_this_feed: bool


def stories_for(tellings: Sequence[Telling], *, feed: Feed, now: datetime) -> list[Story]:
    """The stored story of each of the feed's tellings, in their order.

    Call it inside the transaction that stores the entries.
    """
    if not tellings:
        return []
    wait_for_other_workers()
    told = [_told(telling) for telling in tellings]
    candidates = _known(told, feed)
    stories, begun = [], []
    for one in told:
        story = _nearest(one, candidates)
        if story is None:
            story = one.story = _begin(one, now)
            begun.append(one)
            for key in one.keys:
                if len(candidates[key]) < 2 * MOST_UNDER_A_KEY:
                    candidates[key].append(_Candidate(story, one.signature, True))
        stories.append(story)
    _save(begun)
    return stories


def wait_for_other_workers() -> None:
    """Two workers with the same wire report would both begin its story; SQLite lets only one write anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _told(telling: Telling) -> _Told:
    mark = signature(telling.title, telling.body)
    is_telling = len(f"{telling.title} {telling.body[:500]}".split()) >= FEWEST_WORDS
    return _Told(telling, mark, tuple(_number(key) for key in bands(mark)) if is_telling else ())


def _number(key: bytes) -> int:
    """A band's key as the database keeps it: 64 bits, signed."""
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big", signed=True)


def _known(told: Sequence[_Told], feed: Feed) -> defaultdict[int, list[_Candidate]]:
    """Stored stories of the time around, by the keys they share with these."""
    first = min(one.telling.published_at for one in told) - WINDOW
    last = max(one.telling.published_at for one in told) + WINDOW
    keys = sorted({key for one in told for key in one.keys})
    found: defaultdict[int, list[int]] = defaultdict(list)
    for start in range(0, len(keys), KEYS_A_QUERY):
        rows = StoryBand.objects.filter(
            band__in=keys[start : start + KEYS_A_QUERY], story__published_at__range=(first, last)
        )
        for band, story_id in rows.values_list("band", "story_id"):
            found[band].append(story_id)
    latest = {band: sorted(ids)[-MOST_UNDER_A_KEY:] for band, ids in found.items()}
    candidates = _candidates(sorted({story_id for ids in latest.values() for story_id in ids}), feed)
    return defaultdict(list, {band: [candidates[story_id] for story_id in ids] for band, ids in latest.items()})


def _candidates(ids: Sequence[int], feed: Feed) -> dict[int, _Candidate]:
    own = set(Entry.objects.filter(feed=feed, story__in=ids).values_list("story_id", flat=True))
    return {
        story.pk: _Candidate(story, Signature.from_bytes(bytes(story.signature)), story.pk in own)
        for story in Story.objects.filter(pk__in=ids)
    }


def _nearest(one: _Told, candidates: defaultdict[int, list[_Candidate]]) -> Story | None:
    under = [candidate for key in one.keys for candidate in candidates[key]]
    shared = Counter(id(candidate) for candidate in under)
    by_id = {id(candidate): candidate for candidate in under}
    same = [
        (likeness(one.signature, candidate.signature), candidate.story)
        for candidate in (by_id[number] for number, _ in shared.most_common(CANDIDATES))
        if _is_same(one, candidate)
    ]
    return max(same, key=lambda pair: pair[0])[1] if same else None


def _is_same(one: _Told, candidate: _Candidate) -> bool:
    if abs(candidate.story.published_at - one.telling.published_at) > WINDOW:
        return False
    if candidate.is_of_this_feed and not _reposted(one.signature.title, candidate.signature.title):
        return False
    return same_story(one.signature, candidate.signature)


def _reposted(title: str, other: str) -> bool:
    """Within one feed like words are its boilerplate, and only like titles tell a report put out again.

    A day, a number or a place in a series makes another report of it ("List of key events, day 1,407").
    """
    one, two = set(title.split()), set(other.split())
    if {word for word in one if _counts(word)} != {word for word in two if _counts(word)}:
        return False
    return len(one & two) >= REPOST * len(one | two)


def _counts(word: str) -> bool:
    return any(character.isdigit() for character in word)


def _begin(one: _Told, now: datetime) -> Story:
    return Story(
        headline=(one.telling.title or one.telling.body)[:500],
        first_seen_at=now,
        published_at=one.telling.published_at,
        signature=bytes(one.signature),
    )


def _save(begun: Iterable[_Told]) -> None:
    told = [(one.story, one.keys) for one in begun if one.story is not None]
    Story.objects.bulk_create([story for story, _ in told])
    rows = [(story.pk, key) for story, keys in told for key in keys]
    if not rows:
        return
    table = connection.ops.quote_name(StoryBand._meta.db_table)
    # Some thirty narrow rows a story: as model instances they would cost more than everything else in a poll.
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} (story_id, band) VALUES (%s, %s)", rows)  # noqa: S608
