"""Positions: how somebody stands to a question, where that stands now, and the steps by which it came there."""

from datetime import UTC, datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from forecasts.models import Estimate, Proposition
from tracker import statuses
from tracker.models.claims import Claim
from tracker.models.evidence import Evidence, present_chance


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


class PositionQuerySet(models.QuerySet["Position"]):
    def published(self) -> Self:
        """Positions that readers see: of questions that are no drafts, bare or of a claim that was accepted."""
        seen = self.filter(Q(claim__isnull=True) | Q(claim__state=Claim.State.ACCEPTED))
        return seen.exclude(proposition__state=Proposition.State.DRAFT)

    def of_claims(self) -> Self:
        """Positions that a claim takes."""
        return self.filter(claim__isnull=False)

    def of_questions(self) -> Self:
        """The bare ones: one for each question, seen from Yes."""
        return self.filter(claim__isnull=True)

    def one_a_question(self) -> Self:
        """For each question the position by which lists show it: the first that a claim takes, else the bare one."""
        of_claims = Position.objects.of_claims().published().filter(proposition=OuterRef("proposition"))
        first = Q(claim__isnull=False) & ~Exists(of_claims.filter(pk__lt=OuterRef("pk")))
        alone = Q(claim__isnull=True) & ~Exists(of_claims)
        return self.published().filter(first | alone)

    def create_bare(self, proposition: Proposition, *, at: datetime) -> "Position":
        """The question's own position, written when it opens."""
        since = max(proposition.opens_at, at)
        return self.create(proposition=proposition, side=Position.Side.NONE, status_since=since, created_at=at)

    def to_review(self, now: datetime) -> Self:
        """Positions whose question changed since their last review, or whose deadline has passed unseen."""
        changed = Q(change_count_seen__isnull=True) | ~Q(change_count_seen=F("proposition__change_count"))
        today = now.astimezone(UTC).date()
        passed = Q(proposition__deadline__lt=today) & ~Q(status__in=[Status.DUE, *RULED])
        return self.published().filter(proposition__opens_on__lte=today).filter(changed | passed).order_by("pk")

    def with_chance(self) -> Self:
        """Each with `chance_of_yes`: the last estimate, or the prior while there is none."""
        return self.annotate(chance_of_yes=present_chance())


class Position(models.Model):
    """A stand on a question: a claim's, with its side and how sure its wording is of it; or the bare question's own.

    Every published question has exactly one position without a claim. It takes no side: it is seen from Yes.
    """

    class Side(models.TextChoices):
        YES = "yes", "YES"
        NO = "no", "NO"
        NONE = "none", "no side: followed, not scored"

    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="positions")
    proposition = models.ForeignKey(
        Proposition, on_delete=models.PROTECT, related_name="positions", verbose_name="question"
    )
    title = models.CharField(
        max_length=300,
        blank=True,
        help_text="What the claim says on this question, as one sentence; empty without one.",
    )
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
            models.UniqueConstraint(fields=["proposition"], condition=Q(claim=None), name="position_one_bare"),
            models.CheckConstraint(
                condition=Q(implied_probability__isnull=True) | Q(implied_probability__gt=0, implied_probability__lt=1),
                name="position_probability_in_0_1",
            ),
            models.CheckConstraint(
                condition=~Q(side="none") | Q(implied_probability__isnull=True), name="position_no_side_no_probability"
            ),
            models.CheckConstraint(
                condition=Q(claim__isnull=False) | Q(side="none"), name="position_bare_takes_no_side"
            ),
            models.CheckConstraint(condition=Q(claim__isnull=True) | ~Q(title=""), name="position_of_claim_has_title"),
        ]
        indexes = [models.Index(fields=["status"], name="position_status")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """The question's page, or the claim's on this question."""
        if self.claim is None:
            return reverse("question", args=[self.proposition.key])
        return reverse("position", args=[self.claim.slug, self.proposition.key])

    @property
    def text(self) -> str:
        """Words of the claim on the question, or the question itself."""
        return self.proposition.question if self.is_bare else self.title

    @property
    def own_claim(self) -> Claim:
        """The claim that takes it, where it is known to be one."""
        assert self.claim is not None
        return self.claim

    @property
    def is_bare(self) -> bool:
        return self.claim_id is None

    @property
    def has_side(self) -> bool:
        return self.side != self.Side.NONE

    @property
    def is_ruled(self) -> bool:
        return self.status in RULED

    @property
    def status_words(self) -> str:
        """The status as readers see it."""
        return self.words_for(self.status)

    def words_for(self, status: str) -> str:
        """A status in words, of a claim or of a question."""
        known = statuses.of(status)
        return known.words_of_question if self.is_bare else known.words_of_claim

    def for_claim(self, chance_of_yes: float) -> float:
        """The chance that what the claim says holds; from YES where it takes no side."""
        return 1 - chance_of_yes if self.side == self.Side.NO else chance_of_yes


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
