"""What the world settles, who forecast it, and how it was ruled and scored.

Times are aware UTC datetimes, days are UTC days, chances are floats strictly between 0 and 1.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

LAST_DEADLINE = date(2200, 12, 31)  # nobody waits for more, and days after it run out of the calendar


def start_of(day: date) -> datetime:
    """Midnight UTC at which `day` begins."""
    return datetime.combine(day, time(), tzinfo=UTC)


class PropositionQuerySet(models.QuerySet["Proposition"]):
    def published(self) -> Self:
        """Those a curator has let out: everything but drafts."""
        return self.exclude(state=Proposition.State.DRAFT)

    def open(self, now: datetime) -> Self:
        """Published, begun, and not ruled: what news may still bear on, deadline passed or not."""
        return self.published().filter(outcome="", opens_on__lte=now.astimezone(UTC).date())

    def unsettled(self) -> Self:
        """Those not ruled on whose evidence or crowd changed since their last estimate."""
        return self.filter(state=Proposition.State.OPEN, unsettled_at__isnull=False).order_by("unsettled_at", "pk")

    def mark_unsettled(self, at: datetime) -> int:
        """Note that something bearing on them changed, so that a new estimate is due."""
        return self.update(unsettled_at=at)

    def mark_moved(self, at: datetime) -> int:
        """Note that estimate, evidence or ruling changed: who keeps count of `moves` sees it and looks again."""
        return self.update(moved_at=at, moves=F("moves") + 1)


class Proposition(models.Model):
    """A question that the world settles by a deadline, under criteria."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        OPEN = "open", "open"
        RESOLVED = "resolved", "resolved"

    class Outcome(models.TextChoices):
        YES = "yes", "yes"
        NO = "no", "no"
        VOID = "void", "void"

    class Process(models.TextChoices):
        EVENT = "event", "an event by a day"
        STATE = "state", "a state that must last"
        THRESHOLD = "threshold", "a value past a threshold"

    key = models.SlugField(max_length=80, unique=True, help_text="Short and stable; part of addresses.")
    question = models.CharField(max_length=400)
    statement = models.CharField(max_length=400, help_text="What YES says, as one self-contained sentence.")
    resolution_criteria = models.TextField()
    opens_on = models.DateField()
    deadline = models.DateField(help_text="The last UTC day that counts.")
    sources = models.JSONField(default=list, blank=True, help_text="Where the answer will be found: a list of words.")
    keywords = models.JSONField(default=list, blank=True, help_text="A list of words that reports would use.")
    actors = models.JSONField(default=list, blank=True, help_text="A list of the states, people and bodies involved.")
    process = models.CharField(
        max_length=10,
        choices=Process.choices,
        blank=True,
        help_text="No news makes an event less likely as its deadline nears, and a state more likely. Empty: not said.",
    )
    prior = models.FloatField(default=0.5, help_text="The chance of YES before any news.")
    prior_reason = models.CharField(max_length=300, default="Nothing known: even chances.")
    written_with_hindsight = models.BooleanField(default=False, help_text="Written after the outcome could be known.")
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(max_length=5, choices=Outcome.choices, blank=True)
    created_at = models.DateTimeField()
    unsettled_at = models.DateTimeField(null=True, blank=True, help_text="Since when it waits for a new estimate.")
    moved_at = models.DateTimeField(null=True, blank=True, help_text="When estimate, evidence or ruling last changed.")
    moves = models.PositiveIntegerField(default=0, help_text="How often it moved; clocks can tie, counts cannot.")

    objects = PropositionQuerySet.as_manager()

    class Meta:
        ordering = ("deadline", "key")
        indexes = [
            models.Index(fields=["unsettled_at"], name="proposition_unsettled"),
            models.Index(fields=["deadline"], name="proposition_deadline"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(prior__gt=0, prior__lt=1), name="proposition_prior_in_0_1"),
            models.CheckConstraint(condition=Q(deadline__gte=F("opens_on")), name="proposition_deadline_after_opening"),
            models.CheckConstraint(
                condition=Q(state="resolved", outcome__in=["yes", "no", "void"])
                | Q(state__in=["draft", "open"], outcome=""),
                name="proposition_outcome_only_when_resolved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.question}"

    @property
    def opens_at(self) -> datetime:
        return start_of(self.opens_on)

    def clean(self) -> None:
        if self.deadline and self.deadline > LAST_DEADLINE:
            raise ValidationError({"deadline": f"Choose a deadline up to {LAST_DEADLINE}."})

    @property
    def closes_at(self) -> datetime:
        """The first instant after the last day that counts."""
        return start_of(self.deadline + timedelta(days=1))

    def is_past_deadline(self, now: datetime) -> bool:
        return now >= self.closes_at


class Forecaster(models.Model):
    """Whoever gives chances: a member, a bot, another site, an author (by the wording of claims), the product."""

    class Kind(models.TextChoices):
        MEMBER = "member", "member"
        BOT = "bot", "bot"
        SITE = "site", "other site"
        AUTHOR = "author", "author"
        PRODUCT = "product", "Hindcast itself"

    CROWD: ClassVar[tuple[Kind, ...]] = (Kind.MEMBER, Kind.BOT, Kind.SITE)

    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=200)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="forecaster"
    )

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="product"), name="forecaster_one_product"),
        ]

    def __str__(self) -> str:
        return self.name


class ForecastQuerySet(models.QuerySet["Forecast"]):
    def standing(self, at: datetime) -> Self:
        """Each forecaster's last forecast made by `at` and not withdrawn by then; a replaced one stays replaced."""
        newer = Forecast.objects.filter(
            proposition=models.OuterRef("proposition"), forecaster=models.OuterRef("forecaster"), made_at__lte=at
        ).filter(
            Q(made_at__gt=models.OuterRef("made_at"))
            | Q(made_at=models.OuterRef("made_at"), pk__gt=models.OuterRef("pk"))
        )
        return (
            self.filter(made_at__lte=at)
            .filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at))
            .exclude(models.Exists(newer))
        )

    def of_crowd(self) -> Self:
        return self.filter(forecaster__kind__in=Forecaster.CROWD)


class Forecast(models.Model):
    """The chance of YES that somebody gave at a time; withdrawn, never deleted."""

    proposition = models.ForeignKey(Proposition, on_delete=models.PROTECT, related_name="forecasts")
    forecaster = models.ForeignKey(Forecaster, on_delete=models.PROTECT, related_name="forecasts")
    probability = models.FloatField()
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    comment = models.CharField(max_length=500, blank=True)

    objects = ForecastQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "pk")
        indexes = [models.Index(fields=["proposition", "forecaster", "made_at"], name="forecast_standing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lt=1), name="forecast_probability_in_0_1"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("made_at")),
                name="forecast_withdrawn_after_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forecaster} {self.probability:.2f} on {self.proposition_id}"


class Estimate(models.Model):
    """The product's own chance of YES at a time, with every contribution to it in log-odds."""

    proposition = models.ForeignKey(Proposition, on_delete=models.CASCADE, related_name="estimates")
    at = models.DateTimeField()
    probability = models.FloatField()
    parts = models.JSONField(help_text="As forecasts.maths.evidence.Part: kind, ref, log_odds, at; they add up.")

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


class Resolution(models.Model):
    """A person's ruling and the source that settles it; reversed, never deleted."""

    proposition = models.ForeignKey(Proposition, on_delete=models.PROTECT, related_name="resolutions")
    outcome = models.CharField(max_length=5, choices=Proposition.Outcome.choices)
    effective_on = models.DateField(help_text="The day on which the world settled it.")
    source = models.URLField(max_length=2000, blank=True, help_text="The page that settles it.")
    reason = models.TextField()
    confidence = models.CharField(max_length=10, blank=True, help_text="How sure the source makes us.")
    ruled_at = models.DateTimeField()
    ruled_by = models.CharField(max_length=150, help_text="The person, by name.")
    reversed_at = models.DateTimeField(null=True, blank=True)
    reversed_by = models.CharField(max_length=150, blank=True)
    reversal_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("ruled_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["proposition"], condition=Q(reversed_at__isnull=True), name="resolution_one_standing"
            ),
            models.CheckConstraint(
                condition=Q(reversed_at__isnull=True) | ~Q(reversal_reason=""), name="resolution_reversal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposition_id}: {self.outcome} ({self.effective_on})"


class Score(models.Model):
    """How good a forecaster's chances were on one ruled proposition, by one rule, over the time they stood."""

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
    coverage = models.FloatField(help_text="Share of the question's life during which a forecast stood, 0 to 1.")
    final_probability = models.FloatField(help_text="The chance of YES that stood before the day of settlement.")

    class Meta:
        ordering = ("resolution", "rule", "value")
        constraints = [
            models.UniqueConstraint(fields=["resolution", "forecaster", "rule"], name="score_one_a_rule"),
            models.CheckConstraint(condition=Q(coverage__gte=0, coverage__lte=1), name="score_coverage_0_to_1"),
        ]

    def __str__(self) -> str:
        return f"{self.forecaster} {self.rule} {self.value:.3f}"
