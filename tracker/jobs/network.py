"""Network: the fetch function as the operator has set it up, for the doors to hand to jobs."""

from functools import partial

from django.conf import settings

from tracker.news.fetch import Fetch, Limits, fetch_many


def fetcher() -> Fetch:
    limits = Limits(
        allowed_networks=settings.HINDCAST_ALLOWED_NETWORKS, gap_seconds=settings.HINDCAST_HOST_GAP.total_seconds()
    )
    return partial(fetch_many, limits=limits, user_agent=settings.HINDCAST_USER_AGENT)
