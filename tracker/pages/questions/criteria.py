"""The words of a question as they changed: what stands, what stood before, and under which a forecast was made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from forecasts.criteria import version_at
from forecasts.models import CriteriaVersion
from tracker.pages.formats import day


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One part of an earlier wording; `was_changed`: by the version that followed."""

    name: str
    text: str
    was_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A wording that stood from `since` to `until`, and why it had come about; the first has no reason."""

    number: int
    since: datetime
    until: datetime
    reason: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The version that stands, and those before it, the latest first."""

    number: int
    since: datetime
    reason: str
    by: str
    earlier: tuple[Earlier, ...]


def wording(versions: Sequence[CriteriaVersion]) -> Wording | None:
    """The versions of a question, given in order; None where its words never changed since people forecast."""
    if not versions:
        return None
    current = versions[-1]
    return Wording(
        number=current.number,
        since=current.since,
        reason=current.reason,
        by=current.by,
        earlier=tuple(_earlier(one, following) for one, following in pairwise(versions))[::-1],
    )


def current_number(versions: Sequence[CriteriaVersion]) -> int:
    """Of the version that stands; 1 as long as nothing has changed."""
    return versions[-1].number if versions else 1


def made_under(versions: Sequence[CriteriaVersion], made_at: datetime) -> int | None:
    """The number of the version that stood when a forecast was made, where it is not the one that stands now."""
    version = version_at(versions, made_at)
    return version.number if version is not None and version is not versions[-1] else None


def _earlier(one: CriteriaVersion, following: CriteriaVersion) -> Earlier:
    return Earlier(
        number=one.number,
        since=one.since,
        until=following.since,
        reason=one.reason,
        words=tuple(
            Words(name=name, text=text, was_changed=text != new)
            for (name, text), (_, new) in zip(_parts(one), _parts(following), strict=True)
        ),
    )


def _parts(version: CriteriaVersion) -> tuple[tuple[str, str], ...]:
    return (
        ("Question", version.question),
        ("Yes means", version.statement),
        ("Settled by", version.resolution_criteria),
        ("Deadline", day(version.deadline)),
    )
