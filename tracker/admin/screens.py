"""Screens and what they have in common: rows that stay, editing with a trace, and actions that carry out decisions."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db import models
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from forecasts.refused import Refused
from tracker.curation.decisions import Verb, note
from tracker.curation.editing import edit
from tracker.models import User

Row = TypeVar("Row", bound=Model)


class KeptAdmin(admin.ModelAdmin[Row], Generic[Row]):
    """Rows are neither added nor deleted here; the fields in `editable` may be edited, all others are read-only."""

    editable: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_readonly_fields(self, request: HttpRequest, obj: Row | None = None) -> tuple[str, ...]:
        hidden = {*self.editable, *(self.exclude or ())}
        own = [field.name for field in self.opts.fields if field.name not in hidden and not field.primary_key]
        return (*self.readonly_fields, *own)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return bool(self.editable) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Row, form: forms.ModelForm[Row], change: bool) -> None:
        if not change:
            obj.save()
            note(Verb.ADD, subject=obj, by=curator(request), at=timezone.now())
        elif form.changed_data:
            edit(obj, fields=form.changed_data, by=curator(request), at=timezone.now())


class ReasonForm(ActionForm):
    """An action with its why."""

    reason = forms.CharField(required=False, max_length=500, label="Reason:")


def curator(request: HttpRequest) -> User:
    """The person who decides; only signed-in staff get this far."""
    assert isinstance(request.user, User)
    return request.user


def decide_each(
    request: HttpRequest, rows: Iterable[Row], decision: Callable[..., object], *, said: str, **facts: Any
) -> None:
    """Decide on each chosen row, as the curator, now, for the reason given; `said` has room for a count.

    One that is refused says why and stops no other.
    """
    done, by, at = 0, curator(request), timezone.now()
    reason = request.POST.get("reason", "").strip()[:500]
    for row in rows:
        try:
            decision(row, by=by, at=at, reason=reason, **facts)
        except Refused as refused:
            messages.error(request, f"{row}: {refused}")
        else:
            done += 1
    if done:
        messages.success(request, said.format(done))


def short(words: str, *, length: int = 120) -> str:
    """As much as a list has room for."""
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"
