"""Page of a feed: its health and plan, its newest entries, and the form with which a curator edits it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django import forms
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_POST, require_safe

from tracker.curation import feeds as curation
from tracker.models import Entry, Feed, Position, Push, Revision
from tracker.pages import formats
from tracker.pages.access import curator_of, curators_only, is_curator, said
from tracker.pages.feeds import attempts
from tracker.pages.feeds.health import health, pauses_of
from tracker.pages.feeds.plan import plan, push_in_words, search_in_words
from tracker.pages.questions.evidence_for import by_story
from tracker.wording import capitalised

NEWEST = 20
LOOK_BACK = timedelta(days=28)


class EditFeedForm(forms.Form):
    address = forms.URLField(
        max_length=2000,
        assume_scheme="https",
        help_text="At another address the feed begins anew; what it has brought stays.",
    )
    title = forms.CharField(max_length=300)
    outlet = forms.CharField(max_length=200, required=False, help_text="Who publishes it.")
    homepage = forms.URLField(label="Home page", max_length=2000, required=False, assume_scheme="https")
    reason = forms.CharField(label="Why", max_length=500, required=False)


@require_safe
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _feed(pk))


@curators_only
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _feed(pk)
    form = EditFeedForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form=form, status=422)
    with said(request, "The changes to the feed are saved."):
        curation.edit_feed(row, **form.cleaned_data, by=curator_of(request), at=timezone.now())
    return redirect(row)


def _feed(pk: int) -> Feed:
    return get_object_or_404(Feed.objects.select_related("outlet", "host"), pk=pk)


def _page(request: HttpRequest, row: Feed, *, form: EditFeedForm | None = None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    newest, push = _newest(row), Push.objects.filter(feed=row).first()
    context = {
        "now": now,
        "feed": row,
        "health": health(row, now=now, pause=pauses_of([row]).get(row.pk)),
        "plan": plan(row, now=now, is_pushed=Push.objects.delivering(now).filter(feed=row).exists()),
        "frequency": _frequency(row, now=now),
        "search": search_in_words(row),
        "push": push_in_words(push, hub=row.hub),
        "attempts": attempts.draw(list(row.attempts.all()[: attempts.MOST])),
        "newest": newest,
        "entries": Entry.objects.filter(feed=row).count(),
        "is_curator": is_curator(request),
        "form": form or EditFeedForm(initial=_facts(row)),
    }
    return render(request, "feeds/feed.html", context, status=status)


def _facts(row: Feed) -> dict[str, str]:
    outlet = row.outlet.name if row.outlet else ""
    return {"address": row.address, "title": row.title, "outlet": outlet, "homepage": row.homepage}


def _frequency(row: Feed, *, now: datetime) -> str:
    """The frequency of its entries and of its polls, as one sentence."""
    if row.state == Feed.State.ARCHIVE:
        return "News of another time, played back in order."
    since = now - LOOK_BACK
    recent = Entry.objects.filter(feed=row, published_at__gte=since, published_at__lte=now).order_by("published_at")
    first, count = recent.values_list("published_at", flat=True).first(), recent.count()
    if row.last_attempt_at is None and first is None:
        return "What it brings shows once it has been read."
    if first is None:
        brings = "has brought nothing in the last four weeks"
    else:
        # A feed that was added yesterday is judged by what it lists, not by the weeks before.
        brings = f"brings {formats.frequency(count, over=max(now - first, formats.DAY))}"
    if row.state != Feed.State.ACTIVE:
        return f"{capitalised(brings)}."
    return f"{capitalised(brings)}; read {formats.every(max(row.interval_minutes, row.asked_minutes))}."


def _newest(row: Feed) -> list[tuple[Entry, str, list[tuple[Position, bool]]]]:
    """The newest entries, each with its headline and what its story is evidence for, in a fixed number of queries."""
    current = Prefetch("revisions", Revision.objects.filter(is_current=True), to_attr="current")
    entries = list(
        Entry.objects.filter(feed=row)
        .annotate(revisions_kept=Count("revisions", distinct=True), tellings=Count("story__entries", distinct=True))
        .prefetch_related(current)
        .order_by("-published_at", "-pk")[:NEWEST]
    )
    positions = by_story([entry.story_id for entry in entries])
    return [
        (entry, headline_of(entry.current), positions.get(entry.story_id, []))  # type: ignore[attr-defined]
        for entry in entries
    ]


def headline_of(revisions: Sequence[Revision]) -> str:
    """The headline of the first of them; where it has none, the beginning of its text."""
    return (
        next((revision.title or Truncator(revision.body).chars(100) for revision in revisions), "")
        or "Without a headline"
    )
