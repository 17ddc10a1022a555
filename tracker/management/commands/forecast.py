"""`./hindcast forecast`: the language model forecasts the open questions whose ledger changed, as a bot."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.jobs.readings import asking
from tracker.jobs.readings.forecasts import forecast
from tracker.jobs.runs import record
from tracker.wording import counted


class Command(BaseCommand):
    help = "Let the language model forecast open questions from their ledgers: once a day each, where these changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=100, help="questions at most; 100 unless you say otherwise")
        parser.add_argument("--json", action="store_true", help="print the report as one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not asking.reads("forecasts"):
            raise CommandError(
                "No language model forecasts here: add forecasts to HINDCAST_LLM_READS (docs/language-model.md).",
                returncode=2,
            )
        report = record("forecast", lambda now: forecast(now, limit=options["limit"]), clock=lambda: datetime.now(UTC))
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report)))
            return
        asked = counted(report.looked_at, "question")
        self.stdout.write(f"{settings.HINDCAST_LLM_MODEL} was asked about {asked} and forecast {report.made}.")
