"""Ruling on a question, taking a ruling back, linking it to other sites: screens beside the question's own."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Model, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from forecasts.admin import PropositionAdmin
from forecasts.models import Proposition, Resolution
from forecasts.refused import Refused
from tracker.admin.screens import curator
from tracker.curation import outside
from tracker.curation import rulings as curation
from tracker.curation.editing import edit
from tracker.curation.question_form import QuestionForm
from tracker.curation.questions import open_question
from tracker.jobs.readings.rulings import drafted
from tracker.models import Evidence

STRONGEST_FIRST = Case(
    *(When(strength=strength, then=Value(rank)) for rank, strength in enumerate(reversed(Evidence.Strength.values))),
    default=Value(len(Evidence.Strength.values)),
    output_field=IntegerField(),
)
SHOWN = 12
A_HOST = re.compile(r"[\w.-]+\.[a-z]{2,}(/\S*)?$", re.IGNORECASE)  # an address without its scheme
WITHOUT_SCORES = {
    Proposition.Outcome.PARTLY: "partly: shown, and nobody is scored",
    Proposition.Outcome.VOID: "void: ambiguous or annulled, nobody is scored",
}
OUTCOMES = [
    (value, WITHOUT_SCORES.get(Proposition.Outcome(value), words)) for value, words in Proposition.Outcome.choices
]


class RuleForm(forms.Form):
    outcome = forms.ChoiceField(choices=[("", "—"), *OUTCOMES], help_text="Of the question itself.")
    effective_on = forms.DateField(
        label="Settled on",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The day on which the world settled it; for a No by the deadline, the deadline.",
    )
    source = forms.CharField(
        max_length=2000,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="What settles it: the address of a page, or words. Only a void ruling does without.",
    )
    reason = forms.CharField(
        max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text="In one or two sentences, for readers."
    )
    confidence = forms.ChoiceField(
        required=False,
        choices=[("", "—"), ("high", "high"), ("medium", "medium"), ("low", "low")],
        help_text="How sure the source makes you.",
    )

    def clean_source(self) -> str:
        source: str = self.cleaned_data["source"]
        return f"https://{source}" if A_HOST.match(source) else source


class LinkForm(forms.Form):
    address = forms.CharField(
        max_length=2000,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Of the question's page on Metaculus, Manifold or Polymarket, or of a table (.csv).",
    )
    is_inverted = forms.BooleanField(
        required=False, label="Its Yes is our No", help_text="Tick it when the other site asks the opposite."
    )
    reason = forms.CharField(max_length=500, required=False, help_text="Such as how far both questions ask the same.")


class ReverseForm(forms.Form):
    reason = forms.CharField(
        max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text="Why the ruling does not hold."
    )


class QuestionAdmin(PropositionAdmin):
    """The question's screen with these decisions on it; every change here leaves a trace."""

    change_form_template = "admin/proposition.html"

    def get_urls(self) -> list[URLPattern]:
        return [
            path("<int:pk>/rule/", self.admin_site.admin_view(self.rule), name="forecasts_proposition_rule"),
            path("<int:pk>/link/", self.admin_site.admin_view(self.link), name="forecasts_proposition_link"),
            path("<int:pk>/reverse/", self.admin_site.admin_view(self.reverse), name="forecasts_proposition_reverse"),
            *super().get_urls(),
        ]

    def get_form(
        self, request: HttpRequest, obj: Proposition | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Proposition]]:
        chosen = kwargs if obj else {"form": QuestionForm, **kwargs}
        return super().get_form(request, obj, change, **chosen)

    def get_fields(self, request: HttpRequest, obj: Proposition | None = None) -> Any:
        return super().get_fields(request, obj) if obj else QuestionForm.Meta.fields

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Let the form through, and say what somebody else's change in between forbids."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return redirect(request.get_full_path())

    def save_model(
        self, request: HttpRequest, obj: Proposition, form: forms.ModelForm[Proposition], change: bool
    ) -> None:
        by, now = curator(request), timezone.now()
        if not change:
            open_question(obj, by=by, at=now)
        elif fields := [name for name in form.changed_data if name != "reason"]:
            edit(obj, fields=fields, by=by, at=now, reason=form.cleaned_data["reason"])

    def get_view_on_site_url(self, obj: Proposition | None = None) -> str | None:
        return obj.get_absolute_url() if obj and obj.state != Proposition.State.DRAFT else None

    def rule(self, request: HttpRequest, pk: int) -> HttpResponse:
        proposition = self._proposition(request, pk)
        scores = "nobody" if request.POST.get("outcome") in WITHOUT_SCORES else "everyone"
        return self._decide(
            request,
            proposition,
            curation.rule,
            proposition,
            form_class=RuleForm,
            said=f"The ruling stands, and {scores} is scored. Pages follow within a minute.",
            context={"title": "Rule on a question", "button": "Rule", "draft": drafted(proposition)},
        )

    def reverse(self, request: HttpRequest, pk: int) -> HttpResponse:
        proposition = self._proposition(request, pk)
        ruling = get_object_or_404(Resolution, proposition=proposition, reversed_at__isnull=True)
        return self._decide(
            request,
            proposition,
            curation.reverse,
            ruling,
            form_class=ReverseForm,
            said="The ruling is taken back, and its scores are gone. Pages follow within a minute.",
            context={"title": "Take a ruling back", "button": "Take it back", "ruling": ruling},
        )

    def link(self, request: HttpRequest, pk: int) -> HttpResponse:
        proposition = self._proposition(request, pk)
        return self._decide(
            request,
            proposition,
            outside.link,
            proposition,
            form_class=LinkForm,
            said="Linked. What the site says comes with the next run of the job.",
            context={"title": "Link an outside question", "button": "Link"},
            leads_to="admin:tracker_outsidelink_changelist",
        )

    def _proposition(self, request: HttpRequest, pk: int) -> Proposition:
        proposition = get_object_or_404(Proposition, pk=pk)
        if not self.has_change_permission(request, proposition):
            raise PermissionDenied("Only a curator decides on questions.")
        return proposition

    def _decide(
        self,
        request: HttpRequest,
        proposition: Proposition,
        decision: Callable[..., object],
        subject: Model,
        *,
        form_class: type[forms.Form],
        said: str,
        context: dict[str, Any],
        leads_to: str = "",
    ) -> HttpResponse:
        """Take the decision on its subject by the form sent, and lead on; else show the form, with why not."""
        form = form_class(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                decision(subject, **form.cleaned_data, by=curator(request), at=timezone.now())
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                self.message_user(request, said, messages.SUCCESS)
                return redirect(leads_to or reverse("admin:forecasts_proposition_change", args=[proposition.pk]))
        shown = {"opts": self.opts, "form": form, "proposition": proposition, "evidence": _best(proposition)}
        return TemplateResponse(
            request, "admin/ruling.html", {**self.admin_site.each_context(request), **shown, **context}
        )


def _best(proposition: Proposition) -> QuerySet[Evidence]:
    """The strongest confirmed evidence first, the latest of equals first; suggestions after that."""
    shown = proposition.evidence.shown().select_related("story", "revision__entry__feed")
    return shown.order_by(STRONGEST_FIRST, "-published_at")[:SHOWN]


admin.site.register(Proposition, QuestionAdmin)
