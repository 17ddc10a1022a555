"""Scores: who forecasts best by which rule, the scorecard of one forecaster, and what each number means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from forecasts.leaderboard import LESS_IS_BETTER, LeaderboardEntry, leaderboard, topics
from forecasts.maths.calibration import TOO_FEW
from forecasts.models import Forecaster, Proposition, Resolution, Score
from forecasts.scorecards import Scorecard, ScoredQuestion, calibration_of, scorecard
from tracker.models import Author
from tracker.pages.drawing import calibration
from tracker.pages.formats import Chip
from tracker.pages.scores import figures

PER_PAGE: Final = 50
QUESTIONS_PER_PAGE: Final = 20
MOST_TOPICS: Final = 20  # chips; a topic beyond them is still reached by its address
RULES: Final = {
    Score.Rule.BRIER: "Brier",
    Score.Rule.LOG: "Log",
    Score.Rule.BASELINE: "Baseline",
    Score.Rule.PEER: "Peer",
    Score.Rule.RELATIVE: "Relative Brier",
}
PLACED_BY: Final = {
    Score.Rule.BRIER: "mean Brier score",
    Score.Rule.LOG: "mean log score",
    Score.Rule.BASELINE: "the sum of baseline points",
    Score.Rule.PEER: "the average of peer points",
    Score.Rule.RELATIVE: "mean relative Brier score",
}
HINDCAST: Final = "Hindcast"
CROWD: Final = "The crowd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A forecaster's score by one rule."""

    words: str
    value: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A line of the standings: `number` is None for those of whom there is too little to tell."""

    number: int | None
    address: str
    place: LeaderboardEntry
    cells: tuple[Cell, ...]
    covered: str
    against_crowd: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as a choice."""

    name: str
    words: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A scored question, with the address of its page; `said` in per cent for Yes.

    `by` is whose forecast it was, in a record of several.
    """

    question: str
    address: str
    by: str
    outcome: bool
    said: int
    settled_on: date
    brier: float
    crowd: float | None
    peer: str
    hindsight: bool


@require_safe
def score_list(request: HttpRequest) -> HttpResponse:
    """Standings by `?rule=`, on questions about `?topic=`; what is neither known nor given is the usual."""
    asked = request.GET.get("rule", "")
    rule = Score.Rule(asked) if asked in Score.Rule.values else Score.Rule.BRIER
    known = [(each.name, each.resolved) for each in topics()]
    topic = next((name for name, _ in known if name == request.GET.get("topic")), "")
    among = Proposition.objects.filter(topic=topic) if topic else Proposition.objects.all()
    places = leaderboard(among, rule=rule)
    page = Paginator(_ranked(places), PER_PAGE).get_page(request.GET.get("page"))
    settled = _settled(among)
    pictured = among.filter(written_with_hindsight=False) if settled[False] else among
    context = {
        "page": page,
        "ranked": _linked(page, rule=rule),
        "rules": _rules(rule, topic=topic),
        "placed_by": PLACED_BY[rule],
        "less_is_better": rule in LESS_IS_BETTER,
        "topic": topic,
        "chips": _chips(known, rule=rule, topic=topic),
        "query": f"{urlencode({'rule': rule.value, 'topic': topic})}&",
        "fewest": TOO_FEW,
        "with_hindsight": settled[True],
        "only_hindsight": settled[True] and not settled[False],
        "fits": [
            (_fit(HINDCAST, Forecaster.Kind.PRODUCT, pictured), reverse("scores_of_product")),
            (_fit(CROWD, Forecaster.Kind.POOL, pictured), reverse("scores_of_crowd")),
        ],
    }
    return render(request, "scores/score_list.html", context)


def _fit(name: str, kind: Forecaster.Kind, among: QuerySet[Proposition]) -> calibration.Fit:
    found = calibration_of(_only(kind), among)
    return calibration.fit(name, found, is_enough=found.count >= TOO_FEW)


@require_safe
def forecaster(request: HttpRequest, pk: int) -> HttpResponse:
    """The scorecard of a member, a bot or a site; whoever has a page of their own is found there."""
    found = get_object_or_404(Forecaster.objects.select_related("author"), pk=pk)
    address = _address(found.pk, kind=found.kind, author=getattr(found, "author", None))
    if address != request.path:
        return redirect(address)
    return _card(request, [found], name=found.name, kind=found.get_kind_display())


@require_safe
def product(request: HttpRequest) -> HttpResponse:
    """The scorecard of Hindcast's own estimates."""
    return _card(request, _only(Forecaster.Kind.PRODUCT), name=HINDCAST, kind="its own estimates")


@require_safe
def crowd(request: HttpRequest) -> HttpResponse:
    """The scorecard of what members, bots and other sites said together."""
    return _card(request, _only(Forecaster.Kind.POOL), name=CROWD, kind="members, bots and other sites, pooled")


@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """What each number means, with its source; every figure on a scorecard links here."""
    return render(request, "scores/explained.html", {"fewest": TOO_FEW})


def _only(kind: Forecaster.Kind) -> QuerySet[Forecaster]:
    """The one of its kind, if it has forecast anything."""
    return Forecaster.objects.filter(kind=kind)


def _card(request: HttpRequest, forecasters: Iterable[Forecaster], *, name: str, kind: str) -> HttpResponse:
    card = scorecard(forecasters)
    page = Paginator(card.scored, QUESTIONS_PER_PAGE).get_page(request.GET.get("page"))
    context = shown(card, name=name) | {"name": name, "kind": kind, "page": page, "lines": lines(page)}
    return render(request, "scores/card.html", context)


def shown(card: Scorecard, *, name: str) -> dict[str, object]:
    """What `scores/figures.html` and `parts/calibration.html` need of a scorecard."""
    return {
        "card": card,
        "finding": figures.finding(card),
        "figures": figures.figures(card),
        "fit": calibration.fit(name, card.calibration, is_enough=not card.too_few),
        "fewest": TOO_FEW,
    }


def lines(scored: "Page[ScoredQuestion]", *, names: Mapping[int, str] = MappingProxyType({})) -> list[Line]:
    """The questions of one page of a record, with the forecasters' names by key where they are given; one query."""
    keys = {row.proposition_id for row in scored}
    questions = Proposition.objects.only("key", "question").in_bulk(list(keys))
    return [
        Line(
            question=questions[row.proposition_id].question,
            address=reverse("question", args=[questions[row.proposition_id].key]),
            by=names.get(row.forecaster_id, ""),
            outcome=row.outcome,
            said=round(100 * row.probability),
            settled_on=row.effective_on,
            brier=row.brier,
            crowd=row.crowd,
            peer="" if row.peer is None else figures.signed(row.peer),
            hindsight=row.hindsight,
        )
        for row in scored
    ]


def _ranked(places: tuple[LeaderboardEntry, ...]) -> list[tuple[int | None, LeaderboardEntry]]:
    return [(None if place.too_few else number, place) for number, place in enumerate(places, start=1)]


def _linked(page: "Page[tuple[int | None, LeaderboardEntry]]", *, rule: Score.Rule) -> list[Ranked]:
    """One query for the authors among them."""
    authors = {
        author.forecaster_id: author
        for author in Author.objects.filter(forecaster__in=[place.forecaster_id for _, place in page])
    }
    return [
        Ranked(
            number=number,
            place=place,
            address=_address(place.forecaster_id, kind=place.kind, author=authors.get(place.forecaster_id)),
            cells=tuple(
                Cell(words=words, value=_written(place.by(each), rule=each), is_current=each == rule)
                for each, words in RULES.items()
            ),
            covered="–" if place.covered is None else f"{place.covered:.0%}",
            against_crowd=_against_crowd(place),
        )
        for number, place in page
    ]


def _against_crowd(place: LeaderboardEntry) -> str:
    if place.against_crowd is None:
        return "–"
    return figures.percent(place.against_crowd) if place.beside >= TOO_FEW else "too few"


def _written(value: float | None, *, rule: Score.Rule) -> str:
    if value is None:
        return "–"
    digits = 1 if rule in (Score.Rule.BASELINE, Score.Rule.PEER) else 3
    return figures.signed(value, digits=digits, plus=rule not in (Score.Rule.BRIER, Score.Rule.LOG))


def _address(pk: int, *, kind: str, author: Author | None) -> str:
    if kind == Forecaster.Kind.PRODUCT:
        return reverse("scores_of_product")
    if kind == Forecaster.Kind.POOL:
        return reverse("scores_of_crowd")
    return reverse("author", args=[author.slug]) if author else reverse("forecaster", args=[pk])


def _rules(current: Score.Rule, *, topic: str) -> list[Rule]:
    about = {"topic": topic} if topic else {}
    return [
        Rule(
            name=rule.value,
            words=words,
            address=f"?{urlencode({'rule': rule.value, **about})}#standings",
            is_current=rule == current,
        )
        for rule, words in RULES.items()
    ]


def _chips(known: list[tuple[str, int]], *, rule: Score.Rule, topic: str) -> list[Chip]:
    """All questions first, then the most frequent topics and the one that is shown; none where none has a name."""
    named = [each for each in known if each[0]]
    chosen = [each for place, each in enumerate(named) if place < MOST_TOPICS or each[0] == topic]
    if not chosen:
        return []
    everything = sum(count for _, count in known)
    return [
        Chip(
            address=f"?{urlencode({'rule': rule.value, 'topic': name} if name else {'rule': rule.value})}",
            words=name or "All topics",
            count=count,
            is_current=name == topic,
        )
        for name, count in [("", everything), *chosen]
    ]


def _settled(among: QuerySet[Proposition]) -> dict[bool, int]:
    """How many questions have been ruled yes or no, by whether they were written with hindsight."""
    rulings = Resolution.objects.scored().filter(proposition__in=among)
    counted = rulings.order_by().values_list("proposition__written_with_hindsight").annotate(Count("pk"))
    return {False: 0, True: 0} | dict(counted)
