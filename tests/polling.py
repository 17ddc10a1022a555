"""The other side of test_many_pollers.py, run as `python -m tests.polling WHAT …` on a database of its own.

`prepare` fills it with the feeds whose addresses come in, one a line; `poll NAME FOLDER` reads what is due, batch by
batch, until it is ended. While there is a file `rest` in the folder it finishes its batch, leaves a file `NAME-rests`
and waits.
"""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from tests import makers  # noqa: E402
from tracker.jobs.feeds.ingest import ingest  # noqa: E402
from tracker.jobs.network import poller  # noqa: E402

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
# So few that everybody gets some of what is due.
A_BATCH = 20


def prepare() -> None:
    call_command("migrate", verbosity=0)
    for number, address in enumerate(sys.stdin.read().split()):
        makers.make_feed(f"Feed {number}", address=address, next_poll_at=LONG_AGO)


def poll(name: str, folder: Path) -> None:
    rest, rests = folder / "rest", folder / f"{name}-rests"
    while True:
        if rest.exists():
            rests.touch()
            time.sleep(0.02)
            continue
        rests.unlink(missing_ok=True)
        report = ingest(datetime.now(UTC), fetch=poller(), limit=A_BATCH, gap=settings.HINDCAST_HOST_GAP)
        if not report.feeds:
            time.sleep(0.05)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    else:
        poll(sys.argv[2], Path(sys.argv[3]))
