"""Subscriptions, and how the position behind each stands as its subscriber knows it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from forecasts.models import Proposition
from tracker.models.articles import Article
from tracker.models.claims import Claim
from tracker.models.people import User
from tracker.models.positions import Position, PositionQuerySet
from tracker.models.questions import chance_of, status_of
from tracker.models.status import Status

WORTH_TELLING = 0.05 - 1e-9  # a chance that moved by five points, less the rounding of floats


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> Self:
        return self.filter(ended_at__isnull=True, user__is_active=True).exclude(user__email="")

    def with_news(self, now: datetime) -> Self:
        """Those that reach something which stands otherwise than their reader was told, or of which nothing was."""
        told = Notice.objects.filter(subscription=OuterRef(OuterRef("pk")), position=OuterRef("pk"))
        other = told.filter(
            ~Q(status=OuterRef("status"))
            | Q(probability__gte=OuterRef("chance_of_yes") + WORTH_TELLING)
            | Q(probability__lte=OuterRef("chance_of_yes") - WORTH_TELLING)
        )
        # By way of the claims: asked of the positions themselves, both databases look at every position for every reader.
        claims = Claim.objects.filter(Q(pk=OuterRef(OuterRef("claim"))) | Q(article=OuterRef(OuterRef("article"))))
        reached = Position.objects.shown().filter(claim__in=claims.order_by().values("pk"))
        positions = reached.with_chance().filter(~Exists(told) | Exists(other))
        return self.filter(Exists(positions) | self._question_is_news(now))

    def _question_is_news(self, now: datetime) -> Q:
        told = Notice.objects.filter(subscription=OuterRef("pk"), proposition__isnull=False)
        present = told.annotate(stands=status_of("proposition", now=now), chance_of_yes=chance_of("proposition"))
        other = present.filter(
            ~Q(status=F("stands"))
            | Q(probability__gte=F("chance_of_yes") + WORTH_TELLING)
            | Q(probability__lte=F("chance_of_yes") - WORTH_TELLING)
        )
        is_shown = Q(proposition__isnull=False) & ~Q(proposition__state=Proposition.State.DRAFT)
        return is_shown & (~Exists(told) | Exists(other))


class Subscription(models.Model):
    """A reader follows a claim, an article or a question; what the letters told so far stands in `Told`."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="subscriptions")
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions")
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions")
    proposition = models.ForeignKey(
        Proposition,
        verbose_name="question",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="subscriptions",
    )
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(claim__isnull=False, article__isnull=True, proposition__isnull=True)
                | Q(claim__isnull=True, article__isnull=False, proposition__isnull=True)
                | Q(claim__isnull=True, article__isnull=True, proposition__isnull=False),
                name="subscription_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["user", "claim"], condition=Q(ended_at__isnull=True), name="subscription_claim_once"
            ),
            models.UniqueConstraint(
                fields=["user", "article"], condition=Q(ended_at__isnull=True), name="subscription_article_once"
            ),
            models.UniqueConstraint(
                fields=["user", "proposition"], condition=Q(ended_at__isnull=True), name="subscription_question_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} follows {self.claim or self.article or self.proposition}"

    def positions(self) -> PositionQuerySet:
        """The positions it reaches, of those that readers see; none where a question as such is followed."""
        shown = Position.objects.shown()
        if self.proposition_id:
            return shown.none()
        return shown.filter(Q(claim=self.claim_id) if self.claim_id else Q(claim__article=self.article_id))

    def questions(self) -> models.QuerySet[Proposition]:
        """The question it follows as such, where readers see it."""
        return Proposition.objects.published().filter(subscriptions=self)


class Notice(models.Model):
    """How a position, or a question as such, stands as a subscriber knows it: letters tell what differs from it."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="told")
    position = models.ForeignKey(Position, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    proposition = models.ForeignKey(
        Proposition, verbose_name="question", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    status = models.CharField(max_length=20, choices=Status.choices)
    probability = models.FloatField(null=True, blank=True, help_text="Of YES, at the last letter.")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "state told"
        verbose_name_plural = "states told"
        constraints = [
            models.UniqueConstraint(fields=["subscription", "position"], name="told_once"),
            models.UniqueConstraint(fields=["subscription", "proposition"], name="told_question_once"),
            models.CheckConstraint(
                condition=Q(position__isnull=False, proposition__isnull=True)
                | Q(position__isnull=True, proposition__isnull=False),
                name="told_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id} knows {self.position_id or self.proposition_id} as {self.status}"

    def differs(self, *, status: str, chance_of_yes: float) -> bool:
        """Whether this is news to the reader; the same rule as `SubscriptionQuerySet.with_news`."""
        known = chance_of_yes if self.probability is None else self.probability
        moved = known >= chance_of_yes + WORTH_TELLING or known <= chance_of_yes - WORTH_TELLING
        return status != self.status or moved
