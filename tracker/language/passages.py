"""The passage of an entry that shows why it bears on a claim."""

from functools import lru_cache

from tracker.language import sentences, words

SEARCHED = 6_000
LENGTH = 300


def best(title: str, body: str, *, wanted: frozenset[str], also: frozenset[str] = frozenset()) -> str:
    """The sentence holding most of the stems wanted, the title if none holds more, cut at 300 characters.

    Stems of `also` count half. A tie goes to the title, then to the earlier sentence.
    """
    overlap = words.news_rarity().overlap
    candidates = _candidates(title, body[:SEARCHED])
    scored = [overlap(wanted, stems) + 0.5 * overlap(also, stems) for _, stems in candidates]
    return candidates[max(range(len(scored)), key=lambda place: scored[place])][0]


@lru_cache(maxsize=256)
def _candidates(title: str, body: str) -> list[tuple[str, frozenset[str]]]:
    """Title and sentences with their stems, cut; kept a while, for many propositions ask of one entry."""
    texts = [title, *(sentence.text for sentence in sentences.split(body))]
    return [(cut(text), words.stems(text)) for text in texts]


def cut(text: str, length: int = LENGTH) -> str:
    """`text` in one line of at most so many characters, cut between words."""
    line = " ".join(text[: 4 * length].split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(",;:–—-") + "…"
