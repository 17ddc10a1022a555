"""Totals of all feeds: their entries of the last day, and their state in sentences."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from tracker.models import Attempt, Entry, Evidence, Feed, Story
from tracker.wording import capitalised, counted, number

SPAN = timedelta(days=1)
SLOWEST_SHARE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTotals:
    """Of the last 24 hours, but `kept` and `to_confirm`, which count all there are; None where no poll was made."""

    entries: int
    revisions: int
    stories: int
    evidence: int
    kept: int
    to_confirm: int
    polls: int
    slowest_seconds: float | None


@dataclass(frozen=True, slots=True)
class Headline:
    """The finding of the page and its meaning."""

    title: str
    lede: str


def totals(now: datetime) -> FeedTotals:
    since = now - SPAN
    attempts = Attempt.objects.filter(at__gte=since)
    sums = attempts.aggregate(polls=Count("pk"), entries=Sum("new_entries"), revisions=Sum("new_revisions"))
    return FeedTotals(
        entries=sums["entries"] or 0,
        revisions=sums["revisions"] or 0,
        stories=Story.objects.filter(first_seen_at__gte=since).count(),
        evidence=Evidence.objects.shown().filter(attached_at__gte=since).count(),
        kept=Entry.objects.count(),
        to_confirm=Evidence.objects.to_confirm().count(),
        polls=sums["polls"],
        slowest_seconds=_slowest(attempts.order_by("seconds").values_list("seconds", flat=True), polls=sums["polls"]),
    )


def _slowest(seconds: QuerySet[Attempt, float], *, polls: int) -> float | None:
    """The seconds within which 95 in 100 polls stayed."""
    return seconds[int((polls - 1) * SLOWEST_SHARE)] if polls else None


def headline() -> Headline:
    """The share of the feeds that answered when last asked, and the faults of the others."""
    active = Q(state=Feed.State.ACTIVE)
    counts = Feed.objects.aggregate(
        active=Count("pk", filter=active),
        late=Count("pk", filter=active & Q(failures__gt=0)),
        unread=Count("pk", filter=active & Q(failures=0, last_success_at__isnull=True)),
        stopped=Count("pk", filter=Q(state=Feed.State.STOPPED)),
        archived=Count("pk", filter=Q(state=Feed.State.ARCHIVE)),
    )
    polled = counts["active"] + counts["stopped"]
    if not polled:
        kept = "What the archive holds stays." if counts["archived"] else ""
        return Headline("No feed is polled", f"{kept} Nothing new can come in until somebody adds a feed.".strip())
    if not settings.HINDCAST_POLL:
        lede = f"No feed of {number(polled)} is asked for news on this machine (HINDCAST_POLL). Nothing read is lost."
        return Headline("Polling is switched off", lede)
    answered = polled - counts["late"] - counts["unread"] - counts["stopped"]
    if counts["unread"] == polled:
        return Headline(f"{capitalised(counted(polled, 'feed'))} not read yet", "The first poll comes within minutes.")
    lede = _lede(stopped=counts["stopped"], late=counts["late"], unread=counts["unread"])
    if polled == counts["late"] > 1:
        lede += " That all of them fail points to this machine: is it on the network?"
    return Headline(f"{_share(answered, polled - counts['unread'])} when last asked", lede)


def _share(answered: int, polled: int) -> str:
    if answered == polled:
        feeds = {1: "The feed", 2: "Both feeds"}.get(polled, f"All {counted(polled, 'feed')}")
        return f"{feeds} answered"
    if polled == 1:
        return "The feed did not answer"
    return f"{capitalised(number(answered)) if answered else 'None'} of {counted(polled, 'feed')} answered"


def _lede(*, stopped: int, late: int, unread: int) -> str:
    parts = []
    if stopped:
        parts.append(f"{number(stopped)} stopped and {'needs' if stopped == 1 else 'need'} a person")
    if late:
        parts.append(f"{number(late)} {'is' if late == 1 else 'are'} late and will be tried again")
    if unread:
        parts.append(f"{number(unread)} {'has' if unread == 1 else 'have'} not been read yet")
    if not parts:
        return "All is well."
    return f"{capitalised('; '.join(parts))}. Nothing read so far is lost."
