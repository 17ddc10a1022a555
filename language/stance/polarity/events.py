"""Reads a sentence or headline into events: which way each points, how certain it is, and what it is about.

No grammar is parsed. Clauses are cut at punctuation and joining words; in each, words of the lexicon are found in
order, and a word that reverses (a negation, a denial, "ends", "rejects", "fails to") turns over the event it governs,
which is the next one within reach, or else the one before it ("talks collapse").
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from language.sentences import actors, words
from language.stance.polarity import clauses, lexicon
from language.stance.polarity.lexicon import Sense

READ_CHARACTERS = 600
# Words between what governs and what is governed: after a negation, after a verb or noun, before one.
NEGATION_REACH = 8
REACH = 5
REACH_BACK = 7
# What a word that governs another still says of its own axes: "lifts the ban" is first of all no ban.
GOVERNING_WEIGHT = 0.4
PASSIVE = frozenset(str.split("is are was were be been being gets got get"))
# "Falls" said of these is a loss of power, not of size.
POWERS = frozenset(words.stem(word) for word in str.split("government regime cabinet junta dictatorship"))
FALLING = frozenset(lexicon.verb_forms("fall")) | frozenset(lexicon.verb_forms("collapse"))


@dataclass(frozen=True, slots=True)
class Event:
    """One thing said to happen.

    `axes` are (axis, +1 or -1) with every reversal done; `weight` (0 to 1) falls with doubt and with distance from the
    main clause; `before` and `after` hold the stems and actors on either side of the word in its clause.
    """

    word: str
    axes: tuple[tuple[str, int], ...]
    weight: float
    over: bool
    before: frozenset[str]
    after: frozenset[str]


@dataclass(frozen=True, slots=True)
class TextEvents:
    """The events of a text; `turned` is -1 when an odd number of negations stands in its main clause, else 1."""

    events: tuple[Event, ...]
    turned: int
    question: bool

    def axes(self) -> dict[str, float]:
        """Axis to the weighted sum of its events."""
        sums: dict[str, float] = {}
        for event in self.events:
            for axis, sign in event.axes:
                sums[axis] = sums.get(axis, 0.0) + sign * event.weight
        return sums


@dataclass(slots=True)
class _Hit:
    """A word of the lexicon, or a negation (no sense), while its clause is being worked out."""

    place: int
    length: int
    sense: Sense | None
    certainty: float
    parent: int = -1
    child: int = -1

    @property
    def act(self) -> int:
        return self.sense.act if self.sense else -1


@lru_cache(maxsize=4_096)
def read(text: str) -> TextEvents:
    """The events of a sentence or headline, of which the first 600 characters are read. Linear in its length."""
    events: list[Event] = []
    turned, is_question = 1, False
    for number, clause in enumerate(clauses.split(text[:READ_CHARACTERS])):
        low = clauses.lowered(clause.words)
        hits = _hits(low)
        _govern(hits, low)
        is_question = is_question or clause.asks
        if number <= 1 and not clause.joined and sum(word in clauses.TURNING for word in low) % 2:
            turned = -turned
        events.extend(_event(clause, low, hits, number) for number, hit in enumerate(hits) if hit.sense)
    return TextEvents(tuple(events), turned, is_question)


def _hits(low: Sequence[str]) -> list[_Hit]:
    """Words of the lexicon and negations in order, the longest phrase first; certainty falls as doubts come up."""
    hits: list[_Hit] = []
    certainty, place = 1.0, 0
    while place < len(low):
        word = low[place]
        if place and low[place - 1] == "to":
            certainty = min(certainty, clauses.PLAN)  # "to lead" in a headline is a plan
        length, sense = _sense(low, place)
        if sense or (word in clauses.NEGATIONS and low[place : place + 2] != ["not", "only"]):
            hits.append(_Hit(place, length, sense, certainty))
        certainty = min(certainty, clauses.CERTAINTY.get(word, 1.0))
        place += length
    return hits


def _sense(low: Sequence[str], place: int) -> tuple[int, Sense | None]:
    known = lexicon.senses()
    for length in range(min(lexicon.longest(), len(low) - place), 1, -1):
        if sense := known.get(tuple(low[place : place + length])):
            return length, sense
    word = low[place]
    if word in clauses.AMBIGUOUS and not _preceded(low, place, clauses.VERB_ONLY_AFTER):
        return 1, None
    sense = known.get((word,))
    if sense and sense.verb and _preceded(low, place, clauses.BEFORE_NOUNS):
        sense = replace(sense, verb=False)
    return 1, sense


def _govern(hits: list[_Hit], low: Sequence[str]) -> None:
    """Gives each hit what it governs: the next within reach; for a verb that reverses or keeps, else the one before."""
    for number, hit in enumerate(hits[:-1]):
        if hit.act and _reaches(hit, hits[number + 1], low):
            hit.child, hits[number + 1].parent = number + 1, number
    for number, hit in enumerate(hits):
        if not hit.sense or not hit.act or hit.child >= 0:
            continue
        subject = number - 1
        while subject >= 0 and hits[subject].sense is None:  # past the "not" that governs it
            subject -= 1
        before = hits[subject]
        free = before.child < 0 and before.parent < 0
        reach = REACH_BACK if hit.sense.verb else before.length  # "ceasefire violation": a noun reaches its neighbour
        if subject >= 0 and free and hit.place - before.place <= reach:
            hit.child, before.parent = subject, number
    for first, second in reversed(list(pairwise(hits))):
        if first.parent < 0 and first.act == second.act == 0 and first.place + first.length == second.place:
            first.parent = second.parent  # "recession fears fade"


def _reaches(hit: _Hit, following: _Hit, low: Sequence[str]) -> bool:
    end = hit.place + hit.length
    if hit.sense and low[end] == "by":
        return False  # "blocked by the opposition"
    if hit.sense and low[end] == "to" and any(axis == "amount" for axis, _ in hit.sense.axes):
        return False  # "eases to its lowest"
    if hit.sense and not hit.sense.verb and following.sense and following.sense.verb:
        return False  # "the squeeze on chips will ease"
    return following.place - end < (REACH if hit.sense else NEGATION_REACH)


def _sign(hits: Sequence[_Hit], number: int) -> int:
    sign, place = 1, hits[number].parent
    while place >= 0:
        sign *= -1 if hits[place].act < 0 else 1
        place = hits[place].parent
    return sign


def _event(clause: clauses.Clause, low: Sequence[str], hits: Sequence[_Hit], number: int) -> Event:
    hit = hits[number]
    assert hit.sense
    end = hit.place + hit.length
    before, after = about(" ".join(clause.words[: hit.place])), about(" ".join(clause.words[end:]))
    if hit.sense.verb and (_preceded(low, hit.place, PASSIVE) or "by" in low[end : end + 2]):
        before, after = after, before  # what is done is done to the one named first
    axes = hit.sense.axes
    if low[hit.place] in FALLING and POWERS & before:
        axes = (("office", -1),)
    sign = _sign(hits, number)
    return Event(
        word=" ".join(clause.words[hit.place : end]),
        axes=tuple((axis, sign * way) for axis, way in axes),
        weight=clause.weight * hit.certainty * (GOVERNING_WEIGHT if hit.child >= 0 else 1.0),
        over=hit.sense.over,
        before=before,
        after=after,
    )


def _preceded(low: Sequence[str], place: int, by: frozenset[str]) -> bool:
    return place > 0 and low[place - 1] in by


@lru_cache(maxsize=16_384)
def about(text: str) -> frozenset[str]:
    """Stems of a text, and the canonical names of the states and bodies in it."""
    return words.stems(text) | actors.known(text)
