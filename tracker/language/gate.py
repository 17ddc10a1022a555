"""Which pairs of proposition and entry are worth scoring at all: actors and words in common, through an index."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.language import actors, words

READ_CHARACTERS = 300  # of the body: what the labels were given on, and what feeds send
# Two actors in common pass, or one and a little of the wording, or much of the wording.
ACTORS = 2
SHARE_WITH_ACTOR = 0.06
SHARE_WITHOUT_ACTOR = 0.16


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposition as relevance sees it; `actors` in any wording."""

    key: str
    claim: str
    question: str
    keywords: tuple[str, ...]
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A news entry as plain text."""

    key: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Question:
    """An Asked with what is worked out once: stems of the claim and of all its wording, names, keywords, actors."""

    asked: Asked
    claim: frozenset[str]
    whole: frozenset[str]
    names: frozenset[str]
    keywords: tuple[frozenset[str], ...]
    actors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A Read with what is worked out once: stems of its title and of all that is read, actors."""

    read: Read
    title: frozenset[str]
    whole: frozenset[str]
    actors: frozenset[str]

    @property
    def text(self) -> str:
        """What is read of the entry."""
        return f"{self.read.title}. {self.read.body[:READ_CHARACTERS]}"


@lru_cache(maxsize=8_192)
def question(asked: Asked) -> Question:
    """Prepares a proposition; those that are open are asked for again at each run."""
    named = actors.find(asked.claim) | actors.find(" ; ".join(asked.keywords)) | frozenset(asked.actors)
    return Question(
        asked=asked,
        claim=stems(asked.claim),
        whole=stems(" ; ".join((asked.claim, asked.question, *asked.keywords))),
        names=frozenset(
            stem for word in _capitals(" ; ".join((asked.claim, *asked.keywords))) for stem in words.stems(word)
        ),
        keywords=tuple(found for keyword in asked.keywords if (found := stems(keyword))),
        actors=actors.keys(named),
    )


def entry(read: Read) -> Entry:
    """Prepares an entry: its title and the first 300 characters of its body."""
    text = f"{read.title}. {read.body[:READ_CHARACTERS]}"
    return Entry(read, stems(read.title), stems(text), actors.keys(actors.known(text)) | _capitals(text))


def stems(text: str) -> frozenset[str]:
    """The stems of a text and of the canonical names in it, so that "Venezuelans" meet "Venezuela"."""
    return words.stems(text) | words.stems(" ".join(actors.known(text)))


def pairs(questions: Sequence[Question], entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Places (question, entry) of the pairs worth scoring. Costs the postings the entries touch, not every pair."""
    rarity = words.news_rarity()
    totals = [sum(rarity.idf(stem) for stem in each.whole) or 1.0 for each in questions]
    by_stem = _index([each.whole for each in questions])
    by_actor = _index([each.actors for each in questions])
    for number, each in enumerate(entries):
        shared: dict[int, float] = defaultdict(float)
        for stem in each.whole & by_stem.keys():
            for place in by_stem[stem]:
                shared[place] += rarity.idf(stem)
        common: dict[int, int] = defaultdict(int)
        for actor in each.actors & by_actor.keys():
            for place in by_actor[actor]:
                common[place] += 1
        for place in sorted(shared.keys() | common.keys()):
            if _passes(shared[place] / totals[place], common[place]):
                yield place, number


def _passes(share: float, common: int) -> bool:
    return common >= ACTORS or share >= (SHARE_WITH_ACTOR if common else SHARE_WITHOUT_ACTOR)


def _index(sets: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for place, members in enumerate(sets):
        for member in members:
            index[member].append(place)
    return dict(index)


def _capitals(text: str) -> frozenset[str]:
    found = actors.LETTERS.findall(text.replace("’", "'"))
    return frozenset(word.removesuffix("'s") for word in found if word[0].isupper())
