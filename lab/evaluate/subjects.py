"""Subjects of `evaluate`: what each is made of, and the bar that shows how far one has come."""

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TextIO, TypeVar

from rich.console import Console
from rich.progress import Progress, ProgressColumn, TimeElapsedColumn

AddArguments = Callable[[argparse.ArgumentParser], None]
Run = Callable[[Mapping[str, Any], TextIO], None]


@dataclass(frozen=True, slots=True)
class Subject:
    """`run` gets the options and writes to a stream; it raises Refused."""

    help: str
    add_arguments: AddArguments
    run: Run


Row = TypeVar("Row")


def watched(rows: Iterable[Row], *columns: ProgressColumn, total: int | None = None) -> Iterator[Row]:
    """The rows, counted in these columns on the standard error stream."""
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading", total=total)
        for row in rows:
            yield row
            progress.advance(task)
