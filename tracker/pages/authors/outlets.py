"""An outlet: who writes for it, and how good and how well calibrated what they said in its pages was."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from forecasts.models import Forecaster, Proposition
from forecasts.scorecards import scorecard
from tracker.models import Article, Author, Authorship, Outlet
from tracker.pages.scores import views as scores

MOST_ARTICLES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """An author of an outlet and the number of articles there."""

    author: Author
    articles: int


@require_safe
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """The joint record of its authors, on the questions that claims of its articles are put to."""
    found = get_object_or_404(Outlet, slug=slug)
    articles = Article.objects.filter(outlet=found)
    card = scorecard(
        Forecaster.objects.filter(author__articles__outlet=found),
        Proposition.objects.filter(positions__claim__article__outlet=found),
    )
    writers = _writers(found)
    names = {writer.author.forecaster_id: writer.author.name for writer in writers if writer.author.forecaster_id}
    page = Paginator(card.scored, scores.QUESTIONS_PER_PAGE).get_page(request.GET.get("page"))
    context = scores.shown(card, name=found.name) | {
        "outlet": found,
        "writers": writers,
        "articles": articles.defer("text")[:MOST_ARTICLES],
        "number": articles.count(),
        "page": page,
        "lines": scores.lines(page, names=names),
    }
    return render(request, "authors/outlet.html", context)


def _writers(outlet: Outlet) -> list[Writer]:
    """The most prolific first; one query."""
    signed = Authorship.objects.filter(article__outlet=outlet).select_related("author")
    authors = {signature.author_id: signature.author for signature in signed}
    counts = Counter(signature.author_id for signature in signed)
    found = [Writer(author=authors[pk], articles=count) for pk, count in counts.items()]
    return sorted(found, key=lambda writer: (-writer.articles, writer.author.name, writer.author.pk))
