"""Rulings on questions, appeals against them, and the scores they give."""

from typing import Self

from django.db import models
from django.db.models import Q

from forecasts.models.forecasters import Forecaster
from forecasts.models.propositions import Proposition

SCORED = (Proposition.Outcome.YES, Proposition.Outcome.NO)  # after any other outcome nobody was right or wrong


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def not_reversed(self) -> Self:
        """Rulings in force: nobody has taken them back."""
        return self.filter(reversed_at__isnull=True)

    def scored(self) -> Self:
        """Rulings in force by which everybody is scored."""
        return self.not_reversed().filter(outcome__in=SCORED)


class Resolution(models.Model):
    """A person's ruling and the source that settles it; reversed, never deleted."""

    proposition = models.ForeignKey(
        Proposition, verbose_name="question", on_delete=models.PROTECT, related_name="resolutions"
    )
    outcome = models.CharField(max_length=6, choices=Proposition.Outcome.choices)
    effective_on = models.DateField(help_text="The day on which the world settled it.")
    source = models.CharField(
        max_length=2000, blank=True, help_text="The address of the page that settles it, or in words what does."
    )
    reason = models.TextField()
    confidence = models.CharField(max_length=10, blank=True, help_text="How sure the source makes us.")
    ruled_at = models.DateTimeField()
    ruled_by = models.CharField(max_length=150, help_text="The person, by name.")
    reversed_at = models.DateTimeField(null=True, blank=True)
    reversed_by = models.CharField(max_length=150, blank=True)
    reversal_reason = models.TextField(blank=True)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        ordering = ("ruled_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["proposition"], condition=Q(reversed_at__isnull=True), name="resolution_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(reversed_at__isnull=True) | ~Q(reversal_reason=""), name="resolution_reversal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposition_id}: {self.outcome} ({self.effective_on})"

    @property
    def source_address(self) -> str:
        """The source where it is a page that a link can lead to, else nothing."""
        return self.source if self.source.lower().startswith(("http://", "https://")) else ""

    @property
    def is_scored(self) -> bool:
        """Whether forecasts were right or wrong at all; not if it is void or came only partly so."""
        return self.outcome in SCORED


class AppealQuerySet(models.QuerySet["Appeal"]):
    def waiting(self) -> Self:
        """Appeals that nobody has answered, neither in words nor by taking the ruling back; the oldest first."""
        return self.filter(answered_at__isnull=True, resolution__reversed_at__isnull=True).order_by("at", "pk")


class Appeal(models.Model):
    """Somebody's objection to a ruling, and the answer to it."""

    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="appeals")
    by = models.CharField(max_length=150, help_text="The person, by name.")
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="appeal_has_reason"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="appeal_answered_in_words",
            ),
            models.UniqueConstraint(
                fields=["resolution", "by"], condition=Q(answered_at__isnull=True), name="appeal_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} on {self.resolution_id}: {self.reason[:60]}"


class Score(models.Model):
    """The score of a forecaster's chances on one ruled proposition, by one rule, over the time they stood."""

    class Rule(models.TextChoices):
        BRIER = "brier", "Brier (0 best, 1 worst)"
        LOG = "log", "log (0 best, in nats)"
        BASELINE = "baseline", "baseline (points, 0 for 50%)"
        PEER = "peer", "peer (points against the other forecasters)"
        RELATIVE = "relative", "relative Brier (less than 0 beats the median of the day)"

    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="scores")
    forecaster = models.ForeignKey(Forecaster, on_delete=models.PROTECT, related_name="scores")
    rule = models.CharField(max_length=8, choices=Rule.choices)
    value = models.FloatField()
    low = models.FloatField(null=True, blank=True, help_text="The value at one end of what an author's wording allows.")
    high = models.FloatField(null=True, blank=True, help_text="The value at the other end.")
    coverage = models.FloatField(help_text="Share of the question's life during which a forecast stood, 0 to 1.")
    attainable = models.FloatField(
        default=1.0, help_text="Share of its planned life for which the question was open at all, 0 to 1."
    )
    final_probability = models.FloatField(help_text="The chance of YES that stood before the day of settlement.")

    class Meta:
        ordering = ("resolution", "rule", "value")
        constraints = [
            models.UniqueConstraint(fields=["resolution", "forecaster", "rule"], name="score_one_a_rule"),
            models.CheckConstraint(condition=Q(coverage__gte=0, coverage__lte=1), name="score_coverage_0_to_1"),
        ]

    def __str__(self) -> str:
        return f"{self.forecaster} {self.rule} {self.value:.3f}"
