"""Celery's door to the jobs: a task reads the clock, runs one job and lets its report be kept. The schedule: config."""

from datetime import UTC, datetime

from celery import shared_task
from django.conf import settings

from tracker.jobs import prune as pruning
from tracker.jobs.feeds.ingest import BATCH, IngestReport
from tracker.jobs.network import poller
from tracker.jobs.runs import record
from tracker.jobs.tick import stages

# A backlog is worked off within one wake-up, as far as its time goes; each batch reads the clock anew.
MOST_BATCHES = 10


@shared_task
def ingest() -> None:
    if settings.HINDCAST_POLL:
        for _ in range(MOST_BATCHES):
            report = run("ingest")
            if not isinstance(report, IngestReport) or report.feeds < BATCH:
                break


@shared_task
def receive() -> None:
    run("receive")


@shared_task
def push() -> None:
    if settings.HINDCAST_POLL:
        run("push")


@shared_task
def seek() -> None:
    if settings.HINDCAST_POLL:
        run("seek")


@shared_task
def extract() -> None:
    run("extract")


@shared_task
def match() -> None:
    run("match")


@shared_task
def full_text() -> None:
    if settings.HINDCAST_POLL:
        run("full_text")


@shared_task
def learn() -> None:
    run("learn")


@shared_task
def outside() -> None:
    if settings.HINDCAST_POLL:
        run("outside")


@shared_task
def forecast() -> None:
    run("forecast")


@shared_task
def draft_rulings() -> None:
    run("draft_rulings")


@shared_task
def revise() -> None:
    run("revise")


@shared_task
def review() -> None:
    run("review")


@shared_task
def digest() -> None:
    run("digest")


@shared_task
def deliver() -> None:
    run("deliver")


@shared_task
def prune() -> None:
    record("prune", pruning.prune, clock=clock)


@shared_task
def heartbeat() -> None:
    settings.HINDCAST_HEARTBEAT.touch()


def run(job: str) -> object:
    return record(job, stages(poller())[job], clock=clock)


def clock() -> datetime:
    return datetime.now(UTC)
