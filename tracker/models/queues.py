"""Queues: of each question on which suggestions wait, whether they were judged since the last decision on it."""

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import F

from forecasts.models import Proposition


class SuggestionQueueQuerySet(models.QuerySet["SuggestionQueue"]):
    def stale(self) -> Self:
        """Queues to be judged anew, since somebody decided or news came in."""
        return self.filter(change_count__gt=F("judged_count")).order_by("pk")

    def mark_stale(self, propositions: Collection[int]) -> None:
        """Ask for the queues of these questions to be judged anew."""
        wanted = sorted(set(propositions))
        self.bulk_create([SuggestionQueue(proposition_id=each) for each in wanted], ignore_conflicts=True)
        self.filter(pk__in=wanted).update(change_count=F("change_count") + 1)


class SuggestionQueue(models.Model):
    """Suggestions that wait on one question, with counts of changes, since clocks can tie."""

    proposition = models.OneToOneField(
        Proposition,
        verbose_name="question",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="suggestion_queue",
    )
    change_count = models.PositiveIntegerField(default=0, help_text="Decisions and arrivals so far.")
    judged_count = models.PositiveIntegerField(default=0, help_text="Of them, those that its suggestions know of.")

    objects = SuggestionQueueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(judged_count__lte=F("change_count")), name="queue_judged_no_more")
        ]

    def __str__(self) -> str:
        return f"{self.proposition_id}: {self.judged_count} of {self.change_count}"
