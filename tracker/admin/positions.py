"""Positions and the steps of their status."""

from django.contrib import admin
from django.urls import reverse

from tracker.admin.screens import KeptAdmin
from tracker.models import Position, StatusChange


@admin.register(Position)
class PositionAdmin(KeptAdmin[Position]):
    """The wording of a position may be edited; side and sureness are what its author is scored by."""

    list_display = ("title", "status", "status_since", "side", "implied_probability", "claim", "proposition")
    list_filter = ("status", "side")
    list_select_related = ("claim", "proposition")
    search_fields = ("title", "claim__title", "proposition__key", "proposition__question")
    date_hierarchy = "status_since"
    editable = ("title",)

    def get_view_on_site_url(self, obj: Position | None = None) -> str | None:
        return reverse("position", args=[obj.claim.slug, obj.proposition.key]) if obj else None


@admin.register(StatusChange)
class StatusChangeAdmin(KeptAdmin[StatusChange]):
    list_display = ("position", "old", "new", "reason", "by", "at")
    list_filter = ("new", "by")
    list_select_related = ("position",)
    search_fields = ("position__title", "reason", "by")
    date_hierarchy = "at"
