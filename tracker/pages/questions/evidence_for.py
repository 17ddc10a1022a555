"""Evidence as a story has it: the positions of each question that the story bears on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.models import Evidence, Position


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionBehind:
    """A position that a story is evidence for, its page, and whether a person has said so."""

    title: str
    address: str
    question: str
    is_confirmed: bool


def by_story(stories: Sequence[int]) -> dict[int, tuple[PositionBehind, ...]]:
    """For each of the stories that is evidence for anything that pages show; two queries.

    A question is named by the claims put to it, or by itself where there is none.
    """
    shown = Evidence.objects.shown().filter(story__in=stories).order_by("pk")
    pairs = list(shown.values_list("story_id", "proposition_id", "state"))
    published = Position.objects.published().filter(proposition__in={proposition for _, proposition, _ in pairs})
    by_question: defaultdict[int, list[Position]] = defaultdict(list)
    for position in published.select_related("claim", "proposition").order_by("pk"):
        by_question[position.proposition_id].append(position)
    found: defaultdict[int, list[PositionBehind]] = defaultdict(list)
    for story, proposition, state in pairs:
        positions = by_question[proposition]
        of_claims = [position for position in positions if not position.is_bare]
        found[story] += [
            PositionBehind(
                title=position.text,
                address=position.get_absolute_url(),
                question="" if position.is_bare else position.proposition.question,
                is_confirmed=state == Evidence.State.CONFIRMED,
            )
            for position in of_claims or positions
        ]
    return {story: tuple(positions) for story, positions in found.items()}
