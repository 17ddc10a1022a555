"""Authors: the list, and the scorecard of one."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from tracker.models import Author, Claim, Outlet, Position, Status
from tracker.pages import scorecards as figures
from tracker.pages.authors import record as author_record
from tracker.pages.chips import Chip
from tracker.pages.drawing import calibration
from tracker.pages.questions.status_counts import outcome, tallies
from tracker.wording import capitalised, joined, number

PER_PAGE = 50
RULINGS_PER_PAGE = 20
FILTERS = {
    "true": ("Came true", Status.CAME_TRUE),
    "false": ("Did not", Status.DID_NOT),
    "partly": ("Partly true", Status.PARTLY),
}


@require_safe
def author_list(request: HttpRequest) -> HttpResponse:
    """Each with the counts of the statements made in his or her own voice."""
    authors = Author.objects.annotate(written=Count("articles")).order_by("name", "pk")
    page = Paginator(authors, PER_PAGE).get_page(request.GET.get("page"))
    own_voice = Position.objects.published().filter(claim__speaker_kind=Claim.Speaker.AUTHOR)
    own = tallies(own_voice.filter(claim__article__authors__in=list(page)), by="claim__article__authors")
    return render(request, "authors/author_list.html", {"page": page, "listed": [(row, own[row.pk]) for row in page]})


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    person = get_object_or_404(Author.objects.select_related("forecaster"), slug=slug)
    record = author_record.record(person)
    only = request.GET.get("only", "")
    only = only if only in FILTERS else ""
    kept = [row for row in (*record.ruled, *record.partly) if not only or row.position.status == FILTERS[only][1]]
    articles = list(person.articles.defer("text").select_related("outlet").order_by("-published_on", "-pk"))
    context = {
        "author": person,
        "record": record,
        "lede": _lede(record),
        "verdict": author_record.verdict(record),
        "plots": {} if record.too_few else calibration.plots(record.bins),
        "plot_words": calibration.in_words(record.bins),
        "figures": figures.figures(record.card) if record.card else (),
        "finding": figures.finding(record.card) if record.card else "",
        "chips": _chips(record, only),
        "page": Paginator(kept, RULINGS_PER_PAGE).get_page(request.GET.get("page")),
        "articles": articles,
        "outlets": Outlet.objects.filter(articles__in=articles).distinct(),
    }
    return render(request, "authors/author.html", context)


def _lede(record: author_record.Record) -> str:
    """The number of statements that came true, and their kinds."""
    tally = record.tally
    if not tally.answered:
        return "Nothing that this author said has been ruled on yet."
    if tally.answered == 1:
        return f"One statement has been ruled on. {outcome(tally)}"
    if tally.partly:
        return f"{capitalised(number(tally.answered))} statements have been ruled on. {outcome(tally)}"
    came_true = f"{capitalised(number(tally.came_true))} of {number(tally.scored)} statements came true"
    if len(record.kinds) < 2:
        return f"{came_true}."
    kinds = [f"{number(kind.came_true)} of {number(kind.scored)} that were {kind.kind}" for kind in record.kinds]
    return f"{came_true}: {joined(kinds)}."


def _chips(record: author_record.Record, current: str) -> tuple[Chip, ...]:
    tally = record.tally
    chips = [Chip(address="?#rulings", words="All", count=tally.answered, is_current=not current)]
    chips += (
        Chip(address=f"?only={name}#rulings", words=words, count=tally.of(status), is_current=name == current)
        for name, (words, status) in FILTERS.items()
    )
    return tuple(chip for chip in chips if chip.count or chip.is_current or chip.words == "All")
