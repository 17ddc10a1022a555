"""A member's own forecast on a question: the form beside it, and what came of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from forecasts.models import CriteriaVersion, Forecast, Forecaster, Proposition, Score
from forecasts.scores import window_of
from tracker.curation import forecasting as curation
from tracker.models import User
from tracker.pages.access import return_address, said
from tracker.pages.formats import day
from tracker.pages.questions.criteria import current_number, made_under
from tracker.pages.questions.detail import PositionDetail

MOST_SHOWN: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenForecast:
    """A forecast in the list of all, the version of the words it was made under where those no longer stand, and
    whether the question was settled by then, so that it is not scored."""

    forecast: Forecast
    version: int | None
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Parts of the form: the page to come back to, whether forecasts are taken, the member's own.

    `others` are all, the latest first; `made_under` is the version of the words that the member's own was made under,
    where they no longer stand; `lapsed` is the member's last one where nobody renewed it.
    """

    back: str
    is_open: bool
    closed: str
    mine: Forecast | None
    made_under: int | None
    lapsed: Forecast | None
    others: list[GivenForecast]
    version: int


def own(request: HttpRequest, detail: PositionDetail, *, back: str) -> Own:
    """For `{% include "questions/forecast.html" with own=own %}`; a guest signs in there."""
    proposition, now, versions = detail.proposition, detail.now, detail.versions
    settles = window_of(detail.resolution).settles if detail.resolution else None
    people = proposition.forecasts.in_force(now).given().exclude(forecaster__kind=Forecaster.Kind.SITE)
    standing = people.select_related("forecaster").order_by("-made_at", "-pk")
    rows = list(standing[:MOST_SHOWN])
    mine = None
    if isinstance(request.user, User):
        mine = next((row for row in rows if row.forecaster.user_id == request.user.pk), None)
        mine = mine or (standing.filter(forecaster__user=request.user).first() if len(rows) == MOST_SHOWN else None)
    return Own(
        back=f"{back}#forecast",
        is_open=proposition.state == Proposition.State.OPEN and proposition.opens_at <= now < proposition.closes_at,
        closed=_closed(proposition, now=now),
        mine=mine,
        made_under=made_under(versions, mine.made_at) if mine else None,
        lapsed=None if mine else _lapsed(request, proposition, now=now),
        others=[
            GivenForecast(
                forecast=row,
                version=made_under(versions, row.made_at),
                is_late=settles is not None and row.made_at >= settles,
            )
            for row in rows
        ],
        version=current_number(versions),
    )


def _lapsed(request: HttpRequest, proposition: Proposition, *, now: datetime) -> Forecast | None:
    if not isinstance(request.user, User):
        return None
    last = proposition.forecasts.filter(forecaster__user=request.user).last()
    if last is None or last.withdrawn_at or last.expires_at is None or last.expires_at > now:
        return None
    return last


def _closed(proposition: Proposition, *, now: datetime) -> str:
    """Why no forecast is taken, in words; nothing where one is, or where a ruling says it all."""
    if proposition.state != Proposition.State.OPEN:
        return ""
    if now < proposition.opens_at:
        return f"Forecasts are taken from {day(proposition.opens_on)} on."
    if now >= proposition.closes_at:
        return f"Forecasts closed at the end of {day(proposition.deadline)}; they are scored once it is ruled on."
    return ""


@require_POST
@login_required
def forecast(request: HttpRequest, key: str) -> HttpResponse:
    """Give, change or withdraw a forecast."""
    proposition = get_object_or_404(Proposition.objects.published(), key=key)
    assert isinstance(request.user, User)
    by, at = request.user, timezone.now()
    if request.POST.get("verb") == "withdraw":
        with said(request, "Withdrawn: it scores for the time it stood."):
            curation.withdraw(proposition, by=by, at=at)
    else:
        percent, comment = request.POST.get("percent", ""), request.POST.get("comment", "").replace("\0", "").strip()
        seen = request.POST.get("version", "")
        words = "Your forecast stands until you change or withdraw it, it lapses, or the question closes."
        with said(request, words):
            curation.forecast(proposition, percent=percent, by=by, at=at, comment=comment, version=seen)
    return redirect(return_address(request, default=f"{proposition.get_absolute_url()}#forecast"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnForecast:
    """A forecast in a member's own list; `version` is that of the words, where they have changed since.

    `now` says in a word what became of it, and `until` by when it lapses or lapsed.
    """

    forecast: Forecast
    now: str
    until: datetime | None
    brier: float | None
    version: int | None


def lines(user: User, *, now: datetime) -> list[OwnForecast]:
    """The member's last forecast on each question, the latest first."""
    made = Forecast.objects.filter(forecaster__user=user)
    newest = made.order_by("proposition", "-made_at", "-pk").select_related("proposition")
    last: dict[int, Forecast] = {}
    for each in newest:
        last.setdefault(each.proposition_id, each)
    chosen = sorted(last.values(), key=lambda each: each.made_at, reverse=True)[:MOST_SHOWN]
    keys = [each.proposition_id for each in chosen]
    scores = Score.objects.filter(resolution__proposition__in=keys, resolution__reversed_at=None, forecaster__user=user)
    versions = _versions(keys)
    briers = dict(scores.filter(rule=Score.Rule.BRIER).values_list("resolution__proposition", "value"))
    return [
        OwnForecast(
            forecast=each,
            now=_now(each, at=now),
            until=None if each.withdrawn_at or each.proposition.outcome else each.expires_at,
            brier=briers.get(each.proposition_id),
            version=made_under(versions[each.proposition_id], each.made_at),
        )
        for each in chosen
    ]


def _now(row: Forecast, *, at: datetime) -> str:
    if row.proposition.outcome:
        return row.proposition.get_outcome_display()
    if row.withdrawn_at:
        return "withdrawn"
    return "stands" if row.expires_at is None or row.expires_at > at else "lapsed"


def _versions(propositions: Iterable[int]) -> defaultdict[int, list[CriteriaVersion]]:
    """The versions of each question's words, in order; one query."""
    found: defaultdict[int, list[CriteriaVersion]] = defaultdict(list)
    for version in CriteriaVersion.objects.filter(proposition__in=propositions).order_by("proposition", "number"):
        found[version.proposition_id].append(version)
    return found
