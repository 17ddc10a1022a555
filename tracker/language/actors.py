"""Who a text is about: states, unions and bodies under one name each, and the people and firms it names."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tracker.language.words import STOP_WORDS

TABLE = Path(__file__).parent / "data" / "actors.json"
LETTERS = re.compile(r"[^\W\d_](?:[^\W_]|[-'’.&](?=[^\W_]))*+")
JOINING = frozenset(str.split("of de da do dos del della di du van von der den bin ibn al el la le for"))
LONGEST_NAME = 6
# Capitalised, yet no part of anybody's name.
NOT_NAMES = frozenset(
    str.split(
        """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
        august september october november december mr mrs ms dr sir lady lord president prime minister
        chancellor senator governor secretary general king queen prince princess pope professor breaking
        exclusive live opinion analysis update watch video photos review explained explainer today
        tonight yesterday tomorrow new year's eve day week report reports news however meanwhile although
        despite instead given according moreover still yet even while strategically finally some many
        most several former foreign defence defense chief director leader ambassador spokesman
        spokeswoman prediction will would could may should can north south east west northern southern
        eastern western central"""
    )
)
TITLE_CASE_SHARE = 0.6


@cache
def table() -> dict[str, str]:
    """Every known wording, as written, and the actor it stands for."""
    stored: dict[str, list[str]] = json.loads(TABLE.read_text("utf-8"))
    return {wording: name for name, others in stored.items() for wording in (name, *others)}


@cache
def _known() -> re.Pattern[str]:
    wordings = sorted(table(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?=[^\W\d_a-z])(?:{'|'.join(re.escape(wording) for wording in wordings)})(?![^\W_])")


def known(text: str) -> frozenset[str]:
    """The states, unions and bodies that `text` speaks of, by name, people, capital or seat, under canonical names.

    Case decides ("us" is no country, "Polish" is), so a text all in capitals is read in title case first.
    """
    if text.isupper() and len(text) > 12:
        text = text.title()
    return frozenset(table()[match.group()] for match in _known().finditer(text.replace("’", "'")))


def find(text: str) -> frozenset[str]:
    """All actors of `text`: the known ones under their canonical names, and whoever else is named in it."""
    listed = known(text)
    parts = {part for name in listed for part in name.split()}
    return listed | (named(text) - parts)  # "Global" is no actor beside the Global South


def named(text: str) -> frozenset[str]:
    """People, firms and places named in `text`: capitalised words in a row, and single ones that are no known actor.

    A headline that capitalises most of its words names too many to tell apart, so there only runs of two or more count.
    """
    words = LETTERS.findall(text)
    capitals = sum(word[0].isupper() for word in words)
    loud = len(words) > 4 and capitals / len(words) > TITLE_CASE_SHARE
    return frozenset(
        name
        for name in _runs(text)
        if len(name) > 1
        and (" " in name or not loud)
        and not all(part in table() for part in (name, *name.split("-"))[1:])
    )


def keys(names: frozenset[str]) -> frozenset[str]:
    """What names are looked up by: known actors whole, others by their last word, so a surname finds its bearer."""
    canonical = table()
    return frozenset(
        canonical[name] if name in canonical else name.rsplit(" ", 1)[-1].removesuffix("'s") for name in names
    )


def _runs(text: str) -> Iterator[str]:
    run: list[str] = []
    end = -1
    for match in LETTERS.finditer(text.replace("’", "'")):
        word = match.group().removesuffix("'s")
        adjoining = end >= 0 and text[end : match.start()] == " "
        if run and (not adjoining or len(run) >= LONGEST_NAME):
            yield from _name(run)
            run = []
        if _is_name_word(word) or (run and adjoining and word in JOINING):
            run.append(word)
        elif run:
            yield from _name(run)
            run = []
        end = match.end() if match.group() == word else -1
    if run:
        yield from _name(run)


def _is_name_word(word: str) -> bool:
    low = word.lower().rstrip(".")
    return word[0].isupper() and low not in NOT_NAMES and low not in STOP_WORDS


def _name(run: list[str]) -> Iterator[str]:
    while run and run[-1] in JOINING:
        run = run[:-1]
    while run and run[0] in table() and len(run) > 1:  # "Russian Vladimir Putin" names Vladimir Putin
        run = run[1:]
    if run:
        yield " ".join(run)
