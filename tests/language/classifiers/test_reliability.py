"""What a classifier's suggestions are worth, from what people decided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.classifiers.protocol import STANCES
from language.classifiers.reliability import DECIDED, Reliability

COUNTS = st.dictionaries(st.tuples(st.sampled_from(STANCES), st.sampled_from(STANCES)), st.integers(0, 500))


def ratios(counts):
    found = Reliability(counts)
    return [found.log_likelihood_ratio(said) for said in STANCES]


def test_without_decisions_nothing_is_worth_anything():
    assert ratios({}) == [0, 0, 0]


def test_a_classifier_that_guesses_is_worth_nothing_however_many_decisions_there_are():
    guessing = {(decided, said): 400 for decided in STANCES for said in STANCES}
    assert ratios(guessing) == pytest.approx([0, 0, 0])


def test_a_classifier_that_always_says_the_same_is_worth_nothing():
    assert ratios({("supports", "mentions"): 300, ("contradicts", "mentions"): 40})[2] == pytest.approx(0, abs=0.01)


def test_a_difference_that_may_be_chance_is_worth_nothing():
    seen = {("supports", "supports"): 12, ("supports", "mentions"): 27, ("contradicts", "supports"): 3}
    assert ratios({**seen, ("contradicts", "mentions"): 19}) == [0, 0, 0]


def test_a_good_classifier_gains_with_each_decision():
    few = {("supports", "supports"): 8, ("contradicts", "contradicts"): 8, ("contradicts", "supports"): 2}
    many = {each: 20 * count for each, count in few.items()}
    assert 0 < ratios(few)[0] < ratios(many)[0]
    assert ratios(many)[1] < ratios(few)[1] < 0


@given(COUNTS)
def test_shares_are_probabilities(counts):
    found = Reliability(counts)
    for decided in STANCES:
        shares = [found.share(said, decided=decided) for said in STANCES]
        assert sum(shares) == pytest.approx(1)
        assert min(shares) > 0


@given(COUNTS)
def test_swapping_the_sides_swaps_the_ratios(counts):
    swap = {"supports": "contradicts", "contradicts": "supports", "mentions": "mentions"}
    turned = {(swap[decided], swap[said]): count for (decided, said), count in counts.items()}
    supports, contradicts, mentions = ratios(counts)
    assert ratios(turned) == pytest.approx([-contradicts, -supports, -mentions])


def worths(counts, strength=1.0):
    found = Reliability(counts)
    return [found.worth(said, strength=strength) for said in STANCES]


def test_a_suggestion_is_worth_less_than_the_story_that_it_reports():
    sure = {(stance, stance): 5000 for stance in STANCES}
    supports, contradicts, _ = worths(sure)
    assert 0.95 < supports < 1
    assert contradicts == pytest.approx(-supports)


def test_what_is_often_said_of_news_that_bears_on_nothing_is_worth_less():
    good = {("supports", "supports"): 50, ("contradicts", "contradicts"): 50, ("rejected", "mentions"): 100}
    loose = {**good, ("rejected", "mentions"): 0, ("rejected", "supports"): 100}
    assert 0 < worths(loose)[0] < worths(good)[0] / 2
    assert abs(worths(loose)[1]) >= abs(worths(good)[1]) * 0.9


@given(st.dictionaries(st.tuples(st.sampled_from(DECIDED), st.sampled_from(STANCES)), st.integers(0, 500)))
def test_a_worth_has_the_sign_of_the_certain_ratio_and_is_no_larger_than_it_or_the_strength(counts):
    for worth, ratio in zip(worths(counts), ratios(counts), strict=True):
        assert abs(worth) <= min(1.0, abs(ratio)) + 1e-12
        assert worth * ratio >= 0


def test_a_classifier_that_guesses_moves_nothing_by_its_worth():
    assert worths({(decided, said): 400 for decided in DECIDED for said in STANCES}) == pytest.approx([0, 0, 0])
