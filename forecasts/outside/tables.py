"""Tables: a CSV at any address, with a column `probability` and, if it has several rows, `at` or `question`."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from forecasts.outside import answers
from forecasts.outside.answers import OutsideAnswer, OutsideQuestion, OutsideState
from forecasts.refused import Refused

SITE: Final = "The table"
SOURCE: Final = "table"
MOST_ROWS: Final = 50_000
_LONGEST_LINE: Final = 10_000
_COLUMNS: Final = ("probability", "at", "question")


def find(address: str) -> OutsideQuestion:
    """The table at an address; what follows a # names the question whose rows count."""
    document, _, name = address.partition("#")
    host = answers.words(urlsplit(document).hostname)[:200]
    if not urlsplit(document).path.lower().endswith(".csv"):
        raise Refused(
            "This address is neither of Metaculus, Manifold or Polymarket nor of a table: a table's ends with .csv."
        )
    question = answers.words(unquote(name))
    return OutsideQuestion(source=SOURCE, forecaster=host, question_id=question, page=document, document=document)


def parse(body: bytes, *, question: str = "", now: datetime) -> OutsideAnswer:
    """The last row of the question that is not dated after `now`; without dates, the last one in the table."""
    answers.check_size(body, site=SITE)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("The table is not written in UTF-8: save it so.") from error
    latest: tuple[datetime, float] | None = None
    for number, row in enumerate(_rows(text), start=2):
        if question and row["question"] != question:
            continue
        at = _time(row["at"], number) if row["at"] else datetime.min.replace(tzinfo=UTC)
        chance = answers.written_chance(row["probability"], site=f"Line {number} of the table")
        if at <= now and (latest is None or at >= latest[0]):
            latest = at, chance
    if latest is None:
        raise Refused(f"The table has no row for “{question}” yet." if question else "The table has no row yet.")
    return OutsideAnswer(title=question, probability=latest[1], state=OutsideState.OPEN)


def _rows(text: str) -> Iterator[dict[str, str]]:
    lines = text.splitlines()
    if any(len(line) > _LONGEST_LINE for line in lines):
        raise Refused(f"The table has a line of more than {_LONGEST_LINE:,} characters.")
    if len(lines) > MOST_ROWS:
        raise Refused(f"The table has more than {MOST_ROWS:,} lines.")
    reader = csv.reader(lines)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if "probability" not in names:
            raise Refused("The table's first line must name its columns, and one of them must be “probability”.")
        places = {name: names.index(name) for name in _COLUMNS if name in names}
        for cells in reader:
            if cells:
                yield dict.fromkeys(_COLUMNS, "") | {
                    name: cells[place].strip() for name, place in places.items() if place < len(cells)
                }
    except csv.Error as error:
        raise Refused("The table is not proper CSV.") from error


def _time(text: str, number: int) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"Line {number} of the table has no time as 2026-02-06T09:00:00Z in “at”.") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)
