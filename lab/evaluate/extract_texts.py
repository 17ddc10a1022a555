"""Articles read in one process, from a file of JSON lines: what `evaluate extract --texts` writes and prints."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TextIO

from rich.progress import SpinnerColumn, TextColumn

from lab.evaluate import claim_figures, rows
from lab.evaluate.drafted_claims import DatedText, Propose, proposals
from lab.evaluate.extract_sentences import say_missing
from lab.evaluate.rows import JsonRow, written
from lab.evaluate.subjects import watched
from language.claims import scores
from language.sentences import languages


def read_texts(file: Path, target: Path, labels: Path | None, out: TextIO, *, propose: Propose) -> None:
    """Propose from each text of a file of JSON lines; raises Refused."""
    wanted = claim_figures.read_predictions(labels) if labels else {}
    texts: list[claim_figures.ReadText] = []
    count = claims = 0
    with written(target) as answer:
        columns = (SpinnerColumn(), TextColumn("Reading"), TextColumn("{task.completed:,} texts"))
        for key, article in watched(_articles(file), *columns):
            found = proposals(article, propose=propose)
            count, claims = count + 1, claims + len(found)
            if str(key) in wanted:
                texts.append(claim_figures.ReadText(tuple(found), wanted[str(key)]))
            row = {"id": key, "language": languages.detect(article.text).name, "claims": [each.row() for each in found]}
            answer.write(json.dumps(row, ensure_ascii=False) + "\n")
    out.write(f"{claims:,} claims proposed from {count:,} texts.\n")
    say_missing(scores.read([]).missing, out)
    if labels:
        out.write(claim_figures.of_texts(texts, labels))


def _articles(file: Path) -> Iterator[tuple[str | int, DatedText]]:
    seen: set[str] = set()
    for row in rows.read(file):
        key = row.key("id")
        if str(key) in seen:
            raise row.refused(f"the id {key!r} was given before: give each text its own.")
        seen.add(str(key))
        yield key, DatedText(_published(row), row.text("text", needed=True), row.text("title"))


def _published(row: JsonRow) -> date:
    if (day := row.day("published")) is None:
        raise row.refused('no day: give "published" as 2026-02-05.')
    return day
