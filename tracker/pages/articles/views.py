"""Articles: the list, and the text of one with its claims marked in it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from language.sentences import boundaries
from tracker.curation import articles as curation
from tracker.jobs.readings import claims as readings
from tracker.models import Article, Authorship, Claim, Position
from tracker.pages import formats
from tracker.pages.access import curator_of, curators_only, is_curator, said
from tracker.pages.articles.marked_claims import marked_claims, marked_text
from tracker.pages.questions.following import follow_button
from tracker.pages.questions.status_counts import Tally, outcome, tallies, tally
from tracker.wording import number

PER_PAGE = 20
PROPOSALS_PER_PAGE = 10


def signed() -> QuerySet[Article]:
    """Articles with outlet and authors, the authors in the order in which they signed."""
    signatures = Prefetch("authorship_set", Authorship.objects.select_related("author").order_by("position", "pk"))
    return Article.objects.select_related("outlet").prefetch_related(signatures)


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    articles = signed().defer("text").order_by("-published_on", "-pk")
    counted = articles.annotate(
        accepted=Count("claims", filter=Q(claims__state=Claim.State.ACCEPTED)),
        proposed=Count("claims", filter=Q(claims__state=Claim.State.PROPOSED)),
    )
    page = Paginator(counted, PER_PAGE).get_page(request.GET.get("page"))
    own = tallies(Position.objects.published().filter(claim__article__in=list(page)), by="claim__article")
    context = {"page": page, "listed": [(row, own[row.pk]) for row in page], "is_curator": is_curator(request)}
    return render(request, "articles/article_list.html", context)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(signed(), slug=slug)
    positions = list(Position.objects.published().filter(claim__article=found).select_related("claim"))
    claims = marked_claims(found, positions=positions)
    counted = tally(positions)
    context = {
        "article": found,
        "claims": claims,
        "paragraphs": marked_text(found, claims),
        "tally": counted,
        "lede": lede(found, counted, now=timezone.now()),
        "follow": follow_button(request, found),
        "unclaimed": unclaimed(found.text, [claim.claim for claim in claims]),
        "is_curator": is_curator(request),
        "proposals": _proposals(request, found) if is_curator(request) else None,
        "is_left": is_curator(request) and readings.is_left(found),
    }
    return render(request, "articles/article.html", context)


@curators_only
@require_POST
def read_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the language model read an article that it has left."""
    found = get_object_or_404(Article, slug=slug)
    with said(request, "The language model reads it within a few minutes. The claims that are here stay."):
        curation.read_again(found, by=curator_of(request), at=timezone.now())
    return redirect(f"{found.get_absolute_url()}#proposed")


def lede(article: Article, counted: Tally, *, now: datetime) -> str:
    """How much of what the article said has been ruled on, and how it came out."""
    if not counted.total:
        return ""
    on = formats.time_on(article.published_on, until=now.astimezone(UTC).date())
    if not counted.answered:
        if counted.total == 1:
            return f"{on}, the one thing this article said would be so has not been ruled on."
        return f"{on}, none of the {number(counted.total)} things this article said would be so has been ruled on."
    if counted.answered == counted.total:
        share = {1: "the one", 2: "both"}.get(counted.total, f"all {number(counted.total)}")
        said = "thing" if counted.total == 1 else "things"
    else:
        share, said = f"{number(counted.answered)} of the {number(counted.total)}", "things"
    have = "has" if counted.answered == 1 else "have"
    return f"{on}, {share} {said} this article said would be so {have} been ruled on. {outcome(counted)}"


def unclaimed(text: str, claims: Sequence[Claim]) -> int:
    """How many sentences of the text no accepted claim touches."""
    return sum(
        not any(claim.start < sentence.end and claim.end > sentence.start for claim in claims)
        for sentence in boundaries.split(text)
    )


def _proposals(request: HttpRequest, article: Article) -> Page[Claim]:
    return Paginator(article.claims.proposed(), PROPOSALS_PER_PAGE).get_page(request.GET.get("page"))
