"""The page of a position: a claim's stand on a question, or the bare question, drawn from its side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from tracker.models import Position
from tracker.pages.access import is_curator
from tracker.pages.drawing.chart import draw
from tracker.pages.drawing.chart_data import EstimateChart, StoryMark
from tracker.pages.formats import EFFECT, days_until, percent
from tracker.pages.questions import aggregates, appeals, evidence, forecasting, ledger, sentences
from tracker.pages.questions.detail import PositionDetail, read
from tracker.pages.questions.following import follow_button


@require_safe
def question(request: HttpRequest, key: str) -> HttpResponse:
    """The page of a question, seen from Yes."""
    bare = Position.objects.published().of_questions().select_related("proposition")
    found = get_object_or_404(bare, proposition__key=key)
    return position_page(request, found, address=found.get_absolute_url())


def position_page(request: HttpRequest, position: Position, *, address: str, **more: object) -> HttpResponse:
    """Show a position that came with its claim, article, outlet and question, at the `address` asked for."""
    detail = read(position, now=timezone.now())
    stance = request.GET.get("stance", "")
    stance = stance if stance in evidence.FILTERS else ""
    rows_at = address if stance else ""  # a filter hides rows that links on this page lead to
    context = {
        "detail": detail,
        "address": address,
        "rows_at": rows_at,
        "standing": sentences.standing(detail),
        "finding": sentences.finding(detail),
        # Everything that comes from outside is escaped where the chart is drawn.
        "chart": mark_safe(draw(_chart(detail, address=rows_at))),  # noqa: S308
        "deadline_words": days_until(detail.proposition.deadline, now=detail.now),
        "rows": ledger.only(detail.rows, stance),
        "chips": evidence.stance_chips(detail, stance),
        "follow": follow_button(request, position.claim or detail.proposition),
        "own": forecasting.own(request, detail, back=address),
        "rulings": appeals.rulings(request, detail=detail, back=address),
        "is_curator": is_curator(request),
        "stances": evidence.STANCES,
        "strengths": evidence.STRENGTHS,
        **more,
    }
    return render(request, "questions/position.html", context)


def _chart(detail: PositionDetail, *, address: str) -> EstimateChart:
    """Its chart; its marks lead to the rows of this page, or of `address` where a filter hides some."""
    marks = tuple(
        StoryMark(
            at=row.published_at,
            lane=EFFECT[row.stance],
            weight=row.weight,
            is_confirmed=row.is_confirmed,
            points=row.points,
            headline=row.headline,
            address=f"{address}#evidence-{row.pk}",
        )
        for row in detail.rows
    )
    proposition, position = detail.proposition, detail.position
    return EstimateChart(
        name=sentences.chart_name(detail),
        opens=proposition.begins_at,
        deadline=proposition.closes_at,
        now=detail.now,
        until=detail.chance.until,
        prior=percent(proposition.prior, side=detail.position.side),
        levels=detail.chance.levels,
        marks=marks,
        spans=detail.spans,
        ruling=position.status if detail.position.is_ruled else "",
        is_question=position.is_bare,
        crowd=detail.forecasts.medians,
        members=detail.forecasts.by,
        bands=aggregates.bands(detail.forecasts.over_time, side=detail.position.side, until=detail.chance.until),
    )
