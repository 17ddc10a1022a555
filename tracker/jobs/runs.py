"""Runs: carry a job out and leave a row that says what it did, so that people can look."""

import dataclasses
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from tracker.models import JobRun

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")
Clock = Callable[[], datetime]


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
