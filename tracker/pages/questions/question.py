"""One question as such, seen from Yes: its number and why, its evidence, forecasts, rulings, scores and claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from forecasts.models import Proposition, Resolution
from tracker.models import Asked, Evidence, Position, Status
from tracker.models.questions import RULINGS, WORDS, asked
from tracker.pages.access import curators_only, is_curator
from tracker.pages.claims import views as claims
from tracker.pages.drawing.chart import draw
from tracker.pages.formats import day, days_until, percent
from tracker.pages.questions import appeals, ledger, sentences
from tracker.pages.questions import rows as standings
from tracker.pages.questions.detail import Seen, see
from tracker.pages.questions.following import follow_button
from tracker.pages.questions.forecasting import own
from tracker.wording import capitalised


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a question's life: the status from then on, why, and by whom."""

    at: datetime
    status: str
    words: str
    reason: str
    by: str


@require_safe
def question(request: HttpRequest, key: str) -> HttpResponse:
    now = timezone.now()
    found = _asked(key, now=now)
    reading = see(found, now=now)
    stance = request.GET.get("stance", "")
    stance = stance if stance in claims.FILTERS else ""
    address = reverse("question", args=[key])
    rows_at = address if stance else ""  # a filter hides rows that links on this page lead to
    positions = (
        Position.objects.shown().filter(proposition=found.pk).select_related("claim__article__outlet", "proposition")
    )
    context = {
        "reading": reading,
        "asked": found,
        "rows_at": rows_at,
        "standing": standing(reading, found),
        "finding": sentences.finding(reading),
        # Everything that comes from outside is escaped where the chart is drawn.
        "chart": mark_safe(draw(claims.plot(reading, address=rows_at))),  # noqa: S308
        "deadline_words": days_until(found.proposition.deadline, now=now),
        "rows": ledger.only(reading.rows, stance),
        "chips": claims.stance_chips(reading, stance),
        "claims": standings.of(positions.order_by("pk"), now=now),
        "steps": steps(found, rulings=reading.rulings),
        "follow": follow_button(request, found.proposition),
        "own": own(
            request,
            found.proposition,
            address=reverse("forecast_question", args=[key]),
            now=now,
            versions=reading.versions,
        ),
        "rulings": appeals.rulings(request, reading=reading),
        "is_curator": is_curator(request),
        "stances": claims.STANCES,
        "strengths": claims.STRENGTHS,
    }
    return render(request, "questions/question.html", context)


@require_POST
@curators_only
def decide(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Confirm or reject a story, from the page of a question: the form's stance is seen from Yes."""
    evidence = get_object_or_404(Evidence, pk=pk, proposition__key=key)
    return claims.decided(request, evidence, side=Position.Side.NONE, page=reverse("question", args=[key]))


def standing(reading: Seen, found: Asked) -> str:
    """One or two sentences on where the question stands."""
    if reading.resolution is not None and reading.is_ruled:
        return reading.resolution.reason
    if found.reason:
        return found.reason
    if not found.is_begun:
        return f"It opens on {day(found.proposition.opens_on)}; forecasts and news count from that day on."
    moved = any(row.points for row in reading.rows)
    return "" if moved else sentences.waiting(reading)


def steps(found: Asked, *, rulings: Sequence[Resolution]) -> Sequence[Step]:
    """What became of it, newest first: opened, due, ruled, taken back."""
    proposition = found.proposition
    prior = f"Opened at its prior, {percent(proposition.prior, side=found.side)}%."
    told = [Step(at=proposition.opens_at, status=Status.WATCHING, words="Open", reason=prior, by="")]
    for ruling in rulings:
        told += _ruled(ruling)
    if found.status == Status.DUE:
        told.append(Step(at=found.since, status=Status.DUE, words="Due", reason=found.reason, by=""))
    return sorted(told, key=lambda step: step.at, reverse=True)


def _ruled(ruling: Resolution) -> list[Step]:
    status = RULINGS[Proposition.Outcome(ruling.outcome)]
    step = Step(
        at=ruling.ruled_at,
        status=status,
        words=capitalised(WORDS[status]),
        reason=ruling.reason,
        by=ruling.ruled_by,
    )
    if ruling.reversed_at is None:
        return [step]
    back = Step(
        at=ruling.reversed_at,
        status=Status.WATCHING,
        words="Ruling taken back",
        reason=ruling.reversal_reason,
        by=ruling.reversed_by,
    )
    return [step, back]


def _asked(key: str, *, now: datetime) -> Asked:
    rows = asked(Proposition.objects.published().filter(key=key), now=now)
    if not rows:
        raise Http404(f"No question is called {key}.")
    return rows[0]
