"""`./hindcast fit`: fit the numbers behind the estimate on the questions resolved here."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from forecasts import estimates, fitting
from forecasts.maths.fitting import FEWEST
from forecasts.maths.parameters import DEFAULTS, Parameters
from tracker.jobs.estimates.fit import FitReport, NothingToFit, refit

BY = "fit"
NAMES = {
    "evidence_scale": "scale of the evidence",
    "half_life_days": "half-life of news, days",
    "hazard_shape": "shape of the hazard",
    "crowd_doubt": "doubt about the crowd, forecasters",
    "crowd_exponent": "exponent of the crowd's odds",
}


class Command(BaseCommand):
    help = "Fit the numbers behind the estimate on the questions resolved here; what gains nothing is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Show what would come of it and store nothing.")
        parser.add_argument(
            "--hindsight", action="store_true", help="Show it with questions written after the fact; never taken."
        )
        parser.add_argument("--forget", action="store_true", help="Go back to the documented defaults.")
        parser.add_argument("--json", action="store_true", help="Print the report as one line of JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        now = datetime.now(UTC)
        if options["forget"]:
            fitting.forget(by=BY, at=now)
            self.stdout.write("Back at the documented defaults; every open question is estimated anew.")
            return
        before = estimates.parameters()
        try:
            report = self._fit(now, options)
        except NothingToFit as nothing:
            raise CommandError(f"{nothing} There is nothing to fit on.", returncode=1) from nothing
        if options["json"]:
            said = asdict(report.fitted) | {"taken": report.taken, "hindsight": report.hindsight}
            self.stdout.write(json.dumps(said | {"refused_because": _refusal(report, dry=options["dry_run"])}))
        else:
            self._tell(report, before=before, dry=options["dry_run"])

    def _fit(self, now: datetime, options: dict[str, Any]) -> FitReport:
        with Console(stderr=True).status("Trying parameters") as status:
            tried = 0

            def advance(_parameters: Parameters) -> None:
                nonlocal tried
                tried += 1
                status.update(f"Trying parameters: {tried} sets so far")

            return refit(now, by=BY, with_hindsight=options["hindsight"], dry=options["dry_run"], on_progress=advance)

    def _tell(self, report: FitReport, *, before: Parameters, dry: bool) -> None:
        fitted, table = report.fitted, Table(box=None, pad_edge=False)
        for column in ("", "default", "in use", "fitted"):
            table.add_column(column, justify="left" if not column else "right")
        for name, words in NAMES.items():
            table.add_row(words, *(f"{getattr(each, name):g}" for each in (DEFAULTS, before, fitted.parameters)))
        refusal = _refusal(report, dry=dry)
        console = Console(width=100)
        with console.capture() as told:
            console.print(table)
        self.stdout.write(told.get())
        self.stdout.write(
            f"{fitted.questions} resolved question{'s' * (fitted.questions != 1)}. Log score averaged over time, each "
            f"question scored by what the others gave:\n{fitted.log_before:.4f} by the defaults, "
            f"{fitted.log_after:.4f} fitted: {fitted.gain:+.4f} nats, standard error {fitted.error:.4f}."
        )
        if refusal and before != DEFAULTS:
            refusal += " Those in use are of an earlier fit: --forget goes back to the defaults."
        self.stdout.write(f"Refused: {refusal}" if refusal else "Taken: every open question is estimated anew by it.")


def _refusal(report: FitReport, *, dry: bool) -> str:
    """Why the fit was not taken; "" if it was."""
    fitted = report.fitted
    if report.taken:
        return ""
    if fitted.questions < FEWEST:
        return f"fewer than {FEWEST} questions are too few to tell a gain from luck."
    if fitted.parameters == DEFAULTS:
        return "the defaults do best."
    if fitted.gain <= fitted.error:
        return "the gain is no larger than its standard error."
    if report.hindsight:
        return f"{report.hindsight} of the questions were written by people who could know the end."
    return "nothing is stored of a dry run." if dry else ""
