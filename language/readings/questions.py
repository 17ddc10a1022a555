"""Question that a language model drafts for a claim: its prompt, and the checks on its draft."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from language.questions.drafts import DraftQuestion
from language.readings import forms
from language.readings.conversation import DATA, Prompt
from language.readings.forms import InvalidAnswer
from language.readings.spans import SourceText

VERSION = "1"
MOST_TOKENS = 1_500
LAST_YEAR = 2200
MOST_WORDS = 10  # keywords, actors, sources
QUESTION_MARKS = ("?", "\uff1f", "\u061f", "\u037e")  # Latin, Chinese, Arabic, Greek
PROCESSES = ("event", "state", "threshold")

SYSTEM = (
    "You draft a question that the world will settle from a claim of an article, so that two strangers who know the"
    " outcome would rule alike. Write in the article's language. Answer with: `question`, a yes-or-no question that"
    " names who, what and by when, asks for the event and never for its absence, and holds no word of how sure anybody"
    " is nor of who said it; `statement`, what Yes means, one sentence, with the same day; `criteria`, what counts,"
    " what does not, and which source decides, in two or three sentences; `deadline`, the last day that counts, as"
    " YYYY-MM-DD;"
    " `side`, yes where the claim says that it will be so, no where it says that it will not; `headline`, the claim in"
    " one plain sentence; `actors`, the people, states and bodies that it is about, as the article names them;"
    " `keywords`, words that a report of the outcome would use; `sources`, where the outcome will be published;"
    " `process`, event for something that happens by a day, state for something that must last, threshold for a value;"
    " `impossible`, one sentence why the world cannot settle the claim, or empty. Invent no figure, name or day that"
    " the material does not hold." + DATA
)
SCHEMA = forms.record(
    question=forms.text(400),
    statement=forms.text(400),
    criteria=forms.text(1_500),
    deadline=forms.DAY,
    side=forms.text(3, among=("yes", "no")),
    headline=forms.text(300),
    actors=forms.rows(forms.text(80), most=MOST_WORDS),
    keywords=forms.rows(forms.text(80), most=MOST_WORDS),
    sources=forms.rows(forms.text(200), most=MOST_WORDS),
    process=forms.text(10, among=PROCESSES),
    impossible=forms.text(300),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimToAsk:
    """A claim as the draft is made from it; `context` is the article around it."""

    quote: str
    restatement: str
    speaker: str
    title: str
    context: str
    published: date
    deadline: date | None
    deadline_words: str


def prompt(claim: ClaimToAsk, *, own: DraftQuestion) -> Prompt[DraftQuestion]:
    """The question put to the model about a claim; `own` is our draft, from which whatever is not asked for is kept."""
    material = {
        "claim": claim.quote[:1_500],
        "in other words": claim.restatement[:600],
        "said by": claim.speaker or "the author",
        "title": claim.title[:300],
        "context": claim.context[:3_000],
        "published": claim.published.isoformat(),
        "deadline": claim.deadline.isoformat() if claim.deadline else None,
        "deadline in words": claim.deadline_words,
    }
    return Prompt(
        name="draft",
        version=VERSION,
        system=SYSTEM,
        material=material,
        schema=SCHEMA,
        read=partial(_draft, claim=claim, own=own),
        most_tokens=MOST_TOKENS,
    )


def _draft(stored: dict[str, Any], *, claim: ClaimToAsk, own: DraftQuestion) -> DraftQuestion:
    question, statement, criteria, headline, impossible = (
        " ".join(stored[name].split()) for name in ("question", "statement", "criteria", "headline", "impossible")
    )
    if impossible:
        return replace(own, refusal=impossible, question="", statement="", resolution_criteria="")
    deadline = _deadline(stored["deadline"], published=claim.published)
    if not question.endswith(QUESTION_MARKS) or not statement or not criteria:
        raise InvalidAnswer("The draft is no question with a statement and criteria.")
    source = SourceText.of(claim.quote, claim.restatement, claim.title, claim.context, claim.published.isoformat())
    for words in (question, statement, criteria):
        if source.lacks_figure_of(_without(deadline, words)):
            raise InvalidAnswer("The draft names a figure that the article does not hold.")
    return replace(
        own,
        headline=headline or own.headline,
        question=question,
        statement=statement,
        resolution_criteria=criteria,
        side=stored["side"],
        deadline=deadline,
        keywords=_words(stored["keywords"]),
        actors=tuple(name for name in _words(stored["actors"]) if source.holds(name)),
        sources=_words(stored["sources"]),
        process=stored["process"],
        refusal="",
    )


def _deadline(words: str, *, published: date) -> date:
    try:
        deadline = date.fromisoformat(words)
    except ValueError:
        raise InvalidAnswer("The draft has no deadline.") from None
    if not published <= deadline or deadline.year > LAST_YEAR:
        raise InvalidAnswer("The draft's deadline lies before the article or too far ahead.")
    return deadline


def _without(day: date, words: str) -> str:
    """The words without the figures of a day, however it is written."""
    figures = "|".join({str(day.year), f"{day.month:02}", f"{day.day:02}", str(day.month), str(day.day)})
    return re.sub(rf"(?<![\d.,])(?:{figures})(?![\d,]|\.\d)", " ", words)


def _words(rows: list[str]) -> tuple[str, ...]:
    cleaned = (" ".join(row.split()) for row in rows)
    return tuple(dict.fromkeys(row for row in cleaned if row))
