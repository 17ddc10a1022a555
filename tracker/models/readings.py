"""Answers of a language model to whatever it was given to read: kept word for word, with what each cost."""

from typing import Self

from django.db import models

from forecasts.models import Proposition
from tracker.models.articles import Article
from tracker.models.model_answers import ModelAnswer, ModelAnswerQuerySet


class ReadingAnswerQuerySet(ModelAnswerQuerySet["ReadingAnswer"]):
    def usable(self) -> Self:
        return self.filter(problem="")


class ReadingAnswer(ModelAnswer):
    """Answer to one prompt; stances, which are of one story and one question, are in `ClassifierAnswer`."""

    class Kind(models.TextChoices):
        CLAIMS = "claims", "claims of an article"
        DRAFT = "draft", "draft of a question"
        RULING = "ruling", "draft of a ruling"
        FORECAST = "forecast", "forecast"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=64, help_text="SHA-256 of model, prompt and material: nothing is asked twice.")
    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.CASCADE, related_name="reading_answers"
    )
    proposition = models.ForeignKey(
        Proposition,
        null=True,
        blank=True,
        verbose_name="question",
        on_delete=models.CASCADE,
        related_name="reading_answers",
    )

    objects = ReadingAnswerQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["at"], name="reading_answer_at"),
            models.Index(fields=["key"], name="reading_answer_key"),
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.get_kind_display()}"
