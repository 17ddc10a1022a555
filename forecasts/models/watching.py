"""Watched periods: when news was read, so that no news says something."""

from django.db import models
from django.db.models import F, Q


class WatchedPeriod(models.Model):
    """A time over which news was read without a gap. Two may overlap, where two readers began one."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()

    class Meta:
        ordering = ("began_at", "pk")
        indexes = [models.Index(fields=["ended_at"], name="watched_ended")]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gte=F("began_at")), name="watched_ends_after_its_beginning")
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d} to {self.ended_at:%Y-%m-%d}"
