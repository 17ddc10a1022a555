"""The list of questions: every one that is published, those still open first, the nearest deadline on top."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forecasts.models import Forecast, Proposition
from tracker.models import Position
from tracker.models.questions import WORDS, asked, standing, without_claim
from tracker.pages.curators import is_curator
from tracker.pages.formats import Chip, days_until, percent
from tracker.pages.questions import rows as standings
from tracker.wording import capitalised

PER_PAGE: Final = 20
MOST_TOPICS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the list is narrowed to; empty: everything."""

    status: str = ""
    topic: str = ""
    is_bare: bool = False

    @property
    def query(self) -> str:
        given = {"status": self.status, "topic": self.topic, "claims": "none" if self.is_bare else ""}
        return urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """How many stand by a forecast, and their median in whole per cent for Yes."""

    count: int
    median: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A question in the list: where it stands, what the crowd says, how many claims are put to it."""

    standing: standings.Standing
    crowd: Crowd | None
    claims: int
    deadline_words: str
    is_begun: bool


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    every = standing(Proposition.objects.published(), now=now)
    chosen = _chosen(request)
    first_open = Case(When(outcome="", then=F("deadline")))
    rows = _narrowed(every, chosen).order_by(first_open.asc(nulls_last=True), "-deadline", "key")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "query": f"{chosen.query}&" if chosen.query else "",
        "lines": _lines([row.pk for row in page.object_list], now=now),
        "statuses": _status_chips(every, chosen),
        "topics": _topic_chips(every, chosen),
        "is_narrowed": bool(chosen.query),
        "is_curator": is_curator(request),
    }
    return render(request, "questions/question_list.html", context)


def _chosen(request: HttpRequest) -> Chosen:
    status = request.GET.get("status", "")
    topic = request.GET.get("topic", "").replace("\0", "")[:80]
    is_bare = request.GET.get("claims") == "none"
    return Chosen(status=status if status in {*map(str, WORDS)} else "", topic=topic, is_bare=is_bare)


def _narrowed(rows: "QuerySet[Any]", chosen: Chosen) -> "QuerySet[Any]":
    if chosen.status:
        rows = rows.filter(status=chosen.status)
    if chosen.topic:
        rows = rows.filter(topic=chosen.topic)
    return without_claim(rows) if chosen.is_bare else rows


def _status_chips(every: "QuerySet[Any]", chosen: Chosen) -> tuple[Chip, ...]:
    """By state, then those without an article; a state that no question is in is left out."""
    others = _narrowed(every, replace(chosen, status=""))
    found = dict(others.order_by().values_list("status").annotate(Count("pk")))
    bare = _narrowed(every, replace(chosen, is_bare=True)).count()
    chips = [_chip(replace(chosen, status=""), "All", sum(found.values()), chosen)]
    chips += [
        _chip(replace(chosen, status=status.value), capitalised(words), found.get(status.value, 0), chosen)
        for status, words in WORDS.items()
    ]
    without = replace(chosen, is_bare=not chosen.is_bare)
    shown = [chip for chip in chips if chip.count or chip.is_current]
    return (*shown, Chip(address=f"?{without.query}", words="No article", count=bare, is_current=chosen.is_bare))


def _topic_chips(every: "QuerySet[Any]", chosen: Chosen) -> tuple[Chip, ...]:
    """The commonest topics; none where no question names one."""
    others = _narrowed(every, replace(chosen, topic="")).exclude(topic="")
    counted = others.order_by().values_list("topic").annotate(count=Count("pk")).order_by("-count", "topic")
    found = dict(counted[:MOST_TOPICS])
    if chosen.topic:
        found.setdefault(chosen.topic, 0)
    if not found:
        return ()
    every_topic = Chip(
        address=f"?{replace(chosen, topic='').query}",
        words="Every topic",
        count=_narrowed(every, replace(chosen, topic="")).count(),
        is_current=not chosen.topic,
    )
    return (every_topic, *(_chip(replace(chosen, topic=topic), topic, count, chosen) for topic, count in found.items()))


def _chip(leads_to: Chosen, words: str, count: int, chosen: Chosen) -> Chip:
    return Chip(address=f"?{leads_to.query}", words=words, count=count, is_current=leads_to == chosen)


def _lines(keys: Sequence[int], *, now: datetime) -> list[Line]:
    """Those of the page, in its order; six queries."""
    rows = {row.pk: row for row in asked(Proposition.objects.filter(pk__in=keys), now=now)}
    shown = [rows[key] for key in keys if key in rows]
    crowds = _crowds(keys, now=now)
    positions = Position.objects.shown().filter(proposition__in=keys).order_by()
    claims = dict(positions.values_list("proposition").annotate(Count("pk")))
    return [
        Line(
            standing=stands,
            crowd=crowds.get(row.pk),
            claims=claims.get(row.pk, 0),
            deadline_words="" if row.is_ruled else days_until(row.proposition.deadline, now=now),
            is_begun=row.is_begun,
        )
        for row, stands in zip(shown, standings.of(shown, now=now), strict=True)
    ]


def _crowds(keys: Sequence[int], *, now: datetime) -> dict[int, Crowd]:
    said: defaultdict[int, list[float]] = defaultdict(list)
    forecasts = Forecast.objects.filter(proposition__in=keys).in_force(now).of_crowd().order_by()
    for proposition, chance in forecasts.values_list("proposition", "probability"):
        said[proposition].append(chance)
    return {
        key: Crowd(count=len(own), median=percent(median(own), side=Position.Side.YES)) for key, own in said.items()
    }
