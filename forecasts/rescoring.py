"""Scores worked out anew from the forecasts, as rulings do: after an upgrade, or to see that they still agree."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from forecasts import scores
from forecasts.models import Proposition, Resolution, Score

NUMBERS: Final = ("value", "low", "high", "coverage", "attainable", "final_probability")


@dataclass(frozen=True, slots=True, kw_only=True)
class RescoreReport:
    """The number of rulings in force, and the proposition keys of those whose scores were not the same."""

    rulings: int
    changed: tuple[str, ...]


def rescore(*, write: bool = True) -> RescoreReport:
    """Compare the scores of every ruling in force with what it would earn now; store those unless told not to.

    A ruling is one transaction, so that it can be stopped and run again. What agrees is not touched.
    """
    rulings = list(Resolution.objects.not_reversed().order_by("pk").values_list("pk", flat=True))
    keys = [_rescored(pk, write=write) for pk in rulings]
    return RescoreReport(rulings=len(keys), changed=tuple(key for key in keys if key))


def _rescored(pk: int, *, write: bool) -> str:
    """The key of the proposition if its scores differed."""
    with transaction.atomic():
        ruling = Resolution.objects.select_related("proposition").get(pk=pk)
        Proposition.objects.locked(ruling.proposition_id)  # no reversal comes in between
        ruling.refresh_from_db(fields=["reversed_at"])
        anew = list(scores.earned(ruling)) if ruling.is_scored and ruling.reversed_at is None else []
        if _same(ruling.scores.all(), anew):
            return ""
        if write:
            ruling.scores.all().delete()
            Score.objects.bulk_create(anew)
        return ruling.proposition.key


def _same(stored: Iterable[Score], anew: Iterable[Score]) -> bool:
    """Whether both hold the same numbers, to nine digits: sums may be rounded elsewhere on another machine."""
    old, new = ({(row.forecaster_id, row.rule): row for row in rows} for rows in (stored, anew))
    return old.keys() == new.keys() and all(
        _close(getattr(old[key], name), getattr(new[key], name)) for key in old for name in NUMBERS
    )


def _close(stored: float | None, anew: float | None) -> bool:
    if stored is None or anew is None:
        return stored is anew
    return math.isclose(stored, anew, rel_tol=1e-9, abs_tol=1e-9)
