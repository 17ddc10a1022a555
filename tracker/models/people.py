"""People who use Hindcast, and the trail of what was decided."""

from django.contrib.auth.models import AbstractUser
from django.db import models


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
    def display_name(self) -> str:
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
