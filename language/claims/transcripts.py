"""Turns of a transcript or an interview: paragraphs that open with a speaker ("ADA LUND: ...", "Q: ... A: ...")."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from language.sentences import boundaries
from language.sentences.boundaries import Sentence

LABEL = re.compile(
    r"(?P<name>(?:[A-Z][\w.'’-]{0,20}\s){0,4}[A-Z][\w.'’-]{1,20}|[QA])(?:\s\([^()]{1,60}\))?:\s+(?=[\"“‘A-Z\d\[(])"
)
QUESTION, ANSWER = frozenset({"q", "question"}), frozenset({"a", "answer"})
FEWEST_WORDS = 6  # in the middle turn; fewer make a list of captions ("Champions: Norland")
NO_NAMES = re.compile(
    r"\b(?:Prediction|Question|Winner|Champion|Update|Note|Photo|Source|Read|Score|Verdict|Date|Time|Place|Result|Odds"
    r"|Likelihood|Probability|Answer|Bonus|Pick|Final|Win|Summary|Outlook|Part|Chapter|Step|Monday|Tuesday|Wednesday"
    r"|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Spring|Summer|Autumn|Winter|Day|Week|Year)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """`text[start:end]` is what one speaker says; the name is empty where only "A:" stands before it."""

    start: int
    end: int
    name: str


def read(text: str) -> tuple[Turn, ...]:
    """The turns of a transcript, none where no label comes twice or few words follow."""
    lines = boundaries.paragraphs(text)
    labelled = [(line, match) for line in lines if (match := LABEL.match(line.text)) is not None]
    names = Counter(match["name"].lower() for _, match in labelled)
    if not labelled or max(names.values()) < 2 or len(labelled) < 3:
        return ()
    lengths = sorted(len(line.text.split()) for line, _ in labelled)
    if lengths[len(lengths) // 2] < FEWEST_WORDS:
        return ()
    return tuple(_turns(lines, names))


def _turns(lines: tuple[Sentence, ...], names: Counter[str]) -> Iterator[Turn]:
    """A line without a label goes on with the turn before it."""
    name: str | None = None
    for line in lines:
        match = LABEL.match(line.text)
        start = line.start
        if match is not None and names[match["name"].lower()] and _is_name(match["name"]):
            name, start = match["name"], line.start + match.end()
        if name is not None and name.lower() not in QUESTION:
            yield Turn(start, line.end, "" if name.lower() in ANSWER else name)


def _is_name(label: str) -> bool:
    return label.lower() in QUESTION | ANSWER or NO_NAMES.search(label) is None


def cased(name: str) -> str:
    """ "ADA LUND" as "Ada Lund"."""
    return name.title() if name.isupper() and len(name) > 3 else name
