"""Circular criteria: those that only say the question again, by which two strangers could not rule alike."""

import re
from typing import Final

WORDS: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# Words that criteria are framed in: alone they say neither who reports it, by when, nor what counts.
FRAME: Final = frozenset(
    str.split("""yes no true false if only when and or else otherwise not unless in case then
    the a an this that it its is are was were be been being has have had does do did will would shall can may
    as of to by for on at with so same above just all
    question statement proposition claim event criteria criterion condition conditions answer outcome result
    resolve resolves resolved resolution rule ruled counts count considered
    happen happens happened occur occurs occurred come comes came out turn turns turned
    meet meets met fulfilled satisfied correct right affirmative positive""")
)


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
