"""Estimates of the product, aggregates of the crowd, and the fitted parameters of the estimate."""

from typing import Self

from django.db import models
from django.db.models import Q

from forecasts.models.propositions import Proposition


class Estimate(models.Model):
    """The product's own chance of YES at a time, with every contribution to it in log-odds."""

    proposition = models.ForeignKey(
        Proposition, verbose_name="question", on_delete=models.CASCADE, related_name="estimates"
    )
    at = models.DateTimeField()
    probability = models.FloatField()
    parts = models.JSONField(help_text="As forecasts.maths.parts.Part: kind, ref, log_odds, at; they add up.")

    class Meta:
        ordering = ("at", "pk")
        get_latest_by = "at"
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lt=1), name="estimate_probability_in_0_1"
            ),
            models.UniqueConstraint(fields=["proposition", "at"], name="estimate_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.proposition_id} at {self.at:%Y-%m-%d}: {self.probability:.2f}"


class AggregateForecast(models.Model):
    """The aggregate of the forecasts in force from a moment on, pooled in four ways; `count` 0: none is left."""

    proposition = models.ForeignKey(
        Proposition, verbose_name="question", on_delete=models.CASCADE, related_name="aggregates"
    )
    at = models.DateTimeField()
    count = models.PositiveIntegerField()
    probability = models.FloatField(null=True, blank=True, help_text="The default pool.")
    median = models.FloatField(null=True, blank=True)
    mean = models.FloatField(null=True, blank=True)
    geometric_mean = models.FloatField(null=True, blank=True, help_text="Of the odds.")
    low = models.FloatField(null=True, blank=True, help_text="The lower quartile.")
    high = models.FloatField(null=True, blank=True, help_text="The upper quartile.")

    class Meta:
        verbose_name = "aggregate"
        ordering = ("at", "pk")
        get_latest_by = "at"
        constraints = [
            models.UniqueConstraint(fields=["proposition", "at"], name="aggregate_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(count=0, probability__isnull=True) | Q(count__gt=0, probability__gt=0, probability__lt=1),
                name="aggregate_in_0_1",
            ),
        ]

    def __str__(self) -> str:
        chance = "nobody" if self.probability is None else f"{self.probability:.2f} by {self.count}"
        return f"{self.proposition_id} at {self.at:%Y-%m-%d}: {chance}"


class ParameterFitQuerySet(models.QuerySet["ParameterFit"]):
    def in_use(self) -> Self:
        """Fits that were taken, the newest first: by the first, estimates are made."""
        return self.filter(taken=True).order_by("-at", "-pk")


class ParameterFit(models.Model):
    """Parameters fitted on resolved questions, their gain there, and whether they were taken."""

    at = models.DateTimeField()
    parameters = models.JSONField(help_text="As forecasts.maths.parameters.Parameters.")
    propositions = models.PositiveIntegerField("questions", help_text="Resolved ones that it rests on.")
    gain = models.FloatField(help_text="Mean time-averaged log score won, each question left out in turn, in nats.")
    gain_error = models.FloatField(help_text="Standard error of the gain.")
    taken = models.BooleanField(help_text="A fit that gains nothing is refused.")
    by = models.CharField(max_length=150)

    objects = ParameterFitQuerySet.as_manager()

    class Meta:
        verbose_name = "fit"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.gain:+.4f} on {self.propositions}"
