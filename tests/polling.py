"""The other side of test_many_pollers.py, run as `python -m tests.polling WHAT` on a database of its own.

`prepare` reads addresses from standard input and follows them; `work FILE` reads due feeds until the file is there.
"""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from tests.makers import OPENED  # noqa: E402
from tracker.jobs.ingest import ingest  # noqa: E402
from tracker.jobs.network import poller  # noqa: E402
from tracker.models import Feed  # noqa: E402

A_BATCH = 20  # small, so that there is something for everybody


def prepare() -> None:
    call_command("migrate", verbosity=0)
    addresses = sys.stdin.read().split()
    Feed.objects.bulk_create(
        Feed(title=f"Feed {number}", address=address, next_poll_at=OPENED, added_at=OPENED)
        for number, address in enumerate(addresses)
    )


def work(stop: Path) -> None:
    until = time.monotonic() + 240
    while not stop.exists() and time.monotonic() < until:
        if not ingest(datetime.now(UTC), fetch=poller(), limit=A_BATCH).feeds:
            time.sleep(0.05)


if __name__ == "__main__":
    what, *more = sys.argv[1:]
    if what == "prepare":
        prepare()
    else:
        work(Path(more[0]))
