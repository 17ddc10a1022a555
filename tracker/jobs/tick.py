"""The pipe: every stage in its order. A tick calls them one after the other, Celery each on its schedule."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings

from news.fetch.connections import Fetch
from tracker.jobs.claims.extract import extract
from tracker.jobs.estimates.review import review
from tracker.jobs.estimates.revise import revise
from tracker.jobs.feeds.full_text import full_text
from tracker.jobs.feeds.ingest import ingest
from tracker.jobs.feeds.push import push
from tracker.jobs.feeds.seek import seek
from tracker.jobs.feeds.take import take
from tracker.jobs.letters.deliver import deliver
from tracker.jobs.letters.digest import digest
from tracker.jobs.matching.match import match
from tracker.jobs.outside.outside import outside

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


# What cannot be done without a network.
ONLINE = ("ingest", "push", "seek", "full_text", "outside")
Job = Callable[[datetime], "DataclassInstance"]


def stages(fetch: Fetch) -> dict[str, Job]:
    """The pipe in its order, each stage ready to be called with the time."""
    return {
        "ingest": partial(ingest, fetch=fetch, gap=settings.HINDCAST_HOST_GAP),
        "take": take,
        "push": partial(push, fetch=fetch, gap=settings.HINDCAST_HOST_GAP),
        "seek": partial(seek, fetch=fetch, gap=settings.HINDCAST_HOST_GAP),
        "extract": extract,
        "match": match,
        "full_text": partial(full_text, fetch=fetch),
        "outside": partial(
            outside,
            fetch=fetch,
            gap=settings.HINDCAST_HOST_GAP,
            metaculus_token=settings.HINDCAST_METACULUS_TOKEN,
        ),
        "revise": revise,
        "review": review,
        "digest": digest,
        "deliver": deliver,
    }
