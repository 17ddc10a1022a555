"""One story: every telling of it, what each said when, what it is evidence for; curators split and join."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from language.sentences.words import stems
from tracker.curation import stories as curation
from tracker.models import Decision, Entry, LikeStory, Revision, Story
from tracker.pages.access import curator_of, curators_only, is_curator, reason_of, return_address, said
from tracker.pages.questions import evidence_for
from tracker.wording import capitalised, counted

WEEK: Final = timedelta(days=7)
MOST_COMPARED: Final = 5000
MOST_LIKELY: Final = 8
LEAST_SHARED: Final = 2
MOST_TELLINGS: Final = 200
VERBS: Final = (
    Decision.Verb.SPLIT_STORY,
    Decision.Verb.BEGIN_STORY,
    Decision.Verb.JOIN_STORY,
    Decision.Verb.EXTEND_STORY,
)


@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Story.objects.defer("signature"), pk=pk)
    tellings = _tellings(found)
    if not tellings:
        return redirect("story", _joined_into(found))
    outlets = len({entry.publisher for entry in tellings})
    context = {
        "story": found,
        "tellings": tellings,
        "count": found.entries.count(),
        "told": f"{capitalised(counted(outlets, 'outlet'))}, {counted(len(tellings), 'telling')}.",
        "positions": evidence_for.by_story([found.pk]).get(found.pk, ()),
        "decisions": Decision.objects.about(found).filter(verb__in=VERBS)[:20],
        "is_curator": is_curator(request),
        "likely": _likely(found) if is_curator(request) else [],
    }
    return render(request, "stories/story.html", context)


@curators_only
@require_POST
def split(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    found = get_object_or_404(Entry, pk=entry, story=pk)
    words = "It is a story of its own now, and is held against the questions again within the next minutes."
    with said(request, words):
        curation.split(found, by=curator_of(request), at=timezone.now(), reason=reason_of(request))
    found.refresh_from_db()
    return redirect("story", found.story_id)


@curators_only
@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Story, pk=pk)
    number = request.POST.get("number", "").strip().lstrip("#") or request.POST.get("likely", "")
    # What is longer is no number of a row, and the database would not take it.
    into = (
        Story.objects.filter(pk=int(number)).first()
        if number.isascii() and number.isdigit() and len(number) < 18
        else None
    )
    if into is None:
        messages.error(request, "Choose the other story, or give its number: it stands on its page and in its address.")
        return redirect("story", pk)
    with said(request, "The two are one story now."):
        found = curation.join(found, into, by=curator_of(request), at=timezone.now(), reason=reason_of(request))
    return redirect(return_address(request, default=found.get_absolute_url()))


def _joined_into(found: Story) -> int:
    """Where a story went that has no telling any more."""
    joined = Decision.objects.about(found).filter(verb=Decision.Verb.JOIN_STORY).first()
    if joined is None or not isinstance(into := joined.after.get("into"), int):
        raise Http404("No outlet tells this story.")
    return into


def _tellings(found: Story) -> list[Entry]:
    """Oldest first, each with its wordings, the newest first; two queries."""
    revisions = Prefetch("revisions", Revision.objects.order_by("-number"))
    entries = found.entries.select_related("feed__outlet").prefetch_related(revisions)
    return list(entries.order_by("published_at", "pk")[:MOST_TELLINGS])


def _likely(found: Story) -> Sequence[Story]:
    """Stories of the same week: first those that seem to tell the same event, then by telling words in common."""
    told = Exists(Entry.objects.filter(story=OuterRef("pk")))
    near = Story.objects.filter(told, published_at__range=(found.published_at - WEEK, found.published_at + WEEK))
    rows = near.exclude(pk=found.pk).order_by("-published_at").values_list("pk", "headline")[:MOST_COMPARED]
    words = stems(found.headline)
    shared = {pk: _alike(words, stems(headline)) for pk, headline in rows}
    alike = set(LikeStory.objects.filter(Q(earlier=found) | Q(later=found)).values_list("earlier", "later"))
    told_alike = {pk for pair in alike for pk in pair} - {found.pk}
    best = sorted(
        (pk for pk, share in shared.items() if share or pk in told_alike),
        key=lambda pk: (pk not in told_alike, -shared[pk], pk),
    )[:MOST_LIKELY]
    by_pk = Story.objects.defer("signature").in_bulk(best)
    return [by_pk[pk] for pk in best if pk in by_pk]


def _alike(words: frozenset[str], others: frozenset[str]) -> float:
    """Shared words as a part of all, 0 where they are too few to tell anything."""
    common = len(words & others)
    return common / len(words | others) if common >= LEAST_SHARED else 0.0
