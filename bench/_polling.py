"""The two sides of `bench ingest`, each in a process of its own: `python -m bench._polling SIDE PORT FEEDS ENTRIES`.

Each reads the stand of feeds, then several times more when nothing has changed, and prints one line of JSON: seconds of
CPU (children counted) and of wall clock for a pass, the peak of memory in MB and the number of entries stored.
"""

import json
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench._newsstand import address

NOW = datetime(2026, 2, 6, tzinfo=UTC)
UNCHANGED_PASSES = 5  # one alone is too short to measure well; the mean counts


def cpu_seconds() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def timed(work):
    cpu, wall = cpu_seconds(), time.perf_counter()
    work()
    return cpu_seconds() - cpu, time.perf_counter() - wall


def ours(folder: Path, addresses: list[str]):
    """The real job on SQLite, as `up` runs it: guard, limits, revisions and stories included."""
    os.environ.update(
        HINDCAST_VAR=str(folder), HINDCAST_ALLOWED_NETWORKS="127.0.0.0/8", DJANGO_SETTINGS_MODULE="config.settings"
    )
    import django

    django.setup()
    from django.core.management import call_command

    from news.formats import confined
    from tracker.jobs.feeds.ingest import BATCH, ingest
    from tracker.jobs.network import poller
    from tracker.models import Entry, Feed

    call_command("migrate", verbosity=0)
    Feed.objects.bulk_create(Feed(title=at, address=at, next_poll_at=NOW, added_at=NOW) for at in addresses)

    def poll(now):
        while ingest(now, fetch=poller()).feeds == BATCH:
            pass
        confined.end()  # so that what the child took counts

    days = iter(range(2, 100, 2))
    return (lambda: poll(NOW), lambda: poll(NOW + timedelta(days=next(days))), Entry.objects.count)


def peers(folder: Path, addresses: list[str]):
    from reader import make_reader

    reader = make_reader(str(folder / "reader.sqlite"))
    for at in addresses:
        reader.add_feed(at)

    def poll():
        reader.update_feeds(workers=10, scheduled=False)

    return (poll, poll, lambda: reader.get_entry_counts().total)


def main(side: str, port: int, feeds: int, entries: int) -> None:
    addresses = [address(number, port) for number in range(feeds)]
    with tempfile.TemporaryDirectory(prefix="hindcast-bench-") as folder:
        first, again, count = {"ours": ours, "peer": peers}[side](Path(folder), addresses)
        first_cpu, first_wall = timed(first)
        unchanged_cpu, unchanged_wall = timed(lambda: [again() for _ in range(UNCHANGED_PASSES)])
        stored = count()
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    figures = {
        "first_cpu": first_cpu,
        "first_wall": first_wall,
        "unchanged_cpu": unchanged_cpu / UNCHANGED_PASSES,
        "unchanged_wall": unchanged_wall / UNCHANGED_PASSES,
        "peak_rss_mb": peak,
        "entries": stored,
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
