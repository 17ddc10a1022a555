"""Network: the fetch function as the operator has set it up, for the doors to hand to jobs and pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.conf import settings

from language.readings.conversation import Reply
from news.fetch.connections import Fetch, Fetched, Limits, Request, fetch_many
from news.fetch.exchange import MIB
from news.polling.schedule import demanded_wait

USUAL = Limits()


def fetcher(limits: Limits = USUAL) -> Fetch:
    """For somebody who waits: within `limits`, but for the networks, which the operator allows."""
    limits = replace(limits, allowed_networks=settings.HINDCAST_ALLOWED_NETWORKS)
    return partial(fetch_many, limits=limits, user_agent=settings.HINDCAST_USER_AGENT)


def poller() -> Fetch:
    """For jobs: with the gap that the operator has set between two requests to one host."""
    return fetcher(replace(USUAL, gap_seconds=settings.HINDCAST_HOST_GAP.total_seconds()))


def language_model(bodies: Sequence[bytes], *, now: datetime, seconds: float) -> list[Reply]:
    """Send each body to the language model that the operator named, wherever that lies; their replies in order.

    Redirects are not followed: the key is for that address alone. Each reply may take so many seconds.
    """
    limits = Limits(
        total_seconds=seconds,
        idle_seconds=seconds,
        compressed_bytes=MIB,
        body_bytes=MIB,
        redirects=0,
        allowed_networks=("0.0.0.0/0", "::/0"),
    )
    key = settings.HINDCAST_LLM_KEY
    headers = (("Accept", "application/json"), *((("Authorization", f"Bearer {key}"),) if key else ()))
    address = f"{settings.HINDCAST_LLM_URL}/chat/completions"
    requests = [Request(address=address, content=body, headers=headers) for body in bodies]
    answers = fetch_many(requests, limits=limits, user_agent=settings.HINDCAST_USER_AGENT)
    return [_reply(answer, now) for answer in answers]


def _reply(answer: Fetched, now: datetime) -> Reply:
    wait = demanded_wait(answer.headers, now=now)
    return Reply(status=answer.status, body=answer.body, error=answer.error, retry_after=wait.total_seconds())
