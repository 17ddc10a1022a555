"""Scores: the leaderboard by each rule, the scorecard of one forecaster, and an explanation of each number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
from forecasts.scorecards import calibration_of, scorecard
from tracker.models import Author
from tracker.pages.chips import Chip
from tracker.pages.drawing import calibration
from tracker.pages.formats import signed
from tracker.pages.scorecards import QUESTIONS_PER_PAGE, percent, scorecard_context, scored_questions

PER_PAGE: Final = 50
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
class LeaderboardRow:
    """A forecaster's place; `number` is None where there is too little to tell."""

    number: int | None
    address: str
    place: LeaderboardEntry
    cells: tuple[tuple["RuleChoice", str], ...]
    covered: str
    against_crowd: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChoice:
    """A rule as a choice."""

    name: Score.Rule
    words: str
    address: str
    is_current: bool


@require_safe
def score_list(request: HttpRequest) -> HttpResponse:
    """The leaderboard by `?rule=`, on questions about `?topic=`; by Brier score and on all of them otherwise."""
    name = request.GET.get("rule", "")
    rule = Score.Rule(name) if name in Score.Rule.values else Score.Rule.BRIER
    counts = {topic.name: topic.resolved for topic in topics()}
    topic = request.GET.get("topic", "") if request.GET.get("topic", "") in counts else ""
    among = Proposition.objects.filter(topic=topic) if topic else Proposition.objects.all()
    places = leaderboard(among, rule=rule)
    page = Paginator(_ranked(places), PER_PAGE).get_page(request.GET.get("page"))
    settled, rules = _settled(among), _rules(rule, topic=topic)
    pictured = among.filter(written_with_hindsight=False) if settled[False] else among
    context = {
        "page": page,
        "leaderboard": _rows(page, rules=rules),
        "rules": rules,
        "placed_by": PLACED_BY[rule],
        "less_is_better": rule in LESS_IS_BETTER,
        "topic": topic,
        "chips": _chips(counts, rule=rule, topic=topic),
        "fewest": TOO_FEW,
        "with_hindsight": settled[True],
        "only_hindsight": settled[True] and not settled[False],
        "fits": [
            (_fit(HINDCAST, Forecaster.Kind.PRODUCT, pictured), reverse("scores_of_product")),
            (_fit(CROWD, Forecaster.Kind.POOL, pictured), reverse("scores_of_crowd")),
        ],
    }
    return render(request, "scores/score_list.html", context)


def _fit(name: str, kind: Forecaster.Kind, among: QuerySet[Proposition]) -> calibration.CalibrationFit:
    bins = calibration_of(_only(kind), among)
    return calibration.fit(name, bins, is_enough=bins.count >= TOO_FEW)


@require_safe
def forecaster(request: HttpRequest, pk: int) -> HttpResponse:
    """The scorecard of a member, a bot or a site; an author, the product and the crowd have pages of their own."""
    row = get_object_or_404(Forecaster.objects.select_related("author"), pk=pk)
    address = _address(row.pk, kind=row.kind, author=getattr(row, "author", None))
    if address != request.path:
        return redirect(address)
    return _card(request, [row], name=row.name, kind=row.get_kind_display())


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
    """The meaning of each number, with its source; every figure on a scorecard links here."""
    return render(request, "scores/explained.html", {"fewest": TOO_FEW})


def _only(kind: Forecaster.Kind) -> QuerySet[Forecaster]:
    """The one of its kind, if it has forecast anything."""
    return Forecaster.objects.filter(kind=kind)


def _card(request: HttpRequest, forecasters: Iterable[Forecaster], *, name: str, kind: str) -> HttpResponse:
    card = scorecard(forecasters)
    page = Paginator(card.scored, QUESTIONS_PER_PAGE).get_page(request.GET.get("page"))
    context = scorecard_context(card, name=name) | {
        "name": name,
        "kind": kind,
        "page": page,
        "questions": scored_questions(page),
    }
    return render(request, "scores/card.html", context)


def _ranked(places: tuple[LeaderboardEntry, ...]) -> list[tuple[int | None, LeaderboardEntry]]:
    return [(None if place.too_few else number, place) for number, place in enumerate(places, start=1)]


def _rows(page: "Page[tuple[int | None, LeaderboardEntry]]", *, rules: list[RuleChoice]) -> list[LeaderboardRow]:
    """One query for the authors among them."""
    authors = {
        author.forecaster_id: author
        for author in Author.objects.filter(forecaster__in=[place.forecaster_id for _, place in page])
    }
    return [
        LeaderboardRow(
            number=number,
            place=place,
            address=_address(place.forecaster_id, kind=place.kind, author=authors.get(place.forecaster_id)),
            cells=tuple((rule, _written(place.by(rule.name), rule=rule.name)) for rule in rules),
            covered="–" if place.covered is None else f"{place.covered:.0%}",
            against_crowd=_against_crowd(place),
        )
        for number, place in page
    ]


def _against_crowd(place: LeaderboardEntry) -> str:
    if place.against_crowd is None:
        return "–"
    return percent(place.against_crowd) if place.beside >= TOO_FEW else "too few"


def _written(value: float | None, *, rule: Score.Rule) -> str:
    if value is None:
        return "–"
    digits = 1 if rule in (Score.Rule.BASELINE, Score.Rule.PEER) else 3
    return signed(value, digits=digits, plus=rule not in (Score.Rule.BRIER, Score.Rule.LOG))


def _address(pk: int, *, kind: str, author: Author | None) -> str:
    if kind == Forecaster.Kind.PRODUCT:
        return reverse("scores_of_product")
    if kind == Forecaster.Kind.POOL:
        return reverse("scores_of_crowd")
    return author.get_absolute_url() if author else reverse("forecaster", args=[pk])


def _rules(current: Score.Rule, *, topic: str) -> list[RuleChoice]:
    about = {"topic": topic} if topic else {}
    return [
        RuleChoice(
            name=rule,
            words=words,
            address=f"?{urlencode({'rule': rule.value, **about})}#standings",
            is_current=rule == current,
        )
        for rule, words in RULES.items()
    ]


def _chips(counts: Mapping[str, int], *, rule: Score.Rule, topic: str) -> list[Chip]:
    """All questions first, then the most frequent topics and the one that is shown; none where none has a name."""
    names = list(filter(None, counts))
    names = [name for place, name in enumerate(names) if place < MOST_TOPICS or name == topic]
    if not names:
        return []
    numbers = {"": sum(counts.values())} | {name: counts[name] for name in names}
    return [
        Chip(
            address=f"?{urlencode({'rule': rule.value, 'topic': name} if name else {'rule': rule.value})}",
            words=name or "All topics",
            count=count,
            is_current=name == topic,
        )
        for name, count in numbers.items()
    ]


def _settled(among: QuerySet[Proposition]) -> dict[bool, int]:
    """The number of questions ruled yes or no, by whether they were written with hindsight."""
    rulings = Resolution.objects.scored().filter(proposition__in=among)
    counts = rulings.order_by().values_list("proposition__written_with_hindsight").annotate(Count("pk"))
    return {False: 0, True: 0} | dict(counts)
