"""The passage of an entry that shows why it bears on a claim."""

import re
from functools import lru_cache

from language.sentences import boundaries, words

SEARCHED = 6_000
LENGTH = 300
# A question shows little of what happened, and what sends its reader elsewhere shows nothing.
ASKING = 0.5
ASKS = re.compile(r"\?[\"'”’)]{0,3}$")
ELSEWHERE = re.compile(
    r"^(?:(?:click here|read more|sign up|subscribe|tune in)\b"
    r"|(?:follow|see|watch|join|get|listen to) .{0,80}?\b(?:live ?blog|live (?:updates|coverage)|latest updates"
    r"|newsletters?|podcasts?|inbox|headlines|need[ -]to[ -]know)\b)",
    re.IGNORECASE,
)


def best(title: str, body: str, *, wanted: frozenset[str], also: frozenset[str] = frozenset()) -> str:
    """The sentence holding most of the stems wanted, the title if none holds more, cut at 300 characters.

    Stems of `also` count half, a question half as well. A tie goes to the title, then to the earlier sentence.
    """
    overlap = words.news_rarity().overlap
    candidates = _candidates(title, body[:SEARCHED])
    scores = [(overlap(wanted, stems) + 0.5 * overlap(also, stems)) * weight for _, stems, weight in candidates]
    return candidates[scores.index(max(scores))][0]


@lru_cache(maxsize=256)
def _candidates(title: str, body: str) -> list[tuple[str, frozenset[str], float]]:
    """Title and sentences, cut, with stems and weights; kept a while, for many questions need those of one entry."""
    texts = [title, *(sentence.text for sentence in boundaries.split(body))]
    return [(cut(text), words.stems(text), _weight(text)) for text in texts]


def _weight(text: str) -> float:
    """Weight of a sentence as a sign that something happened, 0 to 1."""
    if ELSEWHERE.match(text):
        return 0.0
    return ASKING if ASKS.search(text[-20:].rstrip()) else 1.0


def cut(text: str, length: int = LENGTH) -> str:
    """`text` in one line of at most so many characters, cut between words."""
    line = " ".join(text[: 4 * length].split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(",;:–—-") + "…"
