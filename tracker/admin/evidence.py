"""Evidence: what is suggested, and confirming or rejecting it."""

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from tracker.admin.screens import KeptAdmin, ReasonForm, decide_each, short
from tracker.curation import evidence as curation
from tracker.models import Evidence


class ConfirmForm(ReasonForm):
    """Strength of the chosen stories; a mention needs none."""

    strength = forms.ChoiceField(required=False, label="Strength:", choices=[("", "—"), *Evidence.Strength.choices])


@admin.register(Evidence)
class EvidenceAdmin(KeptAdmin[Evidence]):
    """Stances look towards YES of the question, whatever side a claim takes."""

    list_display = ("headline", "key", "shown_passage", "suggestion", "decision")
    list_per_page = 25
    list_filter = ("state", "suggested_stance", "stance", "strength", "reader")
    list_select_related = ("story", "proposition")
    search_fields = ("story__headline", "passage", "proposition__key", "proposition__question")
    date_hierarchy = "published_at"
    action_form = ConfirmForm
    actions = ("confirm_supports", "confirm_contradicts", "confirm_mentions", "reject")
    fields = (
        *("proposition", "story", "passage", "cited", "published_at", "relevance", "suggested_stance", "confidence"),
        *("reader", "attached_at", "state", "stance", "strength", "decided_by", "decided_at", "reason"),
    )
    readonly_fields = ("cited",)

    @admin.display(description="story", ordering="story__headline")
    def headline(self, evidence: Evidence) -> str:
        return short(evidence.story.headline)

    @admin.display(description="question", ordering="proposition__key")
    def key(self, evidence: Evidence) -> str:
        return evidence.proposition.key

    @admin.display(description="passage")
    def shown_passage(self, evidence: Evidence) -> str:
        return short(evidence.passage)

    @admin.display(description="suggested", ordering="-confidence")
    def suggestion(self, evidence: Evidence) -> str:
        if not evidence.reader:
            return "attached by hand"
        return f"{evidence.get_suggested_stance_display()} ({evidence.confidence:.0%})"

    @admin.display(description="decided", ordering="state")
    def decision(self, evidence: Evidence) -> str:
        if evidence.state == Evidence.State.SUGGESTED:
            return "not yet"
        said = [evidence.get_stance_display(), evidence.strength, f"by {evidence.decided_by}"]
        return f"{evidence.get_state_display()}: {', '.join(part for part in said if part)}"

    @admin.display(description="as it was read")
    def cited(self, evidence: Evidence) -> str:
        entry = evidence.revision.entry
        return f"{evidence.revision.title} ({entry.outlet_name or entry.feed.title}, {entry.link})"

    @admin.action(description="Confirm: it supports YES")
    def confirm_supports(self, request: HttpRequest, chosen: QuerySet[Evidence]) -> None:
        self._confirm(request, chosen, Evidence.Stance.SUPPORTS)

    @admin.action(description="Confirm: it contradicts YES")
    def confirm_contradicts(self, request: HttpRequest, chosen: QuerySet[Evidence]) -> None:
        self._confirm(request, chosen, Evidence.Stance.CONTRADICTS)

    @admin.action(description="Confirm: it mentions the matter, and moves nothing")
    def confirm_mentions(self, request: HttpRequest, chosen: QuerySet[Evidence]) -> None:
        self._confirm(request, chosen, Evidence.Stance.MENTIONS)

    @admin.action(description="Reject: it does not bear on the question")
    def reject(self, request: HttpRequest, chosen: QuerySet[Evidence]) -> None:
        decide_each(request, chosen, curation.reject, said="Stories rejected: {}. They stay on record.")

    def _confirm(self, request: HttpRequest, chosen: QuerySet[Evidence], stance: Evidence.Stance) -> None:
        strength = "" if stance == Evidence.Stance.MENTIONS else request.POST.get("strength", "")
        decide_each(
            request,
            chosen,
            curation.confirm,
            said="Stories confirmed: {}. The next revision counts them.",
            stance=stance,
            strength=strength,
        )

    def get_view_on_site_url(self, obj: Evidence | None = None) -> str | None:
        if obj is None or obj.proposition.state == obj.proposition.State.DRAFT:
            return None
        return f"{reverse('question', args=[obj.proposition.key])}#evidence-{obj.pk}"
