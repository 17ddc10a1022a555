"""Admin screens. What happened is history and read-only; ruling is an action of whoever owns the decision."""

from copy import copy
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import admin
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery, URLField
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from forecasts import criteria
from forecasts.maths.odds import in_words, percent
from forecasts.maths.parts import from_json
from forecasts.models import (
    AggregateForecast,
    Appeal,
    CriteriaVersion,
    Estimate,
    Forecast,
    Forecaster,
    ParameterFit,
    Proposition,
    Resolution,
    Score,
    WatchedPeriod,
)
from forecasts.refused import Refused

Row = TypeVar("Row", bound=Model)


class HistoryAdmin(admin.ModelAdmin[Row], Generic[Row]):
    """Rows that were written by a decision or a job: to be read, never added, changed or deleted here."""

    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False


class ChanceAdmin(HistoryAdmin[Any]):
    """History of chances of YES; one that is empty was nobody's."""

    @admin.display(description="chance of YES", ordering="probability", empty_value="nobody")
    def chance(self, row: Forecast | Estimate | AggregateForecast) -> str | None:
        return None if row.probability is None else _chance(row.probability)


class PropositionForm(ModelForm[Proposition]):
    """New words of a question that people have forecast need a reason; what stood before is kept for readers."""

    reason = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        label="Why the words change",
        help_text="Needed for question, statement, criteria and deadline once people forecast; everybody reads it.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        after = copy(self.instance)
        for name in (*criteria.WORDS, *criteria.DAYS):
            if cleaned.get(name) is not None:
                setattr(after, name, cleaned[name])
        try:
            criteria.refuse_unless_sound(
                self.instance, after=after, reason=cleaned.get("reason", ""), at=timezone.now()
            )
        except Refused as refused:
            self.add_error(refused.field or None, str(refused))
        return cleaned


class PropositionAdmin(admin.ModelAdmin[Proposition]):
    """The screen of a question, registered where the decisions are that it saves by.

    Wording may be edited; state, outcome and the marks of the jobs are set by decisions and jobs alone.
    """

    form = PropositionForm
    list_display = (
        "key",
        "question",
        "state",
        "outcome",
        "process",
        "deadline",
        "chance",
        "written_with_hindsight",
        "changed_at",
    )
    list_filter = ("state", "outcome", "process", "written_with_hindsight", "deadline")
    search_fields = ("key", "question", "statement", "resolution_criteria")
    date_hierarchy = "deadline"
    readonly_fields = ("state", "outcome", "created_at", "unsettled_at", "estimated_at", "changed_at", "change_count")

    def get_fields(self, request: HttpRequest, obj: Proposition | None = None) -> Any:
        """The reason stands below the words."""
        names = [name for name in super().get_fields(request, obj) if name != "reason"]
        names.insert(names.index("deadline") + 1, "reason")
        return names

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposition]:
        latest = Estimate.objects.filter(proposition=OuterRef("pk")).order_by("-at", "-pk")
        return super().get_queryset(request).annotate(latest_chance=Subquery(latest.values("probability")[:1]))

    @admin.display(description="chance of YES", ordering="latest_chance", empty_value="no estimate yet")
    def chance(self, proposition: Proposition) -> str | None:
        latest: float | None = getattr(proposition, "latest_chance", None)
        return None if latest is None else _chance(latest)

    def has_delete_permission(self, request: HttpRequest, obj: Proposition | None = None) -> bool:
        """Drafts only: forecasts, evidence and rulings hang on everything that was published."""
        is_draft = obj is not None and obj.state == Proposition.State.DRAFT
        return is_draft and super().has_delete_permission(request, obj)


@admin.register(Forecaster)
class ForecasterAdmin(admin.ModelAdmin[Forecaster]):
    """Bots and other sites are entered here; members and authors appear by themselves."""

    list_display = ("name", "kind", "user", "forecast_count")
    list_filter = ("kind",)
    search_fields = ("name", "user__username")
    list_select_related = ("user",)
    raw_id_fields = ("user",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Forecaster]:
        return super().get_queryset(request).annotate(forecast_count=Count("forecasts"))

    @admin.display(description="forecasts", ordering="forecast_count")
    def forecast_count(self, forecaster: Forecaster) -> int:
        count: int = getattr(forecaster, "forecast_count", 0)
        return count

    def get_readonly_fields(self, request: HttpRequest, obj: Forecaster | None = None) -> tuple[str, ...]:
        return ("kind", "user") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Forecaster | None = None) -> bool:
        return False


@admin.register(Forecast)
class ForecastAdmin(ChanceAdmin):
    list_display = ("proposition", "forecaster", "chance", "made_at", "withdrawn_at", "comment")
    list_filter = ("forecaster__kind", ("withdrawn_at", admin.EmptyFieldListFilter))
    search_fields = ("proposition__key", "proposition__question", "forecaster__name", "comment")
    list_select_related = ("proposition", "forecaster")
    date_hierarchy = "made_at"


@admin.register(Estimate)
class EstimateAdmin(ChanceAdmin):
    list_display = ("proposition", "chance", "in_words", "at")
    search_fields = ("proposition__key", "proposition__question")
    list_select_related = ("proposition",)
    date_hierarchy = "at"
    fields = ("proposition", "at", "probability", "contributions")
    readonly_fields = ("contributions",)

    @admin.display(description="in words")
    def in_words(self, estimate: Estimate) -> str:
        return in_words(estimate.probability)

    @admin.display(description="contributions in log-odds")
    def contributions(self, estimate: Estimate) -> SafeString:
        lines = ((f"{part.log_odds:+.3f}", part.kind, part.ref) for part in from_json(estimate.parts))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} {}: {}</li>", lines))


@admin.register(AggregateForecast)
class AggregateForecastAdmin(ChanceAdmin):
    list_display = ("proposition", "chance", "count", "spread", "at")
    search_fields = ("proposition__key", "proposition__question")
    list_select_related = ("proposition",)
    date_hierarchy = "at"

    @admin.display(description="the middle half", empty_value="nobody")
    def spread(self, aggregate: AggregateForecast) -> str | None:
        if aggregate.low is None or aggregate.high is None:
            return None
        return f"{_chance(aggregate.low)} to {_chance(aggregate.high)}"


@admin.register(ParameterFit)
class ParameterFitAdmin(HistoryAdmin[ParameterFit]):
    """Fits of `./hindcast fit`; estimates are made by the newest that was taken."""

    list_display = ("at", "taken", "gain", "gain_error", "propositions", "by")
    list_filter = ("taken",)
    search_fields = ("by",)


@admin.register(WatchedPeriod)
class WatchedPeriodAdmin(HistoryAdmin[WatchedPeriod]):
    """Times over which news was read; only there does silence move an estimate."""

    list_display = ("began_at", "ended_at")
    date_hierarchy = "began_at"


@admin.register(Resolution)
class ResolutionAdmin(HistoryAdmin[Resolution]):
    list_display = ("proposition", "outcome", "effective_on", "ruled_by", "ruled_at", "reversed_by", "reversed_at")
    list_filter = ("outcome", ("reversed_at", admin.EmptyFieldListFilter))
    search_fields = ("proposition__key", "proposition__question", "reason", "source", "ruled_by")
    list_select_related = ("proposition",)
    date_hierarchy = "effective_on"


@admin.register(Appeal)
class AppealAdmin(HistoryAdmin[Appeal]):
    """Answered on the page of the question, where the appeal was made."""

    list_display = ("ruling", "by", "reason", "at", "answer", "answered_by", "answered_at")
    list_filter = (("answered_at", admin.EmptyFieldListFilter), ("resolution__reversed_at", admin.EmptyFieldListFilter))
    search_fields = ("resolution__proposition__key", "resolution__proposition__question", "by", "reason", "answer")
    list_select_related = ("resolution__proposition",)
    date_hierarchy = "at"

    @admin.display(ordering="resolution__proposition__key")
    def ruling(self, appeal: Appeal) -> str:
        return f"{appeal.resolution.proposition.key}: {appeal.resolution.outcome}"


@admin.register(CriteriaVersion)
class CriteriaVersionAdmin(HistoryAdmin[CriteriaVersion]):
    list_display = ("proposition", "number", "since", "deadline", "reason", "by")
    search_fields = ("proposition__key", "question", "statement", "resolution_criteria", "reason", "by")
    list_select_related = ("proposition",)
    date_hierarchy = "since"


@admin.register(Score)
class ScoreAdmin(HistoryAdmin[Score]):
    list_display = ("proposition", "forecaster", "rule", "value", "coverage", "final_probability")
    list_filter = ("rule", "forecaster__kind")
    search_fields = ("resolution__proposition__key", "resolution__proposition__question", "forecaster__name")
    list_select_related = ("resolution__proposition", "forecaster")
    date_hierarchy = "resolution__effective_on"

    @admin.display(description="question", ordering="resolution__proposition__key")
    def proposition(self, score: Score) -> str:
        return str(score.resolution.proposition)


def _chance(probability: float) -> str:
    return f"{percent(probability)}%"
