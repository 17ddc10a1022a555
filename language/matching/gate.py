"""What is worked out once of a proposition and of an entry, and which pairs of them are worth scoring at all."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from language.sentences import actors, words

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
READ_CHARACTERS = 300  # of the body: what the labels were given on, and what feeds send
TITLE_CHARACTERS = 1_000
DRAWN = 3
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
    """An Asked with what is worked out once.

    Stems of the claim and of all its wording; `matter`: those that name nobody; each keyword's stems; the actors of the
    claim and of all its wording; and the two texts that are embedded. Without keywords the question says best what it
    is about.
    """

    asked: Asked
    claim: frozenset[str]
    whole: frozenset[str]
    matter: frozenset[str]
    keywords: tuple[frozenset[str], ...]
    claimed: frozenset[str]
    actors: frozenset[str]
    subject: str
    statement: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A Read with what is worked out once: what is read of it, the stems and actors of its title and of all of that."""

    read: Read
    headline: str
    text: str
    title: frozenset[str]
    whole: frozenset[str]
    titled: frozenset[str]
    states: frozenset[str]
    actors: frozenset[str]


@lru_cache(maxsize=8_192)
def question(asked: Asked) -> Question:
    """Prepares a proposition; those that are open are asked for again at each run."""
    found = actors.find(asked.claim)
    keywords = asked.keywords or _drawn(asked.claim, found)
    listed = " ; ".join(keywords)
    claimed, everybody = actors.keys(found), actors.keys(found | actors.find(listed) | frozenset(asked.actors))
    whole = stems(" ; ".join((asked.claim, asked.question, *keywords)))
    capitals = _capitals(f"{asked.claim} ; {listed}")
    return Question(
        asked=asked,
        claim=stems(asked.claim),
        whole=whole,
        matter=whole - words.stems(" ".join((*found, *everybody, *capitals))),
        keywords=tuple(stemmed for keyword in keywords if (stemmed := stems(keyword))),
        claimed=claimed,
        actors=everybody,
        subject=", ".join(asked.keywords) or asked.question or ", ".join(keywords) or asked.claim,
        statement=f"{asked.claim} {', '.join(keywords)}".strip(),
    )


def _drawn(claim: str, found: frozenset[str]) -> tuple[str, ...]:
    """Keywords for a claim that came without: whom it names, and its rarest other words."""
    named = {word.lower() for name in found for word in name.split()}
    idf = words.news_rarity().idf
    others = {
        word for word in words.tokens(claim) if word not in words.STOP_WORDS and word not in named and len(word) > 2
    }
    rarest = sorted(others, key=lambda word: (-idf(words.stem(word)), word))
    return (*sorted(found)[:DRAWN], *rarest[:DRAWN])


def entry(read: Read) -> Entry:
    """Prepares an entry: its title and the first 300 characters of its body; a body alone lends its beginning."""
    body = read.body[:READ_CHARACTERS]
    headline = read.title[:TITLE_CHARACTERS] or body.split(". ", 1)[0]
    text = f"{headline}. {body}" if read.title else body
    states = actors.known(headline)
    return Entry(
        read=read,
        headline=headline,
        text=text,
        title=stems(headline),
        whole=stems(text),
        titled=states | _capitals(headline),
        states=states,
        actors=actors.known(text) | _capitals(text),
    )


def stems(text: str) -> frozenset[str]:
    """The stems of a text and of the canonical names in it, so that "Venezuelans" meet "Venezuela"."""
    return words.stems(text) | words.stems(" ".join(actors.known(text)))


def passing(shares: Array, common: Array) -> Mask:
    """Which pairs are worth scoring, by the share of the proposition's words and the number of actors in common."""
    return (common >= ACTORS) | (shares >= np.where(common > 0, SHARE_WITH_ACTOR, SHARE_WITHOUT_ACTOR))


def _capitals(text: str) -> frozenset[str]:
    found = actors.LETTERS.findall(text.replace("’", "'"))
    return frozenset(word.removesuffix("'s") for word in found if word[0].isupper())
