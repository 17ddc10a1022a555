"""An outlet: its authors, and the joint record of the claims in its pages."""

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
    row = get_object_or_404(Outlet, slug=slug)
    articles = Article.objects.filter(outlet=row)
    card = scorecard(
        Forecaster.objects.filter(author__articles__outlet=row),
        Proposition.objects.filter(positions__claim__article__outlet=row),
    )
    writers = _writers(row)
    names = {writer.author.forecaster_id: writer.author.name for writer in writers if writer.author.forecaster_id}
    page = Paginator(card.scored, scores.QUESTIONS_PER_PAGE).get_page(request.GET.get("page"))
    context = scores.scorecard_context(card, name=row.name) | {
        "outlet": row,
        "writers": writers,
        "articles": articles.defer("text")[:MOST_ARTICLES],
        "number": articles.count(),
        "page": page,
        "questions": scores.scored_questions(page, names=names),
    }
    return render(request, "authors/outlet.html", context)


def _writers(outlet: Outlet) -> list[Writer]:
    """The most prolific first; one query."""
    signatures = Authorship.objects.filter(article__outlet=outlet).select_related("author")
    authors = {signature.author_id: signature.author for signature in signatures}
    counts = Counter(signature.author_id for signature in signatures)
    writers = [Writer(author=authors[pk], articles=count) for pk, count in counts.items()]
    return sorted(writers, key=lambda writer: (-writer.articles, writer.author.name, writer.author.pk))
