"""`./hindcast open_question`: open one question, or a list of them, from JSON."""

import getpass
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from forecasts.models import Proposition
from tracker.curation.question_form import QuestionForm

TEXTS = ("key", "note")  # that no form asks for


class Command(BaseCommand):
    help = "Open the questions of a JSON file: all of them, or none. Prints the address of each."

    def add_arguments(self, parser: CommandParser) -> None:
        names = ", ".join((*QuestionForm.Meta.fields, *TEXTS))
        parser.add_argument(
            "file", help=f"One JSON object or a list of them, or - for standard input. Fields: {names}."
        )

    @transaction.atomic
    def handle(self, *args: Any, file: str, **options: Any) -> None:
        now, by = datetime.now(UTC), f"{getpass.getuser()} at the console"
        opened = [_open(row, f"Question {number}", by=by, at=now) for number, row in enumerate(_rows(file), start=1)]
        for question in opened:
            self.stdout.write(reverse("question", args=[question.key]))


def _rows(file: str) -> list[object]:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
        rows = json.loads(text)
    except (OSError, ValueError) as error:
        raise CommandError(f"{file} cannot be read as JSON: {error}", returncode=2) from error
    return rows if isinstance(rows, list) else [rows]


def _open(row: object, place: str, *, by: str, at: datetime) -> Proposition:
    """The question of a row, opened; else CommandError with every fault."""
    if not isinstance(row, dict) or set(row) - {*QuestionForm.Meta.fields, *TEXTS}:
        raise CommandError(f"{place} is no object with the fields that `help open_question` names.", returncode=2)
    form = QuestionForm(row, at=at, instance=Proposition(**{name: str(row.get(name, "")) for name in TEXTS}))
    opened = form.opened(by=by)
    if opened is None:
        faults = [f"{field}: {words}" for field, errors in form.errors.items() for words in errors]
        raise CommandError(f"{place}: {' '.join(faults)} Nothing was opened.", returncode=2)
    return opened
