"""The audit trail: who decided what about which row, and why."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from tracker.models import Decision, User


def name_of(by: User | str) -> str:
    """Whoever decides, as pages show them."""
    return by.display_name if isinstance(by, User) else by


def note(
    verb: str,
    *,
    subject: Model,
    by: User | str,
    at: datetime,
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Decision:
    """Write the decision down, in the transaction that carries it out."""
    return Decision.objects.create(
        at=at,
        by=name_of(by),
        user=by if isinstance(by, User) else None,
        verb=verb,
        subject=f"{subject._meta.model_name}:{subject.pk}",
        reason=reason,
        before=dict(before or {}),
        after=dict(after or {}),
    )
