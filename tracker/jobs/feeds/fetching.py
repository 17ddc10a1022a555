"""Asking: documents of hosts that are held, and of others that redirects lead to once these can be held too."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from news.fetch.addresses import host_of
from news.fetch.connections import Fetch, Fetched, Request
from news.fetch.exchange import BUSY
from tracker.jobs.feeds import leases

MOST_HOSTS_ON_THE_WAY = 10


def ask(
    requests: Sequence[Request], *, hosts: frozenset[str], token: str, now: datetime, fetch: Fetch
) -> list[Fetched]:
    """The answers in their order; those that are still `onward` lead to a host that somebody else asks now."""
    answers = list(fetch(requests)) if requests else []
    asked = hosts
    for _ in range(MOST_HOSTS_ON_THE_WAY):
        onward = [place for place, answer in enumerate(answers) if answer.onward]
        hosts -= {host_of(answer.final_address) for answer in answers if answer.status in BUSY}
        hosts |= leases.hold_hosts((host_of(answers[place].onward) for place in onward), token=token, now=now)
        going_on = [place for place in onward if host_of(answers[place].onward) in hosts]
        if not going_on:
            break
        elapsed = max(answer.ended_after for answer in answers)
        more = fetch(
            [
                replace(
                    requests[place],
                    hosts=hosts,
                    so_far=answers[place],
                    follows=host_of(answers[place].onward) in asked,
                )
                for place in going_on
            ]
        )
        asked |= hosts
        for place, answer in zip(going_on, more, strict=True):
            answers[place] = replace(answer, ended_after=elapsed + answer.ended_after)
    return answers
