"""Leases: rows that one worker at a time holds, under its token; a lease that nobody gives back runs out."""

from datetime import datetime
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

Held = TypeVar("Held", bound=models.Model)


def has_come(*names: str, now: datetime) -> Q:
    """Each of these times has come, or is not set at all."""
    return Q(*(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": now}) for name in names))


class LeasedQuerySet(models.QuerySet[Held]):
    def unleased(self, now: datetime) -> Self:
        """Rows that nobody holds."""
        return self.filter(has_come("lease_until", now=now))

    def lease(self, token: str, *, until: datetime, **changes: Any) -> int:
        return self.update(lease_until=until, lease_token=token, **changes)

    def let_go(self, **changes: Any) -> int:
        """Give the rows back, changed."""
        return self.update(lease_until=None, lease_token="", **changes)


class Leased(models.Model):
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)

    class Meta:
        abstract = True
