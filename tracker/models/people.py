"""People who use Hindcast, and the trail of what was decided."""

from typing import Self

from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
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


class DecisionQuerySet(models.QuerySet["Decision"]):
    def about(self, *rows: models.Model) -> Self:
        """Decisions on rows of one model."""
        if not rows:
            return self.none()
        return self.filter(
            subject_type=ContentType.objects.get_for_model(rows[0]), subject_id__in=[row.pk for row in rows]
        )


class Decision(models.Model):
    """A decision on a row, by whom and why: the audit trail. Jobs decide where nobody need be asked."""

    class Verb(models.TextChoices):
        ACCEPT = "accept"
        ADD = "add"
        ADD_ARTICLE = "add article"
        ADD_FEED = "add feed"
        ANSWER_APPEAL = "answer appeal"
        APPEAL = "appeal"
        BEGIN_STORY = "begin story"
        CLOSE_ACCOUNT = "close account"
        CONFIRM = "confirm"
        DISMISS_DUPLICATE = "dismiss duplicate"
        EDIT = "edit"
        EDIT_FEED = "edit feed"
        ENTER_FORECASTS = "enter forecasts"
        EXTEND_STORY = "extend story"
        FOLLOW = "follow"
        INVITE = "invite"
        INVITE_AGAIN = "invite again"
        JOIN_STORY = "join story"
        LINK_OUTSIDE = "link outside"
        MARK_CLAIM = "mark claim"
        MOVE_FEED = "move feed"
        OPEN_ACCOUNT = "open account"
        OPEN_QUESTION = "open question"
        PAUSE_FEED = "pause feed"
        POLL_NOW = "poll now"
        POLL_OUTSIDE_NOW = "poll outside now"
        REJECT = "reject"
        RESET_PASSWORD = "reset password"  # noqa: S105 (a verb)
        RESTORE_DUPLICATE = "restore duplicate"
        RESUME_FEED = "resume feed"
        REVERSE = "reverse"
        RULE = "rule"
        SEEK_FEED = "seek feed"
        SET_ROLE = "set role"
        SPLIT_STORY = "split story"
        TAKE_BACK = "take back"
        TAKE_POSITION = "take position"
        TRY_AGAIN = "try again"
        UNFOLLOW = "unfollow"
        UNFOLLOW_ALL = "unfollow all"
        UNLINK_OUTSIDE = "unlink outside"

    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    verb = models.CharField(max_length=40, choices=Verb.choices)
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["subject_type", "subject_id", "-at"], name="decision_subject")]

    def __str__(self) -> str:
        return f"{self.by}: {self.verb} {self.subject_type.model} {self.subject_id}"
