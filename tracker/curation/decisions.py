"""The audit trail: who decided what about which row, and why."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from tracker.models import Decision, User

Row = TypeVar("Row", bound=Model)
Verb = Decision.Verb


def name_of(by: User | str) -> str:
    """The person or job that decides, as pages show them."""
    return by.display_name if isinstance(by, User) else by


@contextmanager
def deciding(row: Row, verb: Verb, *, by: User | str, at: datetime, reason: str = "") -> Iterator[Row]:
    """Lock a row, hand it out as it is now, save the fields that the block changes, and note them before and after.

    An error in the block, such as Refused, undoes all of it; a block that changes nothing leaves no trace.
    """
    with transaction.atomic():
        locked = type(row)._default_manager.select_for_update().get(pk=row.pk)
        before = copy(locked)
        yield locked
        fields = locked._meta.concrete_fields
        changed = [f.name for f in fields if getattr(locked, f.attname) != getattr(before, f.attname)]
        if changed:
            locked.save(update_fields=changed)
            facts = {"before": _facts(before, changed), "after": _facts(locked, changed)}
            note(verb, subject=locked, by=by, at=at, reason=reason, **facts)


def note(
    verb: Verb,
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
        subject=subject,
        reason=reason,
        before=dict(before or {}),
        after=dict(after or {}),
    )


def _facts(row: Model, names: list[str]) -> dict[str, Any]:
    """The fields as JSON can hold them and a person can read them."""
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Model) else value
