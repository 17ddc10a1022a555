"""`./hindcast train NAME`: rebuild a shipped model from a folder of labelled data."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lab.train import checkworthy, documents, forecastable, places, relevance, stance, taught, worth

# What each model is called, and who trains it on the folder of data.
MODELS = {
    "checkworthy": checkworthy.train,
    "documents": documents.train,
    "forecastable": forecastable.train,
    "places": places.train,
    "relevance": relevance.train,
    "stance": stance.train,
    "worth": worth.train,
    "taught": taught.train,
}


class Command(BaseCommand):
    help = (
        "Rebuild a shipped model, print its cross-validated figures, and write weights and card into the source tree."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=sorted(MODELS), help="Which model.")
        parser.add_argument(
            "--data",
            type=Path,
            default=settings.BASE_DIR.parent / "shared" / "data",
            help="The folder of labelled data.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["data"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder: name one that holds gold_evidence with --data.", returncode=2)
        try:
            report = MODELS[options["name"]](folder)
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.", returncode=2) from error
        self.stdout.write(report)
