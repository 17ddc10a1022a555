"""Editing what a row says about itself, such as a misspelt name: stored with what stood there before."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Model

from forecasts import criteria
from forecasts.models import Proposition
from tracker.curation.decisions import Verb, deciding, name_of
from tracker.models import Outlet, User

AMENDED = {*criteria.WORDS, *criteria.DAYS}


def edit(row: Model, *, fields: Sequence[str], by: User | str, at: datetime, reason: str = "") -> None:
    """Store the fields of a row that was changed in memory, and ask the jobs for what follows from them.

    The words of a question that people have forecast are kept as they stood, and need a `reason`.
    """
    with deciding(row, Verb.EDIT, by=by, at=at, reason=reason) as stored:
        if isinstance(row, Proposition):
            _amend(row, fields=fields, by=by, at=at, reason=reason)
        for name in fields:
            setattr(stored, name, getattr(row, name))
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
