"""Actors of a text: states, unions and bodies under one name each, and the people and firms it names."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from language import wordlists
from language.sentences import words

TABLE = Path(__file__).parents[1] / "data" / "actors.json"
PLACES_FILE = "places.json"
START = re.compile(r"(?<!\w)[^\W\d_a-z]\w*+")
LAST_WORD = re.compile(r"([^\W\d_][\w'-]{0,30})(?: [^\W\d_]\.)? $")
NEXT_WORD = re.compile(r" ([^\W\d_][\w'-]{0,30})")
LETTERS = re.compile(r"[^\W\d_](?:[^\W_]|[-'’.&](?=[^\W_]))*+")
LISTS = wordlists.read("names")
JOINING, NOT_NAMES = wordlists.words(LISTS["joining"]), wordlists.words(LISTS["not_names"])
LONGEST_NAME = 6
TITLE_CASE_SHARE = 0.6
# What else a wording means, by the words around it, of which so many characters are looked at.
PERSONS_TOO = wordlists.words(LISTS["persons_too"])
AROUND = 300
ELSEWHERE = {
    "Turkey": re.compile(r" (?:dinner|recipe|breast|sandwich|leftover|curry|burger|hunt)", re.IGNORECASE),
    "Guinea": re.compile(r" (?:pig|fowl)", re.IGNORECASE),
    "Brussels": re.compile(r" sprout", re.IGNORECASE),
    "Washington": re.compile(r" (?:Post|Examiner|Times|Free Beacon)\b"),
    "Fed": re.compile(r" (?:up|by|on|to|with)\b", re.IGNORECASE),
    "Polish": re.compile(r" (?:your|up|off)\b", re.IGNORECASE),
}
CRICKET = re.compile(r"\b(?:cricket|T20|wickets?|Test series|World Cup)\b", re.IGNORECASE)
CAUCASUS = re.compile(
    r"\b(?:Tbilisi|Georgian|Caucasus|Abkhazia|South Ossetia|Kobakhidze|Ivanishvili|Armenia|Azerbaijan)"
)
AMERICA = re.compile(
    r"\b(?:Atlanta|Fulton|Savannah|Kemp|Ossoff|Raffensperger|Bulldogs|Republicans?|Democrats?|GOP|Senate|county"
    r"|Alabama|Florida|Tennessee|Carolina|Ga\.|Trump|[Ss]tate of Georgia|governor|Marjorie|Warnock"
    r"|Bowl|CFP|SEC|quarterback|Braves)"
)


def by_hand() -> dict[str, str]:
    """Our own table: every wording, as written, and the actor it stands for."""
    stored: dict[str, list[str]] = json.loads(TABLE.read_text("utf-8"))
    return {wording: name for name, others in stored.items() for wording in (name, *others)}


@cache
def table() -> dict[str, str]:
    """Every known wording, as written, and the actor it stands for; ours comes before the packages'."""
    places: dict[str, list[str]] = json.loads((TABLE.parent / PLACES_FILE).read_text("utf-8"))["places"]
    return {wording: name for name, others in places.items() for wording in (name, *others)} | by_hand()


@cache
def _by_start() -> dict[str, list[str]]:
    starts: dict[str, list[str]] = defaultdict(list)
    for wording in sorted(table(), key=len, reverse=True):
        starts[START.match(wording).group()].append(wording)  # type: ignore[union-attr]  # a test says each does
    return dict(starts)


@dataclass(frozen=True, slots=True)
class Mention:
    """A known actor named in a text, at `start`."""

    start: int
    wording: str
    name: str


def mentions(text: str) -> Iterator[Mention]:
    """Each state, union and body that `text` names, in order. Case decides ("us" is no country, "Polish" is)."""
    starts, end = _by_start(), 0
    for match in START.finditer(text):
        if match.start() < end:
            continue
        for wording in starts.get(match.group(), ()):
            after = match.start() + len(wording)
            if text.startswith(wording, match.start()) and not text[after : after + 1].isalnum():
                if name := _meant(wording, text, match.start()):
                    yield Mention(match.start(), wording, name)
                end = after
                break


def _meant(wording: str, text: str, start: int) -> str:
    """The actor that a wording stands for here; empty where it is a person, a dish or a newspaper."""
    after = start + len(wording)
    if wording in ELSEWHERE and ELSEWHERE[wording].match(text, after):
        return ""
    if wording == "Guinea" and text[max(0, start - 8) : start] == "Gulf of ":
        return ""
    around = text[max(0, start - AROUND) : after + AROUND]
    if wording == "ICC" and CRICKET.search(around):
        return ""
    if wording in PERSONS_TOO and _is_person(text, start, after):
        return ""
    if wording == "Georgia" and AMERICA.search(around) and not CAUCASUS.search(around):
        return "United States"
    return table()[wording]


def _is_person(text: str, start: int, after: int) -> bool:
    """Whether a name of a state stands beside a name that is none, as in "Michael Jordan" and "Chad Smith"."""
    if is_loud(text):
        return False
    before, behind = LAST_WORD.search(text[max(0, start - 40) : start]), NEXT_WORD.match(text[after : after + 40])
    neighbours = [match.group(1) for match in (before, behind) if match]
    return any(_is_name_word(word) and word not in table() and not word.isupper() for word in neighbours)


def is_loud(text: str) -> bool:
    """Whether a text capitalises most of its words, as many headlines do, so that capitals tell little."""
    letters = LETTERS.findall(text[:600])
    return len(letters) > 4 and sum(word[0].isupper() for word in letters) / len(letters) > TITLE_CASE_SHARE


def known(text: str) -> frozenset[str]:
    """The states, unions and bodies that `text` speaks of, by name, people, capital or seat, under canonical names.

    A text all in capitals is read in title case first.
    """
    if text.isupper() and len(text) > 12:
        text = text.title()
    return frozenset(mention.name for mention in mentions(text.replace("’", "'")))


def stems(text: str) -> frozenset[str]:
    """Stems of a text and of the canonical names in it, so that "Venezuelans" meet "Venezuela"."""
    return words.stems(text) | words.stems(" ".join(known(text)))


def find(text: str) -> frozenset[str]:
    """Actors of `text`: the known ones under their canonical names, and everybody else that is named in it."""
    listed = known(text)
    parts = {part for name in listed for part in name.split()}
    return listed | (named(text) - parts)  # "Global" is no actor beside the Global South


def named(text: str) -> frozenset[str]:
    """People, firms and places named in `text`: capitalised words in a row, and single ones that are no known actor.

    A headline that capitalises most of its words names too many to tell apart, so there only runs of two or more count.
    """
    loud = is_loud(text)
    return frozenset(
        name
        for name in _runs(text)
        if len(name) > 1
        and (" " in name or not loud)
        and not all(part in table() for part in (name, *name.split("-"))[1:])
    )


def keys(names: frozenset[str]) -> frozenset[str]:
    """Keys to look names up by: known actors whole, others by their last word, so that a surname finds its bearer."""
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
    return word[0].isupper() and low not in NOT_NAMES and low not in words.STOP_WORDS


def _name(run: list[str]) -> Iterator[str]:
    while run and run[-1] in JOINING:
        run = run[:-1]
    while run and run[0] in table() and len(run) > 1:  # "Russian Vladimir Putin" names Vladimir Putin
        run = run[1:]
    if run:
        yield " ".join(run)
