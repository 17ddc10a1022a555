"""JSON lines as `evaluate` reads and writes them: a line at a time, refused by its number, never half written."""

import gzip
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, Any, TextIO

from forecasts.refused import Refused

MOST_LINE = 16 * 1024**2  # bytes: a text of a megabyte, however it is escaped
MOST_LIST = 200
MAGIC = b"\x1f\x8b"


class JsonRow:
    """An object of a file, with the place it stood at; each look at a field refuses what does not belong there."""

    def __init__(self, fields: Mapping[str, Any], file: Path, number: int) -> None:
        self.fields = fields
        self.file = file
        self.number = number

    def refused(self, what: str) -> Refused:
        """The error to raise: it names file and line, and `what` says what is wrong and what to do."""
        return Refused(f"{self.file}, line {self.number}: {what}")

    def get(self, name: str) -> object:
        return self.fields.get(name)

    def text(self, name: str, *, needed: bool = False) -> str:
        """A string; "" where it is absent or null and not needed."""
        value = self.fields.get(name)
        if value is None and not needed:
            return ""
        if not isinstance(value, str):
            raise self.refused(f'give "{name}" as a string{"" if needed else ", or leave it out"}.')
        if needed and not value.strip():
            raise self.refused(f'"{name}" is empty: give it some words.')
        return whole_characters(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings; empty where it is absent or null."""
        value = self.fields.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self.refused(f'give "{name}" as a list of strings, or leave it out.')
        if len(value) > MOST_LIST:
            raise self.refused(f'"{name}" has {len(value)} items: give at most {MOST_LIST}.')
        return tuple(whole_characters(text) for text in value)

    def rows(self, name: str) -> "list[JsonRow]":
        """A list of objects, each looked at as a row of the same line; empty where it is absent or null."""
        value = self.fields.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.refused(f'give "{name}" as a list of objects, or leave it out.')
        if len(value) > MOST_LIST:
            raise self.refused(f'"{name}" has {len(value)} items: give at most {MOST_LIST}.')
        return [JsonRow(each, self.file, self.number) for each in value]

    def key(self, *names: str) -> str | int:
        """The key of the row: the first of `names` that it has."""
        value = next((value for name in names if (value := self.fields.get(name)) is not None), None)
        if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
            raise self.refused(f'give "{names[0]}" as a string or a whole number that no other row has.')
        return whole_characters(value) if isinstance(value, str) else value

    def day(self, name: str) -> date | None:
        """The day (UTC) of an ISO 8601 date or time, or of a date as mail has it; None where it is absent or empty."""
        stated = self.text(name).strip()
        if not stated:
            return None
        try:
            return _day(stated)
        except (ValueError, OverflowError) as error:
            message = f'"{name}" is no date: write it as 2026-02-05 or 2026-02-05T10:00:00Z, or leave it out.'
            raise self.refused(message) from error


def _day(stated: str) -> date:
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        moment = parsedate_to_datetime(stated[:100])
    return (moment if moment.tzinfo is None else moment.astimezone(UTC)).date()


def whole_characters(text: str) -> str:
    """`text` without halves of characters, which JSON can hold and UTF-8 cannot."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def read(file: Path, *, on_progress: Callable[[int], None] = lambda _: None) -> Iterator[JsonRow]:
    """The rows of a file of JSON lines, plain or gzip; empty lines are passed over. Raises Refused.

    `on_progress` gets how many bytes of the file have been read so far.
    """
    try:
        with file.open("rb") as raw:
            packed = raw.read(2) == MAGIC
            raw.seek(0)
            with gzip.open(raw) if packed else raw as lines:
                for row in _rows(lines, file):
                    on_progress(raw.tell())
                    yield row
    except EOFError as error:
        raise Refused(f"{file} ends too early: pack it with gzip again.") from error
    except OSError as error:  # a damaged gzip file is one too, and says so without an errno
        raise Refused(f"{file} cannot be read: {error.strerror or error}.") from error


def _rows(lines: IO[bytes] | gzip.GzipFile, file: Path) -> Iterator[JsonRow]:
    number = 0
    while line := lines.readline(MOST_LINE + 1):
        number += 1
        if len(line) > MOST_LINE:
            raise Refused(f"{file}, line {number}: longer than {MOST_LINE // 1024**2} MB: shorten its texts.")
        if line.strip():
            yield JsonRow(_object(line, file, number), file, number)


def _object(line: bytes, file: Path, number: int) -> dict[str, Any]:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refused(f"{file}, line {number}: not valid JSON in UTF-8: write one object a line.") from error
    if not isinstance(fields, dict):
        raise Refused(f"{file}, line {number}: not a JSON object: write one object a line.")
    return fields


@contextmanager
def written(file: Path) -> Iterator[TextIO]:
    """A stream whose words become `file` when all went well, and vanish when not. Raises Refused."""
    if file.exists() and not file.is_file():
        raise Refused(f"{file} is no plain file: name one to write to.")
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8") as stream:
            yield stream
        part.replace(file)
    except OSError as error:
        raise Refused(f"{file} cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
