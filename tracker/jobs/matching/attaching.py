"""Attaching: which of the news that may bear on a question is suggested, by what was decided on it so far.

Where decided stories have their vectors, relevance is judged anew from them; else the question's threshold moves.
"""

from collections.abc import Collection, Sequence

import numpy as np

from language.sentences.embeddings import Encoder
from language.stance import taught
from language.stance.taught import Lessons
from language.weights import ModelUnavailable
from tracker import lessons
from tracker.jobs.matching.classifiers import Candidate

# The relevance by itself from which news of a question that has taught something is judged anew.
WORTH_JUDGING = 0.2


def lessons_of(propositions: Collection[int]) -> dict[int, Lessons]:
    """Lessons by question; none where the weights are not those that were trained."""
    return {} if bar() is None else lessons.known(propositions)


def bar() -> float | None:
    """The taught relevance from which news is attached; None where the weights are not those that were trained."""
    try:
        return taught.load().bar
    except ModelUnavailable:
        return None


def bearing(candidates: Sequence[Candidate], *, known: dict[int, Lessons], encoder: Encoder | None) -> list[Candidate]:
    """The candidates that are to be suggested; those of questions without lessons are."""
    to_learn = [each for each in candidates if each.proposition.pk in known]
    if not to_learn or encoder is None:
        return list(candidates)
    fitted = taught.load()
    vectors = encoder.encode([taught.text_of(each.revision.title, each.revision.body) for each in to_learn])
    left_out = set()
    for each, vector in zip(to_learn, vectors, strict=True):
        own = np.array([each.relevance])
        (after,) = taught.relevances_after(
            own, vector[None, :], lessons=known[each.proposition.pk], fitted=fitted
        ).tolist()
        if after < fitted.bar:
            left_out.add(id(each))
    return [each for each in candidates if id(each) not in left_out]
