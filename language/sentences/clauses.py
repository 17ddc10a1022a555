"""The clauses of a sentence that can be claims of their own, as spans of the sentence."""

import re
from collections.abc import Iterator

FINITE = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|will|would|can|cannot|could|may|might|must|shall|should|does|do|did)\b"
    r"|n['’]t\b|['’](?:s|re|ve|ll)\s|\b\w{2,}(?:ed|es|[^s\W]s)\b"
    r"|\b(?:said|told|made|took|came|went|fell|rose|won|lost|became|began|held|kept|left|led|met|put|ran|set|grew|gave|saw"
    r"|won|persist|remain|continue|want|need|expect|believe|suggest|think|plan|hope|face)\b",
    re.IGNORECASE,
)
CONCESSION = re.compile(r"(?:While|Although|Though|Even\sthough|Whereas)\s([^,;]{10,240}),\s", re.IGNORECASE)
CONTRAST = re.compile(
    r"(?:,\s(?:but|yet|while|whereas|although|though)|;(?:\s(?:but|and|however,?))?|\s[–—])\s", re.IGNORECASE
)
ADDITION = re.compile(
    r",\s(?:and|so)\s(?!that\s)(?=(?P<subject>(?:[^\s,;]{1,30}\s){1,8}?)(?:is|are|was|were|has|have|will|would|can|could|may|might|must|should|does|do|did)\b)"
)
# What opens like this is a phrase that hangs on what stands before it, however many verbs it holds.
HANGING = re.compile(
    r"(?:to|of|for|with|without|including|especially|particularly|such|like|from|by|in|on|at|as|than|or|both|either|\w{2,20}ing"
    r"|\d[\d,.]*|mostly|mainly|notably|namely|not|only|even|plus|that|which|who|whose|where|because|so)\s",
    re.IGNORECASE,
)
FEWEST_WORDS = 3
MOST_CHARACTERS = 1_500


def split(sentence: str) -> tuple[tuple[int, int], ...]:
    """Spans (start, end) of the clauses of `sentence`, in order.

    Contrasts ("..., but ...", "While ..., ...") and additions with a subject of their own part; conditions ("If ...")
    stay with what they condition. Quotations are left whole.
    """
    end = len(sentence.rstrip())
    if end > MOST_CHARACTERS:
        return ((0, end),)
    quoted = [match.span() for match in re.finditer(r"[\"“][^\"”]{0,1500}[\"”]", sentence)]
    spans, start = [], 0
    for stop, resume in sorted(_cuts(sentence)):
        inside = any(begin < stop < close for begin, close in quoted)
        is_dash = "–" in sentence[stop:resume] or "—" in sentence[stop:resume]
        if is_dash and HANGING.match(sentence, resume):
            continue
        if stop > start and not inside and _stands(sentence[start:stop]) and _stands(sentence[resume:end]):
            spans.append((start, stop))
            start = resume
    return tuple(_tidy(sentence, *span) for span in [*spans, (start, end)])


def _cuts(sentence: str) -> Iterator[tuple[int, int]]:
    if opening := CONCESSION.match(sentence):
        yield opening.end(1), opening.end()
    for pattern in (CONTRAST, ADDITION):
        yield from (match.span() for match in pattern.finditer(sentence))


def _stands(piece: str) -> bool:
    """Whether a piece can stand as a clause: enough words, and a verb that is not its first word."""
    words = piece.split()
    return len(words) >= FEWEST_WORDS and FINITE.search(piece, len(words[0])) is not None


def _tidy(sentence: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (sentence[start].isspace() or sentence[start] in ",;–—"):
        start += 1
    while end > start and (sentence[end - 1].isspace() or sentence[end - 1] in ",;–—"):
        end -= 1
    return start, end
