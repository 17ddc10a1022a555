"""The stories that bear on a question, as rows of a ledger seen from a claim."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db.models import Prefetch

from tracker.models import Entry, Evidence, LikeStory, Story
from tracker.models.evidence import EvidenceQuerySet
from tracker.pages.drawing.waterfall import Waterfall
from tracker.pages.formats import EFFECT, stance_for

MOST_ROWS: Final = 300  # on one page; confirmed stories come before suggestions when there are more
WEIGHTS: Final = {"weak": 0.15, "moderate": 0.4, "strong": 0.7, "decisive": 1.0}
NOT_CONFIRMED: Final = 0.1


CALLED: Final = {"supports": "called supporting", "contradicts": "called contradicting", "mentions": "called a mention"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedAlike:
    """The decided story that weighed most in a suggestion: what was said of it, seen from the claim, by whom, when."""

    pk: int
    headline: str
    called: str
    by: str
    on: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One story: its stance seen from the claim, who decided it, and how far it moved the claim's chance.

    `before` and `after` are the percentages it led from and to, both None where it is no part of the estimate.
    `same_event` is an earlier story that seems to tell the same event in other words.
    """

    pk: int
    evidence: Evidence
    stance: str
    is_confirmed: bool
    headline: str
    link: str
    reprints: int
    published_at: datetime
    classifier_stance: str
    before: int | None
    after: int | None
    alike: DecidedAlike | None
    same_event: Story | None = None

    @property
    def teaches(self) -> int:
        """How many others deciding on it tells about, where it is the first of its question's queue."""
        first = not self.is_confirmed and self.evidence.queue_place == 0
        return self.evidence.tells_about if first and self.evidence.tells_about > 1 else 0

    @property
    def points(self) -> int:
        return 0 if self.before is None or self.after is None else self.after - self.before

    @property
    def outlet(self) -> str:
        return self.evidence.revision.entry.publisher

    @property
    def effect(self) -> str:
        """The class of its passage: for, against or neutral."""
        return EFFECT[self.stance]

    @property
    def direction(self) -> str:
        """Which way it moved the chance, as a stance; its own stance where it moved nothing."""
        return "supports" if self.points > 0 else "contradicts" if self.points < 0 else self.stance

    @property
    def weight(self) -> float:
        """How large its mark is drawn, 0 to 1."""
        return WEIGHTS.get(self.evidence.strength, 0.0) if self.is_confirmed else NOT_CONFIRMED


def rows(proposition: int, *, side: str, walk: Waterfall) -> tuple[Row, ...]:
    """Every story that a page shows of a question, newest first, in three queries."""
    found = stories().shown().filter(proposition_id=proposition).order_by("state", "-published_at", "-pk")
    made = with_like_stories([row(evidence, side=side, walk=walk) for evidence in found[:MOST_ROWS]])
    return tuple(sorted(made, key=lambda one: (one.published_at, one.pk), reverse=True))


def stories() -> EvidenceQuerySet:
    """Evidence with all that a row shows."""
    reprints = Prefetch("story__entries", queryset=Entry.objects.select_related("feed__outlet"))
    rows = Evidence.objects.select_related("story", "revision__entry__feed__outlet", "weighed__revision")
    unseen = ("revision__body", "story__signature", "vector", "weighed__vector", "weighed__revision__body")
    return rows.defer(*unseen).prefetch_related(reprints)


def row(evidence: Evidence, *, side: str, walk: Waterfall) -> Row:
    """One story, of those that `stories` gives."""
    entry = evidence.revision.entry
    step = walk.of(str(evidence.pk))
    return Row(
        pk=evidence.pk,
        evidence=evidence,
        stance=stance_for(side, evidence.shown_stance),
        is_confirmed=evidence.is_confirmed,
        headline=evidence.revision.title,
        link=entry.link if entry.link.startswith(("https://", "http://")) else "",
        reprints=len({other.publisher for other in evidence.story.entries.all()} - {entry.publisher}),
        published_at=evidence.published_at,
        classifier_stance=stance_for(side, evidence.suggested_stance),
        before=step.before if step else None,
        after=step.after if step else None,
        alike=None if evidence.is_confirmed or not evidence.weighed else _alike(evidence.weighed, side=side),
    )


def _alike(decided: Evidence, *, side: str) -> DecidedAlike:
    return DecidedAlike(
        pk=decided.pk,
        headline=decided.revision.title,
        called=CALLED[stance_for(side, decided.stance)] if decided.is_confirmed else "rejected",
        by=decided.decided_by,
        on=decided.decided_at,
    )


def with_like_stories(rows: Sequence[Row]) -> list[Row]:
    """The rows, each with the earlier story that it seems to repeat in other words; one query."""
    earlier = LikeStory.objects.of([one.evidence.story_id for one in rows])
    return [replace(one, same_event=earlier.get(one.evidence.story_id)) for one in rows]


def movers(ledger: Iterable[Row], *, most: int = 3) -> tuple[Row, ...]:
    """Rows that moved the chance most, the largest first."""
    moved = [one for one in ledger if one.points]
    return tuple(sorted(moved, key=lambda one: (-abs(one.points), one.published_at))[:most])


def only(ledger: Sequence[Row], stance: str) -> tuple[Row, ...]:
    """Rows of one stance, or those that wait for a person (`suggested`) in the order of the queue, or all."""
    if stance == "suggested":
        return tuple(sorted((one for one in ledger if not one.is_confirmed), key=_place))
    return tuple(one for one in ledger if not stance or one.stance == stance)


def _place(row: Row) -> tuple[bool, int]:
    place = row.evidence.queue_place
    return place is None, place or 0
