"""Circular criteria: those that only say the question again, by which two strangers could not rule alike."""

import re
from typing import Final

from language import wordlists

WORDS: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
FRAME: Final = wordlists.words(wordlists.read("questions")["frame"])


def only_repeats(criteria: str, *asked: str) -> bool:
    """Whether criteria say nothing beyond their frame, or the very words of a text that was `asked`."""
    left = _content(criteria)
    return not left or any(left == _content(words) for words in asked)


def _content(text: str) -> set[str]:
    return {_stem(word) for word in WORDS.findall(text.casefold()) if word not in FRAME}


def _stem(word: str) -> str:
    """The word without the ending that a change of tense or number gives it."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if len(word) - len(ending) >= 3 and word.endswith(ending):
            return word.removesuffix(ending)
    return word
