"""Mending what a row says about itself, such as a misspelt name: stored with what stood there before."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from forecasts import criteria
from forecasts.models import Proposition
from tracker.curation.decisions import name_of, note
from tracker.models import Outlet, User

AMENDED = {*criteria.WORDS, *criteria.DAYS}


def mend(row: Model, *, fields: Sequence[str], by: User | str, at: datetime, reason: str = "") -> None:
    """Store the fields of a row that was changed in memory, and ask the jobs for what follows from them.

    The words of a question that people have forecast are kept as they stood, and need a `reason`.
    """
    with transaction.atomic():
        before = type(row)._default_manager.select_for_update().get(pk=row.pk)
        others = list(fields)
        if isinstance(row, Proposition):
            others = [name for name in fields if name not in AMENDED]
            _amend(row, fields=fields, by=by, at=at, reason=reason)
        row.save(update_fields=others)
        note(
            "mend",
            subject=row,
            by=by,
            at=at,
            reason=reason,
            before={name: str(getattr(before, name)) for name in fields},
            after={name: str(getattr(row, name)) for name in fields},
        )
        if isinstance(row, Outlet) and "weight" in fields:
            moved = Proposition.objects.filter(outcome="", evidence__revision__entry__feed__outlet=row)
            Proposition.objects.filter(pk__in=moved.values("pk")).mark_unsettled(at)
        if isinstance(row, Proposition) and not Proposition.WEIGHED.isdisjoint(fields):
            Proposition.objects.filter(pk=row.pk).mark_unsettled(at)


def _amend(row: Proposition, *, fields: Sequence[str], by: User | str, at: datetime, reason: str) -> None:
    """Put the changed words into force; what was due by the old ones may not be."""
    if AMENDED.isdisjoint(fields):
        return
    stored = Proposition.objects.get(pk=row.pk)
    wanted = {name: getattr(row if name in fields else stored, name) for name in AMENDED}
    criteria.amend(stored, **wanted, reason=reason, by=name_of(by), at=at)
