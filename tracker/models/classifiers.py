"""Answers of plugged-in classifiers: kept word for word, with what it cost."""

from typing import Self

from django.db import models

from forecasts.models import Proposition
from tracker.models.model_answers import ModelAnswer, ModelAnswerQuerySet
from tracker.models.stories import Revision


class ClassifierAnswerQuerySet(ModelAnswerQuerySet["ClassifierAnswer"]):
    def given(self, *, model: str, prompt: str) -> Self:
        """Answers that can be used again."""
        return self.filter(model=model, prompt=prompt, problem="")


class ClassifierAnswer(ModelAnswer):
    """Answer of a language model on one revision and one proposition; `problem` says why its figures do not count."""

    proposition = models.ForeignKey(
        Proposition, verbose_name="question", on_delete=models.CASCADE, related_name="reader_answers"
    )
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="reader_answers")
    relevance = models.FloatField(default=0.0)
    supports = models.FloatField(default=0.0)
    contradicts = models.FloatField(default=0.0)
    mentions = models.FloatField(default=0.0)
    passage = models.CharField(max_length=300, blank=True)

    objects = ClassifierAnswerQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["at"], name="answer_at"),
            models.Index(fields=["proposition", "revision"], name="answer_to"),
        ]

    def __str__(self) -> str:
        return f"{self.model} on {self.proposition_id}: {self.revision_id}"
