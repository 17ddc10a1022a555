"""Home: what moved, what is due, what came in, the next deadlines, and the record so far."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forecasts.models import Appeal, Forecast
from tracker import statuses
from tracker.models import RULED, Article, Claim, Evidence, Position, Status, StatusChange, User
from tracker.models.positions import PositionQuerySet
from tracker.pages import formats
from tracker.pages.access import is_curator
from tracker.pages.questions import recent_changes, rows
from tracker.pages.questions.rows import PositionRow
from tracker.pages.questions.status_counts import Tally, tallied
from tracker.wording import capitalised, counted, number

MOST_MOVES, MOST_NEWS, MOST_DUE, MOST_NEXT, MOST_LIVES = 5, 4, 6, 5, 8
WEEK = timedelta(days=7)
DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """How much there is of everything.

    `statuses` count questions, each once however many claims are put to it; `tally` counts claims.
    """

    articles: int
    claims: int
    tally: Tally
    statuses: Mapping[str, int]

    @property
    def questions(self) -> int:
        return sum(self.statuses.values())

    @property
    def due(self) -> int:
        return self.statuses.get(Status.DUE, 0)

    @property
    def words(self) -> str:
        """The line under the headline."""
        numbers = Counter[str]()
        for status in statuses.ALL:
            numbers[_sort(status)] += self.statuses.get(status.value, 0)
        said = ", ".join(f"{count} {words}" for words, count in numbers.items() if count)
        inventory = (
            f"{formats.counted(self.articles, 'article')}, {formats.counted(self.claims, 'claim')}, "
            f"{formats.counted(self.questions, 'question')}"
        )
        return f"{capitalised(inventory)}{': ' + said if said else ''}{self._unsided}."

    @property
    def _unsided(self) -> str:
        count = self.tally.unsided
        return f"; {count} {'statement takes' if count == 1 else 'statements take'} no side" if count else ""


def _sort(status: statuses.StatusTraits) -> str:
    """Heading of the inventory under which a status counts."""
    if status.is_scored:
        return "scored"
    return status.value if status.is_ruled or status.value == Status.DUE else "open"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    found = inventory()
    latest = recent_changes.latest(now, most=MOST_MOVES)
    settled = _settled(now)
    lives = rows.of(_lives(), now=now)
    context = {
        "now": now,
        "inventory": found,
        "title": title(settled=len(settled), found=found, moved=latest.total if latest.window.is_recent else 0),
        "lede": lede(settled or _last_settled(), is_news=bool(settled)),
        "moves": latest,
        "news": recent_changes.newest(most=MOST_NEWS),
        "due": _due(),
        "next": rows.of(_next(now), now=now),
        "lives": lives,
        "lives_title": lives_title(lives),
        "is_curator": is_curator(request),
        "to_confirm": Evidence.objects.to_confirm().count() if is_curator(request) else 0,
        "to_renew": _to_renew(request, now=now),
        "appeals": Appeal.objects.waiting().count() if is_curator(request) else 0,
    }
    return render(request, "home/home.html", context)


def _to_renew(request: HttpRequest, *, now: datetime) -> int:
    """How many of the reader's own forecasts lapse soon, or have of late."""
    if not isinstance(request.user, User):
        return 0
    return Forecast.objects.filter(forecaster__user=request.user).to_renew(now).count()


def inventory() -> Inventory:
    """Questions are counted by their own positions, claims by theirs."""
    published = Position.objects.published().order_by()
    of_claims = published.of_claims().values_list("side", "status").annotate(Count("pk"))
    of_questions = published.of_questions().values_list("status").annotate(Count("pk"))
    return Inventory(
        articles=Article.objects.count(),
        claims=Claim.objects.accepted().count(),
        tally=tallied({(side, status): count for side, status, count in of_claims}),
        statuses=dict(of_questions),
    )


def title(*, settled: int, found: Inventory, moved: int) -> str:
    """Headline: the first thing that a reader should know."""
    wait = f"{number(found.due)} {'waits' if found.due == 1 else 'wait'} for a ruling"
    if settled:
        news = f"{capitalised(counted(settled, 'question'))} {'was' if settled == 1 else 'were'} settled this week"
        return f"{news}; {wait}" if found.due else news
    if found.due:
        return f"{capitalised(counted(found.due, 'question'))} {'waits' if found.due == 1 else 'wait'} for a ruling"
    if moved:
        return f"{capitalised(counted(moved, 'question'))} moved in the last 30 days"
    if found.questions:
        return "All is quiet: nothing moved in the last 30 days"
    return "No claim has been put to a question yet" if found.articles else "Nothing is followed yet"


def lives_title(lives: Sequence[PositionRow]) -> str:
    """How many lines the panel draws, and over what time."""
    if not lives:
        return "How a claim fares"
    months = round((lives[0].life.last - lives[0].life.first).days / DAYS_A_MONTH)
    over = f"over {counted(months, 'month')}" if months > 1 else "in the first weeks"
    return f"{capitalised(counted(len(lives), 'statement'))} {over}"


def lede(settled: Sequence[Position], *, is_news: bool = True) -> str:
    """How the last questions came out, the newest first; only the last of all where that is no news."""
    if not settled:
        return "What an article claimed stands here next to what then happened, as soon as something happens."
    words = [f"“{position.text.rstrip('.')}” {_came_out(position)}" for position in settled[:2]]
    if not is_news:
        return f"Last settled, on {formats.day(settled[0].status_since)}: {words[0]}."
    return f"{'; '.join(words)}."


def _came_out(position: Position) -> str:
    if position.is_bare:
        return f"was {position.status_words}"
    return position.status if statuses.of(position.status).is_scored else f"is {position.status}"


def _ruled() -> PositionQuerySet:
    ruled = Position.objects.one_a_question().filter(status__in=RULED)
    return ruled.select_related("claim", "proposition").order_by("-status_since", "pk")


def _settled(now: datetime) -> list[Position]:
    return list(_ruled().filter(status_since__gte=now - WEEK, status_since__lte=now))


def _last_settled() -> list[Position]:
    return list(_ruled()[:1])


def _due() -> list[tuple[Position, str, str]]:
    """The longest overdue first, each with its page and the last that was heard."""
    due = Position.objects.one_a_question().filter(status=Status.DUE).select_related("claim", "proposition")
    positions = list(due.order_by("proposition__deadline", "pk")[:MOST_DUE])
    pages = rows.addresses(positions)
    changes = StatusChange.objects.filter(position__in=positions, new=Status.DUE).select_related("evidence__revision")
    evidence = {change.position_id: change.evidence for change in changes.order_by("at", "pk")}
    heard = {key: row.revision.title for key, row in evidence.items() if row}
    return [(position, pages[position.pk], heard.get(position.pk, "")) for position in positions]


def _next(now: datetime) -> PositionQuerySet:
    """Open questions, the nearest deadline first."""
    open_ = Position.objects.one_a_question().exclude(status__in=[Status.DUE, *RULED])
    coming = open_.filter(proposition__deadline__gte=now.astimezone(UTC).date())
    return coming.select_related("claim__article", "proposition").order_by("proposition__deadline", "pk")[:MOST_NEXT]


def _lives() -> PositionQuerySet:
    """The claims' positions whose status changed last."""
    sided = Position.objects.published().exclude(side=Position.Side.NONE)
    changed = sided.annotate(steps=Count("changes")).filter(steps__gt=0)
    return changed.select_related("claim__article", "proposition").order_by("-status_since", "pk")[:MOST_LIVES]
