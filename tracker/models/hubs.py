"""Push (WebSub): what hubs have promised to send us, and what they have sent that is still to be read."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from news.polling.websub import TRUSTED_AFTER_PUSH, TRUSTED_UNPROVEN
from tracker.models.feeds import Feed
from tracker.models.leases import Leased, LeasedQuerySet


class PushQuerySet(LeasedQuerySet["Push"]):
    def due(self, now: datetime) -> Self:
        """Subscriptions to ask for, or to ask for again before they lapse, that no worker is asking for."""
        return self.unleased(now).filter(next_try_at__lte=now).order_by("next_try_at", "pk")

    def unwanted(self) -> Self:
        """Pushes for feeds that are polled no more, or that name no hub any more."""
        gone = ~Q(feed__state=Feed.State.ACTIVE) | Q(feed__hub="") | Q(feed__topic="")
        return self.filter(gone).exclude(state=Push.State.ENDED)

    def outdated(self) -> Self:
        """Pushes that must begin anew: their feeds name another hub or topic, or are polled again."""
        anew = Q(state=Push.State.ENDED) | ~Q(hub=F("feed__hub")) | ~Q(topic=F("feed__topic"))
        return self.filter(anew, feed__state=Feed.State.ACTIVE).exclude(feed__hub="").exclude(feed__topic="")

    def lapsed(self, now: datetime) -> Self:
        return self.filter(state=Push.State.ACTIVE, lapses_at__lte=now)

    def delivering(self, now: datetime) -> Self:
        """Pushes that can be relied on a little: promised, and news has come of late or the promise is fresh."""
        proven = Q(last_push_at__gt=now - TRUSTED_AFTER_PUSH) | Q(asked_at__gt=now - TRUSTED_UNPROVEN)
        return self.filter(proven, state=Push.State.ACTIVE, lapses_at__gt=now)


class Push(Leased):
    """A feed's subscription at its hub (W3C WebSub): asked for, confirmed by the hub, renewed before it lapses."""

    class State(models.TextChoices):
        WANTED = "wanted", "to be asked for"
        ASKED = "asked", "asked for, not confirmed"
        ACTIVE = "active", "active"
        DENIED = "denied", "denied by the hub"
        ENDED = "ended", "ended"

    feed = models.OneToOneField(Feed, on_delete=models.CASCADE, related_name="push")
    hub = models.CharField(max_length=2000)
    topic = models.CharField(max_length=2000)
    path = models.CharField(max_length=64, unique=True, help_text="Secret part of the address that the hub calls.")
    secret = models.CharField(max_length=64, help_text="Signs what the hub sends.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WANTED)
    asked_at = models.DateTimeField(null=True, blank=True)
    lapses_at = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    last_push_at = models.DateTimeField(null=True, blank=True)

    objects = PushQuerySet.as_manager()

    class Meta:
        ordering = ("feed",)
        verbose_name_plural = "pushes"

    def __str__(self) -> str:
        return f"{self.feed} at {self.hub}"


class PushedDocument(models.Model):
    """A document that a hub has sent, signed, and that no job has read yet."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="pushed")
    received_at = models.DateTimeField()
    content_type = models.CharField(max_length=200, blank=True)
    body = models.BinaryField()

    class Meta:
        ordering = ("received_at", "pk")

    def __str__(self) -> str:
        return f"{self.feed} at {self.received_at:%Y-%m-%d %H:%M}"
