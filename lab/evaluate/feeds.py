"""`./hindcast evaluate feeds`: a folder of feed documents as it would be stored, without a network."""

import argparse
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn

from forecasts.refused import Refused
from lab.evaluate.subjects import Subject, watched
from news.fetch.connections import Limits
from news.fetch.inflate import BodyTooLarge, Damaged, Inflater
from news.formats.confined import Document, parse_all
from news.formats.documents import Parsed


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A row of the folder's index."""

    path: str
    status: int
    content_type: str
    content_encoding: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="A folder with an index.json.")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT.jsonl", help="Where the rows are written.")
    parser.add_argument("--json", action="store_true", help="Print the summary as one line of JSON.")


def run(options: Mapping[str, Any], out: TextIO) -> None:
    folder: Path = options["corpus"]
    cases = [case for case in read_index(folder) if case.status == 200]
    started = time.monotonic()
    read = refused = entries = 0
    try:
        with options["out"].open("w", encoding="utf-8") as file:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            for case in watched(cases, *columns, total=len(cases)):
                row = _row(case, look(folder, case))
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                read, refused = read + (row["error"] is None), refused + (row["error"] is not None)
                entries += row["entries"]
    except OSError as error:
        raise Refused(f"{options['out']} cannot be written: {error.strerror}.") from error
    summary = {
        "files": len(cases),
        "read": read,
        "refused": refused,
        "entries": entries,
        "seconds": round(time.monotonic() - started, 3),
    }
    if options["json"]:
        out.write(json.dumps(summary) + "\n")
    else:
        out.write(
            f"{read} of {len(cases)} documents read, {entries:,} entries; {refused} refused, each with a reason.\n"
        )


def read_index(folder: Path) -> list[Case]:
    """The rows of the folder's index.json; raises Refused."""
    if not folder.is_dir():
        raise Refused(f"{folder} is no folder.")
    file = folder / "index.json"
    try:
        rows = json.loads(file.read_bytes())
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"{file} is not valid JSON.") from error
    if not isinstance(rows, list):
        raise Refused(f"{file} is not a list of rows.")
    return [_case(row, number, file) for number, row in enumerate(rows, start=1)]


def _case(row: object, number: int, file: Path) -> Case:
    if not isinstance(row, dict) or not isinstance(row.get("path"), str) or not row["path"]:
        raise Refused(f"{file}: row {number} has no path.")
    status, headers = row.get("status", 200), row.get("headers")
    if not isinstance(status, int):
        raise Refused(f"{file}: row {number} has a status that is no number.")
    named = {str(name).lower(): str(value) for name, value in headers.items()} if isinstance(headers, dict) else {}
    stated = row.get("content_type")
    return Case(
        path=row["path"],
        status=status,
        content_type=stated if isinstance(stated, str) else named.get("content-type", ""),
        content_encoding=named.get("content-encoding", ""),
    )


def look(folder: Path, case: Case) -> Parsed:
    """One document as ingest would read it."""
    file = (folder / case.path).resolve()
    if not file.is_relative_to(folder.resolve()):
        return Parsed(error="The file lies outside of the folder.")
    try:
        body = file.read_bytes()
    except OSError as error:
        return Parsed(error=f"The file cannot be read: {error.strerror}.")
    try:
        body = unpacked(body, case.content_encoding)
    except Damaged as error:
        return Parsed(error=str(error))
    except BodyTooLarge:
        return Parsed(error=f"The document is larger than {Limits().body_bytes // 1024**2} MB.")
    address = f"https://corpus.example/{case.path}"
    return parse_all([Document(body=body, address=address, content_type=case.content_type, now=datetime.now(UTC))])[0]


def unpacked(body: bytes, content_encoding: str) -> bytes:
    """The body without its content encodings; raises Damaged or BodyTooLarge."""
    limits = Limits()
    if len(body) > limits.compressed_bytes:
        raise BodyTooLarge
    inflater = Inflater(content_encoding, limit=limits.body_bytes)
    plain = inflater.push(body)
    inflater.finish()
    return plain


def _row(case: Case, parsed: Parsed) -> dict[str, Any]:
    return {
        "path": case.path,
        "error": parsed.error or None,
        "entries": len(parsed.entries),
        "titles": [item.title for item in parsed.entries],
        "links": [item.link for item in parsed.entries],
        "bodies": [item.body for item in parsed.entries],
    }


SUBJECT = Subject("What a folder of feed documents would be stored as.", add_arguments, run)
