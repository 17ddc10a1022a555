"""Questions on other sites that ask what one of ours asks, and how the polling of them goes."""

from datetime import UTC, datetime
from typing import Self

from django.db import models
from django.db.models import Q

from forecasts.models import Forecaster, Proposition
from forecasts.outside.sources import NAMES
from tracker.models.leases import Leased, LeasedQuerySet


class OutsideLinkQuerySet(LeasedQuerySet["OutsideLink"]):
    def due(self, now: datetime) -> Self:
        """Links whose time has come and which nobody holds, to questions that take forecasts; longest waiting first."""
        today = now.astimezone(UTC).date()
        takes_forecasts = Q(
            proposition__state=Proposition.State.OPEN,
            proposition__opens_on__lte=today,
            proposition__deadline__gte=today,
        )
        due = self.unleased(now).filter(takes_forecasts, state=OutsideLink.State.POLLED, next_poll_at__lte=now)
        return due.order_by("next_poll_at", "pk")

    def linked(self) -> Self:
        """Links that nobody has taken away."""
        return self.exclude(state=OutsideLink.State.UNLINKED)


class OutsideLink(Leased):
    """A question on another site, whose chance is recorded as the forecast of that site; unlinked, never deleted."""

    class State(models.TextChoices):
        POLLED = "polled", "polled"
        RULED = "ruled", "ruled on there"
        UNLINKED = "unlinked", "unlinked"

    proposition = models.ForeignKey(
        Proposition, verbose_name="question", on_delete=models.PROTECT, related_name="outside_links"
    )
    forecaster = models.ForeignKey(Forecaster, on_delete=models.PROTECT, related_name="outside_links")
    source = models.CharField(max_length=12, choices=sorted(NAMES.items()))
    address = models.CharField(max_length=2000, help_text="As it was typed.")
    page = models.CharField(max_length=2000, help_text="Where people read the question.")
    document = models.CharField(max_length=2000, help_text="What is asked for: the site's answer for programs.")
    question_id = models.CharField(max_length=300, blank=True, help_text="What the site calls the question.")
    is_inverted = models.BooleanField(default=False, help_text="Its Yes is our No.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.POLLED)
    title = models.CharField(max_length=300, blank=True, help_text="The question as the site words it.")
    probability = models.FloatField(null=True, blank=True, help_text="Of our YES, as the site last said.")
    is_closed = models.BooleanField(default=False, help_text="The site takes no more forecasts on it.")
    outcome = models.CharField(
        max_length=5, blank=True, help_text="Of our question, as the site ruled. It rules nothing here."
    )
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=200, blank=True)
    linked_at = models.DateTimeField()
    last_polled_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    next_poll_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0, help_text="Polls in a row that failed.")
    last_error = models.CharField(max_length=500, blank=True, help_text="In words; empty when all is well.")

    objects = OutsideLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-linked_at", "-pk")
        indexes = [models.Index(fields=["state", "next_poll_at"], name="outside_link_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["proposition", "forecaster"], condition=~Q(state="unlinked"), name="outside_link_one_a_site"
            ),
            models.CheckConstraint(
                condition=Q(probability__isnull=True) | Q(probability__gt=0, probability__lt=1),
                name="outside_link_probability_in_0_1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}: {self.title or self.question_id or self.page}"
