"""Forecasts of many people on many questions, read from a CSV file row by row and refused by line."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from forecasts.maths.odds import clamp, probability
from forecasts.maths.pooling import CLIP
from forecasts.refused import Refused

NEEDED: Final = ("question", "forecaster", "probability")
MOST_ROWS: Final = 5_000_000
MOST_NAME: Final = 1_000  # characters


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """One forecast: `probability` within what a pool takes, `at` None where the file has no such column."""

    question: str
    forecaster: str
    probability: float
    at: datetime | None
    place: str  # file and line, for who has to refuse it after all


def read(file: Path, *, timed: bool = False) -> Iterator[ForecastRow]:
    """The rows in their order. Raises Refused, also without a column `at` where the forecasts must be `timed`."""
    with _opened(file) as lines:
        columns: list[str] = next(lines, [])
        _check(columns, file, timed=timed)
        for number, cells in enumerate(lines, start=1):
            if not cells:
                continue
            if number > MOST_ROWS:
                raise Refused(f"{file} has more than {MOST_ROWS:,} rows: give it in parts.")
            place = f"{file}, line {lines.line_num}"
            if len(cells) != len(columns):
                raise Refused(f"{place}: {len(cells)} cells under {len(columns)} columns: give one for each.")
            row = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
            yield _given(row, place, timed=timed)


def _check(columns: Sequence[str], file: Path, *, timed: bool) -> None:
    if any(columns.count(name) != 1 for name in NEEDED) or columns.count("at") > 1:
        raise Refused(f"{file}, line 1: name the columns question, forecaster, probability and, if known, at.")
    if timed and "at" not in columns:
        raise Refused(f"{file}, line 1: a column at must say when each forecast was made.")


def _given(row: Mapping[str, str], place: str, *, timed: bool) -> ForecastRow:
    question, forecaster = (_name(row, name, place) for name in ("question", "forecaster"))
    words = "" if timed else ", or leave out the whole column"
    at = _moment(row["at"], place, words) if "at" in row else None
    chance = _chance(row["probability"], f"{place}, {short(forecaster)} on {short(question)}")
    return ForecastRow(question, forecaster, chance, at, place)


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    """The rows of a CSV file; whatever is wrong with it as such becomes Refused."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            yield csv.reader(stream, strict=True)
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{file} is not in UTF-8: save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise Refused(f"{file} is no CSV file: {error}. Put cells with commas or quotes in double quotes.") from error


def _name(row: Mapping[str, str], column: str, place: str) -> str:
    if not row[column]:
        raise Refused(f"{place}: the {column} is empty: give it a name.")
    if len(row[column]) > MOST_NAME:
        raise Refused(f"{place}: the {column}'s name is too long: use at most {MOST_NAME:,} characters.")
    return row[column]


def short(name: str) -> str:
    """A name that fits into a message of one line."""
    return " ".join(name.split())[:80]


def _chance(cell: str, place: str) -> float:
    try:
        number = float(cell)
    except ValueError:
        raise Refused(f"{place}: {cell[:40]!r} is not a probability: give a number from 0 to 1, such as 0.7.") from None
    try:
        return clamp(number if number in (0.0, 1.0) else probability(number), low=CLIP)
    except ValueError as error:
        raise Refused(f"{place}: {error}") from error


def _moment(cell: str, place: str, words: str) -> datetime:
    try:
        moment = datetime.fromisoformat(cell)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        message = f"{place}: {cell[:40]!r} is no time: write it as 2026-02-05T10:00:00Z{words}."
        raise Refused(message) from None
