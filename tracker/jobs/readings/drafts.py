"""Draft of a question for a claim: by the language model where the operator has given it drafts, else our own.

The model is asked when a curator opens the form, within the seconds that she waits, and once for each wording.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from language.questions import drafts
from language.questions.drafts import DraftQuestion
from language.readings import questions
from language.readings.questions import ClaimToAsk
from tracker.jobs.readings import asking
from tracker.models import Claim, ReadingAnswer

PATIENCE = 20.0  # seconds that somebody waits for a page
AROUND = 1_500  # characters of the article on each side of a claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The draft, and a sentence on who made it or why there is none."""

    draft: DraftQuestion
    note: str


def of(claim: Claim, *, now: datetime, may_ask: bool) -> Drafted:
    """The draft for a claim; without `may_ask` the model's only where it is known already."""
    own = drafts.draft(
        claim.restatement or claim.quote,
        published=claim.article.published_on,
        deadline=claim.deadline,
        kind=claim.kind,
    )
    problem = ""
    if asking.reads("drafts"):
        prompt = questions.prompt(_to_ask(claim), own=own)
        answer = asking.known(prompt)
        if answer is None and may_ask:
            kind, article = ReadingAnswer.Kind.DRAFT, claim.article
            (answer,) = asking.ask([prompt], kind=kind, now=now, article=article, seconds=PATIENCE)
        if answer and answer.value:
            return Drafted(draft=answer.value, note=f"Drafted by {asking.model_in_words()}.")
        problem = f"{asking.model_in_words(opens=True)} drafted nothing. {answer.problem} " if answer else ""
    if claim.article.foreign_language:
        words = "Only English is drafted without a language model: word the question yourself, in any language."
        return Drafted(draft=_without_wording(own), note=f"{problem}{words}")
    return Drafted(draft=own, note=f"{problem}This is the built-in draft." if problem else "")


def _without_wording(draft: DraftQuestion) -> DraftQuestion:
    bare = replace(draft, question="", statement="", resolution_criteria="", headline="", process="", refusal="")
    return replace(bare, keywords=(), actors=(), aliases=(), sources=())


def _to_ask(claim: Claim) -> ClaimToAsk:
    article = claim.article
    return ClaimToAsk(
        quote=claim.quote,
        restatement=claim.restatement,
        speaker=claim.speaker,
        title=article.title,
        context=article.text[max(0, claim.start - AROUND) : claim.end + AROUND],
        published=article.published_on,
        deadline=claim.deadline,
        deadline_words=claim.deadline_words,
    )
