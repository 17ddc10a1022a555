"""Stories: which report a new entry tells, one of those of the same week or one that begins with it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from language.matching.stories import Signature, keys, likeness, same_story, signatures
from tracker.models import Entry, Story, StoryBand, bulk, turns

WINDOW = timedelta(days=7)
# What boilerplate makes alike is compared with so many only, those that share the most.
CANDIDATES = 20
MOST_UNDER_A_KEY = 50
# The share of title words that one feed's two entries must have in common to be one report.
REPOST = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The words of a new entry, their time and the feed that brought them."""

    feed_id: int
    title: str
    body: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class _Told:
    telling: Telling
    signature: Signature
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A story that may be the same; `feeds` are those that have told it."""

    story_id: int
    published_at: datetime
    signature: Signature
    feeds: set[int] = field(default_factory=set)


_Index = defaultdict[int, list[_Candidate]]


def stories_for(tellings: Sequence[Telling], *, now: datetime) -> list[int]:
    """The key of the stored story that each telling tells, in their order.

    Call it inside the transaction that stores the entries.
    """
    if not tellings:
        return []
    turns.wait_for(turns.DatabaseTurn.STORIES)  # two workers with the same wire report would both begin its story
    told = _told(tellings)
    candidates = _known(told)
    fresh = iter(bulk.next_keys(Story, len(told)))
    stories: list[int] = []
    begun: list[tuple[int, _Told]] = []
    for one in told:
        found = _nearest(one, candidates)
        if found is None:
            found = _Candidate(next(fresh), one.telling.published_at, one.signature)
            begun.append((found.story_id, one))
            for key in one.keys:
                if len(candidates[key]) < 2 * MOST_UNDER_A_KEY:
                    candidates[key].append(found)
        found.feeds.add(one.telling.feed_id)
        stories.append(found.story_id)
    _save(begun, now=now)
    return stories


def _told(tellings: Sequence[Telling]) -> list[_Told]:
    marks = signatures([(telling.title, telling.body) for telling in tellings])
    return [_Told(telling, mark, keys(mark)) for telling, mark in zip(tellings, marks, strict=True)]


def _known(told: Sequence[_Told]) -> _Index:
    """Stored stories of the time around, by the keys they share with these."""
    first = min(one.telling.published_at for one in told) - WINDOW
    last = max(one.telling.published_at for one in told) + WINDOW
    wanted = list({key for one in told for key in one.keys})
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = StoryBand.objects.filter(band__among=wanted, story__published_at__range=(first, last))
    for band, story_id in rows.values_list("band", "story_id"):
        found[band].append(story_id)
    latest = {band: sorted(ids)[-MOST_UNDER_A_KEY:] for band, ids in found.items()}
    candidates = _candidates(sorted({story_id for ids in latest.values() for story_id in ids}))
    return defaultdict(list, {band: [candidates[story_id] for story_id in ids] for band, ids in latest.items()})


def _candidates(ids: Sequence[int]) -> dict[int, _Candidate]:
    feeds: defaultdict[int, set[int]] = defaultdict(set)
    for story_id, feed_id in Entry.objects.filter(story__in=ids).values_list("story_id", "feed_id"):
        feeds[story_id].add(feed_id)
    rows = Story.objects.filter(pk__in=ids).values_list("pk", "published_at", "signature")
    return {
        pk: _Candidate(pk, published_at, Signature.from_bytes(bytes(stored)), feeds[pk])
        for pk, published_at, stored in rows
    }


def _nearest(one: _Told, candidates: _Index) -> _Candidate | None:
    under = [candidate for key in one.keys for candidate in candidates.get(key, ())]
    if not under:
        return None
    shared = Counter(id(candidate) for candidate in under)
    by_id = {id(candidate): candidate for candidate in under}
    same = [
        (likeness(one.signature, candidate.signature), candidate)
        for candidate in (by_id[number] for number, _ in shared.most_common(CANDIDATES))
        if _is_same(one, candidate)
    ]
    return max(same, key=lambda pair: pair[0])[1] if same else None


def _is_same(one: _Told, candidate: _Candidate) -> bool:
    if abs(candidate.published_at - one.telling.published_at) > WINDOW:
        return False
    if one.telling.feed_id in candidate.feeds and not _reposted(one.signature.title, candidate.signature.title):
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


def _save(begun: Sequence[tuple[int, _Told]], *, now: datetime) -> None:
    bulk.insert(
        Story,
        ("id", "headline", "first_seen_at", "published_at", "signature"),
        [
            (
                story_id,
                (one.telling.title or one.telling.body)[:500],
                now,
                one.telling.published_at,
                bytes(one.signature),
            )
            for story_id, one in begun
        ],
    )
    # In the order of the index, so that neighbours go to one place of it.
    bands = sorted((key, story_id) for story_id, one in begun for key in one.keys)
    bulk.insert(StoryBand, ("band", "story_id"), bands)
