"""Letters as written: they exist before they are sent."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tracker.models.leases import Leased, LeasedQuerySet
from tracker.models.people import User


class LetterQuerySet(LeasedQuerySet["Letter"]):
    def waiting(self) -> Self:
        return self.filter(sent_at__isnull=True, given_up_at__isnull=True)

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def given_up(self) -> Self:
        return self.filter(sent_at__isnull=True, given_up_at__isnull=False)

    def to_send(self, now: datetime) -> Self:
        """Letters that wait: not sent, not given up, their time come, and held by nobody."""
        return self.waiting().unleased(now).filter(next_try_at__lte=now).order_by("pk")


class Letter(Leased):
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

    def get_absolute_url(self) -> str:
        return reverse("letter", args=[self.pk])

    @property
    def state(self) -> str:
        if self.sent_at:
            return "sent"
        return "given up" if self.given_up_at else "waiting"

    @property
    def is_secret(self) -> bool:
        """A password letter opens the account, so only its addressee may read it."""
        return self.kind == self.Kind.PASSWORD
