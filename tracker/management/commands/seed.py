"""`./hindcast seed`: store the article and history that we ship, and play the history once."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from forecasts.refused import Refused
from tracker.management.seeds import files, history, rows


class Command(BaseCommand):
    help = "Stores the article, questions and feeds that we ship, and plays their history. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        now = datetime.now(UTC)
        try:
            seeds = files.read(settings.HINDCAST_SEEDS)
            loaded = rows.load(seeds, now=now)
        except Refused as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(
            f"Seeds: {loaded.articles} article, {loaded.claims} claims, {loaded.questions} questions "
            f"and {loaded.feeds} feeds came in."
        )
        waiting = history.to_play(seeds, now=now)
        if not waiting:
            self.stdout.write("History: played already.")
        elif history.has_company(seeds):
            self.stdout.write("History: left out, for other questions or news are here and the clock cannot go back.")
        else:
            self._play(seeds, waiting)

    def _play(self, seeds: files.Seeds, waiting: Sequence[datetime]) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True)) as progress:
            bar = progress.add_task("Playing history", total=len(waiting))

            def advance(moment: datetime) -> None:
                progress.update(bar, advance=1, description=f"Played to {moment:%d %b %Y}")

            played = history.play(seeds, at=waiting, on_moment=advance)
        self.stdout.write(
            f"History: {played.decided} decisions on evidence and {played.ruled} rulings, to {waiting[-1]:%d %b %Y}."
        )
