"""Evidence: what is suggested, and confirming or rejecting it."""

from typing import Any

from django import forms
from django.contrib import admin

from tracker.admin.screens import KeptAdmin, ReasonForm, action_for, short
from tracker.curation import evidence as curation
from tracker.models import Evidence, SuggestionQueue


class ConfirmForm(ReasonForm):
    """Strength of the chosen stories; a mention needs none."""

    strength = forms.ChoiceField(required=False, label="Strength:", choices=[("", "—"), *Evidence.Strength.choices])


def _confirming(description: str, stance: Evidence.Stance) -> Any:
    said = "Stories confirmed: {}. The next revision counts them."
    return action_for(description, curation.confirm, said=said, asks=("reason", "strength"), stance=stance)


@admin.register(Evidence)
class EvidenceAdmin(KeptAdmin[Evidence]):
    """Stances look towards YES of the question, whatever side a claim takes."""

    list_display = ("headline", "key", "shown_passage", "suggestion", "decision")
    list_per_page = 25
    list_filter = ("state", "suggested_stance", "stance", "strength", "classifier")
    list_select_related = ("story", "proposition")
    search_fields = ("story__headline", "passage", "proposition__key", "proposition__question")
    date_hierarchy = "published_at"
    action_form = ConfirmForm
    actions = ("confirm_supports", "confirm_contradicts", "confirm_mentions", "reject", "take_back")
    fields = (
        *("proposition", "story", "passage", "cited", "published_at", "relevance", "suggested_stance", "confidence"),
        *(
            "decisions_known",
            "weighed",
            "classifier",
            "attached_at",
            "state",
            "stance",
            "strength",
            "decided_by",
            "decided_at",
            "reason",
        ),
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
        if not evidence.classifier:
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

    confirm_supports = _confirming("Confirm: it supports YES", Evidence.Stance.SUPPORTS)
    confirm_contradicts = _confirming("Confirm: it contradicts YES", Evidence.Stance.CONTRADICTS)
    confirm_mentions = _confirming("Confirm: it mentions the matter, and moves nothing", Evidence.Stance.MENTIONS)
    reject = action_for(
        "Reject: it does not bear on the question", curation.reject, said="Stories rejected: {}. They stay on record."
    )
    take_back = action_for(
        "Take back: let it wait for a decision again", curation.take_back, said="Stories that wait again: {}."
    )

    def get_view_on_site_url(self, obj: Evidence | None = None) -> str | None:
        if obj is None or obj.proposition.state == obj.proposition.State.DRAFT:
            return None
        return f"{obj.proposition.get_absolute_url()}#evidence-{obj.pk}"


@admin.register(SuggestionQueue)
class SuggestionQueueAdmin(KeptAdmin[SuggestionQueue]):
    list_display = ("proposition", "change_count", "judged_count")
    list_select_related = ("proposition",)
    search_fields = ("proposition__key", "proposition__question")
