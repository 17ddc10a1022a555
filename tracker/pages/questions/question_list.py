"""The list of questions: every one that is published, those still open first, the nearest deadline on top."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forecasts.models import Forecast
from tracker import statuses
from tracker.models import Position, Status
from tracker.models.positions import PositionQuerySet
from tracker.pages.access import is_curator
from tracker.pages.chips import Chip
from tracker.pages.formats import days_until, percent
from tracker.pages.questions.rows import PositionRow, of
from tracker.wording import capitalised

PER_PAGE: Final = 20
MOST_TOPICS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Filters of the list; empty: everything."""

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
class QuestionRow:
    """A question in the list: where it stands, what the crowd says, how many claims are put to it."""

    row: PositionRow
    crowd: Crowd | None
    claims: int
    deadline_words: str
    is_begun: bool


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    every = Position.objects.published().of_questions()
    chosen = _chosen(request)
    first_open = Case(When(proposition__outcome="", then=F("proposition__deadline")))
    order = (first_open.asc(nulls_last=True), "-proposition__deadline", "proposition__key")
    rows = _narrowed(every, chosen).select_related("proposition").order_by(*order)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": _lines(list(page.object_list), now=now),
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
    return Chosen(status=status if status in Status.values else "", topic=topic, is_bare=is_bare)


def _narrowed(rows: PositionQuerySet, chosen: Chosen) -> PositionQuerySet:
    if chosen.status:
        rows = rows.filter(status=chosen.status)
    if chosen.topic:
        rows = rows.filter(proposition__topic=chosen.topic)
    return rows.filter(pk__in=Position.objects.one_a_question().values("pk")) if chosen.is_bare else rows


def _status_chips(every: PositionQuerySet, chosen: Chosen) -> tuple[Chip, ...]:
    """By state, then those without an article; a state that no question is in is left out."""
    others = _narrowed(every, replace(chosen, status=""))
    found = dict(others.order_by().values_list("status").annotate(Count("pk")))
    bare = _narrowed(every, replace(chosen, is_bare=True)).count()
    chips = [_chip(replace(chosen, status=""), "All", sum(found.values()), chosen)]
    chips += [
        _chip(
            replace(chosen, status=status.value),
            capitalised(status.words_of_question),
            found.get(status.value, 0),
            chosen,
        )
        for status in statuses.ALL
        if status.value in found or status.value == chosen.status
    ]
    without = replace(chosen, is_bare=not chosen.is_bare)
    shown = [chip for chip in chips if chip.count or chip.is_current]
    return (*shown, Chip(address=f"?{without.query}", words="No article", count=bare, is_current=chosen.is_bare))


def _topic_chips(every: PositionQuerySet, chosen: Chosen) -> tuple[Chip, ...]:
    """The commonest topics; none where no question names one."""
    others = _narrowed(every, replace(chosen, topic="")).exclude(proposition__topic="")
    counted = (
        others.order_by()
        .values_list("proposition__topic")
        .annotate(count=Count("pk"))
        .order_by("-count", "proposition__topic")
    )
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


def _lines(positions: Sequence[Position], *, now: datetime) -> list[QuestionRow]:
    """Rows of the page, in its order; five queries."""
    keys = [position.proposition_id for position in positions]
    crowds = _crowds(keys, now=now)
    of_claims = Position.objects.published().of_claims().filter(proposition__in=keys).order_by()
    claims = dict(of_claims.values_list("proposition").annotate(Count("pk")))
    return [
        QuestionRow(
            row=row,
            crowd=crowds.get(position.proposition_id),
            claims=claims.get(position.proposition_id, 0),
            deadline_words="" if position.is_ruled else days_until(position.proposition.deadline, now=now),
            is_begun=position.proposition.opens_at <= now,
        )
        for position, row in zip(positions, of(positions, now=now), strict=True)
    ]


def _crowds(keys: Sequence[int], *, now: datetime) -> dict[int, Crowd]:
    said: defaultdict[int, list[float]] = defaultdict(list)
    forecasts = Forecast.objects.filter(proposition__in=keys).in_force(now).of_crowd().order_by()
    for proposition, chance in forecasts.values_list("proposition", "probability"):
        said[proposition].append(chance)
    return {
        key: Crowd(count=len(own), median=percent(median(own), side=Position.Side.YES)) for key, own in said.items()
    }
