"""Evidence as a story has it: the positions of each question that the story bears on."""

from collections import defaultdict
from collections.abc import Sequence

from tracker.models import Evidence, Position


def by_story(stories: Sequence[int]) -> dict[int, list[tuple[Position, bool]]]:
    """For each story that is evidence for what pages show, the positions and whether a person said so; two queries.

    A question is named by the claims put to it, or by itself where there is none.
    """
    shown = Evidence.objects.shown().filter(story__in=stories).order_by("pk")
    pairs = list(shown.values_list("story_id", "proposition_id", "state"))
    published = Position.objects.published().filter(proposition__in={proposition for _, proposition, _ in pairs})
    by_question: defaultdict[int, list[Position]] = defaultdict(list)
    for position in published.select_related("claim", "proposition").order_by("pk"):
        by_question[position.proposition_id].append(position)
    found: defaultdict[int, list[tuple[Position, bool]]] = defaultdict(list)
    for story, proposition, state in pairs:
        positions = by_question[proposition]
        of_claims = [position for position in positions if not position.is_bare]
        found[story] += [(position, state == Evidence.State.CONFIRMED) for position in of_claims or positions]
    return dict(found)
