"""Home: what moved, what is due, what came in, the next deadlines, and the record so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forecasts.models import Appeal, Proposition
from tracker.models import RULED, Article, Claim, Evidence, Status, StatusChange, Test
from tracker.pages import moves, shown, standings
from tracker.pages.curators import is_curator
from tracker.pages.standings import Standing
from tracker.pages.tallies import Tally, tallied
from tracker.wording import capitalised, counted, number

MOST_MOVES, MOST_NEWS, MOST_DUE, MOST_NEXT, MOST_LIVES = 5, 4, 6, 5, 8
WEEK = timedelta(days=7)
DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Due:
    """A test that waits for a ruling, and the last that was heard."""

    title: str
    address: str
    deadline: date
    last_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """How much there is of everything."""

    articles: int
    claims: int
    questions: int
    tally: Tally
    due: int
    followed: int

    @property
    def words(self) -> str:
        """The line under the headline; what is due or followed without a side counts there, and nowhere else."""
        numbers = {
            "scored": self.tally.scored,
            "due": self.due,
            "open": self.tally.open,
            "partly true": self.tally.of(Status.PARTLY),
            "void": self.tally.of(Status.VOID),
            "followed without a score": self.followed,
        }
        said = ", ".join(f"{count} {words}" for words, count in numbers.items() if count)
        inventory = (
            f"{shown.counted(self.articles, 'article')}, {shown.counted(self.claims, 'claim')}, "
            f"{shown.counted(self.questions, 'question')}"
        )
        return f"{capitalised(inventory)}{': ' + said if said else ''}."


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    found = inventory()
    latest = moves.latest(now, most=MOST_MOVES)
    settled = _settled(now)
    lives = standings.of(_lives(), now=now)
    context = {
        "now": now,
        "inventory": found,
        "title": title(settled=len(settled), found=found, moved=latest.total if latest.window.is_recent else 0),
        "lede": lede(settled),
        "moves": latest,
        "news": moves.newest(most=MOST_NEWS),
        "due": _due(),
        "next": standings.of(_next(now), now=now),
        "lives": lives,
        "lives_title": lives_title(lives),
        "is_curator": is_curator(request),
        "to_confirm": Evidence.objects.to_confirm().count() if is_curator(request) else 0,
        "appeals": Appeal.objects.waiting().count() if is_curator(request) else 0,
    }
    return render(request, "home/home.html", context)


def inventory() -> Inventory:
    rows = Test.objects.shown().order_by().values_list("side", "status").annotate(Count("pk"))
    numbers = {(side, status): count for side, status, count in rows}
    found = tallied(numbers)
    due = sum(count for (_, status), count in numbers.items() if status == Status.DUE)
    return Inventory(
        articles=Article.objects.count(),
        claims=Claim.objects.accepted().count(),
        questions=Proposition.objects.published().filter(tests__claim__state=Claim.State.ACCEPTED).distinct().count(),
        tally=found,
        due=due,
        followed=found.unsided - (due - found.due),
    )


def title(*, settled: int, found: Inventory, moved: int) -> str:
    """What a reader should know first."""
    wait = f"{number(found.due)} {'waits' if found.due == 1 else 'wait'} for a ruling"
    if settled:
        news = f"{capitalised(counted(settled, 'question'))} {'was' if settled == 1 else 'were'} settled this week"
        return f"{news}; {wait}" if found.due else news
    if found.due:
        return f"{capitalised(counted(found.due, 'question'))} {'waits' if found.due == 1 else 'wait'} for a ruling"
    if moved:
        return f"{capitalised(counted(moved, 'statement'))} moved in the last 30 days"
    if found.questions:
        return "All is quiet: nothing moved in the last 30 days"
    return "No claim has been put to a question yet" if found.articles else "Nothing is followed yet"


def lives_title(lives: Sequence[Standing]) -> str:
    """How many lines the panel draws, and over what time."""
    if not lives:
        return "How a claim fares"
    months = round((lives[0].life.last - lives[0].life.first).days / DAYS_A_MONTH)
    over = f"over {counted(months, 'month')}" if months > 1 else "in the first weeks"
    return f"{capitalised(counted(len(lives), 'statement'))} {over}"


def lede(settled: Sequence[Test]) -> str:
    """How the last questions came out, the newest first; of the last ruling of all where this week brought none."""
    tests = settled[:2] or list(_ruled()[:1])
    if not tests:
        return "What an article claimed stands here next to what then happened, as soon as something happens."
    words = [f"“{test.title.rstrip('.')}” {_came_out(test.status)}" for test in tests]
    if not settled:
        return f"Last settled, on {shown.day(tests[0].status_since)}: {words[0]}."
    return f"{'; '.join(words)}."


def _came_out(status: str) -> str:
    return f"is {status}" if status in (Status.VOID, Status.PARTLY) else status


def _ruled() -> QuerySet[Test]:
    return Test.objects.shown().filter(status__in=RULED).order_by("-status_since", "pk")


def _settled(now: datetime) -> list[Test]:
    return list(_ruled().filter(status_since__gte=now - WEEK, status_since__lte=now))


def _due() -> tuple[Due, ...]:
    tests = Test.objects.shown().filter(status=Status.DUE).select_related("claim", "proposition")
    rows = list(tests.order_by("proposition__deadline", "pk")[:MOST_DUE])
    single = standings.alone({test.claim_id for test in rows})
    changes = StatusChange.objects.filter(test__in=rows, new=Status.DUE).select_related("evidence__revision")
    heard = {change.test_id: change.evidence for change in changes.order_by("at", "pk")}
    return tuple(
        Due(
            title=test.title,
            address=standings.address(test, is_alone=test.claim_id in single),
            deadline=test.proposition.deadline,
            last_word=evidence.revision.title if (evidence := heard.get(test.pk)) else "",
        )
        for test in rows
    )


def _next(now: datetime) -> list[Test]:
    """Open tests, the nearest deadline first."""
    tests = Test.objects.shown().exclude(status__in=[Status.DUE, *RULED])
    coming = tests.filter(proposition__deadline__gte=now.astimezone(UTC).date())
    return list(
        coming.select_related("claim__article", "proposition").order_by("proposition__deadline", "pk")[:MOST_NEXT]
    )


def _lives() -> list[Test]:
    """Those whose status changed last, and more than once if there are such."""
    tests = Test.objects.shown().exclude(side=Test.Side.NONE).annotate(steps=Count("changes")).filter(steps__gt=0)
    return list(tests.select_related("claim__article", "proposition").order_by("-status_since", "pk")[:MOST_LIVES])
