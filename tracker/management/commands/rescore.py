"""`./hindcast rescore`: the scores of all standing rulings, worked out anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from forecasts.rescoring import rescore
from tracker.wording import counted


class Command(BaseCommand):
    help = "Work out the scores of all standing rulings anew, and say where they were not the same."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; exit with 1 if a score differs.")

    def handle(self, *args: Any, **options: Any) -> None:
        report = rescore(write=not options["check"])
        for key in report.changed:
            self.stdout.write(key)
        done = "differ" if options["check"] else "scored anew"
        self.stdout.write(f"{counted(report.rulings, 'ruling')}, {len(report.changed)} {done}.")
        if options["check"] and report.changed:
            raise SystemExit(1)
