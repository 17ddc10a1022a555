"""Drafts of rulings on questions whose deadline has passed: made ahead by the job, shown on the form, never applied."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from forecasts.models import Proposition
from language.readings import rulings as prompts
from tracker.jobs.readings import asking, ledgers
from tracker.jobs.runs import RowsReport
from tracker.models import Evidence, ReadingAnswer

KIND = ReadingAnswer.Kind.RULING


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRuling:
    """A draft for the curator who rules: `passages` are words of the ledger with the evidence that they stand in."""

    outcome: str
    reason: str
    settled_on: date | None
    passages: tuple[tuple[Evidence, str], ...]
    by: str


def draft_rulings(now: datetime, *, limit: int = 5) -> RowsReport:
    """Draft rulings on up to `limit` questions past their deadline, once a day each while the ledger changes."""
    if not asking.reads("rulings"):
        return RowsReport()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    today = ReadingAnswer.objects.filter(kind=KIND, at__gte=midnight, proposition__isnull=False).values("proposition")
    past = Proposition.objects.open(now).filter(deadline__lt=now.astimezone(UTC).date()).exclude(pk__in=today)
    looked_at = made = failed = 0
    for proposition in past.order_by("-deadline", "pk"):
        if looked_at == limit or not asking.calls_left(now):
            break
        evidence = ledgers.pieces(proposition)
        prompt = prompts.prompt(ledgers.ledger(proposition, evidence))
        if not evidence or asking.known(prompt):
            continue
        (answer,) = asking.ask([prompt], kind=KIND, now=now, proposition=proposition)
        looked_at, made, failed = looked_at + 1, made + bool(answer.value), failed + (not answer.value)
    return RowsReport(looked_at=looked_at, made=made, failed=failed)


def drafted(proposition: Proposition) -> ShownRuling | None:
    """The draft made from the ledger as it stands; None where there is none. Asks nothing."""
    if not asking.reads("rulings"):
        return None
    evidence = ledgers.pieces(proposition)
    answer = asking.known(prompts.prompt(ledgers.ledger(proposition, evidence)))
    if answer is None or answer.value is None:
        return None
    draft = answer.value
    return ShownRuling(
        outcome=draft.outcome,
        reason=draft.reason,
        settled_on=draft.settled_on,
        passages=tuple((evidence[place], words) for place, words in draft.passages),
        by=asking.model_in_words(opens=True),
    )
