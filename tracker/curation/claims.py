"""Deciding on claims: accept, reject, mark by hand."""

from datetime import UTC, date, datetime

from django.db import transaction

from forecasts.refused import Refused
from language.claims import hedges
from language.readings import spans
from tracker.curation.decisions import Verb, deciding, name_of, note
from tracker.curation.slugs import free_name
from tracker.models import Article, Claim, User


def accept(
    claim: Claim, *, by: User | str, at: datetime, title: str = "", restatement: str = "", reason: str = ""
) -> Claim:
    """Keep a claim: from now on it is shown and may be put to questions. A restatement given replaces the model's."""
    with deciding(claim, Verb.ACCEPT, by=by, at=at, reason=reason) as row:
        row.state = Claim.State.ACCEPTED
        row.title = title.strip() or row.title
        row.restatement = restatement.strip() or row.restatement
    return row


def reject(claim: Claim, *, by: User | str, at: datetime, reason: str) -> Claim:
    """Turn a claim down; it stays on record. A claim with questions is not turned down: its followers hang on it."""
    with deciding(claim, Verb.REJECT, by=by, at=at, reason=reason) as row:
        if row.positions.exists():
            raise Refused("This claim has been put to a question that people may follow: it cannot be rejected.")
        row.state = Claim.State.REJECTED
    return row


def mark_words(
    article: Article, words: str, *, by: User | str, at: datetime, speaker: str = "", deadline: date | None = None
) -> Claim:
    """Mark words of an article, in whatever language, as a claim; Refused where they do not stand in its text."""
    place = spans.find(words, article.text)
    if place is None:
        raise Refused("These words do not stand in the text. Copy them out of it, up to 1,500 characters.", "words")
    start, end = place
    if article.claims.filter(start=start, end=end).exists():
        raise Refused("These very words are a claim already.", "words")
    quote = article.text[start:end]
    return mark(
        Claim(
            article=article,
            slug=free_name(quote, among=Claim.objects.all(), field="slug", default="claim"),
            title=quote if len(quote) <= 300 else f"{quote[:299]}…",
            start=start,
            end=end,
            quote=quote,
            kind=Claim.Kind.FORECASTABLE,
            speaker_kind=Claim.Speaker.PERSON if speaker else Claim.Speaker.AUTHOR,
            speaker=speaker,
            deadline=deadline,
            forecastable=1.0,
        ),
        by=by,
        at=at,
    )


def mark(claim: Claim, *, by: User | str, at: datetime) -> Claim:
    """Store a claim that a person marked in the text; the database checks that it quotes the text exactly.

    How sure it is, is what the person says; what its wording allows is read, where that is not beside it.
    """
    claim.created_at, claim.proposed_by = at.astimezone(UTC), name_of(by)
    if claim.implied_low is None and claim.implied_high is None:
        claim.implied_low, claim.implied_high = _read_range(claim)
    with transaction.atomic():
        claim.save(force_insert=True)
        note(Verb.MARK_CLAIM, subject=claim, by=by, at=at)
    return claim


def _read_range(claim: Claim) -> tuple[float, float] | tuple[None, None]:
    """The range that the words allow, where it holds what the person said."""
    said, hedge = claim.implied_probability, hedges.read(claim.quote)
    if said is None or hedge is None or not hedge.low <= said <= hedge.high:
        return None, None
    return hedge.low, hedge.high
