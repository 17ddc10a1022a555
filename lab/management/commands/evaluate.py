"""`./hindcast evaluate SUBJECT`: look at what one part of the product makes of given input; nothing live is touched."""

from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forecasts.refused import Refused
from lab.evaluate import extract, feed, feeds, judge, pool, schedule

SUBJECTS = {
    "feeds": feeds.SUBJECT,
    "feed": feed.SUBJECT,
    "schedule": schedule.SUBJECT,
    "extract": extract.SUBJECT,
    "judge": judge.SUBJECT,
    "pool": pool.SUBJECT,
}


class Command(BaseCommand):
    help = "See what a part of Hindcast makes of given input. Nothing is stored, no live database is touched."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        subjects = parser.add_subparsers(dest="subject", required=True, metavar="SUBJECT")
        for name, subject in SUBJECTS.items():
            subject.add_arguments(subjects.add_parser(name, help=subject.help, description=subject.help))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            SUBJECTS[options["subject"]].run(options, cast(TextIO, self.stdout))
        except Refused as error:
            raise CommandError(str(error), returncode=2) from error
