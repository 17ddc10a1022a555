"""Proposes the claims of an article: exact spans with kind, speaker, hedge, implied probability and deadline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.language import clauses, deadlines, hedges, languages, scores, sentences, speakers

DECIDED = 0.5
LONGEST = 1_500  # characters; a longer "sentence" is a table or a data dump, not prose
FEWEST_WORDS = 4
BYLINE = re.compile(
    r"\||^(?:by|photo|image|source|credit|related|read\smore|subscribe|copyright|updated|published)\b|[©™]|https?://",
    re.IGNORECASE,
)


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


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause that may claim something, in its sentence, whose speaker may speak for it too."""

    sentence: sentences.Sentence
    start: int
    end: int
    whole: speakers.Speaker

    @property
    def text(self) -> str:
        return self.sentence.text[self.start : self.end]


def propose(text: str, *, published: date) -> tuple[ProposedClaim, ...]:
    """The claims of `text` in reading order; none where it does not show that it is English. Linear time."""
    if not languages.told(text).is_english:
        return ()
    found = list(_clauses(text))
    read = scores.read([clause.text for clause in found])
    claims = (
        _claim(clause, published, checkworthy, forecastable)
        for clause, checkworthy, forecastable in zip(found, read.checkworthy, read.forecastable, strict=True)
    )
    return tuple(claim for claim in claims if claim is not None)


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


def _clauses(text: str) -> Iterator[_Clause]:
    for sentence in sentences.split(text):
        if _is_prose(sentence.text):
            whole = speakers.find(sentence.text)
            for start, end in clauses.split(sentence.text):
                if len(sentence.text[start:end].split()) >= FEWEST_WORDS:
                    yield _Clause(sentence, start, end, whole)


def _claim(clause: _Clause, published: date, checkworthy: float, future: float) -> ProposedClaim | None:
    text, start, end = clause.text, clause.start, clause.end
    deadline = deadlines.find(text, published=published)
    found = scores.features(text, has_deadline=deadline is not None)
    forecastable = scores.testable(text, found, future=future)
    kind = _kind(checkworthy, forecastable, found)
    if kind is None:
        return None
    speaker = speakers.find(text)
    if speaker is speakers.AUTHOR and (start == 0 or clause.whole.words in text):
        speaker = clause.whole
    hedge = hedges.read(text)
    return ProposedClaim(
        start=clause.sentence.start + start,
        end=clause.sentence.start + end,
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
