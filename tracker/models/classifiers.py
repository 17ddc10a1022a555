"""Answers of plugged-in classifiers: kept word for word, with what it cost."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Sum

from forecasts.models import Proposition
from tracker.models.stories import Revision


class ReaderAnswerQuerySet(models.QuerySet["ClassifierAnswer"]):
    def calls_since(self, since: datetime) -> int:
        """Calls made from then on, those that failed included."""
        return self.filter(at__gte=since).aggregate(total=Sum("calls"))["total"] or 0

    def given(self, *, model: str, prompt: str) -> Self:
        """Answers that can be used again."""
        return self.filter(model=model, prompt=prompt, problem="")


class ClassifierAnswer(models.Model):
    """Answer of a language model on one revision and one proposition; `problem` says why its figures do not count."""

    proposition = models.ForeignKey(
        Proposition, verbose_name="question", on_delete=models.CASCADE, related_name="reader_answers"
    )
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="reader_answers")
    model = models.CharField(max_length=200)
    prompt = models.CharField(max_length=20, help_text="Version of the prompt.")
    at = models.DateTimeField()
    relevance = models.FloatField(default=0.0)
    supports = models.FloatField(default=0.0)
    contradicts = models.FloatField(default=0.0)
    mentions = models.FloatField(default=0.0)
    passage = models.CharField(max_length=300, blank=True)
    problem = models.CharField(max_length=300, blank=True, help_text="In words; empty when it could be used.")
    raw = models.TextField(blank=True, help_text="Its own words, as far as they are kept.")
    calls = models.PositiveSmallIntegerField(default=1)
    tokens = models.PositiveIntegerField(default=0, help_text="As the server counted them.")

    objects = ReaderAnswerQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["at"], name="answer_at"),
            models.Index(fields=["proposition", "revision"], name="answer_to"),
        ]

    def __str__(self) -> str:
        return f"{self.model} on {self.proposition_id}: {self.revision_id}"
