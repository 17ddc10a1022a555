"""`./hindcast evaluate extract`: what would be proposed from articles, or how single sentences score."""

import argparse
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.utils import timezone

from forecasts.refused import Refused
from lab.evaluate import extract_figures
from lab.evaluate.drafted_claims import DatedText, Propose, proposals
from lab.evaluate.extract_sentences import say_missing, score_sentences
from lab.evaluate.extract_texts import read_texts
from lab.evaluate.rows import written
from lab.evaluate.subjects import Subject
from language.claims import scores
from language.sentences import languages
from language.weights import ModelUnavailable
from tracker.jobs.readings.claims import READERS, proposer

LARGEST_TEXT = 10 * 1024**2  # bytes
HELP = (
    "What would be proposed from an article, or how single sentences score. --text FILE --published DATE [--title"
    " TITLE] writes a list of {start, end, text, kind, speaker, speaker_kind, checkworthy, forecastable, hedge,"
    " probability, deadline, restatement, and the draft of a question: question, statement, criteria, side, process,"
    " refusal}, in the order of worth, offsets in code points of the text as it is, the speaker as the text names it,"
    " or author. --texts IN.jsonl[.gz] reads lines of {id, text, published, title?} and writes lines of {id, language,"
    " claims}. --sentences IN.jsonl[.gz] reads lines of {id, text} and writes lines of {id, checkworthy, forecastable}."
    " Scores are 0 to 1, decided at 0.5."
)
LABELS = (
    "What is so, as JSON lines; prints figures. Beside --sentences: {id, checkworthy: 0 or 1, forecastable: 0 or 1},"
    " either of the two or both; sentences without a label are left out. Beside --text: {start, end} for each sentence"
    " that holds a forecastable claim, offsets as above; a sentence counts as one when the row covers more than half of"
    " it. Beside --texts: {id, predictions: [{start, end, track?: 0, 1 or 2, speaker?, deadline?, side?}]}, where"
    ' track 2 is certainly worth tracking, "author" is the article\'s own voice and a deadline of null is open.'
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--text", type=Path, metavar="FILE", help="An article, UTF-8.")
    source.add_argument("--texts", type=Path, metavar="IN.jsonl[.gz]", help="Lines of {id, text, published, title?}.")
    source.add_argument("--sentences", type=Path, metavar="IN.jsonl[.gz]", help="Lines of {id, text}.")
    parser.add_argument("--published", metavar="DATE", help="The day of the article, such as 2025-05-09.")
    parser.add_argument("--title", default="", help="The article's title, which heads and dates what follows.")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT", help="Where the answer is written.")
    parser.add_argument(
        "--backend", choices=READERS, default=READERS[0], help="Who proposes; sentences are scored by ours alone."
    )
    parser.add_argument("--labels", type=Path, metavar="FILE", help=LABELS)


def run(options: Mapping[str, Any], out: TextIO) -> None:
    if options["sentences"]:
        score_sentences(options["sentences"], options["out"], options["labels"], out)
    elif options["texts"]:
        propose = _proposer(options["backend"])
        read_texts(options["texts"], options["out"], options["labels"], out, propose=propose)
    else:
        article = DatedText(_day(options["published"]), read_text(options["text"]), options["title"])
        _text(article, options, out, propose=_proposer(options["backend"]))


def _proposer(name: str) -> Propose:
    try:
        return proposer(name, now=timezone.now())
    except ModelUnavailable as missing:
        raise Refused(f"{name} cannot read: {missing}") from missing


def _text(article: DatedText, options: Mapping[str, Any], out: TextIO, *, propose: Propose) -> None:
    labels = options["labels"]
    spans = extract_figures.read_spans(labels, len(article.text)) if labels else []
    language = languages.detect(article.text)
    claims = proposals(article, propose=propose)
    with written(options["out"]) as answer:
        json.dump([claim.row() for claim in claims], answer, ensure_ascii=False, indent=1)
        answer.write("\n")
    if options["backend"] == READERS[0] and not language.is_english:
        unknown = language.name == languages.UNKNOWN
        finding = "does not show what language it is in" if unknown else f"is in {language.name}"
        out.write(f"{options['text']} {finding}; only English is read, so nothing is proposed.\n")
    forecastable = sum(claim.found.kind == "forecastable" for claim in claims)
    out.write(f"{len(claims)} claims proposed, {forecastable} forecastable.\n")
    say_missing(scores.read([]).missing, out)
    if labels:
        out.write(extract_figures.of_text(article.text, [claim.found for claim in claims], spans))


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


SUBJECT = Subject(HELP, add_arguments, run)
