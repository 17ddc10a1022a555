"""`./hindcast evaluate pool`: the default pool of many people's forecasts, a question a row."""

import argparse
import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from forecasts import forecast_rows
from forecasts.maths.pooling import pool
from lab.evaluate.rows import written
from lab.evaluate.subjects import Subject

HELP = "Pool the forecasts of many people into one probability a question."
EPILOG = """\
--forecasts is a CSV file in UTF-8 with the columns question, forecaster, probability and, where it is known, at (ISO
8601; UTC where it names no zone). A forecaster's last forecast on a question counts: by at, else by line. With at the
newer of them weigh more, without it all weigh the same. 0 and 1 count as .01 and .99. --out gets the columns question
and probability, in the order in which questions first appear.
"""


@dataclass(frozen=True, slots=True)
class PooledForecast:
    """One forecast, already clipped; `order` places it among others: its time, then its line."""

    order: tuple[datetime, int]
    probability: float


Questions = dict[str, dict[str, PooledForecast]]  # the last forecast of each forecaster on each question


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


def pooled(forecasts: Mapping[str, PooledForecast], *, timed: bool) -> float:
    """The default pool, which does not depend on the order of rows unless two forecasts have the very same time."""
    oldest_first = [row.probability for row in sorted(forecasts.values(), key=lambda row: row.order)]
    return pool(oldest_first, weights=None if timed else [1.0] * len(oldest_first))


def _read(file: Path) -> tuple[Questions, bool]:
    """Questions in the order in which they first appear, and whether forecasts have times. Raises Refused."""
    questions: Questions = {}
    timed = False
    for number, row in enumerate(forecast_rows.read(file)):
        timed = row.at is not None
        forecast = PooledForecast((row.at or datetime.min.replace(tzinfo=UTC), number), row.probability)
        latest = questions.setdefault(row.question, {})
        if row.forecaster not in latest or latest[row.forecaster].order < forecast.order:
            latest[row.forecaster] = forecast
    return questions, timed


SUBJECT = Subject(HELP, add_arguments, run)
