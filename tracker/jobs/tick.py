"""Tick: every stage once, in order, in this process. Celery runs the same functions on its schedule."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from tracker.jobs.deliver import deliver
from tracker.jobs.digest import digest
from tracker.jobs.extract import extract
from tracker.jobs.ingest import ingest
from tracker.jobs.match import match
from tracker.jobs.review import review
from tracker.jobs.revise import revise
from tracker.news.fetch import Fetch

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class Stage:
    """One job and what it reported."""

    name: str
    report: "DataclassInstance"


Job = Callable[[datetime], "DataclassInstance"]


def stages(fetch: Fetch) -> dict[str, Job]:
    """The pipe in its order, each stage ready to be called with the time."""
    return {
        "ingest": partial(ingest, fetch=fetch),
        "extract": extract,
        "match": match,
        "revise": revise,
        "review": review,
        "digest": digest,
        "deliver": deliver,
    }


def tick(now: datetime, *, fetch: Fetch) -> Iterator[Stage]:
    """Run the stages one after the other at the time `now`, and give each report as it comes."""
    for name, job in stages(fetch).items():
        yield Stage(name, job(now))
