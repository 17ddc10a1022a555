"""Proposes the claims of an article: exact spans with kind, speaker, hedge, implied probability and deadline."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.language import clauses, deadlines, hedges, scores, sentences, speakers, words

DECIDED = 0.5
LONGEST = 1_500  # characters; a longer "sentence" is a table or a data dump, not prose
FEWEST_WORDS = 4
SAMPLE = 20_000
BYLINE = re.compile(
    r"\||^(?:by|photo|image|source|credit|related|read\smore|subscribe|copyright|updated|published)\b|[©™]|https?://",
    re.IGNORECASE,
)

TELLING = {
    "en": "the of and to in is that for it with as was on are by this be from at have has not which but will",
    "de": "der die das und ist nicht mit den von zu ein eine auf für im dem sich des auch werden wird sind als",
    "fr": "le la les des et est une dans que pour qui sur par au avec pas plus ce cette sont du ne",
    "es": "el los las y es en que una por con para del se al como más su son pero lo fue",
    "it": "il di che è per una con del della sono non si da le alla nel gli dei anche più",
    "pt": "o os as que é não uma com para do da em no na por mais dos foi ao são como",
    "nl": "het een van en dat niet zijn met op voor te aan wordt ook bij naar maar door er",
}  # fmt: skip
STOPS = {language: frozenset(listed.split()) for language, listed in TELLING.items()}


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """`whole[start:end] == text`. `speaker` is empty for the author; `hedge` and `deadline_words` where none is said.

    kind: "verifiable", "forecastable" or "evaluative"; speaker_kind: "author", "person", "institution" or "unnamed".
    `probability` is what the wording implies of what the claim asserts, None for a plain assertion of what is or was.
    """

    start: int
    end: int
    text: str
    kind: str
    speaker_kind: str
    speaker: str
    hedge: str
    probability: float | None
    deadline: date | None
    deadline_words: str
    checkworthy: float
    forecastable: float


def propose(text: str, *, published: date) -> tuple[ProposedClaim, ...]:
    """The claims of `text` in reading order; none where it is not English (see `language_of`). Linear time."""
    if language_of(text) != "en":
        return ()
    return tuple(
        claim
        for sentence in sentences.split(text)
        if _is_prose(sentence.text)
        for claim in _claims(sentence, published)
    )


def language_of(text: str) -> str:
    """ISO 639-1 code of the language whose commonest words the text holds most of; "" where that does not tell."""
    found = Counter(word.lower() for word in words.TOKEN.findall(text[:SAMPLE]))
    total = found.total()
    shares = {language: sum(found[word] for word in stops) for language, stops in STOPS.items()}
    best = max(shares, key=lambda language: shares[language])
    return best if total and shares[best] / total >= 0.08 else ""


def _is_prose(text: str) -> bool:
    """Whether a sentence can claim anything: headings, bylines, captions and data cannot."""
    found = text.split()
    if len(found) < FEWEST_WORDS or len(text) > LONGEST or BYLINE.search(text):
        return False
    if not clauses.FINITE.search(text):
        return False
    if text.rstrip("\"'”’)] ").endswith((".", "!", "?", "…", ":", ";")):
        return True
    low = sum(word[0].islower() for word in found)
    return len(found) > 12 and low / len(found) > 0.5


def _claims(sentence: sentences.Sentence, published: date) -> Iterator[ProposedClaim]:
    whole = speakers.find(sentence.text)
    for start, end in clauses.split(sentence.text):
        claim = _claim(sentence, start, end, whole, published)
        if claim is not None:
            yield claim


def _claim(
    sentence: sentences.Sentence, start: int, end: int, whole: speakers.Speaker, published: date
) -> ProposedClaim | None:
    text = sentence.text[start:end]
    if len(text.split()) < FEWEST_WORDS:
        return None
    deadline = deadlines.find(text, published=published)
    found = scores.features(text, has_deadline=deadline is not None)
    checkworthy, forecastable = scores.checkworthy(found), scores.forecastable(found)
    kind = _kind(checkworthy, forecastable, found)
    if kind is None:
        return None
    speaker = speakers.find(text)
    if speaker is speakers.AUTHOR and (start == 0 or whole.words in text):
        speaker = whole
    hedge = hedges.read(text)
    return ProposedClaim(
        start=sentence.start + start,
        end=sentence.start + end,
        text=text,
        kind=kind,
        speaker_kind=speaker.kind,
        speaker=speaker.words,
        hedge=hedge.words if hedge else "",
        probability=hedge.probability if hedge else None,
        deadline=deadline.on if deadline else None,
        deadline_words=deadline.words if deadline else "",
        checkworthy=round(checkworthy, 3),
        forecastable=round(forecastable, 3),
    )


def _kind(checkworthy: float, forecastable: float, found: dict[str, float]) -> str | None:
    if found["question"]:
        return None
    if forecastable >= DECIDED:
        return "forecastable"
    if found["evaluative"] or found["opinion"]:
        return "evaluative"
    return "verifiable" if checkworthy >= DECIDED else None
