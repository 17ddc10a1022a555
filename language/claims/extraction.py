"""Extraction of the claims of an article: exact spans, each with its kind, speaker, hedge and deadline."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from language.claims import hedges, opinions, restatement, scores, speakers
from language.claims.speakers import ClauseSpeaker
from language.sentences import attribution, boundaries, clauses, english
from language.time import deadlines, occasions

DECIDED = 0.5
LONGEST = 1_500  # characters; a longer "sentence" is a table or a data dump, not prose
FEWEST_WORDS = 4
QUOTES = "\"'”’ "
WORTH_ASKING = 0.3  # of being forecastable, where it is neither a judgement nor worth a check
REMEMBERED = 30  # sentences back in which somebody who is meant may have been named
BYLINE = re.compile(
    r"\||^(?:by|photo|image|source|credit|related|read\smore|subscribe|copyright|updated|published)\b|[©™]|https?://",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """`whole[start:end] == text`. `speaker` is empty for the author; `hedge` and `deadline_words` where none is said.

    kind: "verifiable", "forecastable" or "evaluative", of which the three figures of that name give the chances, in
    sum 1; speaker_kind: "author", "person", "institution" or "unnamed". `probability` is what the wording implies of
    what the claim asserts, between `low` and `high`; None for a plain assertion of what is or was. `deadline` is None
    beside `deadline_words` that wait for an occasion nobody has dated. `restatement` says it in one sentence that
    stands by itself.
    """

    start: int
    end: int
    text: str
    kind: str
    speaker_kind: str
    speaker: str
    hedge: str
    probability: float | None
    low: float | None
    high: float | None
    deadline: date | None
    deadline_words: str
    checkworthy: float
    forecastable: float
    verifiable: float
    evaluative: float
    restatement: str


@dataclass(frozen=True, slots=True)
class _Context:
    """The sentences and speakers before a sentence, and the days that the article gives its occasions."""

    published: date
    dated: dict[str, tuple[date, date]]
    before: Sequence[str]
    speakers: Sequence[ClauseSpeaker]


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause that may claim something; `asserted` is without whoever says it, `whole` speaks the whole sentence."""

    sentence: boundaries.Sentence
    start: int
    end: int
    asserted: str
    whole: ClauseSpeaker
    context: _Context

    @property
    def text(self) -> str:
        return self.sentence.text[self.start : self.end]


def propose(text: str, *, published: date, title: str = "") -> tuple[ProposedClaim, ...]:
    """The claims of `text` in reading order; none where it is not English (see `english`). Linear time.

    The title may date an occasion that the text waits for.
    """
    if english.not_english(text):
        return ()
    prose = [sentence for sentence in boundaries.split(text) if len(sentence.text) <= LONGEST]
    dated = occasions.days([title[:LONGEST], *(sentence.text for sentence in prose)], published=published)
    parts = list(_clauses(prose, dated, published))
    read = scores.read([clause.asserted for clause in parts])  # all at once, which costs half
    claims = map(_claim, parts, read.checkworthy, read.forecastable)
    return tuple(claim for claim in claims if claim is not None)


def _clauses(
    prose: Sequence[boundaries.Sentence], dated: dict[str, tuple[date, date]], published: date
) -> Iterator[_Clause]:
    earlier: list[ClauseSpeaker] = []
    for place, sentence in enumerate(prose):
        if not _is_prose(sentence.text):
            continue
        before = [other.text for other in prose[max(0, place - REMEMBERED) : place]]
        context = _Context(published, _with_then(dated, before[-2:], published), before, tuple(earlier[-REMEMBERED:]))
        whole = speakers.named_before(speakers.find(sentence.text), earlier=context.speakers)
        for start, end in clauses.split(sentence.text):
            text = sentence.text[start:end]
            asserted = attribution.without(text)  # "announced" is no past event where a plan was announced
            if len(text.split()) >= FEWEST_WORDS and not asserted.rstrip(QUOTES).endswith("?"):
                yield _Clause(sentence, start, end, asserted, whole, context)
        if whole is not speakers.AUTHOR:
            earlier.append(whole)


def _with_then(
    dated: dict[str, tuple[date, date]], before: Sequence[str], published: date
) -> dict[str, tuple[date, date]]:
    """The days of occasions with the one "by then" means: the last that the sentences just before name."""
    for sentence in reversed(before):
        named = deadlines.find(sentence, published=published)
        if named is not None and named.on is not None:
            return dated | {"then": (named.on, named.on)}
    return dated


def _is_prose(text: str) -> bool:
    """Whether a sentence can claim anything: headings, bylines, captions and data cannot."""
    words = text.split()
    if len(words) < FEWEST_WORDS or len(text) > LONGEST or BYLINE.search(text):
        return False
    if not clauses.FINITE.search(text):
        return False
    if text.rstrip("\"'”’)] ").endswith((".", "!", "?", "…", ":", ";")):
        return True
    low = sum(word[0].islower() for word in words)
    return len(words) > 12 and low / len(words) > 0.5


def _claim(clause: _Clause, checkworthy: float, future: float) -> ProposedClaim | None:
    text, sentence, context = clause.text, clause.sentence, clause.context
    start, end = clause.start, clause.end
    deadline = deadlines.find(text, published=context.published, dated=context.dated)
    has_deadline = deadline is not None and deadline.on is not None
    forecastable = scores.testable(
        clause.asserted, scores.features(clause.asserted, has_deadline=has_deadline), future=future
    )
    evaluative = opinions.evaluative(clause.asserted)
    kind = _kind(checkworthy, forecastable, evaluative)
    if kind is None:
        return None
    speaker = _speaker(sentence.text, (start, end), clause.whole, context)
    hedge = hedges.read(text)
    before = context.before if start == 0 else [*context.before, sentence.text[:start]]
    return ProposedClaim(
        start=sentence.start + start,
        end=sentence.start + end,
        text=text,
        kind=kind,
        speaker_kind=speaker.kind,
        speaker=speaker.words,
        hedge=hedge.words if hedge else "",
        probability=hedge.probability if hedge else None,
        low=hedge.low if hedge else None,
        high=hedge.high if hedge else None,
        deadline=deadline.on if deadline else None,
        deadline_words=deadline.words if deadline else "",
        checkworthy=round(checkworthy, 3),
        forecastable=round(forecastable, 3),
        verifiable=round((1 - forecastable) * (1 - evaluative), 3),
        evaluative=round((1 - forecastable) * evaluative, 3),
        restatement=restatement.restate(
            text,
            before=before,
            published=context.published,
            deadline=deadline,
            speakers=[speaker.words for speaker in context.speakers if speaker.kind == "person"],
        ),
    )


def _speaker(sentence: str, span: tuple[int, int], whole: ClauseSpeaker, context: _Context) -> ClauseSpeaker:
    """The speaker named in the clause, or at the head of the sentence, or after a quotation the clause is part of."""
    text = sentence[slice(*span)]
    own = speakers.find(text)
    if own is not speakers.AUTHOR:
        return speakers.named_before(own, earlier=context.speakers)
    is_quoted = sentence.count('"', 0, span[0]) % 2 or sentence.count("“", 0, span[0]) > sentence.count("”", 0, span[0])
    return whole if span[0] == 0 or is_quoted or whole.words in text else speakers.AUTHOR


def _kind(checkworthy: float, forecastable: float, evaluative: float) -> str | None:
    if forecastable >= DECIDED:
        return "forecastable"
    if evaluative >= DECIDED:
        return "evaluative"
    return "verifiable" if checkworthy >= DECIDED or forecastable >= WORTH_ASKING else None
