"""`./hindcast import_forecasts`: record what bots forecast, from a table."""

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forecasts import forecast_rows
from forecasts.refused import Refused
from tracker.curation.forecast_tables import Tabled, enter
from tracker.wording import capitalised, counted


class Command(BaseCommand):
    help = "Record what bots forecast, from a CSV file: all of its rows, or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="Columns question (its key), forecaster, probability and, if not now, at."
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        now = datetime.now(UTC)
        try:
            entered = enter(_rows(file, now), by=f"{getpass.getuser()} at the console", at=now)
        except Refused as refused:
            raise CommandError(f"{refused} Nothing was recorded.", returncode=2) from refused
        known = f", {entered.known} known already" if entered.known else ""
        told = f"{counted(entered.recorded, 'forecast')} of {counted(entered.bots, 'bot')} recorded{known}."
        self.stdout.write(capitalised(told))


def _rows(file: Path, now: datetime) -> list[Tabled]:
    return [
        Tabled(
            question=row.question, bot=row.forecaster, probability=row.probability, at=row.at or now, place=row.place
        )
        for row in forecast_rows.read(file)
    ]
