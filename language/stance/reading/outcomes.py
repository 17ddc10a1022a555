"""Outcomes: whether a clause says that something came about, was stopped, or lasts, in one sign for claim and headline.

Each word that stops ("rejects", "delays", "ban", "no") turns the sign over once, so that "blocks the exit" and "stays"
agree; what comes about ("approves", "opens") makes a clause without such words positive.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from language import wordlists
from language.sentences import words
from language.stance.polarity import clauses, lexicon

LISTS = wordlists.read("outcomes")
PLANNED = wordlists.words(LISTS["on_the_way"]["words"])
LEAVES = wordlists.words(LISTS["leaves"]["words"])
CONFLICTS = frozenset(words.stem(word) for word in LISTS["conflicts"]["words"].split())
NUMBERED = re.compile(r"\b[Nn]os?\.\s?(?=\d)")
GAP = 4  # words between the parts of "put ... off"
READ_CHARACTERS = 600
STOPS, COMES, LASTS, NEARING, LEAF, NOTHING = "stops", "comes", "lasts", "nearing", "leaf", "nothing"
ENDS = frozenset(str.split("end ends ended ending close closes closed finish finishes finished"))
SPANS = frozenset(
    str.split("year season month week day quarter session term half campaign")
)  # "ends his year in charge"
APPEALS = words.stems("challenge appeal lawsuit suit petition complaint")  # turned down, all stays as it is
OVER_AFTER = frozenset(str.split("is are was were be been all it declares declared"))
NO_VERBS = frozenset(("left", "missing"))  # "five weeks left"
INFLECTED = ("s", "ed", "ing")
BREAKS = frozenset(("and", "without"))
JOINED = 0.5
LATER = 0.8  # weight of a clause behind the first


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase of the lists: its role, its kind ("delay", "agreed"), where it stands, as it is written."""

    role: str
    kind: str
    place: int
    length: int
    text: str


@dataclass(frozen=True, slots=True)
class ClauseOutcome:
    """Sign of a clause (1, -1, 0 where it says nothing), the cues behind it, and how much the clause weighs (0 to 1).

    `holds` where it only says that things are as they were; `planned` where it is only on its way.
    """

    sign: int
    cues: tuple[Cue, ...]
    weight: float
    holds: bool
    planned: bool
    nearing: bool
    asks: bool
    words: tuple[str, ...]


@lru_cache(maxsize=8_192)
def read(
    text: str, *, neutral: frozenset[str] = frozenset(), echoes: frozenset[str] = frozenset(), settling: bool = False
) -> tuple[ClauseOutcome, ...]:
    """The clauses of a sentence or headline; nouns whose stems are `neutral` are the matter itself and turn nothing.

    A verb with one of the stems `echoes` says that the thing came about: it is the claim's own.
    """
    found = []
    for number, clause in enumerate(clauses.split(NUMBERED.sub("number ", text[:READ_CHARACTERS]))):
        low = clauses.lowered(clause.words)
        cues = tuple(cue for cue in _cues([*low, "."], echoes) if words.stem(cue.text) not in neutral)
        weight = (JOINED if clause.joined else 1.0) * (LATER if number else 1.0)
        found.append(_outcome(cues, tuple(low), weight, clause.asks, settling))
    return tuple(found)


def _outcome(cues: Sequence[Cue], low: tuple[str, ...], weight: float, asks: bool, settling: bool) -> ClauseOutcome:
    stops = _governing([cue for cue in cues if cue.role == STOPS], low)
    if settling and any(cue.role == COMES and cue.text not in CONFLICTS for cue in cues):
        stops = [cue for cue in stops if not _ends_conflict(cue, low)]  # "agree to stop fighting"
    leaves = [
        cue for cue in cues if cue.role == LEAF and not any(s.place <= cue.place < s.place + s.length for s in stops)
    ]
    comes = [cue for cue in cues if cue.role == COMES and not (settling and words.stem(cue.text) in CONFLICTS)]
    lasts = [cue for cue in cues if cue.role == LASTS]
    nearing = any(cue.role == NEARING for cue in cues)
    denials = sum(cue.kind == "negation" for cue in stops)
    turns = len(stops) + len(leaves) - max(0, denials - 1)  # "is not, and will not be": one no is said twice
    if leaves and any(cue.text.startswith("surviv") and cue.place < leaves[-1].place for cue in lasts):
        turns += 1  # "survives impeachment"
    if any(
        cue.kind in ("refusal", "failure") and APPEALS & words.stems(" ".join(low[cue.place + 1 : cue.place + 6]))
        for cue in stops
    ):
        turns += 1
    if settling and not comes and (governor := _governor(low, (*stops, *lasts))):
        turns = turns + 1 if governor.role == STOPS else 1  # to end a strike is to settle it, to extend it is not
    sign = (-1) ** turns if turns else int(bool(comes) or nearing)
    holds = bool(lasts) and not stops and not leaves and all(cue.kind == "agreed_noun" for cue in comes)
    planned = bool(PLANNED & set(low)) or _to(low, cues)
    return ClauseOutcome(sign, tuple(cues), weight, holds, planned, nearing, asks, low)


def _ends_conflict(stop: Cue, low: Sequence[str]) -> bool:
    start = stop.place + stop.length
    return stop.kind == "ending" and any(words.stem(word) in CONFLICTS for word in low[start : start + 2])


def _governor(low: Sequence[str], cues: Sequence[Cue]) -> Cue | None:
    """The cue nearest to a word for a conflict; None where there is neither."""
    conflict = next((place for place, word in enumerate(low) if words.stem(word) in CONFLICTS), None)
    if conflict is None or not cues:
        return None
    return min(cues, key=lambda cue: abs(cue.place - conflict))


def _governing(stops: Sequence[Cue], low: Sequence[str]) -> list[Cue]:
    """Stops that turn what others say: not a second one behind "and" or "without", nor one that "ends with" a thing."""
    kept: list[Cue] = []
    for cue in stops:
        following = low[cue.place + cue.length : cue.place + cue.length + 1]
        if cue.text in ENDS and (
            tuple(following) == ("with",) or SPANS & set(low[max(0, cue.place - 1) : cue.place + 4])
        ):
            continue
        if cue.text == "over" and following and low[cue.place - 1] not in OVER_AFTER:
            continue  # "sacked over a leak"
        between = low[kept[-1].place + 1 : cue.place + 1] if kept else ()
        if not BREAKS & set(between):
            kept.append(cue)
    return kept


def _to(low: Sequence[str], cues: Sequence[Cue]) -> bool:
    """ "X to open": an infinitive in a headline is a plan."""
    first = min((cue.place for cue in cues if cue.role in (COMES, STOPS)), default=0)
    return first > 0 and low[first - 1] in ("to", "will", "could", "may", "might", "would", "should")


def _cues(low: Sequence[str], echoes: frozenset[str]) -> Iterator[Cue]:
    place = 0
    while place < len(low):
        cue = _at(low, place) or _echo(low, place, echoes)
        if cue is None:
            place += 1
            continue
        if cue.role != NOTHING:
            yield cue
        place += cue.length


def _at(low: Sequence[str], place: int) -> Cue | None:
    table, longest = _table()
    for length in range(min(longest, len(low) - place), 0, -1):
        if length == 1 and (cue := _in_two_parts(low, place)):
            return cue
        phrase = tuple(low[place : place + length])
        known = table.get(phrase)
        if known and length == 1 and _is_no_verb(low, place, known):
            known = (LEAF, "leaf_noun") if low[place] in LEAVES else None
        if known:
            return Cue(*known, place, length, " ".join(phrase))
    return None


def _echo(low: Sequence[str], place: int, echoes: frozenset[str]) -> Cue | None:
    """The claim's own verb, in a form or behind a word that shows it to be one."""
    word, before = low[place], low[place - 1] if place else ""
    if words.stem(word) not in echoes or before in clauses.BEFORE_NOUNS:
        return None
    is_verb = bool(place) and (word.endswith(INFLECTED) or before in clauses.VERB_ONLY_AFTER)
    return Cue(COMES, "begun", place, 1, word) if is_verb else None


def _in_two_parts(low: Sequence[str], place: int) -> Cue | None:
    """ "puts the vote off": a phrase whose parts stand up to GAP words apart."""
    for rest, role, kind in _gapped().get(low[place], ()):
        for start in range(place + 1, place + 2 + GAP):
            if tuple(low[start : start + len(rest)]) == rest:
                return Cue(role, kind, place, 1, f"{low[place]} {' '.join(rest)}")
    return None


def _is_no_verb(low: Sequence[str], place: int, known: tuple[str, str]) -> bool:
    word = low[place]
    if known[1].endswith("_noun") or known[0] in (NEARING, LEAF):
        return False
    if not place and words.stem(word) in CONFLICTS:
        return True
    if (
        word in clauses.AMBIGUOUS
        and word not in ("cut", "back", "bar")
        and not (place and low[place - 1] in clauses.VERB_ONLY_AFTER)
    ):
        return True
    return place > 0 and low[place - 1] in clauses.BEFORE_NOUNS and known[1] != "negation"


@cache
def _table() -> tuple[Mapping[tuple[str, ...], tuple[str, str]], int]:
    """Phrases in all their forms, lower case, to (role, kind); and the number of words of the longest."""
    table: dict[tuple[str, ...], tuple[str, str]] = {(word,): (LEAF, "leaf_noun") for word in LEAVES}
    for role, kind, phrase in _listed((COMES, "come_nouns"), (STOPS, "stop_nouns")):
        table.setdefault(tuple(phrase.split("_")), (role, f"{kind}_noun"))
    table |= {tuple(phrase.split("_")): (LASTS, "lasts_noun") for phrase in LISTS["lasts"]["nouns"].split()}
    lasting = ((LASTS, "lasts", verb) for verb in LISTS["lasts"]["verbs"].split() if "*" not in verb)
    for role, kind, phrase in (*lasting, *_listed((COMES, "comes"), (STOPS, "stops"))):
        first, *rest = phrase.split("_")
        for form in [first] if kind == "negation" else lexicon.verb_forms(first):
            if form not in NO_VERBS:
                table[(form, *rest)] = (role, kind)
    for phrase in LISTS["nothing"]["words"].split():
        first, *rest = phrase.split("_")
        table |= {(form, *rest): (NOTHING, "") for form in lexicon.verb_forms(first)}
    nearing = (phrase for phrase in LISTS["on_the_way"]["nearing"].split() if "*" not in phrase)
    table |= {tuple(phrase.split("_")): (NEARING, "nearing") for phrase in nearing}
    return table, max(map(len, table))


def _listed(*groups: tuple[str, str], gapped: bool = False) -> Iterator[tuple[str, str, str]]:
    """Role, kind and phrase of each entry of the groups: those in two parts, or the others."""
    for role, group in groups:
        for kind, listed in LISTS[group].items():
            yield from ((role, kind, phrase) for phrase in listed.split() if ("*" in phrase) == gapped)


@cache
def _gapped() -> Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    """First words of phrases in two parts to the other part, role and kind."""
    table: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    lasting = ((LASTS, "lasts", verb) for verb in LISTS["lasts"]["verbs"].split() if "*" in verb)
    for role, kind, phrase in (*_listed((STOPS, "stops"), (COMES, "comes"), gapped=True), *lasting):
        first, rest = phrase.split("*")
        for form in lexicon.verb_forms(first):
            table.setdefault(form, []).append((tuple(rest.split("_")), role, kind))
    return {word: tuple(rows) for word, rows in table.items()}
