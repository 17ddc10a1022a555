"""Words by which a text takes sides on a report: it refutes, doubts, passes on, hedges, confirms, quotes or negates."""

import re

import numpy as np
import numpy.typing as npt

from language import wordlists
from language.sentences import words

Counts = npt.NDArray[np.float64]

LISTS = wordlists.read("cues")
KINDS = {
    **{kind: wordlists.pattern(rf"\b(?:{'|'.join(listed.split())})") for kind, listed in LISTS["kinds"].items()},
    "negate": re.compile(r"\b(?:not|never|no|nor|without|neither|cannot|none|nothing)\b|n['’]t\b", re.IGNORECASE),
}
SAYINGS: list[str] = LISTS["sayings"]["sentences"]
ASKS = re.compile(r"\s*(?:did|is|was|has|are|does|do|will|can|could|would|no|why|how)\b", re.IGNORECASE)
DENIES = re.compile(r"\s*no\b", re.IGNORECASE)
QUOTES = re.compile(r"[\"“”‘]|(?<!\w)'")


def count(sentences: list[str]) -> dict[str, Counts]:
    """The number of words of each kind in each sentence."""
    return {
        kind: np.array([len(pattern.findall(text)) for text in sentences], dtype=np.float64)
        for kind, pattern in KINDS.items()
    }


def refuting(text: str) -> frozenset[str]:
    """The beginnings of the words that refute in a text."""
    return frozenset(words.stem(word.lower()[:5]) for word in KINDS["refute"].findall(text))


def form(text: str) -> dict[str, float]:
    """The form of a short text: a question, words in quotes, a colon, a word that asks, a "no"."""
    return {
        "text_question": float("?" in text),
        "text_quotes": float(bool(QUOTES.search(text))),
        "text_colon": float(":" in text),
        "text_asks": float(bool(ASKS.match(text))),
        "text_no": float(bool(DENIES.match(text))),
    }
