"""Answers of language models, word for word."""

from django.contrib import admin

from tracker.admin.screens import KeptAdmin, short
from tracker.models import ClassifierAnswer


@admin.register(ClassifierAnswer)
class ClassifierAnswerAdmin(KeptAdmin[ClassifierAnswer]):
    list_display = ("headline", "key", "model", "at", "said", "calls", "tokens", "problem")
    list_filter = ("model", "prompt", ("problem", admin.EmptyFieldListFilter))
    list_select_related = ("proposition", "revision")
    search_fields = ("proposition__key", "revision__title", "problem")
    date_hierarchy = "at"

    @admin.display(description="entry", ordering="revision__title")
    def headline(self, answer: ClassifierAnswer) -> str:
        return short(answer.revision.title)

    @admin.display(description="question", ordering="proposition__key")
    def key(self, answer: ClassifierAnswer) -> str:
        return answer.proposition.key

    @admin.display(description="supports / contradicts / mentions")
    def said(self, answer: ClassifierAnswer) -> str:
        if answer.problem:
            return "no judgement"
        return f"{answer.supports:.0%} / {answer.contradicts:.0%} / {answer.mentions:.0%}"
