"""Authors: the list, and the scorecard of one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from tracker.models import Author, Authorship, Claim, Outlet, Position, Status
from tracker.pages.authors import record as author_record
from tracker.pages.drawing import calibration
from tracker.pages.formats import Chip
from tracker.pages.questions.status_counts import Tally, outcome, tally
from tracker.pages.scores import figures
from tracker.wording import capitalised, joined, number

PER_PAGE = 50
RULINGS_PER_PAGE = 20
FILTERS = {"": "All", "true": "Came true", "false": "Did not", "partly": "Partly true"}
STATUS_OF = {"true": Status.CAME_TRUE, "false": Status.DID_NOT, "partly": Status.PARTLY}


@dataclass(frozen=True, slots=True)
class Listed:
    """An author in the list, with how the statements made in his or her own voice stand."""

    author: Author
    articles: int
    tally: Tally


@require_safe
def author_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(Author.objects.order_by("name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "authors/author_list.html", {"page": page, "listed": _listed(list(page.object_list))})


def _listed(authors: Sequence[Author]) -> tuple[Listed, ...]:
    """Two queries, whatever the number of authors."""
    signatures = Authorship.objects.filter(author__in=authors).values_list("author_id", "article_id")
    articles: defaultdict[int, list[int]] = defaultdict(list)
    for author_id, article_id in signatures:
        articles[author_id].append(article_id)
    positions: defaultdict[int, list[Position]] = defaultdict(list)
    own_voice = Position.objects.published().filter(claim__speaker_kind=Claim.Speaker.AUTHOR)
    for position in own_voice.filter(claim__article__authors__in=authors).select_related("claim").distinct():
        positions[position.own_claim.article_id].append(position)
    return tuple(
        Listed(
            author,
            len(articles[author.pk]),
            tally(position for article in articles[author.pk] for position in positions[article]),
        )
        for author in authors
    )


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Author.objects.select_related("forecaster"), slug=slug)
    record = author_record.record(found)
    only = request.GET.get("only", "")
    only = only if only in FILTERS else ""
    kept = [row for row in (*record.ruled, *record.partly) if not only or row.status == STATUS_OF[only]]
    articles = list(found.articles.defer("text").select_related("outlet").order_by("-published_on", "-pk"))
    context = {
        "author": found,
        "record": record,
        "lede": _lede(record),
        "verdict": author_record.verdict(record),
        "plots": {} if record.too_few else calibration.both(record.bins),
        "plot_words": calibration.in_words(record.bins),
        "figures": figures.figures(record.card) if record.card else (),
        "finding": figures.finding(record.card) if record.card else "",
        "chips": _chips(record, only),
        "query": f"only={only}&" if only else "",
        "page": Paginator(kept, RULINGS_PER_PAGE).get_page(request.GET.get("page")),
        "articles": articles,
        "outlets": Outlet.objects.filter(articles__in=articles).distinct(),
    }
    return render(request, "authors/author.html", context)


def _lede(record: author_record.Record) -> str:
    """How many statements came true, and of which kinds."""
    counted = record.tally
    if not counted.answered:
        return "Nothing that this author said has been ruled on yet."
    if counted.answered == 1:
        return f"One statement has been ruled on. {outcome(counted)}"
    if counted.partly:
        return f"{capitalised(number(counted.answered))} statements have been ruled on. {outcome(counted)}"
    came_true = f"{capitalised(number(counted.came_true))} of {number(counted.scored)} statements came true"
    if len(record.kinds) < 2:
        return f"{came_true}."
    kinds = [f"{number(kind.came_true)} of {number(kind.scored)} that were {kind.kind}" for kind in record.kinds]
    return f"{came_true}: {joined(kinds)}."


def _chips(record: author_record.Record, current: str) -> tuple[Chip, ...]:
    tally = record.tally
    counts = {"": tally.answered, "true": tally.came_true, "false": tally.did_not, "partly": tally.partly}
    return tuple(
        Chip(
            address=f"?only={name}#rulings" if name else "?#rulings",
            words=words,
            count=counts[name],
            is_current=name == current,
        )
        for name, words in FILTERS.items()
        if counts[name] or name in ("", current)
    )
