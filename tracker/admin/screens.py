"""Screens and what they have in common: rows that stay, editing with a trace, and actions that carry out decisions."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from forecasts.admin import HistoryAdmin
from forecasts.refused import Refused
from tracker.curation.decisions import Verb, note
from tracker.curation.editing import edit
from tracker.models import User

Row = TypeVar("Row", bound=Model)


class KeptAdmin(HistoryAdmin[Row], Generic[Row]):
    """Rows are neither added nor deleted here; the fields in `editable` may be edited, all others are read-only."""

    editable: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Row | None = None) -> tuple[str, ...]:
        hidden = {*self.editable, *(self.exclude or ())}
        own = [field.name for field in self.opts.fields if field.name not in hidden and not field.primary_key]
        return (*self.readonly_fields, *own)

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return bool(self.editable) and admin.ModelAdmin.has_change_permission(self, request, obj)

    def get_view_on_site_url(self, obj: Row | None = None) -> str | None:
        return obj.get_absolute_url() if obj is not None and hasattr(obj, "get_absolute_url") else None

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


def action_for(
    description: str, decide: Callable[..., object], *, said: str, asks: Sequence[str] = ("reason",), **facts: Any
) -> Callable[[Any, HttpRequest, QuerySet[Any]], None]:
    """An action that decides on each chosen row, as the curator, now, by what its form `asks`; `said` counts them.

    One that is refused says why and stops no other.
    """

    @admin.action(description=description)
    def action(screen: Any, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        done, by, at = 0, curator(request), timezone.now()
        answers = {name: request.POST.get(name, "").strip()[:500] for name in asks}
        for row in chosen:
            try:
                decide(row, by=by, at=at, **answers, **facts)
            except Refused as refused:
                messages.error(request, f"{row}: {refused}")
            else:
                done += 1
        if done:
            messages.success(request, said.format(done))

    return action


def as_json(facts: Mapping[str, Any]) -> SafeString:
    return format_html("<pre>{}</pre>", json.dumps(facts, indent=2, ensure_ascii=False))


def short(words: str, *, length: int = 120) -> str:
    """As much as a list has room for."""
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"
