"""Stories: which report a new entry tells, one of those of the same week or one that begins with it."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from tracker.language.stories import Signature, bands, likeness, same_story, signature
from tracker.models import Story, StoryBand

WINDOW = timedelta(days=7)
# What has fewer words is alike by chance.
FEWEST_WORDS = 5
# What boilerplate makes alike is compared with so many only, those that share the most.
CANDIDATES = 20
MOST_UNDER_A_KEY = 50
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


def stories_for(tellings: Sequence[Telling], *, now: datetime) -> list[Story]:
    """The stored story of each telling, in their order; call it inside the transaction that stores the entries."""
    if not tellings:
        return []
    _wait_for_other_workers()
    told = [_told(telling) for telling in tellings]
    known = _known(told)
    begun: dict[int, list[_Told]] = defaultdict(list)
    first_tellers: list[_Told] = []
    for one in told:
        one.story = _told_before(one, known) or _told_here(one, begun)
        if one.story is None:
            one.story = _begin(one, now)
            first_tellers.append(one)
            for key in one.keys:
                if len(begun[key]) < MOST_UNDER_A_KEY:
                    begun[key].append(one)
    _save(first_tellers)
    return [one.story for one in told if one.story is not None]


def _wait_for_other_workers() -> None:
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


def _known(told: Sequence[_Told]) -> dict[int, list[Story]]:
    """Stored stories of the time around, by the keys they share with these."""
    first = min(one.telling.published_at for one in told) - WINDOW
    last = max(one.telling.published_at for one in told) + WINDOW
    keys = sorted({key for one in told for key in one.keys})
    found: dict[int, list[int]] = defaultdict(list)
    for start in range(0, len(keys), KEYS_A_QUERY):
        rows = StoryBand.objects.filter(
            band__in=keys[start : start + KEYS_A_QUERY], story__published_at__range=(first, last)
        )
        for band, story_id in rows.values_list("band", "story_id"):
            found[band].append(story_id)
    latest = {band: sorted(ids)[-MOST_UNDER_A_KEY:] for band, ids in found.items()}
    stories = Story.objects.in_bulk(sorted({story_id for ids in latest.values() for story_id in ids}))
    return {band: [stories[story_id] for story_id in ids] for band, ids in latest.items()}


def _told_before(one: _Told, known: dict[int, list[Story]]) -> Story | None:
    shared = Counter(story for key in one.keys for story in known.get(key, ()))
    stories = (story for story, _ in shared.most_common(CANDIDATES))
    return _nearest(one, ((story, Signature.from_bytes(bytes(story.signature))) for story in stories))


def _told_here(one: _Told, begun: dict[int, list[_Told]]) -> Story | None:
    """Among those that began in the same document."""
    others = {id(other): other for key in one.keys for other in begun[key]}
    shared = Counter(id(other) for key in one.keys for other in begun[key])
    alike = (others[number] for number, _ in shared.most_common(CANDIDATES))
    return _nearest(one, ((other.story, other.signature) for other in alike if other.story))


def _nearest(one: _Told, candidates: Iterable[tuple[Story, Signature]]) -> Story | None:
    same = [
        (likeness(one.signature, mark), story)
        for story, mark in candidates
        if abs(story.published_at - one.telling.published_at) <= WINDOW and same_story(one.signature, mark)
    ]
    return max(same, key=lambda pair: pair[0])[1] if same else None


def _begin(one: _Told, now: datetime) -> Story:
    return Story(
        headline=(one.telling.title or one.telling.body)[:500],
        first_seen_at=now,
        published_at=one.telling.published_at,
        signature=bytes(one.signature),
    )


def _save(first_tellers: Sequence[_Told]) -> None:
    Story.objects.bulk_create([one.story for one in first_tellers if one.story is not None])
    rows = [(one.story.pk, key) for one in first_tellers for key in one.keys if one.story is not None]
    table = connection.ops.quote_name(StoryBand._meta.db_table)
    if not rows:
        return
    # Some thirty narrow rows a story: as model instances they would cost more than everything else in a poll.
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} (story_id, band) VALUES (%s, %s)", rows)  # noqa: S608
