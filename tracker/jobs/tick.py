"""The pipe: every stage in its order. A tick calls them one after the other, Celery each on its schedule."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings

from news.fetch.connections import Fetch
from tracker.jobs.claims.extract import extract
from tracker.jobs.estimates.review import review
from tracker.jobs.estimates.revise import revise
from tracker.jobs.feeds.full_text import full_text
from tracker.jobs.feeds.ingest import ingest
from tracker.jobs.feeds.push import push
from tracker.jobs.feeds.receive import receive
from tracker.jobs.feeds.seek import seek
from tracker.jobs.letters.deliver import deliver
from tracker.jobs.letters.digest import digest
from tracker.jobs.matching.learn import learn
from tracker.jobs.matching.match import match
from tracker.jobs.outside.outside import outside
from tracker.jobs.readings.forecasts import forecast
from tracker.jobs.readings.rulings import draft_rulings

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


# Stages that cannot be done without a network.
ONLINE = ("ingest", "push", "seek", "full_text", "outside")
Job = Callable[[datetime], "DataclassInstance"]


def stages(fetch: Fetch) -> dict[str, Job]:
    """The pipe in its order, each stage ready to be called with the time."""
    gap, token = settings.HINDCAST_HOST_GAP, settings.HINDCAST_METACULUS_TOKEN
    return {
        "ingest": lambda now: ingest(now, fetch=fetch, gap=gap),
        "receive": receive,
        "push": lambda now: push(now, fetch=fetch, gap=gap),
        "seek": lambda now: seek(now, fetch=fetch, gap=gap),
        "extract": extract,
        "match": match,
        "full_text": lambda now: full_text(now, fetch=fetch),
        "learn": learn,
        "outside": lambda now: outside(now, fetch=fetch, gap=gap, metaculus_token=token),
        "forecast": forecast,
        "draft_rulings": draft_rulings,
        "revise": revise,
        "review": review,
        "digest": digest,
        "deliver": deliver,
    }
