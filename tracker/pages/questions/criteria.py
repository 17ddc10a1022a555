"""The words of a question as they changed: what stands, what stood before, and under which a forecast was made."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from forecasts.criteria import version_at
from forecasts.models import CriteriaVersion
from tracker.pages.formats import day

# A wording, the end of its time, and its parts: name, text, and whether the next wording changed it.
EarlierWording = tuple[CriteriaVersion, datetime, list[tuple[str, str, bool]]]


def earlier(versions: Sequence[CriteriaVersion]) -> tuple[EarlierWording, ...]:
    """The wordings before the one that stands, the latest first; `versions` are given in order."""
    return tuple((one, following.since, _compared(one, following)) for one, following in pairwise(versions))[::-1]


def current_number(versions: Sequence[CriteriaVersion]) -> int:
    """Of the version that stands; 1 as long as nothing has changed."""
    return versions[-1].number if versions else 1


def made_under(versions: Sequence[CriteriaVersion], made_at: datetime) -> int | None:
    """The number of the version that stood when a forecast was made, where it is not the one that stands now."""
    version = version_at(versions, made_at)
    return version.number if version is not None and version is not versions[-1] else None


def _compared(one: CriteriaVersion, following: CriteriaVersion) -> list[tuple[str, str, bool]]:
    pairs = zip(_parts(one), _parts(following), strict=True)
    return [(name, text, text != new) for (name, text), (_, new) in pairs]


def _parts(version: CriteriaVersion) -> tuple[tuple[str, str], ...]:
    return (
        ("Question", version.question),
        ("Yes means", version.statement),
        ("Settled by", version.resolution_criteria),
        ("Deadline", day(version.deadline)),
    )
