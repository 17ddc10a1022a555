"""Forecasters and their forecasts."""

from datetime import UTC, datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from forecasts.models.propositions import Proposition

LAPSES_WITHIN = timedelta(days=7)
LAPSED_FOR = timedelta(days=14)


class Forecaster(models.Model):
    """A member, a bot, another site, an author (by the wording of claims), the product, or the crowd, which is members,
    bots and sites pooled, without language models of our own, which read the ledger that the estimate weighs already.
    """

    class Kind(models.TextChoices):
        MEMBER = "member", "member"
        BOT = "bot", "bot"
        SITE = "site", "other site"
        AUTHOR = "author", "author"
        PRODUCT = "product", "Hindcast itself"
        POOL = "crowd", "the crowd"

    CROWD: ClassVar[tuple[Kind, ...]] = (Kind.MEMBER, Kind.BOT, Kind.SITE)
    WORKED_OUT: ClassVar[tuple[Kind, ...]] = (Kind.PRODUCT, Kind.POOL)  # never entered as forecasts

    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=200)
    is_pooled = models.BooleanField(
        default=True, help_text="Whether its forecasts count in the crowd. Those of a language model of ours do not."
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="forecaster"
    )

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="product"), name="forecaster_one_product"),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="crowd"), name="forecaster_one_crowd"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forecaster", args=[self.pk])


class ForecastQuerySet(models.QuerySet["Forecast"]):
    def unreplaced(self, at: datetime) -> Self:
        """Each forecaster's last forecast made by `at` on each question, whatever became of it."""
        newer = Forecast.objects.filter(
            proposition=models.OuterRef("proposition"), forecaster=models.OuterRef("forecaster"), made_at__lte=at
        ).filter(
            Q(made_at__gt=models.OuterRef("made_at"))
            | Q(made_at=models.OuterRef("made_at"), pk__gt=models.OuterRef("pk"))
        )
        return self.filter(made_at__lte=at).exclude(models.Exists(newer))

    def in_force(self, at: datetime) -> Self:
        """Each forecaster's last forecast made by `at`, neither withdrawn nor expired by then.

        A replaced one stays replaced.
        """
        return (
            self.unreplaced(at)
            .filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at))
            .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at))
        )

    def to_renew(self, now: datetime) -> Self:
        """Forecasts on open questions that lapse within a week, or have within the last two."""
        return self.unreplaced(now).filter(
            withdrawn_at__isnull=True,
            expires_at__range=(now - LAPSED_FOR, now + LAPSES_WITHIN),
            proposition__state=Proposition.State.OPEN,
            proposition__deadline__gte=now.astimezone(UTC).date(),
        )

    def given(self) -> Self:
        """Forecasts that a member, a bot or a site gave."""
        return self.filter(forecaster__kind__in=Forecaster.CROWD)

    def of_crowd(self) -> Self:
        """Forecasts given that are pooled."""
        return self.given().filter(forecaster__is_pooled=True)


class Forecast(models.Model):
    """The chance of YES that somebody gave at a time; replaced, withdrawn or expired, never deleted.

    `low` and `high` are what an author's wording allows at the least and the most.
    """

    proposition = models.ForeignKey(
        Proposition, verbose_name="question", on_delete=models.PROTECT, related_name="forecasts"
    )
    forecaster = models.ForeignKey(Forecaster, on_delete=models.PROTECT, related_name="forecasts")
    probability = models.FloatField()
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(
        null=True, blank=True, help_text="When it lapses unless it is renewed; empty: never."
    )
    comment = models.CharField(max_length=500, blank=True)

    objects = ForecastQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "pk")
        indexes = [models.Index(fields=["proposition", "forecaster", "made_at"], name="forecast_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lt=1), name="forecast_probability_in_0_1"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("made_at")),
                name="forecast_withdrawn_after_made",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("made_at")),
                name="forecast_expires_after_made",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(low__gt=0, high__lt=1, low__lte=F("probability"), high__gte=F("probability")),
                name="forecast_range_around_probability",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forecaster} {self.probability:.2f} on {self.proposition_id}"

    @property
    def stood_until(self) -> datetime | None:
        """The time at which it was withdrawn or expired, whichever came first; None while neither is in sight."""
        ends = [end for end in (self.withdrawn_at, self.expires_at) if end]
        return min(ends, default=None)
