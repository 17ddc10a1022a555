"""Network: the fetch function as the operator has set it up, for the doors to hand to jobs and pages."""

from dataclasses import replace
from functools import partial

from django.conf import settings

from tracker.news.fetch import Fetch, Limits, fetch_many

USUAL = Limits()


def fetcher(limits: Limits = USUAL) -> Fetch:
    """For somebody who waits: within `limits`, but for the networks, which the operator allows."""
    limits = replace(limits, allowed_networks=settings.HINDCAST_ALLOWED_NETWORKS)
    return partial(fetch_many, limits=limits, user_agent=settings.HINDCAST_USER_AGENT)


def poller() -> Fetch:
    """For jobs: with the gap that the operator has set between two requests to one host."""
    return fetcher(replace(USUAL, gap_seconds=settings.HINDCAST_HOST_GAP.total_seconds()))
