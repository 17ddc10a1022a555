"""Positions: how somebody stands to a question, and where that stands now."""

from datetime import UTC, datetime
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from forecasts.models import Estimate, Proposition
from tracker.models.claims import Claim
from tracker.models.status import RULED, Status


def _present_chance() -> Coalesce:
    last = Estimate.objects.filter(proposition=OuterRef("proposition")).order_by("-at", "-pk")
    return Coalesce(Subquery(last.values("probability")[:1]), F("proposition__prior"))


class PositionQuerySet(models.QuerySet["Position"]):
    __position__ = False

    def to_review(self, now: datetime) -> Self:
        """Positions whose proposition moved since their last review, or whose deadline has passed unseen."""
        moved = Q(change_count_seen__isnull=True) | ~Q(change_count_seen=F("proposition__change_count"))
        today = now.astimezone(UTC).date()
        passed = Q(proposition__deadline__lt=today) & ~Q(status__in=[Status.DUE, *RULED])
        return (
            self.filter(claim__state=Claim.State.ACCEPTED, proposition__opens_on__lte=today)
            .exclude(proposition__state=Proposition.State.DRAFT)
            .filter(moved | passed)
            .order_by("pk")
        )

    def shown(self) -> Self:
        return self.filter(claim__state=Claim.State.ACCEPTED).exclude(proposition__state=Proposition.State.DRAFT)

    def with_chance(self) -> Self:
        """Each with `chance_of_yes`: the last estimate, or the prior while there is none."""
        return self.annotate(chance_of_yes=_present_chance())

    def chances(self) -> dict[int, float]:
        """The present chance of YES by position."""
        return dict(self.annotate(chance=_present_chance()).values_list("pk", "chance"))


class Position(models.Model):
    """A claim put to a proposition: the side it takes, and how sure its wording is of that side."""

    __position__ = False

    class Side(models.TextChoices):
        YES = "yes", "YES"
        NO = "no", "NO"
        NONE = "none", "no side: followed, not scored"

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="positions")
    proposition = models.ForeignKey(
        Proposition, verbose_name="question", on_delete=models.PROTECT, related_name="positions"
    )
    title = models.CharField(max_length=300, help_text="What the claim says on this question, as one sentence.")
    side = models.CharField(max_length=4, choices=Side.choices)
    implied_probability = models.FloatField(
        null=True, blank=True, help_text="How sure the wording is of its side; empty without a side."
    )
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.WATCHING)
    status_since = models.DateTimeField()
    change_count_seen = models.PositiveIntegerField(
        null=True, blank=True, help_text="The question's change count at the last review; empty before the first."
    )
    created_at = models.DateTimeField()

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ("claim", "pk")
        constraints = [
            models.UniqueConstraint(fields=["claim", "proposition"], name="position_once"),
            models.CheckConstraint(
                condition=Q(implied_probability__isnull=True) | Q(implied_probability__gt=0, implied_probability__lt=1),
                name="position_probability_in_0_1",
            ),
            models.CheckConstraint(
                condition=~Q(side="none") | Q(implied_probability__isnull=True), name="position_no_side_no_probability"
            ),
        ]
        indexes = [models.Index(fields=["status"], name="position_status")]

    def __str__(self) -> str:
        return self.title

    def for_claim(self, chance_of_yes: float) -> float:
        """The chance that what the claim says holds; from YES where it takes no side."""
        return 1 - chance_of_yes if self.side == self.Side.NO else chance_of_yes
