"""What a judgement says in a word."""

import pytest

from language.classifiers.protocol import Judgement


@pytest.mark.parametrize(
    ("probabilities", "stance", "confidence"),
    [((0.5, 0.2, 0.3), "supports", 0.5), ((0.2, 0.6, 0.2), "contradicts", 0.6), ((0.4, 0.2, 0.4), "mentions", 0.4)],
)
def test_the_likeliest_stance_counts_and_a_tie_mentions_only(probabilities, stance, confidence):
    supports, contradicts, mentions = probabilities
    found = Judgement(
        relevance=0.9, attach=True, supports=supports, contradicts=contradicts, mentions=mentions, passage=""
    )
    assert (found.stance, found.confidence) == (stance, confidence)
