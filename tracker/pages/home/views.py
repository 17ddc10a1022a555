"""Home: what moved, what is due, what came in, the next deadlines, and the record so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forecasts.models import Appeal, Forecast, Proposition, Resolution
from tracker.models import RULED, Article, Asked, Claim, Evidence, Position, Status, StatusChange, User
from tracker.models.questions import asked, standing, without_claim
from tracker.pages import formats
from tracker.pages.curators import is_curator
from tracker.pages.questions import recent_changes
from tracker.pages.questions import rows as standings
from tracker.pages.questions.rows import Standing, Viewed
from tracker.pages.questions.status_counts import Tally, tallied
from tracker.wording import capitalised, counted, number

MOST_MOVES, MOST_NEWS, MOST_DUE, MOST_NEXT, MOST_LIVES = 5, 4, 6, 5, 8
WEEK = timedelta(days=7)
DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Due:
    """A position, or a question as such, that waits for a ruling, and the last that was heard."""

    title: str
    address: str
    deadline: date
    last_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """How much there is of everything; `bare` are questions that no claim is put to, by status, `due` all that wait."""

    articles: int
    claims: int
    questions: int
    tally: Tally
    due: int
    followed: int
    bare: Mapping[str, int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The line under the headline; what is due or followed without a side counts there, and nowhere else."""
        numbers = {
            "scored": self.tally.scored
            + sum(self.bare.get(status, 0) for status in (Status.CAME_TRUE, Status.DID_NOT)),
            "due": self.due,
            "open": self.tally.open + self.bare.get(Status.WATCHING, 0),
            "partly true": self.tally.of(Status.PARTLY) + self.bare.get(Status.PARTLY, 0),
            "void": self.tally.of(Status.VOID) + self.bare.get(Status.VOID, 0),
            "followed without a score": self.followed,
        }
        said = ", ".join(f"{count} {words}" for words, count in numbers.items() if count)
        inventory = (
            f"{formats.counted(self.articles, 'article')}, {formats.counted(self.claims, 'claim')}, "
            f"{formats.counted(self.questions, 'question')}"
        )
        return f"{capitalised(inventory)}{': ' + said if said else ''}."


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    found = inventory(now)
    latest = recent_changes.latest(now, most=MOST_MOVES)
    settled = _settled(now)
    lives = standings.of(_lives(), now=now)
    context = {
        "now": now,
        "inventory": found,
        "title": title(settled=len(settled), found=found, moved=latest.total if latest.window.is_recent else 0),
        "lede": lede(settled or _last_settled(now), is_news=bool(settled)),
        "moves": latest,
        "news": recent_changes.newest(now, most=MOST_NEWS),
        "due": _due(now),
        "next": standings.of(_next(now), now=now),
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


def inventory(now: datetime) -> Inventory:
    rows = Position.objects.shown().order_by().values_list("side", "status").annotate(Count("pk"))
    numbers = {(side, status): count for side, status, count in rows}
    found = tallied(numbers)
    due = sum(count for (_, status), count in numbers.items() if status == Status.DUE)
    questions = Proposition.objects.published()
    bare = standing(without_claim(questions), now=now).order_by().values_list("status").annotate(Count("pk"))
    by_status = dict(bare)
    return Inventory(
        articles=Article.objects.count(),
        claims=Claim.objects.accepted().count(),
        questions=questions.count(),
        tally=found,
        due=due + by_status.get(Status.DUE, 0),
        followed=found.unsided - (due - found.due),
        bare=by_status,
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


def lede(settled: Sequence[Viewed], *, is_news: bool = True) -> str:
    """How the last questions came out, the newest first; only the last of all where that is no news."""
    if not settled:
        return "What an article claimed stands here next to what then happened, as soon as something happens."
    words = [f"“{_plain(each)}” {_came_out(each)}" for each in settled[:2]]
    if not is_news:
        return f"Last settled, on {formats.day(standings.since(settled[0]))}: {words[0]}."
    return f"{'; '.join(words)}."


def _plain(viewed: Viewed) -> str:
    return viewed.title.rstrip(".")


def _came_out(viewed: Viewed) -> str:
    if isinstance(viewed, Asked):
        return f"was {viewed.words}"
    return f"is {viewed.status}" if viewed.status in (Status.VOID, Status.PARTLY) else viewed.status


def _ruled() -> QuerySet[Position]:
    return Position.objects.shown().filter(status__in=RULED).order_by("-status_since", "pk")


def _bare_ruled(now: datetime, *, since: datetime | None = None) -> list[Asked]:
    """Questions that no claim is put to, ruled on at or after `since`, or else the last of them."""
    rulings = Resolution.objects.not_reversed().filter(ruled_at__lte=now).order_by("-ruled_at", "-pk")
    rulings = rulings.filter(proposition__in=without_claim(Proposition.objects.published()).values("pk"))
    chosen = rulings.filter(ruled_at__gte=since) if since else rulings[:1]
    rows = Proposition.objects.filter(pk__in=list(chosen.values_list("proposition", flat=True)))
    return sorted(asked(rows, now=now), key=standings.since, reverse=True)


def _settled(now: datetime) -> list[Viewed]:
    positions = _ruled().filter(status_since__gte=now - WEEK, status_since__lte=now)
    found: list[Viewed] = [*positions, *_bare_ruled(now, since=now - WEEK)]
    return sorted(found, key=standings.since, reverse=True)


def _last_settled(now: datetime) -> list[Viewed]:
    last: list[Viewed] = [*_ruled()[:1], *_bare_ruled(now)]
    return sorted(last, key=standings.since, reverse=True)[:1]


def _due(now: datetime) -> tuple[Due, ...]:
    """The longest overdue first, of positions and of questions that no claim is put to."""
    found = [*_due_tests(), *_due_questions(now)]
    return tuple(sorted(found, key=lambda due: due.deadline)[:MOST_DUE])


def _due_questions(now: datetime) -> list[Due]:
    return [
        Due(title=row.title, address=standings.address(row), deadline=row.proposition.deadline, last_word=row.last_word)
        for row in _bare(now, status=Status.DUE, most=MOST_DUE)
    ]


def _bare(now: datetime, *, status: str, most: int) -> list[Asked]:
    """Questions of a status that no claim is put to, the nearest deadline first."""
    rows = standing(without_claim(Proposition.objects.published()), now=now).filter(status=status)
    keys = rows.order_by("deadline", "key").values_list("pk", flat=True)[:most]
    return asked(Proposition.objects.filter(pk__in=list(keys)), now=now)


def _due_tests() -> tuple[Due, ...]:
    positions = Position.objects.shown().filter(status=Status.DUE).select_related("claim", "proposition")
    rows = list(positions.order_by("proposition__deadline", "pk")[:MOST_DUE])
    single = standings.alone({position.claim_id for position in rows})
    changes = StatusChange.objects.filter(position__in=rows, new=Status.DUE).select_related("evidence__revision")
    heard = {change.position_id: change.evidence for change in changes.order_by("at", "pk")}
    return tuple(
        Due(
            title=position.title,
            address=standings.address(position, is_alone=position.claim_id in single),
            deadline=position.proposition.deadline,
            last_word=evidence.revision.title if (evidence := heard.get(position.pk)) else "",
        )
        for position in rows
    )


def _next(now: datetime) -> list[Viewed]:
    """Open positions and questions that no claim is put to, the nearest deadline first."""
    positions = Position.objects.shown().exclude(status__in=[Status.DUE, *RULED])
    coming = positions.filter(proposition__deadline__gte=now.astimezone(UTC).date())
    coming = coming.select_related("claim__article", "proposition").order_by("proposition__deadline", "pk")
    questions = _bare(now, status=Status.WATCHING, most=MOST_NEXT)
    return sorted([*coming[:MOST_NEXT], *questions], key=lambda each: each.proposition.deadline)[:MOST_NEXT]


def _lives() -> list[Position]:
    """Those whose status changed last, and more than once if there are such."""
    positions = (
        Position.objects.shown().exclude(side=Position.Side.NONE).annotate(steps=Count("changes")).filter(steps__gt=0)
    )
    return list(positions.select_related("claim__article", "proposition").order_by("-status_since", "pk")[:MOST_LIVES])
