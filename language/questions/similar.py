"""Similar questions: those whose rarer words a claim's draft shares, so that one matter is not asked twice."""

from collections.abc import Sequence
from typing import Final

from language.sentences import words

MOST: Final = 3
ALIKE: Final = 0.4  # share of rarity in common, of the two together
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


def rank(text: str, questions: Sequence[str]) -> list[int]:
    """Places of the questions that are most like the text, the likest first, three at most."""
    wanted = _stems(text)
    alike = [(_likeness(wanted, _stems(question)), -place) for place, question in enumerate(questions)]
    return [-place for likeness, place in sorted(alike, reverse=True) if likeness >= ALIKE][:MOST]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return words.news_rarity().overlap(one | other, one & other)


def _stems(text: str) -> frozenset[str]:
    """Stems of the words that tell matters apart: no dates, which most questions share."""
    return frozenset(
        words.stem(word) for word in words.tokens(text)
        if word not in words.STOP_WORDS and word not in MONTHS and not word.isdigit()
    )  # fmt: skip
