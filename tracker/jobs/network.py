"""Network: the fetch function as the operator has set it up, for the doors to hand to jobs."""

from dataclasses import replace
from functools import partial

from django.conf import settings

from tracker.news.fetch import Fetch, Limits, fetch_many

USUAL = Limits()


def fetcher(limits: Limits = USUAL) -> Fetch:
    """Within `limits`, but for the networks, which the operator allows."""
    limits = replace(limits, allowed_networks=settings.HINDCAST_ALLOWED_NETWORKS)
    return partial(fetch_many, limits=limits, user_agent=settings.HINDCAST_USER_AGENT)
