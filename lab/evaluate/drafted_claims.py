"""Claims that would be proposed from an article, each with the question drafted from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from language.claims.extraction import ProposedClaim
from language.questions import drafts
from language.questions.drafts import DraftQuestion

Propose = Callable[..., Sequence[ProposedClaim]]  # (text, *, published, title)


@dataclass(frozen=True, slots=True)
class DatedText:
    """A text with its day and its title, which may be empty."""

    published: date
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class DraftedClaim:
    """A proposed claim and the question drafted from it."""

    found: ProposedClaim
    draft: DraftQuestion

    def row(self) -> dict[str, Any]:
        """The fields that are written, as JSON takes them."""
        claim, draft = self.found, self.draft
        return {
            "start": claim.start,
            "end": claim.end,
            "text": claim.text,
            "kind": claim.kind,
            "speaker": claim.speaker or claim.speaker_kind,
            "speaker_kind": claim.speaker_kind,
            "checkworthy": claim.checkworthy,
            "forecastable": claim.forecastable,
            "hedge": claim.hedge,
            "probability": claim.probability,
            "deadline": claim.deadline.isoformat() if claim.deadline else None,
            "restatement": claim.restatement,
            "question": draft.question,
            "statement": draft.statement,
            "criteria": draft.resolution_criteria,
            "side": draft.side,
            "process": draft.process,
            "refusal": draft.refusal,
            "missing": list(draft.missing),
        }


def proposals(article: DatedText, *, propose: Propose) -> list[DraftedClaim]:
    """The claims of an article with the drafts of their questions, in the order of worth."""
    found = propose(article.text, published=article.published, title=article.title)
    in_order = sorted(found, key=lambda claim: -claim.forecastable)
    return [DraftedClaim(claim, draft_of(claim, article)) for claim in in_order]


def draft_of(claim: ProposedClaim, article: DatedText) -> DraftQuestion:
    """The question as the page of the claim would offer it."""
    wording = claim.restatement or claim.text
    return drafts.draft(wording, published=article.published, deadline=claim.deadline, kind=claim.kind)
