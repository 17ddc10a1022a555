"""`./hindcast evaluate extract`: what would be proposed from an article, or how single sentences score."""

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from rich.progress import SpinnerColumn, TextColumn

from forecasts.refused import Refused
from lab.evaluate import extract_figures
from lab.evaluate import rows as json_lines
from lab.evaluate.rows import written
from lab.evaluate.subjects import Subject, watched
from language.claims import extraction, scores
from language.sentences import languages

LARGEST_TEXT = 10 * 1024**2  # bytes
BATCH = 256
HELP = (
    "What would be proposed from an article, or how single sentences score. --text FILE --published DATE writes a list"
    " of {start, end, text, kind, speaker, checkworthy, forecastable, hedge, probability, deadline}, offsets in code"
    " points of the file as it is, the speaker as the text names it, or author. --sentences IN.jsonl[.gz] reads lines"
    " of {id, text} and writes lines of {id, checkworthy, forecastable}. Scores are 0 to 1, decided at 0.5."
)
LABELS = (
    "What is so, as JSON lines; prints precision, recall, F1, average precision, calibration error and a confusion"
    ' matrix. Beside --sentences: {"id": ..., "checkworthy": 0 or 1, "forecastable": 0 or 1}, either of the two or'
    ' both; sentences without a label are left out. Beside --text: {"start": n, "end": m} for each sentence that holds'
    " a forecastable claim, offsets as above; a sentence counts as one when the row covers more than half of it."
)


@dataclass(slots=True)
class SentenceRun:
    """Results of a run of --sentences: scores by id, ids in another language, and the model that was missing."""

    checkworthy: dict[str | int, float] = field(default_factory=dict)
    forecastable: dict[str | int, float] = field(default_factory=dict)
    foreign: list[str | int] = field(default_factory=list)
    missing: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--text", type=Path, metavar="FILE", help="An article, UTF-8.")
    source.add_argument("--sentences", type=Path, metavar="IN.jsonl[.gz]", help="Lines of {id, text}.")
    parser.add_argument("--published", metavar="DATE", help="The day of the article, such as 2025-05-09.")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT", help="Where the answer is written.")
    parser.add_argument("--labels", type=Path, metavar="FILE", help=LABELS)


def run(options: Mapping[str, Any], out: TextIO) -> None:
    if options["sentences"]:
        _sentences(options["sentences"], options["out"], options["labels"], out)
    else:
        _text(options["text"], _day(options["published"]), options["out"], options["labels"], out)


def _text(file: Path, published: date, target: Path, labels: Path | None, out: TextIO) -> None:
    text = read_text(file)
    spans = extract_figures.read_spans(labels, len(text)) if labels else []
    language = languages.detect(text)
    claims = extraction.propose(text, published=published)
    with written(target) as answer:
        json.dump([_proposed(claim) for claim in claims], answer, ensure_ascii=False, indent=1)
        answer.write("\n")
    if not language.is_english:
        unknown = language.name == languages.UNKNOWN
        finding = "does not show what language it is in" if unknown else f"is in {language.name}"
        out.write(f"{file} {finding}; only English is read, so nothing is proposed.\n")
    forecastable = sum(claim.kind == "forecastable" for claim in claims)
    out.write(f"{len(claims)} claims proposed, {forecastable} forecastable.\n")
    _say_missing(scores.read([]).missing, out)
    if labels:
        out.write(extract_figures.of_text(text, claims, spans))


def _proposed(claim: extraction.ProposedClaim) -> dict[str, Any]:
    return {
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "kind": claim.kind,
        "speaker": claim.speaker or claim.speaker_kind,
        "checkworthy": claim.checkworthy,
        "forecastable": claim.forecastable,
        "hedge": claim.hedge,
        "probability": claim.probability,
        "deadline": claim.deadline.isoformat() if claim.deadline else None,
    }


def _sentences(file: Path, target: Path, labels: Path | None, out: TextIO) -> None:
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
    _say_missing(result.missing, out)
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


def read_text(file: Path) -> str:
    """The file's characters as they are, with a byte order mark or carriage returns; raises Refused."""
    try:
        if file.stat().st_size > LARGEST_TEXT:
            raise Refused(f"{file} is larger than {LARGEST_TEXT // 1024**2} MB; split it into articles.")
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}; name a text file.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Refused(f"{file}, line {line}: not UTF-8; store the file as UTF-8.") from error


def _day(published: str | None) -> date:
    if published is None:
        raise Refused("--text needs --published DATE, the day of the article, such as 2025-05-09.")
    try:
        return date.fromisoformat(published)
    except ValueError as error:
        raise Refused(f"--published {published} is no date; write it like 2025-05-09.") from error


def _say_missing(missing: str, out: TextIO) -> None:
    if missing:
        out.write(f"Scored by wording alone, less exactly: {missing}\n")


SUBJECT = Subject(HELP, add_arguments, run)
