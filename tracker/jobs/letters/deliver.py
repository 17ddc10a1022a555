"""Deliver: send the letters that wait, each held by one worker at a time.

1. A letter is leased by a conditional update; of several workers one gets it. 2. It is sent: over SMTP at least once,
always with the same Message-ID; into the outbox exactly once, since one letter is one file. 3. It is marked by whoever
still holds the lease. Killed at 2, the lease runs out and the next run starts at 1.
"""

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker import mail
from tracker.models import Letter

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)  # far longer than one letter can take, since the server's answers time out
FIRST_PAUSE = timedelta(minutes=5)  # doubled after each try
MOST_TRIES = 10  # the last one 42 hours after the first


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverReport:
    """Letters sent, put off to a later try, given up for good, and what the mail server said if it was not there."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0
    unreachable: str = ""


def deliver(now: datetime, *, limit: int = 100) -> DeliverReport:
    """Send up to `limit` letters. Where no mail server answers, the others wait for the next run."""
    clock = _from(now)
    sent = put_off = given_up = 0
    unreachable = ""
    for pk in list(Letter.objects.to_send(now).values_list("pk", flat=True)[:limit]):
        letter = _take(pk, clock())
        if letter is None:
            continue
        try:
            mail.deliver_one(letter)
        except Exception as problem:
            log.warning("Letter %s was not sent: %s", letter.pk, mail.in_words(problem))
            gone = _put_off(letter, problem, clock())
            given_up, put_off = given_up + gone, put_off + (not gone)
            if isinstance(problem, mail.ServerUnreachable):
                unreachable = str(problem)
                break
        else:
            sent += _mark(letter, sent_at=clock(), last_error="")
    return DeliverReport(sent=sent, put_off=put_off, given_up=given_up, unreachable=unreachable)


def _from(now: datetime) -> Callable[[], datetime]:
    """Runs on from `now`, since a slow server can make one run longer than a lease."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)


def _take(pk: int, at: datetime) -> Letter | None:
    token = uuid.uuid4().hex
    if not Letter.objects.to_send(at).filter(pk=pk).lease(token, until=at + LEASE):
        return None
    return Letter.objects.get(pk=pk)


def _mark(letter: Letter, **outcome: object) -> bool:
    """Write down what came of a try, unless the lease ran out and another worker has the letter."""
    held = Letter.objects.filter(pk=letter.pk, lease_token=letter.lease_token)
    return bool(held.let_go(tries=letter.tries + 1, **outcome))


def _put_off(letter: Letter, problem: Exception, at: datetime) -> bool:
    """Whether that was the last try."""
    error = mail.in_words(problem)[:500]
    if isinstance(problem, mail.Undeliverable) or letter.tries + 1 >= MOST_TRIES:
        return _mark(letter, given_up_at=at, last_error=error)
    _mark(letter, next_try_at=at + FIRST_PAUSE * 2**letter.tries, last_error=error)
    return False
