"""Cuts a sentence or headline into clauses, and knows the small words: negations, doubts, questions, times, names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from language import wordlists

TOKEN = re.compile(r"[^\W_]+(?:['.&-][^\W_]+)*+|[,;:!?()\[\]|–—…\"“”]|\.(?=\s+[A-Z\"“]|\s*$)| [-'] ")
CUT = frozenset(",;:!?()[]|–—….\"“”-'")
LISTS = wordlists.read("small_words")
SHORTENED, JOINING, NEGATIONS, ASKING, BEFORE_NOUNS, AMBIGUOUS, VERB_ONLY_AFTER = (
    wordlists.words(LISTS[name])
    for name in ("shortened", "joining", "negations", "asking", "before_nouns", "ambiguous", "verb_only_after")
)
SUBORDINATE = 0.6  # weight of what only accompanies the main event
# What turns over a whole statement; "without" and "none" turn over no more than what follows.
TURNING = (NEGATIONS - {"without", "none"}) | wordlists.words(LISTS["turning"])
# Words that say how certain what follows them is.
CERTAINTY: dict[str, float] = {word: row["weight"] for row in LISTS["certainty"] for word in row["words"].split()}
NAMES = frozenset((first, second) for first, *others in map(str.split, LISTS["names"]) for second in others)
TIME = wordlists.pattern(LISTS["time"])
QUESTION = 0.35
PLAN = 0.75


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of one clause; whether it is a question, and whether it only accompanies another ("after ...")."""

    words: tuple[str, ...]
    asks: bool
    joined: bool

    @property
    def weight(self) -> float:
        """Weight of an event in this clause, 0 to 1."""
        return (SUBORDINATE if self.joined else 1.0) * (QUESTION if self.asks else 1.0)


def split(text: str) -> list[Clause]:
    """The clauses of a text, without its phrases of time."""
    parts: list[Clause] = []
    held: list[str] = []
    joined = False
    for match in TOKEN.finditer(TIME.sub(" ", text.replace("’", "'"))):
        mark = match.group().strip()
        low = mark.lower()
        if mark == "." and held and held[-1].lower() in SHORTENED:
            continue
        if mark in CUT or (low in JOINING and held):
            if held:
                parts.append(Clause(tuple(held), mark == "?" or _asks(held), joined))
            held, joined = [], low in JOINING or (joined and mark == ",")
        elif low in JOINING:
            joined = True
        else:
            held.append(mark)
    if held:
        parts.append(Clause(tuple(held), _asks(held), joined))
    return parts


def _asks(held: Sequence[str]) -> bool:
    return len(held) > 2 and held[0].lower() in ASKING and held[1].lower() != "the"


def lowered(words: Sequence[str]) -> list[str]:
    """The words in lower case without possessive endings; parts of well-known names that would mislead are emptied."""
    low = [word.lower().removesuffix("'s") for word in words]
    for place in range(len(low) - 1):
        if (low[place], low[place + 1]) in NAMES:
            low[place] = low[place + 1] = ""
    return low
