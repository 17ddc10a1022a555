"""`./hindcast import_feeds`: follow the feeds of an OPML list."""

import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forecasts.refused import Refused
from news.formats import opml
from tracker.curation import feed_lists
from tracker.wording import capitalised, counted


class Command(BaseCommand):
    help = "Follow the feeds of an OPML list that are not followed yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="an OPML file, or - for standard input")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            lines = opml.read(_data(file))
            checked = feed_lists.check(lines)
            by = f"{getpass.getuser()} at the console"
            feeds = feed_lists.import_feeds(lines, by=by, at=datetime.now(UTC), reason="Imported from an OPML list.")
        except (opml.UnreadableList, Refused) as refused:
            raise CommandError(str(refused), returncode=2) from refused
        except OSError as error:
            raise CommandError(f"{file} cannot be read ({error.strerror}).", returncode=2) from error
        for one in checked.refused:
            self.stderr.write(f"Line {one.line}, {one.title or one.address[:100] or 'without a title'}: {one.refusal}")
        told = ((checked.known, "followed already"), (checked.doubles, "said twice"), (checked.refused, "refused"))
        rest = "".join(f", {len(lines)} {words}" for lines, words in told if lines)
        self.stdout.write(f"{capitalised(counted(len(feeds), 'feed'))} added{rest}.")


def _data(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(opml.MAX_BYTES + 1)
    with Path(file).open("rb") as opened:
        return opened.read(opml.MAX_BYTES + 1)
