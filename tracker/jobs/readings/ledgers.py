"""Ledger of a question, from its rows, as a language model is given it."""

from collections.abc import Sequence

from forecasts.models import Proposition
from language.readings.ledger import MOST_STORIES, LedgerStory, QuestionLedger
from tracker.models import Evidence


def pieces(proposition: Proposition) -> list[Evidence]:
    """The evidence that a model is given, the newest first; nothing that a person has rejected."""
    shown = proposition.evidence.shown().select_related("story", "revision__entry__feed__outlet")
    return list(shown.order_by("-published_at", "-pk")[:MOST_STORIES])


def ledger(proposition: Proposition, evidence: Sequence[Evidence]) -> QuestionLedger:
    return QuestionLedger(
        question=proposition.question,
        statement=proposition.statement,
        criteria=proposition.resolution_criteria,
        opens=proposition.opens_on,
        deadline=proposition.deadline,
        prior=proposition.prior,
        prior_reason=proposition.prior_reason,
        stories=tuple(_story(piece) for piece in evidence),
    )


def _story(piece: Evidence) -> LedgerStory:
    return LedgerStory(
        published=piece.published_at.date(),
        outlet=piece.revision.entry.publisher,
        title=piece.revision.title,
        passage=piece.passage,
        bearing=_bearing(piece),
    )


def _bearing(piece: Evidence) -> str:
    if not piece.is_confirmed:
        return f"{piece.get_suggested_stance_display()}, as a classifier suggests; nobody has confirmed it"
    strength = f", {piece.get_strength_display()}" if piece.strength else ""
    return f"{piece.get_stance_display()}{strength}, as a person confirmed"
