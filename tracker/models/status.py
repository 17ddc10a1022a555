"""Where a claim stands on each question it is put to, and how it came to stand there."""

from datetime import UTC, datetime
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from forecasts.models import Estimate, Proposition
from tracker.models.articles import Claim
from tracker.models.evidence import Evidence


class Status(models.TextChoices):
    WATCHING = "watching", "watching"
    HOLDING_UP = "holding up", "holding up"
    IN_DOUBT = "in doubt", "in doubt"
    CONTESTED = "contested", "contested"
    DUE = "due", "due"
    CAME_TRUE = "came true", "came true"
    DID_NOT = "did not come true", "did not come true"
    PARTLY = "partly true", "partly true"
    VOID = "void", "void"


RULED = (Status.CAME_TRUE, Status.DID_NOT, Status.PARTLY, Status.VOID)


def _present_chance() -> Coalesce:
    last = Estimate.objects.filter(proposition=OuterRef("proposition")).order_by("-at", "-pk")
    return Coalesce(Subquery(last.values("probability")[:1]), F("proposition__prior"))


class TestQuerySet(models.QuerySet["Test"]):
    __test__ = False

    def to_review(self, now: datetime) -> Self:
        """Tests whose proposition moved since their last review, or whose deadline has passed unseen."""
        moved = Q(moves_seen__isnull=True) | ~Q(moves_seen=F("proposition__moves"))
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
        """The present chance of YES by test."""
        return dict(self.annotate(chance=_present_chance()).values_list("pk", "chance"))


class Test(models.Model):
    """A claim put to a proposition: the side it takes, and how sure its wording is of that side."""

    __test__ = False

    class Side(models.TextChoices):
        YES = "yes", "YES"
        NO = "no", "NO"
        NONE = "none", "no side: followed, not scored"

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="tests")
    proposition = models.ForeignKey(Proposition, on_delete=models.PROTECT, related_name="tests")
    title = models.CharField(max_length=300, help_text="What the claim says on this question, as one sentence.")
    side = models.CharField(max_length=4, choices=Side.choices)
    implied_probability = models.FloatField(
        null=True, blank=True, help_text="How sure the wording is of its side; empty without a side."
    )
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.WATCHING)
    status_since = models.DateTimeField()
    moves_seen = models.PositiveIntegerField(
        null=True, blank=True, help_text="The proposition's moves at the last review; empty before the first."
    )
    created_at = models.DateTimeField()

    objects = TestQuerySet.as_manager()

    class Meta:
        ordering = ("claim", "pk")
        constraints = [
            models.UniqueConstraint(fields=["claim", "proposition"], name="test_once"),
            models.CheckConstraint(
                condition=Q(implied_probability__isnull=True) | Q(implied_probability__gt=0, implied_probability__lt=1),
                name="test_probability_in_0_1",
            ),
            models.CheckConstraint(
                condition=~Q(side="none") | Q(implied_probability__isnull=True), name="test_no_side_no_probability"
            ),
        ]
        indexes = [models.Index(fields=["status"], name="test_status")]

    def __str__(self) -> str:
        return self.title

    def for_claim(self, chance_of_yes: float) -> float:
        """The chance that what the claim says holds; from YES where it takes no side."""
        return 1 - chance_of_yes if self.side == self.Side.NO else chance_of_yes


class StatusChange(models.Model):
    """One step of a test's status; history pages and letters read the same row."""

    test = models.ForeignKey(Test, on_delete=models.CASCADE, related_name="changes")
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
