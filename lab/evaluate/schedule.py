"""`evaluate schedule`: run ingest through a made-up day in a scratch database, and draw what came of it."""

import argparse
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from django.core.management import call_command
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from forecasts.refused import Refused
from lab.evaluate.subjects import Subject
from lab.pictures.schedule import draw
from lab.simulate.simulation import SimulationReport, simulate, write
from tracker.models import Feed

HELP = "Simulate a day of polling a thousand made-up feeds with the real ingest job, and draw it."
MOST_FEEDS, MOST_HOURS = 20_000, 14 * 24


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, help="Folder for report.json and schedule.svg.")
    parser.add_argument("--feeds", type=int, default=1000, help="How many feeds there are.")
    parser.add_argument("--hours", type=int, default=24, help="How many hours are simulated.")
    parser.add_argument("--seed", type=int, default=1, help="Another number makes up other feeds of the same kinds.")


def run(options: Mapping[str, Any], out: TextIO) -> None:
    """Expects an empty database, which it migrates; says what it found on `out` and writes it to the folder."""
    if not 1 <= options["feeds"] <= MOST_FEEDS or not 1 <= options["hours"] <= MOST_HOURS:
        raise Refused(f"Choose 1 to {MOST_FEEDS:,} feeds and 1 to {MOST_HOURS} hours.")
    try:
        options["out"].mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{options['out']} cannot be made: {error.strerror or error}.") from error
    call_command("migrate", verbosity=0)
    if Feed.objects.exists():
        raise Refused("This database has feeds in it; the simulation needs an empty one.")
    report = _simulated(feeds=options["feeds"], hours=options["hours"], seed=options["seed"])
    write(report, options["out"], picture=draw(report))
    out.write(in_words(report, options["out"]))


def _simulated(*, feeds: int, hours: int, seed: int) -> SimulationReport:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    log, level = logging.getLogger("tracker.jobs"), logging.getLogger("tracker.jobs").level
    log.setLevel(logging.ERROR)  # a day of made-up trouble is nobody's concern
    try:
        with Progress(*columns, console=Console(stderr=True)) as progress:
            bar = progress.add_task("Simulating", total=hours * 60)
            return simulate(
                feeds=feeds,
                hours=hours,
                seed=seed,
                on_progress=lambda at: progress.update(bar, advance=1, description=f"Simulating {at:%a %H:%M}"),
            )
    finally:
        log.setLevel(level)


def in_words(report: SimulationReport, folder: Path) -> str:
    """A line for each schedule."""
    lines = [f"{report.feeds:,} feeds of {report.hosts:,} hosts, {report.hours} hours, in {report.seconds:.0f} s."]
    for plan in (report.ours, *report.peers):
        share = 100 * plan.gained / max(plan.polls, 1)
        median = "nothing to read" if plan.median_delay is None else f"read after {plan.median_delay:.0f} min (median)"
        lines.append(
            f"{plan.name}: {plan.polls:,} polls, {share:.0f}% found news; {plan.entries:,} entries {median}, "
            f"{plan.lost} lost; at most {plan.most_a_host} requests a minute to a host, {plan.most_a_minute} in all."
        )
    return "\n".join([*lines, f"report.json and schedule.svg lie in {folder}.", ""])


SUBJECT = Subject(HELP, add_arguments, run)
