"""`./hindcast tick`: every stage of the pipe once, in order, in this process."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from tracker.jobs.network import poller
from tracker.jobs.runs import record
from tracker.jobs.tick import ONLINE, stages


class Command(BaseCommand):
    help = "Run every stage once, from reading feeds to sending letters, in order."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--offline", action="store_true", help="Leave the network alone: no feed, hub or page is asked."
        )
        parser.add_argument("--json", action="store_true", help="Print all reports as one line of JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        jobs = stages(poller())
        if options["offline"] or not settings.HINDCAST_POLL:
            jobs = {name: job for name, job in jobs.items() if name not in ONLINE}
        reports = {}
        for name, job in jobs.items():
            reports[name] = asdict(record(name, job, clock=lambda: datetime.now(UTC)))
            if not options["json"]:
                self.stdout.write(f"{name:13} {_in_words(reports[name])}")
        if options["json"]:
            self.stdout.write(json.dumps(reports))


def _in_words(report: dict[str, Any]) -> str:
    done = [f"{name.replace('_', ' ')} {value}" for name, value in report.items() if value]
    return ", ".join(done) or "nothing to do"
