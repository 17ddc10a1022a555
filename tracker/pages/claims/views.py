"""Claims: their list, the page of a position, the overview of a claim with several, what a curator decides."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from tracker.curation import evidence as curation
from tracker.models import Asked, Claim, Evidence, Position, Status
from tracker.pages.access import carried_out, curator_of, curators_only, is_curator, return_address
from tracker.pages.claims.duplicates import same_as
from tracker.pages.drawing.chart import Plot, draw
from tracker.pages.drawing.chart_marks import Mark
from tracker.pages.formats import EFFECT, Chip, days_until, percent, stance_for
from tracker.pages.questions import aggregates, appeals, ledger, sentences
from tracker.pages.questions import rows as standings
from tracker.pages.questions.detail import Reading, Seen, place_of, read
from tracker.pages.questions.following import follow_button
from tracker.pages.questions.forecasting import own
from tracker.wording import capitalised

PER_PAGE: Final = 20
FILTERS: Final = {
    "": "All",
    "supports": "Supports",
    "contradicts": "Contradicts",
    "mentions": "Mentions",
    "suggested": "To confirm",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a curator's form."""

    value: str
    words: str


STANCES: Final = tuple(Choice(value, capitalised(value)) for value in Evidence.Stance.values)
STRENGTHS: Final = tuple(Choice(value, capitalised(str(words))) for value, words in Evidence.Strength.choices)


@require_safe
def claim_list(request: HttpRequest) -> HttpResponse:
    """Every position of an accepted claim, the one that moved last first."""
    shown = Position.objects.shown()
    status = request.GET.get("status", "")
    status = status if status in Status.values else ""
    positions = shown.filter(status=status) if status else shown
    latest_first = F("proposition__changed_at").desc(nulls_last=True)
    ordered = positions.select_related("claim__article", "proposition").order_by(latest_first, "-pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "chips": _status_chips(status),
        "page": page,
        "query": f"status={status}&" if status else "",
        "standings": standings.of(page.object_list, now=timezone.now()),
        "untested": _untested() if not status and page.number == 1 else (),
    }
    return render(request, "claims/claim_list.html", context)


def _status_chips(current: str) -> tuple[Chip, ...]:
    rows = Position.objects.shown().order_by().values_list("status").annotate(Count("pk"))
    numbers = dict(rows)
    every = Chip(address="?", words="All", count=sum(numbers.values()), is_current=not current)
    return (
        every,
        *(
            Chip(
                address=f"?status={status.value}",
                words=capitalised(status.value),
                count=numbers[status.value],
                is_current=current == status.value,
            )
            for status in Status
            if status.value in numbers
        ),
    )


def _untested() -> tuple[Claim, ...]:
    """Accepted claims that nobody has put to a question yet, the newest first."""
    tested = Position.objects.shown().values("claim")
    return tuple(Claim.objects.accepted().exclude(pk__in=tested).select_related("article").order_by("-pk")[:PER_PAGE])


@require_safe
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """A claim with one position shows it whole; one with several, or none yet, an overview."""
    found = get_object_or_404(Claim.objects.accepted().select_related("article__outlet"), slug=slug)
    positions = list(
        Position.objects.shown().filter(claim=found).select_related("claim__article__outlet", "proposition")
    )
    if len(positions) == 1:
        return _whole(request, positions[0], address=reverse("claim", args=[slug]))
    rows = standings.of(positions, now=timezone.now())
    context = {
        "claim": found,
        "place": place_of(found),
        "standings": rows,
        "status": standings.status_of_claim([row.status for row in rows]),
        "counts": standings.counts(row.status for row in rows),
        "follow": follow_button(request, found),
        "is_curator": is_curator(request),
        "same": same_as(found, is_curator=is_curator(request)),
    }
    return render(request, "claims/claim.html", context)


@require_safe
def position(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One of several positions; the only one of a claim stands on the claim's own page."""
    shown = Position.objects.shown().filter(claim__slug=slug)
    found = get_object_or_404(shown.select_related("claim__article__outlet", "proposition"), proposition__key=key)
    if shown.count() == 1:
        return redirect("claim", slug)
    return _whole(request, found, address=reverse("position", args=[slug, key]))


def _whole(request: HttpRequest, found: Position, *, address: str) -> HttpResponse:
    reading = read(found, now=timezone.now())
    stance = request.GET.get("stance", "")
    stance = stance if stance in FILTERS else ""
    rows_at = address if stance else ""  # a filter hides rows that links on this page lead to
    context = {
        "reading": reading,
        "address": address,
        "rows_at": rows_at,
        "standing": sentences.standing(reading),
        "finding": sentences.finding(reading),
        # Everything that comes from outside is escaped where the chart is drawn.
        "chart": mark_safe(draw(plot(reading, address=address if stance else ""))),  # noqa: S308
        "ruling_address": _ruling_address(reading) if is_curator(request) else "",
        "deadline_words": days_until(reading.proposition.deadline, now=reading.now),
        "rows": ledger.only(reading.rows, stance),
        "chips": stance_chips(reading, stance),
        "follow": follow_button(request, reading.claim),
        "own": own(
            request,
            found.proposition,
            address=reverse("forecast", args=[found.pk]),
            now=reading.now,
            versions=reading.versions,
        ),
        "rulings": appeals.rulings(request, reading=reading),
        "is_curator": is_curator(request),
        "stances": STANCES,
        "strengths": STRENGTHS,
        "same": same_as(reading.claim, is_curator=is_curator(request)),
    }
    return render(request, "claims/position.html", context)


def _ruling_address(reading: Reading) -> str:
    """The screen on which a curator rules on what is due, or takes a ruling back."""
    if reading.resolution is not None:
        return reverse("admin:forecasts_proposition_reverse", args=[reading.proposition.pk])
    if reading.position.status == Status.DUE:
        return reverse("admin:forecasts_proposition_rule", args=[reading.proposition.pk])
    return ""


def stance_chips(reading: Seen, current: str) -> tuple[Chip, ...]:
    """The filters of its ledger that would show something."""
    chips = (
        Chip(
            address=f"?stance={stance}#ledger" if stance else "?#ledger",
            words=words,
            count=len(ledger.only(reading.rows, stance)),
            is_current=stance == current,
            mark=EFFECT.get(stance, ""),
        )
        for stance, words in FILTERS.items()
    )
    return tuple(chip for chip in chips if chip.count or chip.is_current)


def plot(reading: Seen, *, address: str) -> Plot:
    """Its chart; its marks lead to the rows of this page, or of `address` where a filter hides some."""
    proposition = reading.proposition
    marks = tuple(
        Mark(
            at=row.published_at,
            lane=EFFECT[row.stance],
            weight=row.weight,
            is_confirmed=row.is_confirmed,
            points=row.points,
            headline=row.headline,
            address=f"{address}#evidence-{row.pk}",
        )
        for row in reading.rows
    )
    return Plot(
        name=sentences.chart_name(reading),
        opens=proposition.opens_at,
        deadline=proposition.closes_at,
        now=reading.now,
        until=reading.chance.until,
        prior=percent(proposition.prior, side=reading.side),
        levels=reading.chance.levels,
        marks=marks,
        spans=reading.spans,
        ruling=reading.viewed.status if reading.is_ruled else "",
        ruled=reading.viewed.words if isinstance(reading.viewed, Asked) else "",
        crowd=reading.forecasts.medians,
        members=reading.forecasts.by,
        bands=aggregates.bands(reading.forecasts.over_time, side=reading.side, until=reading.chance.until),
    )


@require_POST
@curators_only
def decide(request: HttpRequest, position: int, pk: int) -> HttpResponse:
    """Confirm or reject a story, from the page of a position: the form's stance is seen from that position's claim."""
    seen_from = get_object_or_404(Position.objects.select_related("claim", "proposition"), pk=position)
    evidence = get_object_or_404(Evidence, pk=pk, proposition=seen_from.proposition_id)
    return decided(request, evidence, side=seen_from.side, page=standings.address(seen_from))


def decided(request: HttpRequest, evidence: Evidence, *, side: str, page: str) -> HttpResponse:
    """Take the decision that a form asks for, its stance seen from a side, and lead back to the row on its page."""
    by, at, reason = curator_of(request), timezone.now(), request.POST.get("reason", "").strip()[:500]
    if request.POST.get("verb") == "reject":
        decision = partial(curation.reject, evidence, by=by, reason=reason, at=at)
        said = "Rejected: the story counts for nothing, and stays on record in the administration."
    else:
        stance = request.POST.get("stance", "")
        decision = partial(
            curation.confirm,
            evidence,
            stance=stance_for(side, stance) if stance in EFFECT else stance,
            strength=request.POST.get("strength", ""),
            by=by,
            reason=reason,
            at=at,
        )
        said = "Confirmed: it counts from the next revision of the estimate on."
    carried_out(request, decision, said=said)
    return redirect(return_address(request, default=f"{page}#evidence-{evidence.pk}"))
