"""Claims of an article as a language model finds them: its prompt, and what is kept of its answer.

A claim counts only where its words stand in the text; a speaker, a hedge or a deadline that the text does not name is
left out of it.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from language.claims import hedges
from language.claims.extraction import ProposedClaim
from language.readings import conversation, forms, spans
from language.readings.conversation import DATA, ModelConnection, Prompt
from language.readings.forms import InvalidAnswer
from language.readings.spans import SourceText, TextPiece

log = logging.getLogger(__name__)
VERSION = "1"
PIECE = 6_000  # characters of a piece; its answer has some 2,000 tokens
BEFORE = 600  # characters before a piece that come with it, so that a pronoun finds whom it means
MOST_CLAIMS = 40  # a piece
MOST_TOKENS = 6_000
FEWEST_CHARACTERS = 8
DECIDED = 0.5
SPEAKERS = ("author", "person", "institution", "unnamed")
YEARS = range(1900, 2201)

SYSTEM = (
    "You find the claims of an article that a careful analyst would want to track: predictions and other assertions"
    " about what is to come, and statements of fact that can be checked. `text` is a piece of the article; `before` is"
    " what stands before it and is there to be understood, not to be quoted. Give each claim once, in reading order: a"
    " clause that can be settled by itself, without whoever says it. Leave out what nobody could check."
    " Give `claims`, a list of objects: `quote`, the words of the claim copied exactly from `text`; `speaker`, who says"
    " it, as the article names them, empty for the author; `speaker_kind`, author, person, institution or unnamed;"
    " `hedge`, the words of the quotation that say how sure it is, or empty; `probability`, how sure that wording is of"
    " what the claim asserts, 0 to 1, null for a plain assertion of what is or was; `deadline_words`, the words of the"
    " article that say by when, or empty; `deadline`, the last day they allow as YYYY-MM-DD, counted from the day on"
    " which the article was published, or null; `restatement`, the claim in one sentence in the article's language that"
    " stands by itself, with names for pronouns and without the speaker; `forecastable`, the chance that it is about"
    " what is to come and a later day can show it true or false; `evaluative`, the chance that it is a mere judgement;"
    " `checkworthy`, the chance that a fact-checker would want to check it." + DATA
)
CLAIM = forms.record(
    quote=forms.text(spans.LONGEST_WORDS),
    speaker=forms.text(200),
    speaker_kind=forms.text(20, among=SPEAKERS),
    hedge=forms.text(120),
    probability=forms.or_null(forms.CHANCE),
    deadline_words=forms.text(120),
    deadline=forms.or_null(forms.DAY),
    restatement=forms.text(600),
    forecastable=forms.CHANCE,
    evaluative=forms.CHANCE,
    checkworthy=forms.CHANCE,
)
CLAIMS = forms.rows(CLAIM, most=MOST_CLAIMS)


@dataclass(frozen=True, slots=True)
class FoundClaims:
    """The claims of a piece, and how many others were dropped: not in the text, or not in the form asked for."""

    claims: tuple[ProposedClaim, ...]
    dropped: int


class ModelProposer:
    """The model in the place of `extraction.propose`; what it leaves open is left out, and the log says why.

    All texts together take no more requests than the connection allows.
    """

    def __init__(self, connection: ModelConnection) -> None:
        self.connection = connection

    def __call__(self, text: str, *, published: date, title: str = "") -> tuple[ProposedClaim, ...]:
        """The claims of a text in reading order."""
        asked = [prompt(piece, text=text, published=published, title=title) for piece in pieces(text)]
        answers = conversation.ask(asked, connection=self.connection)
        left = self.connection.most_calls - sum(answer.calls for answer in answers)
        self.connection = replace(self.connection, most_calls=left)
        if problems := sorted({answer.problem for answer in answers if answer.problem}):
            missed = sum(not answer.value for answer in answers)
            log.warning("%s of %s pieces are not read: %s", missed, len(answers), " ".join(problems))
        return tuple(claim for answer in answers if answer.value for claim in answer.value.claims)


def pieces(text: str) -> list[TextPiece]:
    """The text as it is given to the model, one prompt a piece."""
    return list(spans.pieces(text, longest=PIECE))


def prompt(piece: TextPiece, *, text: str, published: date, title: str = "") -> Prompt[FoundClaims]:
    """The question put to the model about a piece of `text`."""
    return Prompt(
        name="claims",
        version=VERSION,
        system=SYSTEM,
        material={
            "title": title[:300],
            "published": published.isoformat(),
            "before": text[max(0, piece.start - BEFORE) : piece.start],
            "text": piece.text,
        },
        schema=forms.record(claims=CLAIMS),
        lenient=forms.record(claims=forms.unchecked(CLAIMS)),
        read=partial(_found, piece=piece, text=text, published=published, title=title),
        most_tokens=MOST_TOKENS,
    )


def _found(stored: dict[str, Any], *, piece: TextPiece, text: str, published: date, title: str) -> FoundClaims:
    kept: dict[tuple[int, int], ProposedClaim] = {}
    source = SourceText.of(title, published.isoformat(), text)
    for row in stored["claims"]:
        try:
            forms.check(row, CLAIM, name="A claim")
        except InvalidAnswer:
            continue
        if claim := _claim(row, piece=piece, source=source):
            kept.setdefault((claim.start, claim.end), claim)
    in_order = sorted(kept.values(), key=lambda claim: (claim.start, claim.end))
    return FoundClaims(tuple(in_order), len(stored["claims"]) - len(kept))


def _claim(row: Mapping[str, Any], *, piece: TextPiece, source: SourceText) -> ProposedClaim | None:
    """The claim of a row of the right form; None where its words do not stand in the piece."""
    place = spans.find(row["quote"], piece.text)
    if place is None or place[1] - place[0] < FEWEST_CHARACTERS:
        return None
    quote = piece.text[slice(*place)]
    speaker_kind, speaker = _speaker(row, source)
    deadline = _day(row["deadline"])
    probability, low, high = _sureness(row, quote)
    restatement = " ".join(row["restatement"].split())
    dated = restatement.replace(str(deadline.year), "").replace(str(deadline.day), "") if deadline else restatement
    forecastable, evaluative = row["forecastable"], row["evaluative"]
    return ProposedClaim(
        start=piece.start + place[0],
        end=piece.start + place[1],
        text=quote,
        kind=_kind(forecastable, evaluative),
        speaker_kind=speaker_kind,
        speaker=speaker,
        hedge=row["hedge"].strip() if SourceText.of(quote).holds(row["hedge"]) else "",
        probability=probability,
        low=low,
        high=high,
        deadline=deadline,
        deadline_words=row["deadline_words"].strip() if source.holds(row["deadline_words"]) else "",
        checkworthy=round(row["checkworthy"], 3),
        forecastable=round(forecastable, 3),
        verifiable=round((1 - forecastable) * (1 - evaluative), 3),
        evaluative=round((1 - forecastable) * evaluative, 3),
        restatement="" if source.lacks_figure_of(dated) else restatement,
    )


def _kind(forecastable: float, evaluative: float) -> str:
    if forecastable >= DECIDED:
        return "forecastable"
    return "evaluative" if evaluative >= DECIDED else "verifiable"


def _speaker(row: Mapping[str, Any], source: SourceText) -> tuple[str, str]:
    """The kind and name of the speaker; somebody whom the text does not name is unnamed."""
    kind, name = row["speaker_kind"], " ".join(row["speaker"].split())
    if kind == "author":
        return "author", ""
    return (kind, name) if name and source.holds(name) else ("unnamed", "")


def _sureness(row: Mapping[str, Any], quote: str) -> tuple[float | None, float | None, float | None]:
    """The probability with the range that the wording allows, where our scales know its wording and agree."""
    if row["probability"] is None:
        return None, None, None
    probability = min(max(float(row["probability"]), 0.01), 0.99)
    hedge = hedges.read(quote)
    if hedge is None or not hedge.low <= probability <= hedge.high:
        return probability, None, None
    return probability, hedge.low, hedge.high


def _day(words: str | None) -> date | None:
    try:
        day = date.fromisoformat(words) if words else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None
