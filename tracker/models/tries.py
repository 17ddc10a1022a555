"""Tries, such as of passwords: counted in the database, where all processes see them."""

from datetime import datetime, timedelta
from typing import Self

from django.db import IntegrityError, models, transaction
from django.db.models import F


class TryCountQuerySet(models.QuerySet["TryCount"]):
    def in_force(self, now: datetime) -> Self:
        return self.filter(ends_at__gt=now)

    def add(self, key: str, *, now: datetime, within: timedelta) -> None:
        """Count one more; where nothing is counted any more, a span begins, and all that have ended are forgotten."""
        for _ in range(3):  # others may count the first, or forget the last, between two of these steps
            if self.in_force(now).filter(key=key).update(count=F("count") + 1):
                return
            self.filter(ends_at__lte=now).delete()
            try:
                with transaction.atomic():
                    self.create(key=key, count=1, ends_at=now + within)
                return
            except IntegrityError:
                continue


class TryCount(models.Model):
    """Number of tries since a span of time began; names stand as digests."""

    key = models.CharField(max_length=100, unique=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    objects = TryCountQuerySet.as_manager()

    class Meta:
        ordering = ("-ends_at", "pk")

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
