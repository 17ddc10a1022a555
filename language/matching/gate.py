"""Questions and news entries prepared for matching, and the gate that says which pairs are worth scoring at all."""

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
class QuestionText:
    """The wording of a question: its claim, the question itself, keywords and actors (in any wording)."""

    key: str
    claim: str
    question: str
    keywords: tuple[str, ...]
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryText:
    """The plain text of a news entry."""

    key: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class PreparedQuestion:
    """A question's text with its stems and actors.

    Stems of the claim and of all its wording; `matter`: those that name nobody; each keyword's stems; the actors of the
    claim and of all its wording; and the two texts that are embedded. Without keywords the question says best what it
    is about.
    """

    text: QuestionText
    claim: frozenset[str]
    whole: frozenset[str]
    matter: frozenset[str]
    keywords: tuple[frozenset[str], ...]
    claimed: frozenset[str]
    actors: frozenset[str]
    subject: str
    statement: str


@dataclass(frozen=True, slots=True)
class PreparedEntry:
    """An entry's text with the part of it that is read, and the stems and actors of its title and of that part."""

    source: EntryText
    headline: str
    text: str
    title: frozenset[str]
    whole: frozenset[str]
    titled: frozenset[str]
    states: frozenset[str]
    actors: frozenset[str]


@lru_cache(maxsize=8_192)
def prepare_question(text: QuestionText) -> PreparedQuestion:
    """The question prepared; those that are open come again at each run."""
    names = actors.find(text.claim)
    keywords = text.keywords or _drawn_keywords(text.claim, names)
    listed = " ; ".join(keywords)
    claimed, everybody = actors.keys(names), actors.keys(names | actors.find(listed) | frozenset(text.actors))
    whole = actors.stems(" ; ".join((text.claim, text.question, *keywords)))
    capitals = _capitals(f"{text.claim} ; {listed}")
    return PreparedQuestion(
        text=text,
        claim=actors.stems(text.claim),
        whole=whole,
        matter=whole - words.stems(" ".join((*names, *everybody, *capitals))),
        keywords=tuple(stems for keyword in keywords if (stems := actors.stems(keyword))),
        claimed=claimed,
        actors=everybody,
        subject=", ".join(text.keywords) or text.question or ", ".join(keywords) or text.claim,
        statement=f"{text.claim} {', '.join(keywords)}".strip(),
    )


def _drawn_keywords(claim: str, names: frozenset[str]) -> tuple[str, ...]:
    """Keywords for a claim that came without: whom it names, and its rarest other words."""
    parts = {word.lower() for name in names for word in name.split()}
    idf = words.news_rarity().idf
    others = {
        word for word in words.tokens(claim) if word not in words.STOP_WORDS and word not in parts and len(word) > 2
    }
    rarest = sorted(others, key=lambda word: (-idf(words.stem(word)), word))
    return (*sorted(names)[:DRAWN], *rarest[:DRAWN])


def prepare_entry(entry: EntryText) -> PreparedEntry:
    """The entry prepared: its title and the first 300 characters of its body; a body alone lends its beginning."""
    body = entry.body[:READ_CHARACTERS]
    headline = entry.title[:TITLE_CHARACTERS] or body.split(". ", 1)[0]
    text = f"{headline}. {body}" if entry.title else body
    states = actors.known(headline)
    return PreparedEntry(
        source=entry,
        headline=headline,
        text=text,
        title=actors.stems(headline),
        whole=actors.stems(text),
        titled=states | _capitals(headline),
        states=states,
        actors=actors.known(text) | _capitals(text),
    )


def passing(shares: Array, common: Array) -> Mask:
    """True for pairs worth scoring, by the share of the question's words and the number of actors in common."""
    return (common >= ACTORS) | (shares >= np.where(common > 0, SHARE_WITH_ACTOR, SHARE_WITHOUT_ACTOR))


def _capitals(text: str) -> frozenset[str]:
    letters = actors.LETTERS.findall(text.replace("’", "'"))
    return frozenset(word.removesuffix("'s") for word in letters if word[0].isupper())
