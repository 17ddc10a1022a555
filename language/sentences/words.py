"""Words of a text: tokens, stop words, a light stem, and how rare each stem is in news."""

import gzip
import json
import math
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from language import wordlists

IDF_FILE = Path(__file__).parents[1] / "data" / "idf.json.gz"
TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*+")
STOP_WORDS = wordlists.words(wordlists.read("stop_words")["words"])
SUFFIXES = (
    ("ational", "ate"), ("ization", "ize"), ("isation", "ize"), ("fulness", "ful"), ("ousness", "ous"),
    ("iveness", "ive"), ("ments", ""), ("ment", ""), ("ations", "ate"), ("ation", "ate"), ("ising", "ize"),
    ("izing", "ize"), ("ises", "ize"), ("ised", "ize"), ("izes", "ize"), ("ized", "ize"), ("ings", ""), ("ing", ""),
    ("ions", ""), ("ion", ""), ("ies", "y"), ("ied", "y"), ("edly", ""), ("ed", ""), ("es", ""), ("ly", ""),
    ("s", ""), ("e", ""),
)  # fmt: skip


def tokens(text: str) -> list[str]:
    """Words of `text` in order, lower case, possessive endings cut off; hyphenated words also stay whole."""
    words = (word.lower().removesuffix("'s").removesuffix("’s") for word in TOKEN.findall(text))
    return [word for word in words if word]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A light stem of one lower-case word: inflections go, most derivations stay."""
    if word.endswith("ss") or any(character.isdigit() for character in word):
        return word
    for ending, instead in SUFFIXES:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: len(word) - len(ending)] + instead
    return word


def stems(text: str) -> frozenset[str]:
    """The stems of `text` without stop words; a hyphenated word gives its parts."""
    return frozenset(
        stem(part) for word in tokens(text) for part in word.split("-") if len(part) > 1 and part not in STOP_WORDS
    )


class Rarity:
    """Rarity of stems: log of documents over documents that hold it, so 0 for one in every document."""

    def __init__(self, documents: int, frequencies: Mapping[str, int]) -> None:
        self.unseen = math.log(documents + 1)
        self.known = {stem: math.log((documents + 1) / (count + 1)) for stem, count in frequencies.items()}

    def idf(self, stem: str) -> float:
        """Natural logarithm; a stem never seen counts as found in one document."""
        return self.known.get(stem, self.unseen)

    def overlap(self, wanted: frozenset[str], found: frozenset[str]) -> float:
        """Share of the rarity of `wanted` that `found` covers, 0 to 1; 0 when nothing is wanted."""
        total = sum(map(self.idf, wanted))
        return sum(map(self.idf, wanted & found)) / total if total else 0.0


@cache
def news_rarity() -> Rarity:
    """Rarity over 10,019 news entries of January 2026 (titles and descriptions; counts only, no text is kept)."""
    stored = json.loads(gzip.decompress(IDF_FILE.read_bytes()))
    return Rarity(stored["documents"], stored["frequencies"])
