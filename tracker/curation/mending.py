"""Mending what a row says about itself, such as a misspelt name: stored with what stood there before."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from forecasts.models import Proposition
from tracker.curation.decisions import note
from tracker.models import Outlet, User


def mend(row: Model, *, fields: Sequence[str], by: User | str, at: datetime) -> None:
    """Store the fields of a row that was changed in memory, and ask the jobs for what follows from them."""
    with transaction.atomic():
        before = type(row)._default_manager.select_for_update().get(pk=row.pk)
        row.save(update_fields=list(fields))
        note(
            "mend",
            subject=row,
            by=by,
            at=at,
            before={name: str(getattr(before, name)) for name in fields},
            after={name: str(getattr(row, name)) for name in fields},
        )
        if isinstance(row, Outlet) and "weight" in fields:
            moved = Proposition.objects.filter(outcome="", evidence__revision__entry__feed__outlet=row)
            Proposition.objects.filter(pk__in=moved.values("pk")).mark_unsettled(at)
        if isinstance(row, Proposition) and "prior" in fields:
            Proposition.objects.filter(pk=row.pk).mark_unsettled(at)
        if isinstance(row, Proposition) and "deadline" in fields:
            Proposition.objects.filter(pk=row.pk).mark_moved(at)  # what was due by the old one may not be
