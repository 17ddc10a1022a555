"""Propositions: questions that the world settles, and the versions of their words.

Times are aware UTC datetimes, days are UTC days, chances are floats strictly between 0 and 1.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from forecasts.maths.hazard import Process as Timed
from forecasts.maths.hazard import QuestionLife

LAST_DEADLINE = date(2200, 12, 31)  # nobody waits for more, and days after it run out of the calendar
AGES_AFTER = timedelta(days=1)
TAKEN_KEYS = ("add",)  # words that stand where a key does in the addresses of pages


def start_of(day: date) -> datetime:
    """Midnight UTC at which `day` begins."""
    return datetime.combine(day, time(), tzinfo=UTC)


class PropositionQuerySet(models.QuerySet["Proposition"]):
    def published(self) -> Self:
        """Everything but drafts."""
        return self.exclude(state=Proposition.State.DRAFT)

    def open(self, now: datetime) -> Self:
        """Published, begun, and not ruled: what news may still bear on, deadline passed or not."""
        return self.published().filter(outcome="", opens_on__lte=now.astimezone(UTC).date())

    def unsettled(self) -> Self:
        """Questions not ruled on whose evidence or crowd changed since their last estimate."""
        return self.filter(state=Proposition.State.OPEN, unsettled_at__isnull=False).order_by("unsettled_at", "pk")

    def aged(self, now: datetime) -> Self:
        """Open questions, not unsettled, last estimated a day ago or earlier: time itself may have moved them."""
        looked_at = Q(estimated_at__isnull=True) | Q(estimated_at__lte=now - AGES_AFTER)
        return self.open(now).filter(looked_at, unsettled_at__isnull=True).order_by("estimated_at", "pk")

    def locked(self, pk: int) -> "Proposition":
        """The row as it is now, held until the transaction ends, so that nobody decides on it meanwhile."""
        return self.select_for_update().get(pk=pk)

    def mark_unsettled(self, at: datetime) -> int:
        """Note that something bearing on them changed, so that a new estimate is due."""
        return self.update(unsettled_at=at)

    def mark_changed(self, at: datetime) -> int:
        """Note that estimate, evidence or ruling changed: who keeps the `change_count` sees it and looks again."""
        return self.update(changed_at=at, change_count=F("change_count") + 1)


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
        PARTLY = "partly", "partly"

    class Process(models.TextChoices):
        EVENT = "event", "an event by a day"
        STATE = "state", "a state that must last"
        THRESHOLD = "threshold", "a value past a threshold"

    # What an estimate rests on beside evidence, crowd and days: whoever changes it asks for a new one.
    WEIGHED: ClassVar[frozenset[str]] = frozenset({"prior", "process"})

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
    topic = models.CharField(
        max_length=80, blank=True, help_text="What it is about, in a word or two; records are kept by it."
    )
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(max_length=6, choices=Outcome.choices, blank=True)
    created_at = models.DateTimeField()
    unsettled_at = models.DateTimeField(null=True, blank=True, help_text="Since when it waits for a new estimate.")
    estimated_at = models.DateTimeField(
        null=True, blank=True, help_text="When its estimate was last worked out, changed or not: time itself moves it."
    )
    changed_at = models.DateTimeField(null=True, blank=True, help_text="Last change of estimate, evidence or ruling.")
    change_count = models.PositiveIntegerField(
        default=0, help_text="How often it changed; clocks can tie, counts cannot."
    )

    objects = PropositionQuerySet.as_manager()

    class Meta:
        verbose_name = "question"
        ordering = ("deadline", "key")
        indexes = [
            models.Index(fields=["unsettled_at"], name="proposition_unsettled"),
            models.Index(fields=["deadline"], name="proposition_deadline"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(prior__gt=0, prior__lt=1), name="proposition_prior_in_0_1"),
            models.CheckConstraint(condition=Q(deadline__gte=F("opens_on")), name="proposition_deadline_after_opening"),
            models.CheckConstraint(
                condition=Q(state="resolved", outcome__in=["yes", "no", "void", "partly"])
                | Q(state__in=["draft", "open"], outcome=""),
                name="proposition_outcome_only_when_resolved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.question}"

    def get_absolute_url(self) -> str:
        return reverse("question", args=[self.key])

    @property
    def opens_at(self) -> datetime:
        return start_of(self.opens_on)

    def clean(self) -> None:
        if self.deadline and self.deadline > LAST_DEADLINE:
            raise ValidationError({"deadline": f"Choose a deadline up to {LAST_DEADLINE}."})
        if self.key in TAKEN_KEYS:
            raise ValidationError({"key": f"“{self.key}” is the address of a page of its own: choose another key."})

    @property
    def closes_at(self) -> datetime:
        """The first instant after the last day that counts."""
        return start_of(self.deadline + timedelta(days=1))

    def is_aged(self, now: datetime) -> bool:
        """Whether its estimate was last worked out a day ago or earlier."""
        return self.estimated_at is None or self.estimated_at <= now - AGES_AFTER

    @property
    def begins_at(self) -> datetime:
        """The moment from which it can be watched: its opening, or when it was made, if that was later.

        The opening, too, of one that was made after its close.
        """
        return self.created_at if self.opens_at < self.created_at < self.closes_at else self.opens_at

    def life(self, watched: Sequence[tuple[datetime, datetime]]) -> QuestionLife:
        """Its life as far as it was `watched`, and whether time without news says anything about it."""
        return QuestionLife(
            opens=self.begins_at, closes=self.closes_at, process=_TIMED.get(self.process), watched=tuple(watched)
        )

    def is_past_deadline(self, now: datetime) -> bool:
        return now >= self.closes_at


_TIMED: dict[str, Timed] = {Proposition.Process.EVENT.value: "event", Proposition.Process.STATE.value: "state"}


class CriteriaVersion(models.Model):
    """The words of a question as they stood from a moment on; the first row is what it opened with."""

    proposition = models.ForeignKey(
        Proposition, verbose_name="question", on_delete=models.CASCADE, related_name="criteria_versions"
    )
    number = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=400)
    statement = models.CharField(max_length=400)
    resolution_criteria = models.TextField()
    deadline = models.DateField()
    since = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was changed; empty for the first.")
    by = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = "version of a question"
        verbose_name_plural = "versions of questions"
        ordering = ("proposition", "number")
        constraints = [
            models.UniqueConstraint(fields=["proposition", "number"], name="criteria_one_a_number"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="criteria_change_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.proposition_id}, version {self.number}"
