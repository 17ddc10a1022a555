"""Similar questions: those that ask what a claim's draft asks, in like words or in others, so that it is asked once.

Where there is no encoder, or a question's vector is not known yet, the rarer words in common decide.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from language.sentences import kept, words

if TYPE_CHECKING:  # the encoder's module loads onnxruntime, which words alone never need
    from language.sentences.embeddings import Encoder

MOST: Final = 3
MOST_NEW: Final = (
    48  # questions embedded while somebody waits, those with most words in common; the rest wait their turn
)
ALIKE: Final = 0.4  # share of rarity in common, of the two together
NEAR: Final = 0.58  # cosine of two wordings that share a name
NEAR_UNNAMED: Final = 0.72  # of two that share none
NAME: Final = re.compile(r"(?<=[\w,;:'’)] )[^\W\d_a-z]\w{1,40}")  # a capital that begins no sentence
LONGEST_WORD: Final = 60
MONTHS: Final = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


def rank(text: str, questions: Sequence[str], *, encoder: "Encoder | None" = None) -> list[int]:
    """Places of the questions that are most like the text, the likest first, three at most."""
    wanted = _stems(text)
    shared = [_likeness(wanted, _stems(question)) for question in questions]
    near = _cosines(text, questions, shared, encoder) if encoder and text.strip() else {}
    alike = [
        (_worth(text, question, shared[place], near.get(place, 0.0)), -place)
        for place, question in enumerate(questions)
    ]
    return [-place for worth, place in sorted(alike, reverse=True) if worth >= 1][:MOST]


def _cosines(text: str, questions: Sequence[str], shared: Sequence[float], encoder: "Encoder") -> dict[int, float]:
    """The cosine of each question whose vector is known by now."""
    order = sorted(range(len(questions)), key=lambda place: -shared[place])
    rows = kept.vectors(encoder, [text, *(questions[place] for place in order)], most_new=MOST_NEW)
    return {place: float(rows[text] @ rows[questions[place]]) for place in order if questions[place] in rows}


def _worth(text: str, question: str, shared: float, near: float) -> float:
    """How like the two are, by words or by meaning; 1 is alike enough. Two that name others alone are never alike."""
    ours, theirs = _names(text), _names(question)
    is_shared = bool(ours & _all_stems(question) or theirs & _all_stems(text))
    if ours and theirs and not is_shared:
        return 0.0
    return max(shared / ALIKE, near / (NEAR if is_shared else NEAR_UNNAMED))


def _names(text: str) -> frozenset[str]:
    """Stems of names: capitals within a sentence, and a first word that the news we count never used."""
    found = [token for name in NAME.findall(text) for token in words.tokens(name) if token not in MONTHS]
    first = [token for token in words.tokens(text[:LONGEST_WORD])[:1] if token not in words.STOP_WORDS]
    known = words.news_rarity().known
    return frozenset([*map(words.stem, found), *(stem for stem in map(words.stem, first) if stem not in known)])


def _all_stems(text: str) -> frozenset[str]:
    return frozenset(map(words.stem, words.tokens(text)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return words.news_rarity().overlap(one | other, one & other)


def _stems(text: str) -> frozenset[str]:
    """Stems of the words that tell matters apart: no dates, which most questions share."""
    return frozenset(
        words.stem(word) for word in words.tokens(text)
        if word not in words.STOP_WORDS and word not in MONTHS and not word.isdigit()
    )  # fmt: skip
