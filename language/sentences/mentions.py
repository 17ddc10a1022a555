"""Mentions so far in a text: whom "the president" or "the two countries" can mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from language.sentences import actors

NAME = r"(?P<name>[A-Z][\w'’-]{1,24}(?:\s(?:[A-Z]\.|(?:al|bin|de|da|van|von|der)\s)?\s?[A-Z][\w'’-]{1,24}){0,3})"
OFFICE = "|".join(sorted((office.replace(" ", r"\s") for office in actors.LISTS["offices"]), key=len, reverse=True))
HOLDER = re.compile(rf"\b(?P<office>(?i:{OFFICE}))\s{NAME}")
POLITE = re.compile(rf"\b(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Prof|Professor|Sen|Rep|Gov|Gen)\.?\s{NAME}")
NAME_WORD = re.compile(r"(?<!\w)[A-Z][\w-]{1,24}")
# Bodies among the known actors; the rest are states.
BODIES = frozenset(actors.LISTS["bodies"])


@dataclass(frozen=True, slots=True)
class Mentions:
    """`people`: first or last name to the full one; `offices`: office to the full names of its holders."""

    people: dict[str, str]
    offices: dict[str, frozenset[str]]


def read(before: Sequence[str], *, speakers: Sequence[str] = ()) -> Mentions:
    """The people and offices that the sentences `before` name.

    A name is a person's where an office or a polite form stands before it, or where it is among the `speakers`.
    """
    people: dict[str, str] = {}
    offices: dict[str, set[str]] = {}
    for sentence in before:
        for office, name in _titled(sentence):
            full = _full(name, people)
            if office:
                offices.setdefault(office, set()).add(full)
    for speaker in speakers:
        for name in sorted(actors.named(speaker)):
            _full(name, people)
    return Mentions(people, {office: frozenset(names) for office, names in offices.items()})


@lru_cache(maxsize=4_096)
def _titled(sentence: str) -> tuple[tuple[str, str], ...]:
    """Offices (empty for a polite form) and the names that follow them; each sentence is asked for again and again."""
    held = [(" ".join(match["office"].lower().split()), match["name"]) for match in HOLDER.finditer(sentence)]
    return (*held, *(("", match["name"]) for match in POLITE.finditer(sentence)))


def people_in(sentence: str, *, known: Mentions) -> tuple[str, ...]:
    """Full names of the known people that a sentence names, each once."""
    named = set(NAME_WORD.findall(sentence))
    return tuple(sorted({full for word, full in known.people.items() if word in named}))


@lru_cache(maxsize=4_096)
def states_in(sentence: str) -> tuple[str, ...]:
    """Canonical names of the states a sentence speaks of."""
    return tuple(sorted(actors.known(sentence) - BODIES))


def _full(name: str, people: dict[str, str]) -> str:
    """The longest form of a name met so far. First and last word find it, for some put the family name first."""
    name = re.sub(r"['’]s$", "", name)
    ends = {name.split(" ", 1)[0], name.rsplit(" ", 1)[-1]}
    full = max((*(people.get(end, "") for end in sorted(ends)), name), key=len)
    people.update(dict.fromkeys(ends, full))
    return full
