"""Feeds and what came in through them."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from tracker.admin.screens import KeptAdmin, ReasonForm, action_for
from tracker.curation import feeds as curation
from tracker.models import (
    Attempt,
    Entry,
    Feed,
    FullText,
    Host,
    LikeStory,
    Push,
    PushedDocument,
    Revision,
    Story,
    StoryBand,
)


@admin.register(Feed)
class FeedAdmin(KeptAdmin[Feed]):
    """A feed is added on the feeds page, where its address is checked."""

    list_display = ("title", "outlet", "state", "failures", "last_success_at", "next_poll_at", "last_error")
    list_filter = ("state", ("last_error", admin.EmptyFieldListFilter))
    list_select_related = ("outlet",)
    search_fields = ("title", "address", "outlet__name")
    editable = ("title", "homepage", "outlet", "interval_minutes")
    autocomplete_fields = ("outlet",)
    action_form = ReasonForm
    actions = ("poll_now", "pause", "resume")

    poll_now = action_for(
        "Poll the chosen feeds now", curation.poll_now, said="Feeds to be polled with the next run: {}."
    )
    pause = action_for("Pause the chosen feeds", curation.pause, said="Feeds paused: {}.")
    resume = action_for("Resume the chosen feeds", curation.resume, said="Feeds resumed: {}.")


@admin.register(Host)
class HostAdmin(KeptAdmin[Host]):
    list_display = ("name", "free_at", "frozen_until", "lease_until")
    search_fields = ("name",)


@admin.register(Attempt)
class AttemptAdmin(KeptAdmin[Attempt]):
    list_display = ("feed", "at", "status", "new_entries", "new_revisions", "bytes", "seconds", "error")
    list_filter = ("status", ("error", admin.EmptyFieldListFilter))
    list_select_related = ("feed",)
    search_fields = ("feed__title", "error")
    date_hierarchy = "at"


@admin.register(Story)
class StoryAdmin(KeptAdmin[Story]):
    list_display = ("headline", "published_at", "reprints")
    search_fields = ("headline",)
    date_hierarchy = "published_at"
    exclude = ("signature",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        return super().get_queryset(request).annotate(told=Count("entries"))

    @admin.display(description="entries", ordering="told")
    def reprints(self, story: Story) -> int:
        return int(getattr(story, "told", 0))


@admin.register(LikeStory)
class LikeStoryAdmin(KeptAdmin[LikeStory]):
    """Pairs of stories that seem to tell one event; they are joined on a story's page."""

    list_display = ("earlier", "later", "likeness", "found_at")
    list_select_related = ("earlier", "later")
    search_fields = ("earlier__headline", "later__headline")


@admin.register(StoryBand)
class StoryBandAdmin(KeptAdmin[StoryBand]):
    list_display = ("story", "band")
    list_select_related = ("story",)
    search_fields = ("story__headline",)


class RevisionInline(admin.TabularInline[Revision, Entry]):
    model = Revision
    extra = 0
    can_delete = False
    fields = readonly_fields = ("number", "is_current", "title", "seen_at")

    def has_add_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False


@admin.register(Entry)
class EntryAdmin(KeptAdmin[Entry]):
    list_display = ("story", "feed", "link", "published_at", "date_is_doubtful", "matched_at")
    list_filter = ("date_is_doubtful", ("matched_at", admin.EmptyFieldListFilter))
    list_select_related = ("story", "feed")
    search_fields = ("story__headline", "link", "feed__title")
    date_hierarchy = "published_at"
    inlines = (RevisionInline,)


@admin.register(Revision)
class RevisionAdmin(KeptAdmin[Revision]):
    list_display = ("title", "entry", "number", "is_current", "seen_at")
    list_filter = ("is_current",)
    list_select_related = ("entry",)
    search_fields = ("title", "entry__link")
    date_hierarchy = "seen_at"


@admin.register(FullText)
class FullTextAdmin(KeptAdmin[FullText]):
    list_display = ("entry", "read_at", "tries", "next_try_at", "error")
    list_filter = (("error", admin.EmptyFieldListFilter),)
    list_select_related = ("entry",)
    search_fields = ("entry__link", "entry__story__headline")


@admin.register(Push)
class PushAdmin(KeptAdmin[Push]):
    list_display = ("feed", "hub", "state", "lapses_at", "last_push_at", "failures", "last_error")
    list_filter = ("state",)
    list_select_related = ("feed",)
    search_fields = ("feed__title", "hub")
    exclude = ("path", "secret", "lease_token")


@admin.register(PushedDocument)
class PushedDocumentAdmin(KeptAdmin[PushedDocument]):
    list_display = ("feed", "received_at", "content_type")
    list_select_related = ("feed",)
    search_fields = ("feed__title",)
    exclude = ("body",)
