"""Sentences one by one: what `evaluate extract --sentences` writes and prints."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TextIO

from rich.progress import SpinnerColumn, TextColumn

from lab.evaluate import extract_figures
from lab.evaluate import rows as json_lines
from lab.evaluate.rows import written
from lab.evaluate.subjects import watched
from language.claims import scores
from language.sentences import languages

BATCH = 256


@dataclass(slots=True)
class SentenceRun:
    """Results of a run of --sentences: scores by id, ids in another language, and the model that was missing."""

    checkworthy: dict[str | int, float] = field(default_factory=dict)
    forecastable: dict[str | int, float] = field(default_factory=dict)
    foreign: list[str | int] = field(default_factory=list)
    missing: str = ""


def score_sentences(file: Path, target: Path, labels: Path | None, out: TextIO) -> None:
    """Score the sentences of a file of JSON lines; raises Refused."""
    wanted = extract_figures.read_labels(labels) if labels else {}
    result = SentenceRun()
    with written(target) as answer:
        rows = watched(_identified(file), SpinnerColumn(), TextColumn("Reading"), TextColumn("{task.completed:,} rows"))
        while batch := list(islice(rows, BATCH)):
            for row in _scored(batch, result):
                answer.write(json.dumps(row) + "\n")
    foreign = result.foreign
    out.write(f"{len(result.checkworthy):,} sentences scored.\n")
    if foreign:
        out.write(f"{len(foreign):,} of them are not English and score 0, the first with id {foreign[0]}.\n")
    say_missing(result.missing, out)
    if labels:
        scored = {kind: getattr(result, kind) for kind in extract_figures.KINDS}
        out.write(extract_figures.of_sentences(scored, wanted, labels))


def _identified(file: Path) -> Iterator[tuple[str | int, str]]:
    seen: set[str | int] = set()
    for row in json_lines.read(file):
        key = row.key("id")
        if row.get("text") is None:
            raise row.refused('no text: give each row a "text", which may be empty.')
        if key in seen:
            raise row.refused(f"the id {key!r} was given before: give each row its own.")
        seen.add(key)
        yield key, row.text("text")


def _scored(rows: list[tuple[str | int, str]], result: SentenceRun) -> Iterator[dict[str, str | int | float]]:
    """Rows with their scores, which are added to the result; text that is not English or holds no letter scores 0."""
    answer = scores.read([text for _, text in rows])
    result.missing = answer.missing
    for (key, text), checkworthy, forecastable in zip(rows, answer.checkworthy, answer.forecastable, strict=True):
        foreign = languages.detect(text).is_foreign
        is_read = not foreign and bool(languages.LETTER.search(text[: scores.LONGEST]))
        result.checkworthy[key] = round(checkworthy, 4) if is_read else 0.0
        result.forecastable[key] = round(forecastable, 4) if is_read else 0.0
        if foreign:
            result.foreign.append(key)
        yield {"id": key, "checkworthy": result.checkworthy[key], "forecastable": result.forecastable[key]}


def say_missing(missing: str, out: TextIO) -> None:
    """Say which model was missing, if any."""
    if missing:
        out.write(f"Scored by wording alone, less exactly: {missing}\n")
