"""One feed: how it does and why, what it brought, and what a curator may change about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django import forms
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_POST, require_safe

from tracker.curation import feeds as curation
from tracker.models import Entry, Feed, Push, Revision
from tracker.pages.access import carried_out, curator_of, curators_only, is_curator
from tracker.pages.feeds import attempts, frequency
from tracker.pages.feeds.health import health, pauses_of
from tracker.pages.feeds.plan import plan, push_in_words, search_in_words
from tracker.pages.questions.evidence_for import PositionBehind, by_story
from tracker.wording import capitalised

NEWEST = 20


class MendForm(forms.Form):
    address = forms.URLField(
        max_length=2000,
        assume_scheme="https",
        help_text="At another address the feed begins anew; what it has brought stays.",
    )
    title = forms.CharField(max_length=300)
    outlet = forms.CharField(max_length=200, required=False, help_text="Who publishes it.")
    homepage = forms.URLField(label="Home page", max_length=2000, required=False, assume_scheme="https")
    reason = forms.CharField(label="Why", max_length=500, required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An entry in the list of the newest; `positions` are those that its story became evidence for."""

    entry: Entry
    headline: str
    revisions: int
    tellings: int
    positions: tuple[PositionBehind, ...]


@require_safe
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _feed(pk))


@curators_only
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _feed(pk)
    form = MendForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    decision = partial(curation.edit_feed, found, **form.cleaned_data, by=curator_of(request), at=timezone.now())
    carried_out(request, decision, said="The changes to the feed are saved.")
    return redirect("feed", found.pk)


def _feed(pk: int) -> Feed:
    return get_object_or_404(Feed.objects.select_related("outlet", "host"), pk=pk)


def _page(request: HttpRequest, found: Feed, *, form: MendForm | None = None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    told, push = _told(found), Push.objects.filter(feed=found).first()
    context = {
        "now": now,
        "feed": found,
        "health": health(found, now=now, pause=pauses_of([found]).get(found.pk)),
        "plan": plan(found, now=now, is_pushed=Push.objects.delivering(now).filter(feed=found).exists()),
        "rhythm": _rhythm(found, now=now),
        "search": search_in_words(found),
        "push": push_in_words(push, hub=found.hub),
        "tries": attempts.draw(list(found.attempts.all()[: attempts.MOST])),
        "told": told,
        "entries": Entry.objects.filter(feed=found).count(),
        "is_curator": is_curator(request),
        "form": form or MendForm(initial=_facts(found)),
    }
    return render(request, "feeds/feed.html", context, status=status)


def _facts(found: Feed) -> dict[str, str]:
    outlet = found.outlet.name if found.outlet else ""
    return {"address": found.address, "title": found.title, "outlet": outlet, "homepage": found.homepage}


def _rhythm(found: Feed, *, now: datetime) -> str:
    """What it brings and how often it is read, as one sentence."""
    if found.state == Feed.State.ARCHIVE:
        return "News of another time, played back in order."
    since = now - frequency.LOOK_BACK
    recent = Entry.objects.filter(feed=found, published_at__gte=since, published_at__lte=now).order_by("published_at")
    first, count = recent.values_list("published_at", flat=True).first(), recent.count()
    if found.last_attempt_at is None and first is None:
        return "What it brings shows once it has been read."
    if first is None:
        brings = "has brought nothing in the last four weeks"
    else:
        # A feed that was added yesterday is judged by what it lists, not by the weeks before.
        brings = f"brings {frequency.often(count, over=max(now - first, frequency.DAY))}"
    if found.state != Feed.State.ACTIVE:
        return f"{capitalised(brings)}."
    return f"{capitalised(brings)}; read {frequency.every(max(found.interval_minutes, found.asked_minutes))}."


def _told(found: Feed) -> list[Notice]:
    """The newest entries, in a fixed number of queries."""
    current = Prefetch("revisions", Revision.objects.filter(is_current=True), to_attr="current")
    entries = list(
        Entry.objects.filter(feed=found)
        .annotate(revisions_kept=Count("revisions", distinct=True), tellings=Count("story__entries", distinct=True))
        .prefetch_related(current)
        .order_by("-published_at", "-pk")[:NEWEST]
    )
    found_for = by_story([entry.story_id for entry in entries])
    return [
        Notice(
            entry=entry,
            headline=headline_of(entry.current),  # type: ignore[attr-defined]
            revisions=entry.revisions_kept,  # type: ignore[attr-defined]
            tellings=entry.tellings,  # type: ignore[attr-defined]
            positions=found_for.get(entry.story_id, ()),
        )
        for entry in entries
    ]


def headline_of(revisions: Sequence[Revision]) -> str:
    """Of the first of them; where it has none, how its text begins."""
    return next((each.title or Truncator(each.body).chars(100) for each in revisions), "") or "Without a headline"
