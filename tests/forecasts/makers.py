"""Rows for the tests of forecasts: one question over January 2026, and people who forecast it."""

from datetime import UTC, date, datetime, timedelta

from forecasts.estimates import record
from forecasts.maths.evidence import STRENGTHS, Signal
from forecasts.models import AggregateForecast, Forecaster, Proposition
from forecasts.resolution import resolve

OPENS = date(2026, 1, 1)
DEADLINE = date(2026, 1, 10)


def day(number, hour=0):
    """The moment `number` days after the opening."""
    return datetime(2026, 1, 1, hour, tzinfo=UTC) + timedelta(days=number)


def make_proposition(key="contract", **fields):
    return Proposition.objects.create(
        **{
            "key": key,
            "question": "Will a contract be signed by 10 January 2026?",
            "statement": "A contract is signed by 10 January 2026.",
            "resolution_criteria": "Yes if both parties announce a signed contract.",
            "opens_on": OPENS,
            "deadline": DEADLINE,
            "created_at": day(0),
            "unsettled_at": day(0),
            **fields,
        }
    )


def make_forecaster(name="Ada", kind=Forecaster.Kind.MEMBER):
    return Forecaster.objects.create(name=name, kind=kind)


def make_pool(proposition, *, probability=None, at=None, count=2):
    """What the crowd said together from `at` on; without a probability nobody stood any more."""
    return AggregateForecast.objects.create(
        proposition=proposition, at=at or day(0), count=count if probability else 0, probability=probability
    )


def story(ref, direction=1, strength="moderate", at=None):
    return Signal(ref=ref, direction=direction, strength=STRENGTHS[strength], weight=1.0, at=at or day(1))


def marked(proposition):
    """The proposition as a job would find it."""
    return Proposition.objects.unsettled().get(pk=proposition.pk)


def ruled(key, forecasts, *, outcome="yes", effective_on=DEADLINE, **fields):
    """A proposition on which the forecasters gave their chances at the opening, ruled on."""
    proposition = make_proposition(key, **fields)
    for forecaster, chance in forecasts.items():
        record(proposition, forecaster=forecaster, probability=chance, at=day(0))
    return ruling(key, outcome=outcome, effective_on=effective_on)


def ruling(key, *, outcome="yes", effective_on=DEADLINE):
    """Everybody scored on a proposition that is there."""
    return resolve(
        Proposition.objects.get(key=key),
        outcome=outcome,
        effective_on=effective_on,
        source="https://example.org/announced",
        reason="As announced.",
        by="Cleo",
        at=day(20),
    )
