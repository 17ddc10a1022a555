"""Who uses Hindcast, what they decided, what they follow, and the letters they get."""

from datetime import datetime
from typing import Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from forecasts.models import Proposition
from tracker.models.articles import Article, Claim
from tracker.models.questions import chance_of, status_of
from tracker.models.status import Status, Test, TestQuerySet


class User(AbstractUser):
    """Somebody with an account: a member forecasts and follows, a curator decides."""

    class Role(models.TextChoices):
        MEMBER = "member", "member"
        CURATOR = "curator", "curator"

    email = models.EmailField(unique=True)
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MEMBER)
    last_digest_at = models.DateTimeField(null=True, blank=True)

    @property
    def is_curator(self) -> bool:
        return self.is_active and (self.role == self.Role.CURATOR or self.is_superuser)

    @property
    def shown_name(self) -> str:
        return self.get_full_name() or self.username


class Decision(models.Model):
    """What was decided about which row, by whom and why: the audit trail. Jobs decide where nobody need be asked."""

    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, help_text="Kind and number of the row, such as evidence:12.")
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["subject", "-at"], name="decision_subject")]

    def __str__(self) -> str:
        return f"{self.by}: {self.verb} {self.subject}"


WORTH_TELLING = 0.05 - 1e-9  # a chance that moved by five points, less the rounding of floats


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> Self:
        return self.filter(ended_at__isnull=True, user__is_active=True).exclude(user__email="")

    def with_news(self, now: datetime) -> Self:
        """Those that reach something which stands otherwise than their reader was told, or of which nothing was."""
        told = Told.objects.filter(subscription=OuterRef(OuterRef("pk")), test=OuterRef("pk"))
        other = told.filter(
            ~Q(status=OuterRef("status"))
            | Q(probability__gte=OuterRef("chance_of_yes") + WORTH_TELLING)
            | Q(probability__lte=OuterRef("chance_of_yes") - WORTH_TELLING)
        )
        # By way of the claims: asked of the tests themselves, both databases look at every test for every reader.
        claims = Claim.objects.filter(Q(pk=OuterRef(OuterRef("claim"))) | Q(article=OuterRef(OuterRef("article"))))
        reached = Test.objects.shown().filter(claim__in=claims.order_by().values("pk"))
        tests = reached.with_chance().filter(~Exists(told) | Exists(other))
        return self.filter(Exists(tests) | self._question_is_news(now))

    def _question_is_news(self, now: datetime) -> Q:
        told = Told.objects.filter(subscription=OuterRef("pk"), proposition__isnull=False)
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
        Proposition, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions"
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

    def tests(self) -> TestQuerySet:
        """The tests it reaches, of those that readers see; none where a question as such is followed."""
        shown = Test.objects.shown()
        if self.proposition_id:
            return shown.none()
        return shown.filter(Q(claim=self.claim_id) if self.claim_id else Q(claim__article=self.article_id))

    def questions(self) -> models.QuerySet[Proposition]:
        """The question it follows as such, where readers see it."""
        return Proposition.objects.published().filter(subscriptions=self)


class Told(models.Model):
    """How a test, or a question as such, stands as a subscriber knows it: letters tell what differs from it."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="told")
    test = models.ForeignKey(Test, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    proposition = models.ForeignKey(Proposition, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices)
    probability = models.FloatField(null=True, blank=True, help_text="Of YES, at the last letter.")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "state told"
        verbose_name_plural = "states told"
        constraints = [
            models.UniqueConstraint(fields=["subscription", "test"], name="told_once"),
            models.UniqueConstraint(fields=["subscription", "proposition"], name="told_question_once"),
            models.CheckConstraint(
                condition=Q(test__isnull=False, proposition__isnull=True)
                | Q(test__isnull=True, proposition__isnull=False),
                name="told_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id} knows {self.test_id or self.proposition_id} as {self.status}"

    def differs(self, *, status: str, chance_of_yes: float) -> bool:
        """Whether this is news to the reader; the same rule as `SubscriptionQuerySet.with_news`."""
        known = chance_of_yes if self.probability is None else self.probability
        moved = known >= chance_of_yes + WORTH_TELLING or known <= chance_of_yes - WORTH_TELLING
        return status != self.status or moved


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> Self:
        return self.filter(sent_at__isnull=True, given_up_at__isnull=True)

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def given_up(self) -> Self:
        return self.filter(sent_at__isnull=True, given_up_at__isnull=False)

    def to_send(self, now: datetime) -> Self:
        """Letters that wait: not sent, not given up, their time come, and held by nobody."""
        return (
            self.waiting()
            .filter(next_try_at__lte=now)
            .filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now))
            .order_by("pk")
        )


class Letter(models.Model):
    """A letter as written; it exists before it is sent, so that a crash neither loses nor doubles it."""

    class Kind(models.TextChoices):
        DIGEST = "digest", "digest"
        INVITATION = "invitation", "invitation"
        PASSWORD = "password", "password reset"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="letters")
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    message_id = models.CharField(
        max_length=200, unique=True, help_text="The same at every try, so doubles are dropped."
    )
    written_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="letter_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"

    @property
    def state(self) -> str:
        if self.sent_at:
            return "sent"
        return "given up" if self.given_up_at else "waiting"

    @property
    def is_secret(self) -> bool:
        """Whoever reads a password letter can take the account, so only its reader may."""
        return self.kind == self.Kind.PASSWORD
