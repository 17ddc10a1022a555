"""Putting claims to questions: the side each takes becomes its authors' forecast, and the prior where none is known."""

from datetime import datetime

from django.db import transaction

from forecasts import estimates
from forecasts.maths import odds
from forecasts.models import Forecaster, Proposition, start_of
from forecasts.refused import Refused
from tracker.curation import claims
from tracker.curation.decisions import Verb, note
from tracker.curation.questions import UNKNOWN, open_question
from tracker.models import Author, Claim, Position, User


@transaction.atomic
def accept_and_position(
    claim: Claim,
    *,
    question: Proposition,
    side: str,
    title: str,
    by: User | str,
    at: datetime,
    implied_probability: float | None = None,
    restatement: str = "",
) -> Position:
    """Accept a claim and put it to a question, which is opened where it is not stored yet. Raises Refused.

    All of it or nothing, so that no question stays behind without its claim; sent twice, it is done once.
    """
    claim = Claim.objects.select_for_update(of=("self",)).select_related("article").get(pk=claim.pk)
    asked = {"proposition": question} if question.pk else {"proposition__question": question.question}
    known = claim.positions.filter(**asked).first()
    if known is not None:
        return known
    if claim.state != Claim.State.ACCEPTED:
        claim = claims.accept(claim, by=by, at=at, title=title, restatement=restatement)
    if question.pk is None:
        question.key = question.key or title
        question = open_question(question, by=by, at=at)
    return take_position(
        claim,
        proposition=question,
        side=side,
        title=title,
        by=by,
        at=at,
        implied_probability=implied_probability,
    )


def take_position(
    claim: Claim,
    *,
    proposition: Proposition,
    side: str,
    title: str,
    by: User | str,
    at: datetime,
    implied_probability: float | None = None,
) -> Position:
    """Tie a claim to a question. Side and wording become its authors' forecast, and the prior where none is known."""
    implied = None if side == Position.Side.NONE or implied_probability is None else _chance(implied_probability)
    if side not in Position.Side.values:
        raise Refused(f"“{side}” is no side: choose yes, no or none.")
    if claim.state != Claim.State.ACCEPTED:
        raise Refused("Accept the claim before you put it to a question.")
    if proposition.outcome:
        raise Refused("This question has been ruled on: take the ruling back before you put another claim to it.")
    if claim.positions.filter(proposition=proposition).exists():
        raise Refused("This claim has been put to this question already.")
    with transaction.atomic():
        position = Position.objects.create(
            claim=claim,
            proposition=proposition,
            title=title.strip() or claim.title,
            side=side,
            implied_probability=implied,
            status_since=at,
            created_at=at,
        )
        if implied is not None:
            chance_of_yes = position.for_claim(implied)
            _take_prior(proposition, chance_of_yes, hedge=claim.hedge)
            if claim.speaker_kind == Claim.Speaker.AUTHOR:
                _record_for_authors(position, chance_of_yes)
        Proposition.objects.filter(pk=proposition.pk).mark_unsettled(at)
        note(Verb.TAKE_POSITION, subject=position, by=by, at=at, after={"side": side, "implied": implied})
    return position


def _chance(value: float) -> float:
    try:
        return odds.probability(value)
    except ValueError as error:
        raise Refused(str(error)) from error


def _take_prior(proposition: Proposition, chance_of_yes: float, *, hedge: str) -> None:
    """Halfway, in log-odds, from even chances to what the author's wording says, unless somebody gave a base rate."""
    words = f"“{hedge}”" if hedge else "the wording"
    Proposition.objects.filter(pk=proposition.pk, prior_reason=UNKNOWN).update(
        prior=odds.discounted(chance_of_yes),
        prior_reason=f"The author's {chance_of_yes:.0%} for Yes, read from {words}, discounted by half.",
    )


def _record_for_authors(position: Position, chance_of_yes: float) -> None:
    article, proposition = position.own_claim.article, position.proposition
    made_at = max(start_of(article.published_on), proposition.opens_at)
    low, high = _range_of_yes(position, chance_of_yes)
    for author in article.authors.all():
        estimates.record(
            proposition,
            forecaster=_forecaster(author),
            probability=chance_of_yes,
            at=made_at,
            low=low,
            high=high,
        )


def _range_of_yes(position: Position, chance_of_yes: float) -> tuple[float, float] | tuple[None, None]:
    """The range that the wording allows for Yes; none where none was read, or a curator put the chance outside it."""
    low, said, high = position.own_claim.implied_low, position.implied_probability, position.own_claim.implied_high
    if low is None or said is None or high is None or not low <= said <= high:
        return None, None
    ends = sorted(position.for_claim(odds.clamp(end)) for end in (low, high))
    return min(ends[0], chance_of_yes), max(ends[1], chance_of_yes)


def _forecaster(author: Author) -> Forecaster:
    if author.forecaster is None:
        author.forecaster = Forecaster.objects.create(kind=Forecaster.Kind.AUTHOR, name=author.name)
        author.save(update_fields=["forecaster"])
    return author.forecaster
