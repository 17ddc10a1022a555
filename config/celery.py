"""The Celery apps of worker and schedule, and the whole schedule in one table."""

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from celery import Celery
from celery.beat import Service
from celery.signals import beat_init
from django.conf import settings

from config.broker import folder_transport

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


@dataclass(frozen=True, slots=True)
class Scheduled:
    job: str
    every: timedelta
    does: str


SCHEDULE = (
    Scheduled("ingest", timedelta(minutes=1), "fetches the feeds that are due and stores what is new"),
    Scheduled("receive", timedelta(minutes=1), "stores what is new in documents that hubs have sent"),
    Scheduled("push", timedelta(minutes=1), "asks hubs to send what is new, and keeps their promises fresh"),
    Scheduled("seek", timedelta(hours=1), "looks on their sites for feeds that are not found any more"),
    Scheduled("extract", timedelta(minutes=1), "proposes the claims of articles that came in"),
    Scheduled("match", timedelta(minutes=1), "attaches new stories to the propositions they bear on"),
    Scheduled("full_text", timedelta(minutes=1), "reads the pages of entries that became evidence"),
    Scheduled("learn", timedelta(minutes=1), "judges suggestions anew from what was decided on their questions"),
    Scheduled("outside", timedelta(minutes=1), "records what other sites say of the questions linked to them"),
    Scheduled("forecast", timedelta(hours=1), "lets a language model forecast questions whose ledger changed"),
    Scheduled("draft_rulings", timedelta(hours=1), "lets a language model draft rulings past the deadline"),
    Scheduled("revise", timedelta(minutes=1), "estimates what something changed for, and all open questions daily"),
    Scheduled("review", timedelta(minutes=1), "gives claims their status, and says why"),
    Scheduled("digest", timedelta(minutes=10), "writes a letter to each follower for whom something changed"),
    Scheduled("deliver", timedelta(minutes=1), "sends the letters that wait"),
    Scheduled("heartbeat", timedelta(seconds=30), "shows that the schedule and a worker are alive"),
    Scheduled("prune", timedelta(days=1), "removes records, keys and entries that nobody needs any more"),
)


def beat_entry(scheduled: Scheduled) -> dict[str, Any]:
    # A wake-up that waited longer than its interval is dropped: the next one finds the same work.
    expires = min(scheduled.every, timedelta(hours=1)).total_seconds()
    return {"task": f"tracker.tasks.{scheduled.job}", "schedule": scheduled.every, "options": {"expires": expires}}


app = Celery("hindcast")
app.conf.update(
    broker_url=settings.HINDCAST_REDIS_URL or "folder://localhost",
    broker_transport_options={} if settings.HINDCAST_REDIS_URL else folder_transport(settings.HINDCAST_BROKER),
    broker_connection_retry_on_startup=True,
    include=["tracker.tasks"],
    task_ignore_result=True,
    task_time_limit=15 * 60,
    timezone="UTC",
    worker_concurrency=settings.HINDCAST_JOB_WORKERS,
    worker_hijack_root_logger=False,
    worker_prefetch_multiplier=1,
)

# The schedule calls jobs by name and needs none of the code behind them, so it starts fast and stays small.
schedule = Celery("hindcast", fixups=[], set_as_current=False)
schedule.conf.update(
    broker_url=app.conf.broker_url,
    broker_transport_options=app.conf.broker_transport_options,
    beat_schedule={scheduled.job: beat_entry(scheduled) for scheduled in SCHEDULE},
    beat_schedule_filename=str(settings.HINDCAST_VAR / "beat"),
    timezone="UTC",
    worker_hijack_root_logger=False,
)


@beat_init.connect
def beat_at_once(sender: Service, **_: Any) -> None:
    """The first heartbeat does not wait for the schedule, so that a start soon shows whether the chain holds."""
    schedule.send_task("tracker.tasks.heartbeat", expires=60)
