"""`./hindcast replay`: run the whole pipe over archived news in a scratch database."""

import json
import re
from argparse import ArgumentTypeError
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tracker.management import archive, replay

STEP = re.compile(r"(\d{1,4})(m|h|d)")
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def a_day(words: str) -> datetime:
    try:
        return datetime.strptime(words, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise ArgumentTypeError(f"“{words}” is no day: write it as 2026-01-31.") from error


def a_step(words: str) -> timedelta:
    match = STEP.fullmatch(words)
    if not match or not int(match[1]):
        raise ArgumentTypeError(f"“{words}” is no step: write 1d, 6h or 30m.")
    return timedelta(**{UNITS[match[2]]: int(match[1])})


class Command(BaseCommand):
    help = "Run ingest, match, revise and review over archived news with a simulated clock, in a scratch database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--propositions", type=Path, required=True, help="JSON list of propositions.")
        parser.add_argument("--entries", type=Path, required=True, help="JSON lines of entries, gzipped or not.")
        parser.add_argument("--out", type=Path, required=True, help="Folder for the four files that come of it.")
        parser.add_argument("--since", type=a_day, help="First day; by default that of the oldest entry.")
        parser.add_argument("--until", type=a_day, help="The day to stop before; by default after the newest entry.")
        parser.add_argument("--step", type=a_step, default=timedelta(days=1), help="How far the clock jumps: 1d, 6h.")
        parser.add_argument("--json", action="store_true", help="Print the report as one line of JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asked = archive.read_propositions(options["propositions"])
            entries = archive.read_entries(options["entries"])
            window = replay.window_of(entries, since=options["since"], until=options["until"], step=options["step"])
            options["out"].mkdir(parents=True, exist_ok=True)
        except (archive.BadArchive, ValueError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        call_command("migrate", verbosity=0)
        report = self._replay(asked, entries, window)
        replay.write(report, options["out"])
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report)))
        else:
            self._tell(report, options["out"])

    def _replay(
        self, asked: list[archive.Asked], entries: list[archive.Archived], window: replay.Window
    ) -> replay.ReplayReport:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True)) as progress:
            inside = sum(window.since <= entry.published <= window.until for entry in entries)
            bar = progress.add_task("Replaying", total=inside)

            def advance(moment: datetime, read: int) -> None:
                progress.update(bar, advance=read, description=f"Reading up to {moment:%d %b %Y %H:%M}")

            return replay.replay(asked, entries, window=window, on_progress=advance)

    def _tell(self, report: replay.ReplayReport, folder: Path) -> None:
        self.stdout.write(
            f"{report.entries:,} entries of {report.feeds} feeds told {report.stories:,} stories; "
            f"{report.evidence} pieces of evidence were attached to {report.propositions} propositions, "
            f"{report.estimates} estimates and {report.status_changes} status changes written, "
            f"in {report.seconds:.0f} s ({report.model or 'nothing to read'}).\nAll of it lies in {folder}."
        )
