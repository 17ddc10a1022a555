"""Subscriptions, and how the position behind each stands as its subscriber knows it."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from forecasts.models import Proposition
from tracker.models.articles import Article
from tracker.models.claims import Claim
from tracker.models.people import User
from tracker.models.positions import Position, PositionQuerySet, Status

WORTH_TELLING = 0.05 - 1e-9  # a chance that moved by five points, less the rounding of floats


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> Self:
        return self.filter(ended_at__isnull=True, user__is_active=True).exclude(user__email="")

    def with_news(self) -> Self:
        """Subscriptions that reach a position unlike what its last notice said, or one without a notice."""
        known = Notice.objects.filter(subscription=OuterRef(OuterRef("pk")), position=OuterRef("pk"))
        other = known.filter(
            ~Q(status=OuterRef("status"))
            | Q(probability__gte=OuterRef("chance_of_yes") + WORTH_TELLING)
            | Q(probability__lte=OuterRef("chance_of_yes") - WORTH_TELLING)
        )
        present = Position.objects.published().with_chance().filter(~Exists(known) | Exists(other))
        # By way of the claims: asked of the positions themselves, both databases look at every one for every reader.
        claims = Claim.objects.filter(Q(pk=OuterRef(OuterRef("claim"))) | Q(article=OuterRef(OuterRef("article"))))
        of_claims = present.filter(claim__in=claims.order_by().values("pk"))
        of_question = present.of_questions().filter(proposition=OuterRef("proposition"))
        return self.filter(Exists(of_claims) | Exists(of_question))


class Subscription(models.Model):
    """A subscription to a claim, an article or a question; what its letters told so far stands in `Notice`."""

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
            *(
                models.UniqueConstraint(fields=["user", field], condition=Q(ended_at__isnull=True), name=name)
                for field, name in (
                    ("claim", "subscription_claim_once"),
                    ("article", "subscription_article_once"),
                    ("proposition", "subscription_question_once"),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} follows {self.claim or self.article or self.proposition}"

    def positions(self) -> PositionQuerySet:
        """The positions it reaches, of those that readers see."""
        published = Position.objects.published()
        if self.proposition_id:
            return published.of_questions().filter(proposition=self.proposition_id)
        return published.filter(Q(claim=self.claim_id) if self.claim_id else Q(claim__article=self.article_id))


class Notice(models.Model):
    """How a position stands as a subscriber knows it: letters tell what differs from it."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="notices")
    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices)
    probability = models.FloatField(null=True, blank=True, help_text="Of YES, at the last letter.")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "position"], name="notice_once")]

    def __str__(self) -> str:
        return f"{self.subscription_id} knows {self.position_id} as {self.status}"

    def differs(self, *, status: str, chance_of_yes: float) -> bool:
        """Whether this is news to the subscriber; the same rule as `SubscriptionQuerySet.with_news`."""
        known = chance_of_yes if self.probability is None else self.probability
        moved = known >= chance_of_yes + WORTH_TELLING or known <= chance_of_yes - WORTH_TELLING
        return status != self.status or moved
