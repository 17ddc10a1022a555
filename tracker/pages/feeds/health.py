"""Health of feeds: the state of each in a word and a sentence, its entries of late, and their part in the evidence."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db.models import Case, Count, IntegerField, Max, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import TruncDate

from news.polling.redirects import AGREEING
from tracker.models import Attempt, Decision, Entry, Evidence, Feed
from tracker.pages import formats
from tracker.pages.drawing.instruments import Rect
from tracker.wording import counted

DAYS = 7
EVIDENCE_WINDOW = timedelta(days=90)
PATIENCE = timedelta(hours=1)  # how late a poll may be before its page asks whether a worker runs
BAR_HEIGHT, BAR_WIDTH, BAR_STEP = 24, 13, 16


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """A feed's state: its sign, the word beside it, and a sentence on its cause, or nothing."""

    sign: str
    word: str
    note: str = ""
    needs_someone: bool = False


@dataclass(frozen=True, slots=True)
class WeekOfEntries:
    """Entries that a feed brought a day, oldest first, drawn and in words."""

    bars: tuple[Rect, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """A feed in the list; `stories` counts its stories, `evidence` those among them that became evidence."""

    feed: Feed
    health: FeedHealth
    next_poll: str
    week: WeekOfEntries | None
    archived: str
    evidence: int
    stories: int


def by_need(now: datetime) -> QuerySet[Feed]:
    """Every feed, those that need someone first, then those that are late, read, archived, paused."""
    active = Q(state=Feed.State.ACTIVE)
    waiting = Q(next_poll_at__lt=now - PATIENCE) if settings.HINDCAST_POLL else Q(pk__in=[])
    rank = Case(
        When(state=Feed.State.STOPPED, then=Value(0)),
        When(active & (Q(failures__gt=0) | waiting), then=Value(1)),
        When(active, then=Value(2)),
        When(state=Feed.State.ARCHIVE, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    return Feed.objects.select_related("outlet", "host").order_by(rank, "title", "pk")


def feed_rows(feeds: Sequence[Feed], *, now: datetime) -> tuple[FeedRow, ...]:
    """The feeds in their order, in as many queries for one as for fifty."""
    pauses, days = pauses_of(feeds), _attempts(feeds, now=now)
    archives, stories = _archives(feeds), _stories(feeds, now=now)
    evidence = _stories(feeds, now=now, is_evidence=True)
    return tuple(
        FeedRow(
            feed=feed,
            health=health(feed, now=now, pause=pauses.get(feed.pk)),
            next_poll=_next_poll(feed, now=now),
            week=None if feed.state == Feed.State.ARCHIVE else _week(days[feed.pk], today=now.astimezone(UTC).date()),
            archived=archives.get(feed.pk, ""),
            evidence=evidence.get(feed.pk, 0),
            stories=stories.get(feed.pk, 0),
        )
        for feed in feeds
    )


def health(feed: Feed, *, now: datetime, pause: Decision | None = None) -> FeedHealth:
    """The first rule that applies: archive, paused, stopped, failing, forgotten, new, well."""
    if feed.state == Feed.State.ARCHIVE:
        return FeedHealth("well", "Archive", "Played back from a file, and never polled.")
    if feed.state == Feed.State.PAUSED:
        return FeedHealth("paused", "Paused", f"Paused by {pause.by}: {pause.reason}" if pause else "")
    if feed.state == Feed.State.STOPPED:
        advice = "It is not polled any more. Find a new address, or resume it."
        return FeedHealth("gone", "Stopped", f"{feed.last_error} {advice}".strip(), needs_someone=True)
    if (frozen := frozen_until(feed, now=now)) is not None:
        rest = f"{feed.host} asked to be left alone until {formats.moment(frozen)}; none of its feeds is asked before."
        return FeedHealth("late", "Held off", f"{feed.last_error} {rest}".strip())
    if feed.failures:
        tries = f"Failed {counted(feed.failures, 'time')} in a row" if feed.failures > 1 else "Failed once"
        return FeedHealth("late", "Late", f"{feed.last_error} {tries}.".strip())
    if settings.HINDCAST_POLL and now - feed.next_poll_at > PATIENCE:
        waits = formats.duration(now - feed.next_poll_at)
        return FeedHealth("late", "Waiting", f"Its time came {waits} ago and nobody has read it: is a worker running?")
    if feed.last_success_at is None:
        return FeedHealth("late", "New")
    return FeedHealth("well", "Well", " ".join(filter(None, (_move(feed), damage(feed)))))


def frozen_until(feed: Feed, *, now: datetime) -> datetime | None:
    """The end of the time for which the feed's server asked to be left alone; None where it may be asked."""
    frozen = feed.host.frozen_until if feed.host else None
    return frozen if frozen and frozen > now else None


def damage(feed: Feed) -> str:
    return f"It could be read, but: {feed.warning}" if feed.warning else ""


def _move(feed: Feed) -> str:
    if not feed.moved_to:
        return ""
    condition = f"after {AGREEING} answers that agree it is read there ({feed.moves_seen} so far)"
    return f"It says that it has moved for good; {condition}."


def _next_poll(feed: Feed, *, now: datetime) -> str:
    if feed.state != Feed.State.ACTIVE or not settings.HINDCAST_POLL:
        return "not planned"
    at = max(feed.next_poll_at, frozen_until(feed, now=now) or feed.next_poll_at)
    return f"in {formats.duration(at - now)}" if at > now else "now"


def pauses_of(feeds: Sequence[Feed]) -> dict[int, Decision]:
    """The last decision to pause each feed."""
    paused = [feed for feed in feeds if feed.state == Feed.State.PAUSED]
    rows = Decision.objects.about(*paused).filter(verb=Decision.Verb.PAUSE_FEED).order_by("at", "pk")
    return {row.subject_id: row for row in rows}


def _attempts(feeds: Sequence[Feed], *, now: datetime) -> defaultdict[int, dict[date, tuple[int, int]]]:
    """For each feed and day of the last week: entries gained, and the number of attempts that did not fail."""
    rows = (
        Attempt.objects.filter(feed__in=feeds, at__gte=now - timedelta(days=DAYS))
        .annotate(day=TruncDate("at", tzinfo=UTC))
        .values("feed_id", "day")
        .annotate(entries=Sum("new_entries"), answers=Count("pk", filter=Q(error="")))
        .order_by()
    )
    days: defaultdict[int, dict[date, tuple[int, int]]] = defaultdict(dict)
    for row in rows:
        days[row["feed_id"]][row["day"]] = (row["entries"], row["answers"])
    return days


def _week(attempts: dict[date, tuple[int, int]], *, today: date) -> WeekOfEntries:
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    most = max((entries for entries, _ in attempts.values()), default=0)
    bars = tuple(_bar(place, attempts.get(day), most=most) for place, day in enumerate(days))
    words = f"Entries a day, last {DAYS} days: {', '.join(str(attempts.get(day, (0, 0))[0]) for day in days)}"
    failed = sum(1 for day in days if day in attempts and not attempts[day][1])
    return WeekOfEntries(bars, f"{words}; every try failed on {counted(failed, 'day')}" if failed else words)


def _bar(place: int, day: tuple[int, int] | None, *, most: int) -> Rect:
    entries, answers = day or (0, 1)
    height = round(max((BAR_HEIGHT - 2) * entries / most, 2.0), 1) if entries else 1.5
    fill = "fill-bar" if entries else "fill-mute" if answers else "fill-against"
    return Rect(name=fill, x=place * BAR_STEP, y=BAR_HEIGHT - height, width=BAR_WIDTH, height=height)


def _archives(feeds: Sequence[Feed]) -> dict[int, str]:
    """The number of entries of each archive, and their first and last day."""
    archives = [feed.pk for feed in feeds if feed.state == Feed.State.ARCHIVE]
    rows = (
        Entry.objects.filter(feed__in=archives)
        .values("feed_id")
        .annotate(entries=Count("pk"), first=Min("published_at"), last=Max("published_at"))
        .order_by()
    )
    return {
        row["feed_id"]: f"{formats.counted(row['entries'], 'entry', 'entries')}, "
        f"{formats.day(row['first'])} to {formats.day(row['last'])}"
        for row in rows
    }


def _stories(feeds: Sequence[Feed], *, now: datetime, is_evidence: bool = False) -> dict[int, int]:
    """Stories of each feed in the last 90 days (of an archive: ever), or those among them that became evidence."""
    recent = Q(published_at__gte=now - EVIDENCE_WINDOW) | Q(feed__state=Feed.State.ARCHIVE)
    entries = Entry.objects.filter(recent, feed__in=feeds)
    if is_evidence:
        entries = entries.filter(story__in=Evidence.objects.shown().order_by().values("story"))
    rows = entries.values("feed_id").annotate(stories=Count("story", distinct=True)).order_by()
    return {row["feed_id"]: row["stories"] for row in rows}
