"""`./hindcast evaluate judge`: a classifier's judgements of pairs of claim and news, and how often it is right."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from forecasts.refused import Refused
from lab.evaluate import rows
from lab.evaluate.figures import LabelledJudgement, PairLabel, labelled, measure, show
from lab.evaluate.rows import JsonRow
from lab.evaluate.subjects import Subject
from language.classifiers.protocol import STANCES, Classifier, DecidedStory, ExampleHeadlines, Judgement, Pair
from language.weights import ModelUnavailable
from tracker.jobs.matching.classifiers import READERS, by_name

HELP = "What a classifier makes of pairs of claim and news, and how often it is right."
EPILOG = """\
Each row of --pairs is a JSON object: {"id", "claim", "question"?, "keywords"?, "actors"?, "title", "description"?,
"published"?, "opens"?, "deadline"?}. Title or description may be empty, the description may be a whole article; the
last three are dates or times, "opens" and "deadline" the question's first and last day. For a headline and an article's
body, as in the Fake News Challenge, give the headline as "claim", no title, and the body as "description". A row may
carry "decided": [{"title", "description"?, "published"?, "stance"}], what was decided earlier on the same question,
at most 200 stories; "stance" is supports, contradicts or mentions, and null where the story was rejected. Relevance,
attach and stance are then judged from these. Before a story was accepted, "examples": {"supports": [headline, ...],
"contradicts": [headline, ...]}, both of them, tell the direction.

Each row of --out: {"id", "relevance": 0..1, "attach": bool, "stance": "supports|contradicts|mentions",
"p": {"supports", "contradicts", "mentions"}, "passage"}. "attach": false says that the two are unrelated.

Each row of --labels: {"id", "relevance": 0|1|2, "stance": "supports|contradicts|mentions|neutral|null"}, where "pair"
may stand for "id", 1 and 2 are relevant, neutral is the same as mentions, and null or nothing leaves a pair out of
the figures in question. A pair without a label is judged and not counted. With "strength" ("decisive", "strong", ...)
or "why" (a category of your own) the figures are told by category, too, and over what is decisive or strong."""
BATCH = 256
BATCH_CHARACTERS = 4_000_000  # however long the texts, this much is held at once and one row more
MEANT = {stance: stance for stance in STANCES} | {"neutral": "mentions"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    parser.add_argument(
        "--pairs", type=Path, required=True, metavar="IN.jsonl[.gz]", help="The pairs, as JSON lines, plain or gzip."
    )
    parser.add_argument("--out", type=Path, required=True, metavar="OUT.jsonl", help="Where the judgements go.")
    parser.add_argument("--backend", choices=READERS, default="built-in", help="Which classifier.")
    parser.add_argument("--labels", type=Path, metavar="FILE", help="What is so, to print the classifier's figures.")
    parser.add_argument("--json", action="store_true", help="Print the figures as one line of JSON.")


def run(options: Mapping[str, Any], out: TextIO) -> None:
    labels = read_labels(options["labels"]) if options["labels"] else {}
    classifier = _classifier(options["backend"])
    judgements: list[LabelledJudgement] = []
    count = 0
    with rows.written(options["out"]) as stream, _watched(options["pairs"]) as on_progress:
        for key, judgement in judged(options["pairs"], classifier, on_progress=on_progress):
            stream.write(json.dumps(_row(key, judgement), ensure_ascii=False) + "\n")
            count += 1
            if (label := labels.get(str(key))) is not None:
                judgements.append(labelled(judgement, label))
    if not options["labels"]:
        summary = {"pairs": count, "backend": classifier.name, "version": classifier.version}
        out.write(json.dumps(summary) + "\n" if options["json"] else f"{count:,} pairs judged by {classifier.name}.\n")
        return
    if not judgements:
        raise Refused(f"{options['labels']} has no label for any row of {options['pairs']}: give both the same ids.")
    figures = measure(judgements)
    if options["json"]:
        out.write(json.dumps({"pairs": count, "backend": classifier.name, **asdict(figures)}) + "\n")
        return
    out.write(
        f"{count:,} pairs judged by {classifier.name} {classifier.version}, {len(judgements):,} of them labelled.\n"
    )
    show(figures, Console(file=out, width=None if out.isatty() else 160, highlight=False))


def _classifier(name: str) -> Classifier:
    try:
        return by_name(name, now=timezone.now())
    except ModelUnavailable as missing:
        raise Refused(f"{name} cannot read: {missing}") from missing


def judged(
    file: Path, classifier: Classifier, *, on_progress: Callable[[int], None] = lambda _: None
) -> Iterator[tuple[str | int, Judgement]]:
    """Each row's id and judgement, in the file's order and in batches of bounded size. Raises Refused."""
    seen: set[str] = set()
    pairs = (_pair(row, seen) for row in rows.read(file, on_progress=on_progress))
    while batch := _batch(pairs):
        keys, news = zip(*batch, strict=True)
        yield from zip(keys, classifier.judge(news), strict=True)


def _batch(pairs: Iterator[tuple[str | int, Pair]]) -> list[tuple[str | int, Pair]]:
    batch: list[tuple[str | int, Pair]] = []
    characters = 0
    for key, pair in islice(pairs, BATCH):
        batch.append((key, pair))
        characters += len(pair.title) + len(pair.body)
        if characters >= BATCH_CHARACTERS:
            break
    return batch


def _pair(row: JsonRow, seen: set[str]) -> tuple[str | int, Pair]:
    title, body = row.text("title"), row.text("description")
    pair = Pair(
        claim=row.text("claim", needed=True),
        question=row.text("question"),
        keywords=row.texts("keywords"),
        actors=row.texts("actors"),
        title=title,
        body=body,
        published=row.day("published"),
        decided=tuple(_decided(story) for story in row.rows("decided")),
        examples=_examples(row),
        opens=row.day("opens"),
        deadline=row.day("deadline"),
    )
    return _new(row, seen), pair


def _examples(row: JsonRow) -> ExampleHeadlines:
    sides = row.get("examples")
    if sides is None:
        return ExampleHeadlines()
    if not isinstance(sides, dict):
        raise row.refused('give "examples" as an object with lists of headlines, or leave it out.')
    headlines = JsonRow(sides, row.file, row.number)
    return ExampleHeadlines(supports=headlines.texts("supports"), contradicts=headlines.texts("contradicts"))


def _decided(story: JsonRow) -> DecidedStory:
    stance = story.get("stance")
    if stance is not None and (not isinstance(stance, str) or stance not in MEANT):
        raise story.refused('give the "stance" of what was decided as supports, contradicts, mentions or null.')
    return DecidedStory(
        title=story.text("title"),
        body=story.text("description"),
        published=story.day("published"),
        stance=MEANT[stance] if stance else None,
    )


def _new(row: JsonRow, seen: set[str]) -> str | int:
    """The row's id, noted as seen; raises Refused where another row has it."""
    key = row.key("id", "pair")
    if str(key) in seen:
        raise row.refused(f'another row has the id "{str(key)[:60]}": give each row its own.')
    seen.add(str(key))
    return key


def read_labels(file: Path) -> dict[str, PairLabel]:
    """The labels by id. Raises Refused."""
    seen: set[str] = set()
    return {str(_new(row, seen)): _label(row) for row in rows.read(file)}


def _label(row: JsonRow) -> PairLabel:
    relevance, stance = row.get("relevance"), row.get("stance")
    if relevance is not None and (isinstance(relevance, bool) or relevance not in (0, 1, 2)):
        raise row.refused('give "relevance" as 0, 1 or 2, or leave it out.')
    if stance is not None and (not isinstance(stance, str) or stance not in MEANT):
        raise row.refused('give "stance" as supports, contradicts, mentions, neutral or null.')
    return PairLabel(
        int(relevance) if isinstance(relevance, int | float) else None,
        MEANT[stance] if stance else None,
        strength=row.text("strength"),
        category=row.text("why"),
    )


def _row(key: str | int, judgement: Judgement) -> dict[str, Any]:
    return {
        "id": key,
        "relevance": round(judgement.relevance, 6),
        "attach": judgement.attach,
        "stance": judgement.stance,
        "p": {stance: round(getattr(judgement, stance), 6) for stance in STANCES},
        "passage": judgement.passage,
    }


@contextmanager
def _watched(file: Path) -> Iterator[Callable[[int], None]]:
    """A callback for the bytes read so far, which moves a bar on the standard error stream."""
    try:
        size = file.stat().st_size
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from error
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Judging", total=size)
        yield lambda read: progress.update(task, completed=read)


SUBJECT = Subject(HELP, add_arguments, run)
