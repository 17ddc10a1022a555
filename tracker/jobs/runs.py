"""Runs: carry a job out and leave a row that says what it did, so that people can look."""

import dataclasses
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model

from tracker.models import JobRun

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")
Row = TypeVar("Row", bound=Model)
Clock = Callable[[], datetime]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RowsReport:
    """Rows looked at, the number of what was made of them, and rows that failed (each is in the log by number)."""

    looked_at: int = 0
    made: int = 0
    failed: int = 0


def each(rows: Sequence[Row], work: Callable[[Row], int], *, log: logging.Logger, failure: str) -> RowsReport:
    """Work on every row, which says how much it made; one that fails is logged and keeps no other waiting."""
    made = failed = 0
    for row in rows:
        try:
            made += work(row)
        except Exception:
            log.exception(failure, row.pk)
            failed += 1
    return RowsReport(looked_at=len(rows), made=made, failed=failed)


def record(job: str, work: Callable[[datetime], R], *, clock: Clock) -> R:
    """Call `work` with the time; its frozen report, or what went wrong, becomes a JobRun. A quiet run leaves no row."""
    started_at = clock()
    try:
        report = work(started_at)
    except Exception as error:
        JobRun.objects.create(
            job=job, started_at=started_at, finished_at=clock(), error=f"{type(error).__name__}: {error}"
        )
        raise
    if any(dataclasses.astuple(report)):
        JobRun.objects.create(job=job, started_at=started_at, finished_at=clock(), report=dataclasses.asdict(report))
    return report
