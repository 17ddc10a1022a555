"""Events: reports that tell in other words what happened once, offered to a curator as one story.

Copies of one wording are found by `stories` and joined at once. These are not: likeness of meaning is measured, and on
450 pairs of news of neighbouring days read by eye about nine in ten at or above LIKE told of one event.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from language.sentences.embeddings import Encoder

LIKE = 0.8  # mean of the cosines of the titles and of the titles with what follows
APART = timedelta(hours=36)
LEAD = 300  # characters of the body, embedded beside the title
NUMBER = re.compile(r"\d[\d.,]*")
# Who asks or explains reports nothing.
ASKS = re.compile(
    r"\?\s*$|^(?:why|how|what|who|where|when|is|are|will|can|should|explainer|analysis|opinion)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report of a story by its words and its time."""

    title: str
    body: str
    published_at: datetime


def likeness_to(report: Report, others: Sequence[Report], *, encoder: Encoder) -> list[float]:
    """How like each of the others is to a report, 0 to 1, from LIKE on probably of one event.

    0 where time or figures tell that it is another, or where one of the two only asks or explains.
    """
    if not others:
        return []
    texts = [report, *others]
    titles = encoder.encode([each.title for each in texts])
    wholes = encoder.encode([f"{each.title}. {each.body[:LEAD]}" for each in texts])
    means = (titles[1:] @ titles[0] + wholes[1:] @ wholes[0]) / 2
    return [
        float(np.clip(mean, 0, 1)) if _may_be_one(report, other) else 0.0
        for mean, other in zip(means, others, strict=True)
    ]


def _may_be_one(one: Report, other: Report) -> bool:
    """Whether time and figures allow it: titles whose figures all differ tell of two days or two counts."""
    if abs(one.published_at - other.published_at) > APART:
        return False
    if any(not each.title.strip() or ASKS.search(each.title.strip()) for each in (one, other)):
        return False
    figures, others = (set(NUMBER.findall(each.title)) for each in (one, other))
    return not figures or not others or bool(figures & others)
