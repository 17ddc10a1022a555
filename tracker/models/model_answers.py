"""Answers of a language model, of whatever kind: kept word for word, with what each cost."""

from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import Sum

Row = TypeVar("Row", bound="ModelAnswer")


class ModelAnswerQuerySet(models.QuerySet[Row]):
    def calls_since(self, since: datetime) -> int:
        """Calls made from then on, those that failed included."""
        return self.filter(at__gte=since).aggregate(total=Sum("calls"))["total"] or 0


class ModelAnswer(models.Model):
    model = models.CharField(max_length=200)
    prompt = models.CharField(max_length=20, help_text="Version of the prompt.")
    at = models.DateTimeField()
    problem = models.CharField(max_length=300, blank=True, help_text="In words; empty when it could be used.")
    raw = models.TextField(blank=True, help_text="Its own words, as far as they are kept.")
    calls = models.PositiveSmallIntegerField(default=1)
    tokens = models.PositiveIntegerField(default=0, help_text="As the server counted them.")

    class Meta:
        abstract = True
