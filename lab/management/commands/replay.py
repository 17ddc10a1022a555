"""`./hindcast replay`: run the whole pipe over archived news in a scratch database, and score what came of it."""

import json
import re
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from forecasts import backtest
from forecasts.maths.comparison import Run, summarise
from forecasts.refused import Refused
from lab.replay import archive, archived_people, files, playback, scores
from lab.replay.people import PeopleReport
from lab.replay.shipped_history import replay_seeds
from tracker.management.seeds import files as seed_files

STEP = re.compile(r"(\d{1,4})(m|h|d)")
UNITS = {"m": "minutes", "h": "hours", "d": "days"}
OF_ARCHIVES = ("propositions", "entries", "decisions", "forecasts", "since", "until")


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
    help = (
        "Run ingest, match, revise and review over archived news with a simulated clock, in a scratch database, and "
        "score estimate, evidence, crowd and prior where propositions come with their outcome."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--propositions", type=Path, help="JSON list of propositions; may say how they came out.")
        parser.add_argument("--entries", type=Path, help="JSON lines of entries, gzipped or not.")
        parser.add_argument("--decisions", type=Path, help="JSON lines: proposition, link, stance, strength, at.")
        parser.add_argument("--forecasts", type=Path, help="CSV: question, forecaster, probability, at.")
        parser.add_argument("--seeds", action="store_true", help="Instead of files: the history that we ship.")
        parser.add_argument("--suggestions", action="store_true", help="With --seeds: none of its decisions.")
        parser.add_argument("--out", type=Path, required=True, help="Folder for the files that come of it.")
        parser.add_argument("--since", type=a_day, help="First day; by default that of the oldest entry.")
        parser.add_argument(
            "--until", type=a_day, help="The day to stop before; by default after the newest entry and all outcomes."
        )
        parser.add_argument("--step", type=a_step, default=timedelta(days=1), help="How far the clock jumps: 1d, 6h.")
        parser.add_argument("--json", action="store_true", help="Print the report as one line of JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            _check(options)
            report = self._seeds(options) if options["seeds"] else self._archive(options)
        except (Refused, ValueError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        runs = backtest.runs()
        files.write(report, options["out"], runs=runs, named="key" if options["seeds"] else "note")
        if options["json"]:
            self.stdout.write(json.dumps(files.in_short(report, runs)))
        else:
            self._tell(report, runs, options["out"])

    def _archive(self, options: dict[str, Any]) -> playback.ReplayReport:
        questions = archive.read_propositions(options["propositions"])
        entries = archive.read_entries(options["entries"])
        known = {row.id for row in questions}
        decisions, forecasts = options["decisions"], options["forecasts"]
        decided = archived_people.read_decisions(decisions, known=known) if decisions else []
        given = archived_people.read_forecasts(forecasts, known=known) if forecasts else []
        window = playback.window_of(
            entries, questions, since=options["since"], until=options["until"], step=options["step"]
        )
        _prepare(options["out"])
        with _progress("Replaying") as (progress, bar):
            progress.update(bar, total=sum(window.since <= entry.published <= window.until for entry in entries))

            def advance(moment: datetime, read: int) -> None:
                progress.update(bar, advance=read, description=f"Reading up to {moment:%d %b %Y %H:%M}")

            return playback.replay(
                questions, entries, window=window, decisions=decided, forecasts=given, on_progress=advance
            )

    def _seeds(self, options: dict[str, Any]) -> playback.ReplayReport:
        seeds = seed_files.read(settings.HINDCAST_SEEDS)
        _prepare(options["out"])
        with _progress("Playing history") as (progress, bar):

            def advance(moment: datetime, number: int) -> None:
                progress.update(bar, advance=1, total=number, description=f"Played to {moment:%d %b %Y}")

            alone = options["suggestions"]
            return replay_seeds(seeds, now=datetime.now(UTC), suggestions_alone=alone, on_progress=advance)

    def _tell(self, report: playback.ReplayReport, runs: tuple[Run, ...], folder: Path) -> None:
        people = report.people
        self.stdout.write(
            f"{report.entries:,} entries of {report.feeds} feeds told {report.stories:,} stories; "
            f"{report.evidence} pieces of evidence were attached to {report.propositions} propositions, "
            f"{report.estimates} estimates and {report.status_changes} status changes written, "
            f"in {report.seconds:.0f} s ({report.model or 'nothing to read'})."
        )
        self.stdout.write(
            f"People took {people.decisions} decisions on evidence, gave {people.forecasts} forecasts and made "
            f"{people.rulings} rulings.{_left(people)}"
        )
        self.stdout.write(f"\n{scores.table(summarise(runs))}\n\nAll of it lies in {folder}.")


def _check(options: dict[str, Any]) -> None:
    names = [name for name in OF_ARCHIVES if options[name] is not None]
    if options["seeds"] and names:
        raise ValueError(f"--seeds brings its own news and people: leave out --{names[0]}.")
    if options["suggestions"] and not options["seeds"]:
        raise ValueError(
            "--suggestions goes with --seeds: without --decisions, files are replayed on suggestions alone."
        )
    if not options["seeds"] and not (options["propositions"] and options["entries"]):
        raise ValueError("Give --propositions and --entries, or --seeds for the history that we ship.")


def _prepare(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)


@contextmanager
def _progress(words: str) -> Iterator[tuple[Progress, TaskID]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield progress, progress.add_task(words, total=None)


def _left(people: PeopleReport) -> str:
    """The deeds of people that had no place, in words."""
    counts = (
        (people.decisions_left, "decisions are on news that did not come in"),
        (people.forecasts_left, "forecasts were made while their question was not open"),
        (people.rulings_left, "outcomes lie outside of the replayed time"),
    )
    parts = [f"{number} {words}" for number, words in counts if number]
    return f" Left out: {'; '.join(parts)}." if parts else ""
