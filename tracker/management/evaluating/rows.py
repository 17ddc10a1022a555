"""Rows of JSON lines as `evaluate` reads them, plain or gzipped, and files that appear whole or not at all."""

import gzip
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TextIO, cast

from tracker.management.evaluating.subjects import Unusable

LONGEST_LINE = 250_000  # bytes


def read_rows(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and object of each line that is not blank; raises Unusable with file, line and what to do."""
    try:
        with _opened(file) as lines:
            number = 0
            while line := lines.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise Unusable(
                        f"{file}, line {number}: longer than {LONGEST_LINE:,} bytes; split or shorten the text."
                    )
                if line.strip():
                    yield number, _row(line, f"{file}, line {number}")
    except OSError as error:  # gzip's own error for what is no gzip file is one, too
        raise Unusable(f"{file} cannot be read: {error.strerror or error}; name a file of JSON lines.") from error
    except (EOFError, zlib.error) as error:
        raise Unusable(f"{file} is a damaged gzip file; pack it again.") from error


def identity(row: dict[str, Any], place: str) -> str | int:
    """The row's id; raises Unusable where it has none."""
    value = row.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise Unusable(f'{place}: no id; give each row an "id", a string or a whole number.')
    return value


@contextmanager
def written(file: Path) -> Iterator[TextIO]:
    """A file to write to, which takes its name when all is written; raises Unusable where that cannot be."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        unfinished.replace(file)
    except OSError as error:
        raise Unusable(
            f"{file} cannot be written: {error.strerror}; name a file in a folder you may write to."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _opened(file: Path) -> IO[bytes]:
    with file.open("rb") as start:
        packed = start.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(file, "rb")) if packed else file.open("rb")


def _row(line: bytes, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unusable(f"{place}: not UTF-8; store the file as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise Unusable(f"{place}: not a JSON object; write one object on each line.") from error
    if not isinstance(row, dict):
        raise Unusable(f"{place}: not a JSON object; write one object on each line.")
    return row
