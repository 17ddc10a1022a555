"""Deciding on claims: accept, reject, mark by hand, open a question for one, and put one to a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from forecasts import estimates
from forecasts.maths import odds
from forecasts.models import LAST_DEADLINE, TAKEN_KEYS, Forecaster, Proposition, start_of
from forecasts.refused import Refused
from language.claims import hedges
from tracker.curation.decisions import name_of, note
from tracker.curation.slugs import free_name
from tracker.models import Author, Claim, Entry, Position, User

LOOK_BACK = timedelta(days=30)  # how much earlier news a new question is held against


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a curator settled about a new proposition; without a prior the first claim put to it gives one."""

    key: str
    question: str
    statement: str
    resolution_criteria: str
    opens_on: date
    deadline: date
    sources: Sequence[str] = ()
    keywords: Sequence[str] = ()
    actors: Sequence[str] = ()
    process: str = ""
    prior: float | None = None
    prior_reason: str = ""
    written_with_hindsight: bool = False
    note: str = ""
    topic: str = ""


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


def free_key(words: str) -> str:
    """A short name for a question that no other has."""
    return free_name(words, among=Proposition.objects.all(), field="key", default="question", kept=TAKEN_KEYS)


def open_question(question: Question, *, by: User | str, at: datetime, reason: str = "") -> Proposition:
    """Publish a question. News of the last weeks is held against it like news to come."""
    if question.deadline < question.opens_on:
        raise Refused(
            f"The deadline ({question.deadline}) lies before the opening ({question.opens_on}): choose a later one."
        )
    if question.deadline > LAST_DEADLINE:
        raise Refused(f"The deadline ({question.deadline}) lies too far off: choose one up to {LAST_DEADLINE}.")
    for name in ("question", "statement", "resolution_criteria"):
        if not getattr(question, name).strip():
            raise Refused(f"The {name.replace('_', ' ')} is empty: nobody could rule on it.")
    prior = 0.5 if question.prior is None else _chance(question.prior)
    with transaction.atomic():
        proposition = Proposition.objects.create(
            key=question.key,
            question=question.question,
            statement=question.statement,
            resolution_criteria=question.resolution_criteria,
            opens_on=question.opens_on,
            deadline=question.deadline,
            sources=list(question.sources),
            keywords=list(question.keywords),
            actors=list(question.actors),
            process=question.process,
            prior=prior,
            prior_reason=question.prior_reason or Proposition._meta.get_field("prior_reason").get_default(),
            written_with_hindsight=question.written_with_hindsight,
            note=question.note,
            topic=question.topic,
            created_at=at,
            unsettled_at=at,
        )
        look_back(proposition, at=at)
        note("open question", subject=proposition, by=by, at=at, reason=reason)
    return proposition


def look_back(proposition: Proposition, *, at: datetime) -> None:
    """Have the news of the last weeks held against a question that opens, or opens again."""
    Entry.objects.match_again(max(proposition.opens_at, at - LOOK_BACK))


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
        note("put to test", subject=position, by=by, at=at, after={"side": side, "implied": implied})
    return position


def _decide(claim: Claim, state: str, *, verb: str, by: User | str, at: datetime, title: str, reason: str) -> Claim:
    with transaction.atomic():
        row = Claim.objects.select_for_update().get(pk=claim.pk)
        before, row.state = row.state, state
        row.title = title.strip() or row.title
        row.restatement = claim.restatement or row.restatement
        row.save(update_fields=["state", "title", "restatement"])
        note(verb, subject=row, by=by, at=at, reason=reason, before={"state": before}, after={"state": state})
    return row


def _chance(value: float) -> float:
    try:
        return odds.probability(value)
    except ValueError as error:
        raise Refused(str(error)) from error


def _take_prior(proposition: Proposition, chance_of_yes: float, *, hedge: str) -> None:
    """Halfway, in log-odds, from even chances to what the author's wording says, unless somebody gave a base rate."""
    unknown = Proposition._meta.get_field("prior_reason").get_default()
    words = f"“{hedge}”" if hedge else "the wording"
    Proposition.objects.filter(pk=proposition.pk, prior_reason=unknown).update(
        prior=odds.discounted(chance_of_yes),
        prior_reason=f"The author's {chance_of_yes:.0%} for Yes, read from {words}, discounted by half.",
    )


def _record_for_authors(position: Position, chance_of_yes: float) -> None:
    article, proposition = position.claim.article, position.proposition
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
    """What the wording allows for Yes; nothing where no range was read, or a curator put the chance outside it."""
    low, said, high = position.claim.implied_low, position.implied_probability, position.claim.implied_high
    if low is None or said is None or high is None or not low <= said <= high:
        return None, None
    ends = sorted(position.for_claim(odds.clamp(end)) for end in (low, high))
    return min(ends[0], chance_of_yes), max(ends[1], chance_of_yes)


def _forecaster(author: Author) -> Forecaster:
    if author.forecaster is None:
        author.forecaster = Forecaster.objects.create(kind=Forecaster.Kind.AUTHOR, name=author.name)
        author.save(update_fields=["forecaster"])
    return author.forecaster


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


def _read_range(claim: Claim) -> tuple[float, float] | tuple[None, None]:
    """What the words allow, where what the person said lies within it."""
    said, hedge = claim.implied_probability, hedges.read(claim.quote)
    if said is None or hedge is None or not hedge.low <= said <= hedge.high:
        return None, None
    return hedge.low, hedge.high
