"""`./hindcast evaluate pool`: the default pool of many people's forecasts, a question a row."""

import argparse
import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TextIO

from forecasts.maths.odds import clamp, probability
from forecasts.maths.pooling import CLIP, pool
from tracker.management.evaluating.rows import written
from tracker.management.evaluating.subjects import Subject, Unusable

HELP = "Pool the forecasts of many people into one probability a question."
EPILOG = """\
--forecasts is a CSV file in UTF-8 with the columns question, forecaster, probability and, where it is known, at (ISO
8601; UTC where it names no zone). A forecaster's last forecast on a question counts: by at, else by line. With at the
newer of them weigh more, without it all weigh the same. 0 and 1 count as .01 and .99. --out gets the columns question
and probability, in the order in which questions first appear.
"""
NEEDED: Final = ("question", "forecaster", "probability")
MOST_ROWS: Final = 5_000_000
MOST_NAME: Final = 1_000  # characters


@dataclass(frozen=True, slots=True)
class Given:
    """One forecast, already clipped; `order` places it among others: its time, then its line."""

    order: tuple[datetime, int]
    probability: float


Questions = dict[str, dict[str, Given]]  # the last forecast of each forecaster on each question


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    parser.add_argument("--forecasts", type=Path, required=True, metavar="IN.csv", help="What each forecaster gave.")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT.csv", help="Gets a probability a question.")


def run(options: Mapping[str, Any], out: TextIO) -> None:
    questions, timed = _read(options["forecasts"])
    with written(options["out"]) as stream:
        answers = csv.writer(stream, lineterminator="\n")
        answers.writerow(("question", "probability"))
        for question, forecasts in questions.items():
            answers.writerow((question, pooled(forecasts, timed=timed)))
    number = sum(map(len, questions.values()))
    how = "the newer weigh more" if timed else "all weigh the same"
    out.write(f"{number:,} standing forecasts on {len(questions):,} questions pooled; {how}. See {options['out']}.\n")


def pooled(forecasts: Mapping[str, Given], *, timed: bool) -> float:
    """The default pool, which does not depend on the order of rows unless two forecasts have the very same time."""
    oldest_first = [each.probability for each in sorted(forecasts.values(), key=lambda each: each.order)]
    return pool(oldest_first, weights=None if timed else [1.0] * len(oldest_first))


def _read(file: Path) -> tuple[Questions, bool]:
    """Questions in the order in which they first appear, and whether forecasts have times. Raises Unusable."""
    questions: Questions = {}
    with _opened(file) as lines:
        columns = next(lines, None)
        if columns is None or any(columns.count(name) != 1 for name in NEEDED) or columns.count("at") > 1:
            raise Unusable(f"{file}, line 1: name the columns question, forecaster, probability and, if known, at.")
        for number, cells in enumerate(lines, start=1):
            if not cells:
                continue
            if number > MOST_ROWS:
                raise Unusable(f"{file} has more than {MOST_ROWS:,} rows: give it in parts.")
            place = f"{file}, line {lines.line_num}"
            if len(cells) != len(columns):
                raise Unusable(f"{place}: {len(cells)} cells under {len(columns)} columns: give one for each.")
            row = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
            question, forecaster = (_name(row, name, place) for name in ("question", "forecaster"))
            at = _moment(row["at"], place) if "at" in row else datetime.min.replace(tzinfo=UTC)
            given = Given(
                (at, number), _chance(row["probability"], f"{place}, {_short(forecaster)} on {_short(question)}")
            )
            standing = questions.setdefault(question, {})
            if forecaster not in standing or standing[forecaster].order < given.order:
                standing[forecaster] = given
    return questions, "at" in columns


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    """The rows of a CSV file; whatever is wrong with it as such becomes Unusable."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            yield csv.reader(stream, strict=True)
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise Unusable(f"{file} is not in UTF-8: save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise Unusable(f"{file} is no CSV file: {error}. Put cells with commas or quotes in double quotes.") from error


def _name(row: Mapping[str, str], column: str, place: str) -> str:
    if not row[column]:
        raise Unusable(f"{place}: the {column} is empty: give it a name.")
    if len(row[column]) > MOST_NAME:
        raise Unusable(f"{place}: the {column}'s name is too long: use at most {MOST_NAME:,} characters.")
    return row[column]


def _short(name: str) -> str:
    """A name that fits into a message of one line."""
    return " ".join(name.split())[:80]


def _chance(cell: str, place: str) -> float:
    try:
        number = float(cell)
    except ValueError:
        raise Unusable(
            f"{place}: {cell[:40]!r} is not a probability: give a number from 0 to 1, such as 0.7."
        ) from None
    try:
        return clamp(number if number in (0.0, 1.0) else probability(number), low=CLIP)
    except ValueError as error:
        raise Unusable(f"{place}: {error}") from error


def _moment(cell: str, place: str) -> datetime:
    try:
        moment = datetime.fromisoformat(cell)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        message = f"{place}: {cell[:40]!r} is no time: write it as 2026-02-05T10:00:00Z, or leave out the whole column."
        raise Unusable(message) from None


SUBJECT = Subject(HELP, add_arguments, run)
