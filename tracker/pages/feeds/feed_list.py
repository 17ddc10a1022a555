"""Feeds and their health; curators pause and resume them, and have them read at once."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tracker.curation import feeds as curation
from tracker.models import Feed
from tracker.pages.access import curator_of, curators_only, is_curator, reason_of, said
from tracker.pages.feeds.health import by_need, feed_rows
from tracker.pages.feeds.totals import headline, totals

PER_PAGE = 50


@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    page = Paginator(by_need(now), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "now": now,
        "page": page,
        "rows": feed_rows(list(page.object_list), now=now),
        "headline": headline(),
        "totals": totals(now),
        "is_curator": is_curator(request),
    }
    return render(request, "feeds/feed_list.html", context)


@curators_only
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(Feed, pk=pk)
    with said(request, f"“{feed.title}” is paused."):
        curation.pause(feed, by=curator_of(request), at=timezone.now(), reason=reason_of(request))
    return redirect(feed)


@curators_only
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(Feed, pk=pk)
    with said(request, f"“{feed.title}” will be polled again."):
        curation.resume(feed, by=curator_of(request), at=timezone.now())
    return redirect(feed)


@curators_only
@require_POST
def poll_now(request: HttpRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(Feed, pk=pk)
    with said(request, f"“{feed.title}” will be read within the next minutes."):
        curation.poll_now(feed, by=curator_of(request), at=timezone.now())
    return redirect(feed)
