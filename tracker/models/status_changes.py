"""Steps of a position's status: history and letters read the same row."""

from django.db import models
from django.db.models import F, Q

from forecasts.models import Estimate
from tracker.models.evidence import Evidence
from tracker.models.positions import Position
from tracker.models.status import Status


class StatusChange(models.Model):
    """One step of a position's status; history pages and letters read the same row."""

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="changes")
    old = models.CharField(max_length=20, choices=Status.choices, blank=True)
    new = models.CharField(max_length=20, choices=Status.choices)
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=150, help_text="The job or the person.")
    at = models.DateTimeField()
    evidence = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    estimate = models.ForeignKey(Estimate, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        indexes = [models.Index(fields=["-at"], name="status_change_latest")]
        constraints = [models.CheckConstraint(condition=~Q(old=F("new")), name="status_change_changes")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}: {self.reason}"

    @property
    def words(self) -> str:
        """The new status, as readers of its position see it."""
        return self.position.words_for(self.new)
