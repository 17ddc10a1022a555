"""Watching: noting that news was read, and the periods over which a question was watched."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from forecasts.maths.hazard import QuestionLife
from forecasts.models import Proposition, WatchedPeriod

Period = tuple[datetime, datetime]
LONGEST_GAP: Final = timedelta(days=2)  # between two readings; the slowest feeds are asked once a day
FINEST: Final = timedelta(minutes=15)  # a period is not written anew for less


def note(until: datetime, *, since: datetime | None = None) -> None:
    """Write down that news was read at `until`, or all the time from `since` on."""
    since = since or until
    touching = WatchedPeriod.objects.filter(began_at__lte=since, ended_at__gte=since - LONGEST_GAP)
    period = touching.order_by("-ended_at").first()
    if period is None:
        WatchedPeriod.objects.create(began_at=since, ended_at=until)
    elif period.ended_at + FINEST <= until:
        WatchedPeriod.objects.filter(pk=period.pk, ended_at__lt=until).update(ended_at=until)


def periods() -> tuple[Period, ...]:
    """All periods over which news was read, in order and apart; one query."""
    apart: list[Period] = []
    for began, ended in WatchedPeriod.objects.order_by("began_at", "pk").values_list("began_at", "ended_at"):
        if apart and began <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], ended))
        else:
            apart.append((began, ended))
    return tuple(apart)


def within(proposition: Proposition, watched: Sequence[Period]) -> tuple[Period, ...]:
    """The part of the periods that lies within a question's life."""
    begins, closes = proposition.begins_at, proposition.closes_at
    return tuple(
        (max(began, begins), min(ended, closes)) for began, ended in watched if began < closes and begins < ended
    )


def life(proposition: Proposition, watched: Sequence[Period]) -> QuestionLife:
    """A question's life as far as it was watched."""
    return proposition.life(within(proposition, watched))
