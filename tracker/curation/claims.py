"""Deciding on claims: accept, reject, mark by hand."""

from datetime import UTC, datetime

from django.db import transaction

from forecasts.refused import Refused
from language.claims import hedges
from tracker.curation.decisions import name_of, note
from tracker.models import Claim, User


def accept(
    claim: Claim, *, by: User | str, at: datetime, title: str = "", restatement: str = "", reason: str = ""
) -> Claim:
    """Keep a claim: from now on it is shown and may be put to questions. A restatement given replaces the reader's."""
    claim.restatement = restatement.strip() or claim.restatement
    return _decide(claim, Claim.State.ACCEPTED, verb="accept", by=by, at=at, title=title, reason=reason)


def reject(claim: Claim, *, by: User | str, at: datetime, reason: str) -> Claim:
    """Turn a claim down; it stays on record. A claim with questions is not turned down: its followers hang on it."""
    if claim.positions.exists():
        raise Refused("This claim has been put to a question that people may follow: it cannot be rejected any more.")
    return _decide(claim, Claim.State.REJECTED, verb="reject", by=by, at=at, title="", reason=reason)


def mark(claim: Claim, *, by: User | str, at: datetime) -> Claim:
    """Store a claim that a person marked in the text; the database checks that it quotes the text exactly.

    How sure it is, is what the person says; what its wording allows is read, where that is not beside it.
    """
    claim.created_at, claim.proposed_by = at.astimezone(UTC), name_of(by)
    if claim.implied_low is None and claim.implied_high is None:
        claim.implied_low, claim.implied_high = _read_range(claim)
    with transaction.atomic():
        claim.save(force_insert=True)
        note("mark claim", subject=claim, by=by, at=at)
    return claim


def _decide(claim: Claim, state: str, *, verb: str, by: User | str, at: datetime, title: str, reason: str) -> Claim:
    with transaction.atomic():
        row = Claim.objects.select_for_update().get(pk=claim.pk)
        before, row.state = row.state, state
        row.title = title.strip() or row.title
        row.restatement = claim.restatement or row.restatement
        row.save(update_fields=["state", "title", "restatement"])
        note(verb, subject=row, by=by, at=at, reason=reason, before={"state": before}, after={"state": state})
    return row


def _read_range(claim: Claim) -> tuple[float, float] | tuple[None, None]:
    """What the words allow, where what the person said lies within it."""
    said, hedge = claim.implied_probability, hedges.read(claim.quote)
    if said is None or hedge is None or not hedge.low <= said <= hedge.high:
        return None, None
    return hedge.low, hedge.high
