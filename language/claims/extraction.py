"""Extraction of the claims of an article: exact spans, each with its kind, speaker, hedge and deadline."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from language.claims import candidates, opinions, readings, restatement, scores, worth
from language.claims.readings import DraftClaim, TextAround
from language.claims.restating.naming import FAR
from language.claims.speakers import AUTHOR
from language.claims.worth import Wording
from language.sentences import english

log = logging.getLogger(__name__)
DECIDED = 0.5
WORTH_ASKING, WORTH_TESTING = 0.1, 0.3  # of being forecastable, where it is neither a judgement nor worth a check


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
class ArticleReading:
    """The claims of a text, those most worth tracking first. `unread` counts sentences whose reading failed.

    `missing` says in words which model could not be had, or is empty.
    """

    claims: tuple[ProposedClaim, ...]
    unread: int
    missing: str


def propose(text: str, *, published: date, title: str = "") -> tuple[ProposedClaim, ...]:
    """The claims of `text`, those most worth tracking first; none where it is not English. Linear time."""
    return read(text, published=published, title=title).claims


def read(text: str, *, published: date, title: str = "") -> ArticleReading:
    """The claims of `text` under its title; a sentence that cannot be read is counted and passed over."""
    if english.not_english(text):
        return ArticleReading((), 0, "")
    drafts, context, unread = _drafts(text, published=published, title=title)
    claims = []
    for draft, weighed in zip(drafts, _weighed(drafts, context), strict=True):
        try:
            if (claim := _claim(draft, weighed, context)) is not None:
                claims.append(claim)
        except Exception:
            log.exception("The claim at %s could not be restated", draft.start)
            unread.add(draft.candidate.place)
    return ArticleReading(tuple(_in_order(claims)), len(unread), context.found.missing)


def wordings(text: str, *, published: date, title: str = "") -> list[Wording]:
    """The candidates of `text` as they are weighed; the training of that weight reads the same."""
    drafts, context, _ = _drafts(text, published=published, title=title)
    return _wordings(drafts, context)


def _drafts(text: str, *, published: date, title: str) -> tuple[list[DraftClaim], TextAround, set[int]]:
    """The candidates that could be read, and the places of the sentences in which something failed."""
    found = candidates.find(text, title=title)
    context = readings.around(text, found, published=published, title=title)
    unread = set(found.unread)
    drafts = []
    for candidate in found.candidates:
        try:
            if (draft := readings.draft(candidate, context)) is not None:
                drafts.append(draft)
        except Exception:
            log.exception("The claim at %s could not be read", candidate.start)
            unread.add(candidate.place)
    return drafts, context, unread


def _in_order(claims: Sequence[ProposedClaim]) -> list[ProposedClaim]:
    """Claims in the order of their worth, each stretch once."""
    return sorted(
        {(claim.start, claim.end): claim for claim in claims}.values(),
        key=lambda claim: (-claim.forecastable, claim.start),
    )


@dataclass(frozen=True, slots=True)
class _Weighed:
    checkworthy: float
    forecastable: float
    testable: float
    evaluative: float


def _weighed(drafts: Sequence[DraftClaim], context: TextAround) -> list[_Weighed]:
    rows = _wordings(drafts, context)
    return [
        _Weighed(row.checkworthy, chance, row.testable, row.evaluative)
        for row, chance in zip(rows, worth.read(rows), strict=True)
    ]


def _wordings(drafts: Sequence[DraftClaim], context: TextAround) -> list[Wording]:
    read = scores.read([draft.asserted for draft in drafts])  # all at once, which costs half
    return [
        Wording(
            candidate=draft.candidate,
            start=draft.start,
            end=draft.end,
            text=draft.text,
            testable=_testable(draft, future),
            checkworthy=checkworthy,
            evaluative=opinions.evaluative(draft.asserted),
            deadline=draft.deadline,
            is_framed=draft.is_framed,
            is_attributed=draft.speaker is not AUTHOR,
            hedge=draft.hedge,
            published=context.published,
        )
        for draft, checkworthy, future in zip(drafts, read.checkworthy, read.forecastable, strict=True)
    ]


def _testable(draft: DraftClaim, future: float) -> float:
    has_deadline = draft.deadline is not None and draft.deadline.on is not None
    return scores.testable(draft.asserted, scores.features(draft.asserted, has_deadline=has_deadline), future=future)


def _claim(draft: DraftClaim, weighed: _Weighed, context: TextAround) -> ProposedClaim | None:
    kind = _kind(weighed)
    if kind is None:
        return None
    forecastable, evaluative, hedge, deadline = weighed.forecastable, weighed.evaluative, draft.hedge, draft.deadline
    return ProposedClaim(
        start=draft.start,
        end=draft.end,
        text=draft.text,
        kind=kind,
        speaker_kind=draft.speaker.kind,
        speaker=draft.speaker.words,
        hedge=hedge.words if hedge else "",
        probability=hedge.probability if hedge else None,
        low=hedge.low if hedge else None,
        high=hedge.high if hedge else None,
        deadline=deadline.on if deadline else None,
        deadline_words=deadline.words if deadline else "",
        checkworthy=round(weighed.checkworthy, 3),
        forecastable=round(forecastable, 3),
        verifiable=round((1 - forecastable) * (1 - evaluative), 3),
        evaluative=round((1 - forecastable) * evaluative, 3),
        restatement=restatement.restate(
            draft.text,
            before=readings.before(draft, context),
            published=context.published,
            deadline=None if draft.is_framed else deadline,
            speakers=[
                each.speaker.words
                for each in context.said_before(draft.start, most=readings.REMEMBERED)
                if each.speaker.kind == "person"
            ],
            place=_place(draft, context),
        ),
    )


def _place(draft: DraftClaim, context: TextAround) -> restatement.ClaimPlace:
    """Where the claim stands, for its restatement by syntax."""
    candidate = draft.candidate
    offset, above = candidate.read.sentence.start, candidate.read.passage.above
    near = context.found.sentences[max(0, candidate.place - FAR) : candidate.place]
    return restatement.ClaimPlace(
        tree=candidate.read.tree,
        start=max(0, draft.start - offset),
        end=draft.end - offset,
        before=[read.tree for read in near],
        heading=above[-1] if above else "",
        title=context.title,
        speaker=draft.speaker.words,
        speaker_kind=draft.speaker.kind,
    )


def _kind(weighed: _Weighed) -> str | None:
    if weighed.forecastable >= DECIDED:
        return "forecastable"
    if weighed.evaluative >= DECIDED:
        return "evaluative"
    is_worth_asking = weighed.forecastable >= WORTH_ASKING or weighed.testable >= WORTH_TESTING
    return "verifiable" if weighed.checkworthy >= DECIDED or is_worth_asking else None
