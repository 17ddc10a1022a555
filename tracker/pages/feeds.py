"""Feeds and their health; curators add, pause and resume them."""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.curation import feeds as curation
from tracker.curation.decisions import Refused
from tracker.models import Feed
from tracker.pages.curators import carried_out, curator_of, curators_only, is_curator
from tracker.pages.feed_health import by_need, lines
from tracker.pages.feed_totals import headline, totals

PER_PAGE = 50


class FeedForm(forms.Form):
    address = forms.URLField(
        max_length=2000, assume_scheme="https", help_text="Of the feed itself (RSS, Atom or JSON)."
    )
    title = forms.CharField(max_length=300, required=False, help_text="Left empty, it is named for its host.")
    outlet = forms.CharField(max_length=200, required=False, help_text="Who publishes it.")
    homepage = forms.URLField(max_length=2000, required=False, assume_scheme="https")
    interval_minutes = forms.IntegerField(
        label="Minutes between polls",
        initial=60,
        min_value=curation.SHORTEST_MINUTES,
        max_value=curation.LONGEST_MINUTES,
        help_text="A start: feeds that bring news are polled sooner, quiet ones later.",
    )


@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    page = Paginator(by_need(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "now": now,
        "page": page,
        "lines": lines(list(page.object_list), now=now),
        "headline": headline(),
        "totals": totals(now),
        "is_curator": is_curator(request),
    }
    return render(request, "feeds/feed_list.html", context)


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_feed(request: HttpRequest) -> HttpResponse:
    form = FeedForm(request.POST or None)
    if form.is_valid():
        try:
            feed = curation.add_feed(**form.cleaned_data, by=curator_of(request), at=timezone.now())
        except Refused as refused:
            form.add_error("address", str(refused))
        else:
            messages.success(request, f"“{feed.title}” is added, and will be read within the next minutes.")
            return redirect("feeds")
    return render(request, "feeds/add_feed.html", {"form": form}, status=422 if form.errors else 200)


@curators_only
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(Feed, pk=pk)
    reason = request.POST.get("reason", "")[:500]
    decision = partial(curation.pause, feed, by=curator_of(request), at=timezone.now(), reason=reason)
    carried_out(request, decision, said=f"“{feed.title}” is paused.")
    return redirect("feeds")


@curators_only
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(Feed, pk=pk)
    decision = partial(curation.resume, feed, by=curator_of(request), at=timezone.now())
    carried_out(request, decision, said=f"“{feed.title}” will be polled again.")
    return redirect("feeds")


@curators_only
@require_POST
def poll_now(request: HttpRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(Feed, pk=pk)
    decision = partial(curation.poll_now, feed, by=curator_of(request), at=timezone.now())
    carried_out(request, decision, said=f"“{feed.title}” will be read within the next minutes.")
    return redirect("feeds")
