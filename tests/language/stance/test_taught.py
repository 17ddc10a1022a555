"""What is learned from decisions, on vectors whose likeness is plain to see."""

import numpy as np
import pytest

from language.stance import taught

SHIPPED = np.array([[0.3, 0.3, 0.4]])
RELEVANCE = np.array([0.6])
HERE, NEAR, ASIDE, FAR = (
    np.array(vector, dtype=np.float32) for vector in ([1, 0, 0], [0.96, 0.28, 0], [0.5, 0.866, 0], [0, 0, 1])
)


def judged(*decided, chances=SHIPPED, relevance=RELEVANCE, at=HERE):
    """The chances of a story at HERE after (vector, stance, relevance) decisions."""
    vectors, stances, relevances = zip(*decided, strict=True) if decided else ((), (), ())
    known = taught.lessons(vectors, stances, relevances) if decided else taught.lessons([], [], [])
    (found,) = taught.judge(chances, relevance, np.array([at]), lessons=known, fitted=taught.load())
    return found


def test_without_decisions_nothing_changes():
    found = judged()
    assert (found.supports, found.contradicts, found.mentions, found.relevance) == pytest.approx((0.3, 0.3, 0.4, 0.6))
    assert found.weighed is None


@pytest.mark.parametrize("stance", ["supports", "contradicts", "mentions"])
def test_a_like_story_lends_its_stance(stance):
    found = judged((NEAR, stance, 0.7))
    assert getattr(found, stance) == max(found.supports, found.contradicts, found.mentions)
    assert getattr(found, stance) > 0.5
    assert found.weighed == 0


def test_the_nearer_of_two_that_differ_weighs_more():
    found = judged((ASIDE, "contradicts", 0.7), (NEAR, "supports", 0.7))
    assert found.supports > found.contradicts
    assert found.weighed == 1


def test_a_correction_turns_what_follows_from_it():
    before, after = judged((NEAR, "supports", 0.7)), judged((NEAR, "contradicts", 0.7))
    assert before.supports == pytest.approx(after.contradicts, abs=0.1)


def test_a_story_that_resembles_nothing_names_nothing():
    assert judged((FAR, "supports", 0.7)).weighed is None


def test_a_rejected_story_lowers_what_is_like_it_and_leaves_the_stance():
    found = judged((NEAR, None, 0.6))
    assert found.relevance < 0.6
    assert (found.supports, found.contradicts, found.mentions) == pytest.approx((0.3, 0.3, 0.4))
    assert found.weighed == 0


def test_an_accepted_story_raises_what_is_like_it_above_what_is_not():
    accepted = ((NEAR, "mentions", 0.6), (FAR, None, 0.6))
    assert judged(*accepted).relevance > judged(*accepted, at=FAR).relevance


def test_a_story_that_a_person_attached_has_no_relevance_to_learn_from():
    found = judged((NEAR, "supports", None))
    assert 0.6 < found.relevance < 1


@pytest.mark.parametrize("chances", [[0, 0, 1], [1, 0, 0], [1 / 3, 1 / 3, 1 / 3]])
def test_chances_sum_to_one_whatever_the_classifier_said(chances):
    found = judged((NEAR, "supports", 0.9), (ASIDE, None, 0.1), chances=np.array([chances]), relevance=np.array([1.0]))
    assert found.supports + found.contradicts + found.mentions == pytest.approx(1)
    assert 0 < found.relevance < 1


def test_a_long_queue_after_many_decisions_is_judged_at_once():
    generator = np.random.default_rng(1)
    vectors = generator.normal(size=(700, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    stances = ["supports", "contradicts", "mentions", None] * 50
    known = taught.lessons(list(vectors[:200]), stances, [0.5] * 200)
    found = taught.judge(
        np.tile(SHIPPED, (500, 1)), np.full(500, 0.5), vectors[200:], lessons=known, fitted=taught.load()
    )
    assert len(found) == 500
