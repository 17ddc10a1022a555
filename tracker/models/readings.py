"""Answers of a language model to whatever it was given to read: kept word for word, with what each cost."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Sum

from forecasts.models import Proposition
from tracker.models.articles import Article


class ReadingAnswerQuerySet(models.QuerySet["ReadingAnswer"]):
    def calls_since(self, since: datetime) -> int:
        """Calls made from then on, those that failed included."""
        return self.filter(at__gte=since).aggregate(total=Sum("calls"))["total"] or 0

    def usable(self) -> Self:
        return self.filter(problem="")


class ReadingAnswer(models.Model):
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
    model = models.CharField(max_length=200)
    prompt = models.CharField(max_length=20, help_text="Version of the prompt.")
    at = models.DateTimeField()
    problem = models.CharField(max_length=300, blank=True, help_text="In words; empty when it could be used.")
    raw = models.TextField(blank=True, help_text="Its own words, as far as they are kept.")
    calls = models.PositiveSmallIntegerField(default=1)
    tokens = models.PositiveIntegerField(default=0, help_text="As the server counted them.")

    objects = ReadingAnswerQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["at"], name="reading_answer_at"),
            models.Index(fields=["key"], name="reading_answer_key"),
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.get_kind_display()}"
