"""Forecast: the language model forecasts open questions from their ledgers, as a bot, where the operator wants one.

At most once a question and day, and only when its ledger changed. The bot is scored like anybody and stands apart from
the crowd: its ledger is weighed in the estimate already, and no model moves a number before its record says how far.
"""

import logging
from datetime import UTC, datetime
from statistics import median

from django.conf import settings

from forecasts import estimates
from forecasts.models import Forecaster, Proposition
from forecasts.refused import Refused
from language.readings import conversation
from language.readings import forecasts as prompts
from tracker.jobs.readings import asking, ledgers
from tracker.jobs.runs import RowsReport
from tracker.models import ReadingAnswer
from tracker.wording import counted

log = logging.getLogger(__name__)
KIND = ReadingAnswer.Kind.FORECAST


def forecast(now: datetime, *, limit: int = 10) -> RowsReport:
    """Forecast up to `limit` questions whose ledger is new to the model; those it was never asked about come first."""
    if not asking.reads("forecasts"):
        return RowsReport()
    looked_at = made = failed = 0
    for proposition in _candidates(now):
        if looked_at == limit or not asking.calls_left(now):
            break
        done = _forecast_one(proposition, now=now)
        if done is None:
            continue
        looked_at, made, failed = looked_at + 1, made + done, failed + (not done)
        if failed and not made:
            break  # the address does not answer, or not in the form asked for: the others wait for the next run
    return RowsReport(looked_at=looked_at, made=made, failed=failed)


def bot() -> Forecaster:
    """The forecaster that this model is under this prompt; another model or prompt is another one."""
    name = conversation.version(settings.HINDCAST_LLM_MODEL[:150], prompts.VERSION)
    found, _ = Forecaster.objects.get_or_create(kind=Forecaster.Kind.BOT, name=name, defaults={"is_pooled": False})
    return found


def _candidates(now: datetime) -> list[Proposition]:
    """Open questions that take forecasts and were not asked about today (UTC), those never asked about first."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    asked = ReadingAnswer.objects.filter(kind=KIND, model=settings.HINDCAST_LLM_MODEL, prompt=prompts.VERSION)
    today = asked.filter(at__gte=midnight, proposition__isnull=False).values("proposition")
    ever = set(asked.values_list("proposition", flat=True))
    takes_forecasts = Proposition.objects.open(now).filter(
        state=Proposition.State.OPEN, deadline__gte=now.astimezone(UTC).date()
    )
    rows = takes_forecasts.exclude(pk__in=today).order_by("deadline", "pk")
    return sorted(rows, key=lambda row: row.pk in ever)


def _forecast_one(proposition: Proposition, *, now: datetime) -> bool | None:
    """Whether the question was forecast; None where there is nothing new to forecast it from."""
    evidence = ledgers.pieces(proposition)
    draws = prompts.prompts(ledgers.ledger(proposition, evidence), today=now.astimezone(UTC).date())
    keys = {draw.key(settings.HINDCAST_LLM_MODEL) for draw in draws}
    latest = ReadingAnswer.objects.usable().filter(kind=KIND, proposition=proposition, prompt=prompts.VERSION).first()
    if not evidence or (latest is not None and latest.key in keys):
        return None
    answers = asking.ask(draws, kind=KIND, now=now, proposition=proposition)
    chances = [answer.value for answer in answers if answer.value is not None]
    if len(chances) < prompts.FEWEST_DRAWS:
        return False
    drawn = counted(len(chances), "draw")
    comment = (
        f"The median of {drawn}, from {min(chances):.0%} to {max(chances):.0%},"
        f" on {'stories' if len(evidence) > 1 else 'the story'} in the ledger."
    )
    try:
        estimates.record(proposition, forecaster=bot(), probability=median(chances), at=now, comment=comment)
    except Refused as refused:
        log.info("The language model's forecast on %s was not taken: %s", proposition.key, refused)
        return False
    return True
