"""Cues of the future in a sentence's wording, and of what only looks like it: counted, by name."""

from language import wordlists

LISTS = wordlists.read("futures")
CUES = {name: wordlists.pattern(words, parts=LISTS["parts"]) for name, words in LISTS["cues"].items()}
_MOST = 2
LONGEST = 2_000  # characters that are looked at


def cues(text: str) -> dict[str, float]:
    """The number of times each cue is found, cut at two and halved, so 0 to 1; length in words over 40 beside them."""
    text = text[:LONGEST]
    counts = {name: min(_MOST, sum(1 for _ in pattern.finditer(text))) / _MOST for name, pattern in CUES.items()}
    return counts | {"words": min(1.0, len(text.split()) / 40)}
