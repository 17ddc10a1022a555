"""The other side of test_killed.py, run as `python -m tests.killing WHAT …` on a database of its own.

`prepare JOB` fills it with work. `work JOB` starts a real Celery worker for each file named on standard input, which
finds time gone by and a wake-up; it says the worker's process and how that ended. `finish JOB` does what is left with
the clock an hour on; `count JOB` prints what there is as one line of JSON.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import celery.apps.worker  # noqa: F401 - so that a worker is one fork away
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db.models import Count  # noqa: E402

from config.celery import app  # noqa: E402
from tests import makers  # noqa: E402
from tracker.curation import subscriptions  # noqa: E402
from tracker.jobs.feeds.ingest import ingest  # noqa: E402
from tracker.jobs.letters.deliver import deliver  # noqa: E402
from tracker.jobs.letters.digest import digest  # noqa: E402
from tracker.jobs.matching.match import match  # noqa: E402
from tracker.jobs.network import poller  # noqa: E402
from tracker.models import Entry, Evidence, Feed, Host, Letter, Notice, Revision, Story, User  # noqa: E402

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
WAKE_UPS = {"ingest": ["ingest"], "match": ["match"], "digest": ["digest", "deliver"]}
ENTRIES_TO_MATCH = 1200
READERS = 400


def prepare_ingest(*addresses: str) -> None:
    for number, address in enumerate(addresses):
        makers.make_feed(f"Feed {number}", address=address, next_poll_at=LONG_AGO)


def prepare_match() -> None:
    makers.make_proposition(
        "Will Gazprom and CNPC sign a gas contract?",
        statement="Gazprom and CNPC sign a gas contract.",
        keywords=["Gazprom", "CNPC", "gas contract"],
    )
    feed = makers.make_feed(state="paused")
    for number in range(ENTRIES_TO_MATCH):
        headline = f"Gazprom and CNPC sign gas contract number {number}" if number % 3 else f"Rain in town {number}"
        makers.make_entry(headline, at=LONG_AGO + timedelta(minutes=number), feed=feed)


def prepare_digest() -> None:
    position = makers.make_position()
    makers.make_estimate(position.proposition, at=LONG_AGO, probability=0.4)
    password = make_password(None)
    readers = [
        User(username=f"reader{number}", email=f"reader{number}@example.org", password=password)
        for number in range(READERS)
    ]
    for reader in User.objects.bulk_create(readers):
        subscriptions.follow(reader, subject=position.claim, at=LONG_AGO)
    makers.make_change(position, "in doubt", at=LONG_AGO + timedelta(days=1), reason="Fell below 60%.")


def work(job: str) -> None:
    """One worker after the other, each a child that leads a group of its own and writes to the file."""
    while log := sys.stdin.readline().strip():
        if worker := os.fork():
            print(worker, flush=True)
            print(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]), flush=True)
        else:
            os.setsid()
            with open(log, "wb") as file:
                os.dup2(file.fileno(), 1), os.dup2(file.fileno(), 2)
            run_worker(job)


def run_worker(job: str) -> None:
    make_due()
    app.conf.worker_hijack_root_logger = True  # for the lines that say when a task begins and ends
    for task in WAKE_UPS[job]:
        app.send_task(f"tracker.tasks.{task}")
    app.worker_main(["worker", "--pool=solo", "--loglevel=INFO", "--without-gossip", "--without-mingle"])


def make_due() -> None:
    """Time has passed: leases have run out, feeds are due again."""
    Feed.objects.exclude(state="paused").update(next_poll_at=LONG_AGO)
    Feed.objects.update(lease_until=None)
    Host.objects.update(lease_until=None, free_at=None)
    Letter.objects.update(lease_until=None)


def finish(job: str) -> None:
    now = datetime.now(UTC) + timedelta(hours=1)
    make_due()
    rounds: dict[str, Callable[[], int]] = {
        "ingest": lambda: ingest(now, fetch=poller(), limit=500).feeds,
        "match": lambda: match(now, limit=300).entries,
        "digest": lambda: digest(now).made + deliver(now).sent,
    }
    for _ in range(100):
        if not rounds[job]():
            return
        Host.objects.update(free_at=None)
    raise SystemExit(f"{job} finds work without end")


def count(job: str) -> None:
    counts = {
        "ingest": lambda: {
            "entries": Entry.objects.count(),
            "a_feed": sorted(set(Feed.objects.annotate(n=Count("entries")).values_list("n", flat=True))),
            "revisions": Revision.objects.count(),
            "stories": Story.objects.count(),
            "leased": Feed.objects.exclude(lease_token="").count(),
            "failed": Feed.objects.exclude(last_error="").count(),
        },
        "match": lambda: {
            "unmatched": Entry.objects.unmatched().count(),
            "evidence": list(Evidence.objects.order_by("story_id").values_list("story__headline", flat=True)),
        },
        "digest": lambda: {
            "letters": Letter.objects.count(),
            "readers": Letter.objects.values("user").distinct().count(),
            "unsent": Letter.objects.filter(sent_at=None).count(),
            "files": len(list(settings.HINDCAST_OUTBOX.glob("*.eml"))),
            "told": Notice.objects.filter(status="in doubt").count(),
        },
    }
    sys.stdout.write(json.dumps(counts[job]()) + "\n")


if __name__ == "__main__":
    what, job, *more = sys.argv[1:]
    if what == "prepare":
        call_command("migrate", verbosity=0)
        {"ingest": prepare_ingest, "match": prepare_match, "digest": prepare_digest}[job](*more)
    else:
        {"work": work, "finish": finish, "count": count}[what](job)
