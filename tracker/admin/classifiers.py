"""Answers of language models, word for word."""

from django.contrib import admin

from tracker.admin.screens import KeptAdmin, short
from tracker.models import ClassifierAnswer, ReadingAnswer


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


@admin.register(ReadingAnswer)
class ReadingAnswerAdmin(KeptAdmin[ReadingAnswer]):
    list_display = ("kind", "article", "proposition", "model", "at", "calls", "tokens", "problem")
    list_filter = ("kind", "model", "prompt", ("problem", admin.EmptyFieldListFilter))
    list_select_related = ("article", "proposition")
    search_fields = ("article__title", "proposition__key", "problem")
    date_hierarchy = "at"
