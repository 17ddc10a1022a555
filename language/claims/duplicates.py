"""Duplicates among claims: words in common, or embeddings close, and never with other actors, numbers or signs."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from language import wordlists
from language.sentences import actors, words

# Two of a pair point in opposite ways; a claim that holds one never joins a claim that holds the other.
PAIRS = tuple(
    (wordlists.pattern(rf"\b(?:{pair['one']})\b"), wordlists.pattern(rf"\b(?:{pair['other']})\b"))
    for pair in wordlists.read("opposites")["opposites"]
)
DENIAL = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|cannot|neither|nor|without|unlikely|improbable|doubtful|den(?:y|ies|ied)|hardly"
    r"|impossible|fail(?:s|ed)?\sto|refus(?:e|es|ed)\sto|rul(?:e|es|ed)\sout)\b|n['’]t\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"(?<![\w.,])\d[\d,.]*\d|(?<![\w.,])\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|hundred"
    r"|thousand|million|billion|half|third|quarter|double)\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20|21)\d\d")
DAY = re.compile(
    r"\b\d{1,2}\s(?=(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
BY_WORDS = 0.6  # share of rarity in common from which words alone decide
BY_BOTH = 0.25  # the same where the embeddings agree too
COSINE = 0.7
MOST_PARTNERS = 5
MOST_COMPARED = 50  # earlier claims that one is compared with: those that share most stems
COMMON = 400  # a stem found in more claims than this tells nothing apart


@dataclass(frozen=True, slots=True)
class ComparedClaim:
    """A claim prepared for comparison: its stems and their rarity in sum, actors, sign, numbers, years, and for each
    pair of opposites whether it holds the one and the other.
    """

    text: str
    stems: frozenset[str]
    actors: frozenset[str]
    is_denial: bool
    numbers: frozenset[str]
    years: frozenset[str]
    weight: float
    directions: tuple[tuple[bool, bool], ...]


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Places of two claims that say the same, `first < second`, and how like they are, 0 to 1."""

    first: int
    second: int
    likeness: float


Cosines = Callable[[Sequence[tuple[str, str]]], Sequence[float]]


def prepare(text: str) -> ComparedClaim:
    """The restatement of a claim prepared."""
    numbers = frozenset(match.group().lower().rstrip(".,") for match in NUMBER.finditer(DAY.sub("", text)))
    years = frozenset(number for number in numbers if YEAR.fullmatch(number))
    stems = actors.stems(text)
    return ComparedClaim(
        text=text,
        stems=stems,
        actors=actors.keys(actors.find(text)),
        is_denial=len(DENIAL.findall(text)) % 2 == 1,
        numbers=numbers - years,
        years=years,
        weight=sum(map(words.news_rarity().idf, stems)),
        directions=tuple((one.search(text) is not None, other.search(text) is not None) for one, other in PAIRS),
    )


def may_be_same(one: ComparedClaim, other: ComparedClaim) -> bool:
    """Whether nothing in two claims sets them apart: actors, sign, numbers, years, words that point opposite ways."""
    if one.is_denial != other.is_denial or one.numbers != other.numbers:
        return False
    if one.years and other.years and one.years != other.years:
        return False
    if not (one.actors <= other.actors or other.actors <= one.actors) or bool(one.actors) != bool(other.actors):
        return False
    both = zip(one.directions, other.directions, strict=True)
    return not any({here, there} == {(True, False), (False, True)} for here, there in both)


def likeness(one: ComparedClaim, other: ComparedClaim) -> float:
    """Share of the rarity of both claims' words that they have in common, 0 to 1."""
    total = one.weight + other.weight
    return 2 * sum(map(words.news_rarity().idf, one.stems & other.stems)) / total if total else 0.0


def pairs(
    claims: Sequence[ComparedClaim], *, fresh: int = 0, cosines: Cosines | None = None
) -> tuple[DuplicatePair, ...]:
    """The claims that say the same, at most five partners a claim; only pairs whose second is at `fresh` or later.

    `cosines` gives the closeness of pairs of texts; without it words alone decide. Costs what the claims share.
    """
    likely = [
        DuplicatePair(first, second, shared)
        for first, second in _candidates(claims, fresh)
        if (shared := likeness(claims[first], claims[second])) >= BY_BOTH and may_be_same(claims[first], claims[second])
    ]
    sure = {pair for pair in likely if pair.likeness >= BY_WORDS}
    if cosines is not None and (unsure := [pair for pair in likely if pair not in sure]):
        near = cosines([(claims[pair.first].text, claims[pair.second].text) for pair in unsure])
        sure |= {pair for pair, cosine in zip(unsure, near, strict=True) if cosine >= COSINE}
    return _nearest(sure)


def _candidates(claims: Sequence[ComparedClaim], fresh: int) -> Iterator[tuple[int, int]]:
    """Pairs that share at least two stems that are not in too many claims."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    for second, claim in enumerate(claims):
        shared: defaultdict[int, int] = defaultdict(int)
        if second >= fresh:
            for stem in claim.stems:
                if len(index[stem]) <= COMMON:
                    for first in index[stem]:
                        shared[first] += 1
            most = sorted((-number, first) for first, number in shared.items() if number > 1)[:MOST_COMPARED]
            yield from ((first, second) for _, first in most)
        for stem in claim.stems:
            index[stem].append(second)


def _nearest(duplicates: Collection[DuplicatePair]) -> tuple[DuplicatePair, ...]:
    """The most alike, so that no claim has more than MOST_PARTNERS partners."""
    partners: defaultdict[int, int] = defaultdict(int)
    kept = []
    for pair in sorted(duplicates, key=lambda pair: (-pair.likeness, pair.first, pair.second)):
        if max(partners[pair.first], partners[pair.second]) < MOST_PARTNERS:
            partners[pair.first] += 1
            partners[pair.second] += 1
            kept.append(pair)
    return tuple(kept)
