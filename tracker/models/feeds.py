"""Feeds, the hosts they lie on, and the attempts to read them."""

from datetime import datetime
from http import HTTPStatus
from typing import Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse

from news.polling.redirects import MISSED, SEEK_AGAIN
from tracker.models.articles import Outlet
from tracker.models.leases import Leased, LeasedQuerySet, has_come


class Host(Leased):
    """A server's name: one worker at a time asks it, and not before it may be asked again."""

    name = models.CharField(max_length=255, unique=True)
    free_at = models.DateTimeField(null=True, blank=True, help_text="When it may be asked next.")
    frozen_until = models.DateTimeField(null=True, blank=True, help_text="By its own 429 or 503; nobody asks before.")

    objects = LeasedQuerySet["Host"].as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class FeedQuerySet(LeasedQuerySet["Feed"]):
    def due(self, now: datetime) -> Self:
        """Active feeds whose time has come and which nobody holds, the longest waiting first."""
        return self.filter(state=Feed.State.ACTIVE).waiting(now)

    def archives(self, now: datetime) -> Self:
        """Feeds that are played back from a file, of which the next part is due."""
        return self.filter(state=Feed.State.ARCHIVE).waiting(now)

    def missing(self, now: datetime) -> Self:
        """Active feeds that their servers do not find (404) again and again, and that nobody has sought of late."""
        last = Attempt.objects.filter(feed=OuterRef("pk")).order_by("-at", "-pk").values("status")[:1]
        unsought = has_come("sought_at", now=now - SEEK_AGAIN)
        lost = self.filter(unsought, state=Feed.State.ACTIVE, failures__gte=MISSED).alias(last_status=Subquery(last))
        return lost.filter(last_status=HTTPStatus.NOT_FOUND).order_by("last_success_at", "pk")

    def waiting(self, now: datetime) -> Self:
        return self.unleased(now).filter(next_poll_at__lte=now).order_by("next_poll_at", "pk")


class Feed(Leased):
    """A news source that is polled; `archive` ones are played back from a file and never polled."""

    class State(models.TextChoices):
        ACTIVE = "active", "active"
        PAUSED = "paused", "paused"
        STOPPED = "stopped", "stopped"
        ARCHIVE = "archive", "archive"

    title = models.CharField(max_length=300)
    address = models.CharField(max_length=2000, unique=True)
    homepage = models.URLField(max_length=2000, blank=True)
    outlet = models.ForeignKey(Outlet, null=True, blank=True, on_delete=models.SET_NULL, related_name="feeds")
    host = models.ForeignKey(
        Host, null=True, blank=True, on_delete=models.PROTECT, related_name="feeds", help_text="Found at the next poll."
    )
    language = models.CharField(max_length=20, blank=True, help_text="As the feed states it.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ACTIVE)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=200, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the last document that was read.")
    read_on = models.DateField(null=True, blank=True, help_text="When a document of it was last read whole.")
    next_poll_at = models.DateTimeField()
    interval_minutes = models.PositiveIntegerField(default=60, help_text="Its own rhythm, before what it asks for.")
    asked_minutes = models.PositiveIntegerField(default=0, help_text="How long it asks to be left alone (ttl, sy:).")
    skip_hours = models.PositiveIntegerField(default=0, help_text="Bit h: not to be polled in the hour h of UTC.")
    skip_days = models.PositiveSmallIntegerField(default=0, help_text="Bit d: not to be polled on weekday d, Monday 0.")
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="Attempts in a row that failed.")
    last_error = models.CharField(max_length=500, blank=True, help_text="In words; empty when all is well.")
    warning = models.CharField(
        max_length=500, blank=True, help_text="What was wrong with a document that could be read."
    )
    moved_to = models.CharField(max_length=2000, blank=True, help_text="Where its last answers said it had moved to.")
    moves_seen = models.PositiveSmallIntegerField(default=0, help_text="Answers in a row that agreed on it.")
    sought_at = models.DateTimeField(null=True, blank=True, help_text="When its site was searched for a new address.")
    hub = models.CharField(max_length=2000, blank=True, help_text="The WebSub hub that it names.")
    topic = models.CharField(max_length=2000, blank=True, help_text="What it calls itself at the hub.")
    added_at = models.DateTimeField()

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ("title",)
        indexes = [models.Index(fields=["state", "next_poll_at"], name="feed_due")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("feed", args=[self.pk])


class Attempt(models.Model):
    """One try at reading a feed."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="attempts", db_index=False)
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(default=0, help_text="HTTP status, 0 where none came.")
    new_entries = models.PositiveIntegerField(default=0)
    new_revisions = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0.0)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["feed", "-at"], name="attempt_latest"),
            models.Index(fields=["at"], name="attempt_at"),
        ]

    def __str__(self) -> str:
        return f"{self.feed_id} at {self.at:%Y-%m-%d %H:%M}: {self.error or self.status}"
