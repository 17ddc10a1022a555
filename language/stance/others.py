"""Another matter of the same kind: news of another state, index, measure or doer than the one that a claim is about.

It shares the claim's words and may say the very thing that the claim says, of somebody else. Of 263 labelled pairs with
real news in which another state alone is named 5 bear on the claim.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from language import wordlists
from language.classifiers.protocol import Pair
from language.sentences import actors, words
from language.stance.reading import frames, outcomes, thresholds

LISTS = wordlists.read("others")
READ_CHARACTERS = 300  # of the body
LONGEST = 3  # words of a phrase in the lists
LONGEST_DOER = 5  # words before the verb of a headline
DISCOUNT = 0.3  # of the relevance of such news
CAPITALS = re.compile(r"(?<![\w'’-])[A-Z][\w&-]+")
SPELT = re.compile(r"[\w'’-]+")
FIGURE = re.compile(r"[$€£¥]\s?\d|\d\s?(?:%|per\s?cent)|\b(?!(?:19|20)\d\d\b)\d")


def is_of_another(pair: Pair) -> bool:
    """Whether the entry speaks of another state, index, thing, measure or doer, and not of the claim's at all."""
    text = f"{pair.title}. {pair.body[:READ_CHARACTERS]}"
    measures = FIGURE.search(pair.claim) or thresholds.comparison(pair.claim)
    families = LISTS if measures else ("indices",)
    return (
        _another_state(pair, text)
        or any(_another_like(pair, text, family) for family in families)
        or _another_doer(pair, text)
    )


def discounted(pairs: Sequence[Pair], relevances: Sequence[float]) -> list[float]:
    """The relevances, those of news of another made smaller."""
    return [
        relevance * DISCOUNT if is_of_another(pair) else relevance
        for pair, relevance in zip(pairs, relevances, strict=True)
    ]


def _another_state(pair: Pair, text: str) -> bool:
    ours = _states(pair.claim)
    if not ours or not actors.known(pair.title):
        return False
    asked = _states("; ".join((pair.claim, pair.question, *pair.keywords, *pair.actors)))
    return not asked & actors.known(text) and not _names(pair.claim) & _names(text)


def _another_like(pair: Pair, text: str, family: str) -> bool:
    ours = _likes(pair.claim, family)
    return bool(ours) and bool(_likes(pair.title, family)) and not ours & _likes(text, family)


def _another_doer(pair: Pair, text: str) -> bool:
    """Whether somebody else did what the claim says, and its own doer is not even named."""
    verb = frames.VERB.search(pair.claim)
    subject = pair.claim[: verb.start()] if verb else ""
    doers, states = _named(subject), _states(subject)
    if not (doers or states) or states & actors.known(text):
        return False
    if doers & {word.removesuffix("'s") for word in words.tokens(text)}:
        return False
    frame = frames.of(pair.claim, "", deadline=None, opens=None, published=None)
    head = outcomes.read(pair.title, neutral=frame.neutral, echoes=frame.echoes)
    cue = next((cue for clause in head[:1] for cue in clause.cues if cue.kind != "negation"), None)
    if cue is None or _verb(cue.text) not in _acts(pair.claim) | frame.echoes:
        return False
    before = SPELT.findall(pair.title)[: cue.place]
    asked = _names("; ".join((pair.claim, *pair.keywords, *pair.actors)))
    return len(before) <= LONGEST_DOER and _opens_with_a_name(before, asked, loud=actors.is_loud(pair.title))


def _opens_with_a_name(before: Sequence[str], asked: frozenset[str], *, loud: bool) -> bool:
    """Whether a headline's first words name somebody who is not `asked` about; any first word has a capital."""
    for place, word in enumerate(before):
        low = word.lower().removesuffix("'s")
        if low not in asked and word[0].isupper():
            rare = words.stem(low) not in words.news_rarity().known
            if actors.known(word) or rare or (place and not loud):
                return True
    return False


def _acts(claim: str) -> frozenset[str]:
    cues = (cue for clause in outcomes.read(claim) for cue in clause.cues)
    return frozenset(_verb(cue.text) for cue in cues if cue.kind != "negation")


def _verb(phrase: str) -> str:
    return words.stem(phrase.split()[0])


@lru_cache(maxsize=8_192)
def _states(text: str) -> frozenset[str]:
    return actors.known(text)


def _named(subject: str) -> frozenset[str]:
    """Names in a claim's subject, lower case: those that news hardly knows, else all but the first word if it does."""
    rarity = words.news_rarity().known
    found = {(place.start(), place.group().lower().removesuffix("'s")) for place in CAPITALS.finditer(subject)}
    names = {name: words.stem(name) in rarity for start, name in found if name not in words.STOP_WORDS}
    opening = {name for start, name in found if not start}
    rare = frozenset(name for name, is_known in names.items() if not is_known)
    return rare or frozenset(names) - opening


def _names(text: str) -> frozenset[str]:
    """Capitalised words that are no known actor's, lower case."""
    found = ((word, word.lower()) for word in CAPITALS.findall(text))
    return frozenset(low for word, low in found if low not in words.STOP_WORDS and not actors.known(word))


@lru_cache(maxsize=8_192)
def _likes(text: str, family: str) -> frozenset[str]:
    return frozenset(_found(text, family))


def _found(text: str, family: str) -> Iterator[str]:
    """The likes of a family that a text names; of "core inflation" the longer phrase alone."""
    tokens, table, place = words.tokens(text), _table(family), 0
    while place < len(tokens):
        length = next((size for size in range(LONGEST, 0, -1) if tuple(tokens[place : place + size]) in table), 0)
        if length:
            yield table[tuple(tokens[place : place + length])]
        place += length or 1


@cache
def _table(family: str) -> dict[tuple[str, ...], str]:
    return {
        tuple(words.tokens(phrase.replace("_", " "))): like
        for like, listed in LISTS[family].items()
        for phrase in listed.split()
    }
