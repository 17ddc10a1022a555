"""Positions and the steps of their status."""

from django.contrib import admin

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


@admin.register(StatusChange)
class StatusChangeAdmin(KeptAdmin[StatusChange]):
    list_display = ("position", "old", "new", "reason", "by", "at")
    list_filter = ("new", "by")
    list_select_related = ("position__proposition",)
    search_fields = ("position__title", "position__proposition__question", "reason", "by")
    date_hierarchy = "at"
