"""`./hindcast export_feeds`: the feeds that are read, as an OPML list."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from news.formats import opml
from tracker.curation import feed_lists


class Command(BaseCommand):
    help = "Write the feeds as an OPML list, which nearly every feed reader can import."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="where to write it; by default to standard output")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        written = opml.write(feed_lists.exported(), title="Feeds that Hindcast reads", at=datetime.now(UTC))
        if file == "-":
            self.stdout.write(written.decode())
            return
        try:
            Path(file).write_bytes(written)
        except OSError as error:
            raise CommandError(f"{file} cannot be written ({error.strerror}).", returncode=2) from error
        self.stdout.write(f"Written to {file}.")
