"""An outlet: its authors, and the joint record of the claims in its pages."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from forecasts.models import Forecaster, Proposition
from forecasts.scorecards import scorecard
from tracker.models import Article, Author, Outlet
from tracker.pages.scorecards import QUESTIONS_PER_PAGE, scorecard_context, scored_questions

MOST_ARTICLES = 10


@require_safe
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """The joint record of its authors, on the questions that claims of its articles are put to."""
    row = get_object_or_404(Outlet, slug=slug)
    articles = Article.objects.filter(outlet=row)
    card = scorecard(
        Forecaster.objects.filter(author__articles__outlet=row),
        Proposition.objects.filter(positions__claim__article__outlet=row),
    )
    authors = Author.objects.filter(articles__outlet=row).annotate(written=Count("articles"))
    writers = list(authors.order_by("-written", "name", "pk"))
    names = {writer.forecaster_id: writer.name for writer in writers if writer.forecaster_id}
    page = Paginator(card.scored, QUESTIONS_PER_PAGE).get_page(request.GET.get("page"))
    context = scorecard_context(card, name=row.name) | {
        "outlet": row,
        "writers": writers,
        "articles": articles.defer("text")[:MOST_ARTICLES],
        "number": articles.count(),
        "page": page,
        "questions": scored_questions(page, names=names),
    }
    return render(request, "authors/outlet.html", context)
