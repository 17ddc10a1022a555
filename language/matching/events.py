"""Events: reports that tell in other words what happened once, offered to a curator as one story.

Copies of one wording are found by `stories` and joined at once. These are not: their meaning is alike. Of pairs of news
of neighbouring days, read by eye, about nine in ten at or above LIKE told of one event.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

LIKE = 0.87  # cosine of the embeddings of title and lead
APART = timedelta(hours=36)
NUMBER = re.compile(r"\d[\d.,]*")
# Who asks or explains reports nothing.
ASKS = re.compile(
    r"\?\s*$|^(?:why|how|what|who|where|when|is|are|will|can|should|explainer|analysis|opinion)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Report:
    """A report by its title and its time."""

    title: str
    published_at: datetime


def is_one_event(one: Report, other: Report, *, cosine: float) -> bool:
    """Whether two reports seem to tell of one event, from the cosine of their embeddings.

    Titles whose figures all differ tell of two days or two counts.
    """
    if cosine < LIKE or abs(one.published_at - other.published_at) > APART:
        return False
    if any(not each.title.strip() or ASKS.search(each.title.strip()) for each in (one, other)):
        return False
    figures, others = (set(NUMBER.findall(each.title)) for each in (one, other))
    return not figures or not others or bool(figures & others)
