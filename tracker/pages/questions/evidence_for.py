"""Evidence as a story has it: the positions of each question that the story bears on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from forecasts.models import Proposition
from tracker.models import Evidence, Position
from tracker.pages.questions import rows as standings


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """A position or a question that a story is evidence for, its page, and whether a person has said so."""

    title: str
    address: str
    question: str
    is_confirmed: bool


def by_story(stories: Sequence[int]) -> dict[int, tuple[Bearing, ...]]:
    """For each of the stories that is evidence for anything that pages show; three queries."""
    rows = Evidence.objects.shown().filter(story__in=stories).order_by("pk")
    pairs = list(rows.values_list("story_id", "proposition_id", "state"))
    wanted = {proposition for _, proposition, _ in pairs}
    positions: defaultdict[int, list[Position]] = defaultdict(list)
    shown = Position.objects.shown().filter(proposition__in=wanted).select_related("claim", "proposition")
    for position in shown.order_by("pk"):
        positions[position.proposition_id].append(position)
    bare = Proposition.objects.published().filter(pk__in=wanted - set(positions)).in_bulk()
    found: defaultdict[int, list[Bearing]] = defaultdict(list)
    for story, proposition, state in pairs:
        is_confirmed = state == Evidence.State.CONFIRMED
        found[story] += [
            _of_position(position, is_confirmed=is_confirmed) for position in positions.get(proposition, ())
        ]
        if proposition in bare:
            found[story].append(_of_question(bare[proposition], is_confirmed=is_confirmed))
    return {story: tuple(bearings) for story, bearings in found.items()}


def _of_position(position: Position, *, is_confirmed: bool) -> Bearing:
    return Bearing(
        title=position.title,
        address=standings.address(position),
        question=position.proposition.question,
        is_confirmed=is_confirmed,
    )


def _of_question(proposition: Proposition, *, is_confirmed: bool) -> Bearing:
    return Bearing(
        title=proposition.question,
        address=reverse("question", args=[proposition.key]),
        question="",
        is_confirmed=is_confirmed,
    )
