"""Baseline and peer scores: by hand, their properties, and the official scores of professionals."""

import csv
import math
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forecasts.maths import points
from forecasts.maths.points import NOTHING
from forecasts.maths.scoring import ForecastSpan
from tests.forecasts.maths import plain_peers

PROFESSIONALS = Path(__file__).parents[4] / "shared" / "data" / "human_forecasts" / "pros_2024.csv"
OPENS = datetime(2026, 1, 1, tzinfo=UTC)
chances = st.floats(min_value=0.001, max_value=0.999)
spans = st.tuples(chances, st.integers(-3, 13), st.integers(-3, 13))


def day(number):
    return OPENS + timedelta(days=number)


def stood(chance, since=0, until=10):
    return ForecastSpan(probability=chance, since=day(since), until=day(until))


def over_time(score, *standings, outcome=True, closes=10, horizon=10):
    return score(list(standings), outcome=outcome, opens=OPENS, closes=day(closes), horizon=day(horizon))


def test_even_chances_earn_nothing_and_each_doubling_of_the_chance_a_hundred():
    assert points.baseline(0.5, outcome=True) == pytest.approx(0)
    assert points.baseline(0.75, outcome=False) == pytest.approx(-100)


def test_a_peer_score_is_the_mean_of_what_one_has_over_each_other():
    expected = 100 * (math.log(0.8 / 0.4) + math.log(0.8 / 0.2)) / 2
    assert plain_peers.peer(0.8, outcome=True, others=[0.4, 0.2]) == pytest.approx(expected)
    at_the_end = plain_peers.peer_spot([stood(0.8), stood(0.4), stood(0.2)], outcome=True, at=day(9))
    assert at_the_end[0].score == pytest.approx(expected)


def test_whoever_is_alone_has_no_peers():
    assert plain_peers.peer(0.8, outcome=True, others=[]) == 0
    (alone,) = over_time(plain_peers.peer_accuracy, stood(0.8, 2))
    assert (alone.score, alone.coverage) == (0, pytest.approx(0.8))


@pytest.mark.parametrize("score", [points.baseline_accuracy, plain_peers.peer_accuracy])
def test_without_forecasts_there_are_no_scores(score):
    assert over_time(score) == ()


@pytest.mark.parametrize("score", [points.baseline_accuracy, plain_peers.peer_accuracy])
@pytest.mark.parametrize(
    "unlucky",
    [
        pytest.param(stood(0.9, -4, -1), id="withdrawn before the opening"),
        pytest.param(stood(0.9, 4, 4), id="replaced at the same instant"),
        pytest.param(stood(0.9, 6, 4), id="a clock that went back"),
        pytest.param(stood(0.9, 8, 10), id="given after the question was settled"),
    ],
)
def test_what_stood_for_no_time_earns_nothing_and_moves_nobody(score, unlucky):
    others = [stood(0.3), stood(0.6)]
    earned = over_time(score, *others, unlucky, closes=7)
    assert earned[2] == NOTHING
    assert earned[:2] == over_time(score, *others, closes=7)


def test_a_question_closed_before_it_opens_scores_nobody():
    assert over_time(points.baseline_accuracy, stood(0.9), closes=-1) == (NOTHING,)
    assert over_time(plain_peers.peer_accuracy, stood(0.9), horizon=0) == (NOTHING,)


def test_an_early_end_lowers_coverage_and_score():
    (earned,) = over_time(points.baseline_accuracy, stood(0.9), closes=5)
    assert earned.coverage == pytest.approx(0.5)
    assert earned.score == pytest.approx(points.baseline(0.9, outcome=True) / 2)


def test_nobody_is_covered_while_nobody_stands():
    earned = over_time(plain_peers.peer_accuracy, stood(0.3, 0, 4), stood(0.6, 0, 4))
    assert [each.coverage for each in earned] == pytest.approx([0.4, 0.4])


@pytest.mark.parametrize("value", [0, 1, float("nan"), "0.5"])
def test_no_points_for_what_is_no_probability(value):
    for score in (points.baseline_accuracy, plain_peers.peer_accuracy):
        with pytest.raises(ValueError, match="probability"):
            over_time(score, stood(0.5), stood(value))


@given(belief=chances, said=chances, others=st.lists(chances, max_size=5))
def test_honesty_is_the_best_policy_under_both(belief, said, others):
    assume(abs(belief - said) > 1e-4)

    def expected(score):
        return belief * score(outcome=True) + (1 - belief) * score(outcome=False)

    assert expected(lambda **o: points.baseline(belief, **o)) > expected(lambda **o: points.baseline(said, **o))
    if others:
        honest = expected(lambda **o: plain_peers.peer(belief, **o, others=others))
        assert honest > expected(lambda **o: plain_peers.peer(said, **o, others=others))


@given(st.lists(spans, max_size=8), st.booleans())
def test_peer_scores_sum_to_nothing_and_coverage_stays_within_bounds(given_spans, outcome):
    earned = over_time(plain_peers.peer_accuracy, *[stood(*span) for span in given_spans], outcome=outcome)
    assert math.fsum(each.score for each in earned) == pytest.approx(0, abs=1e-8)
    assert all(-1e-12 <= each.coverage <= 1 + 1e-12 for each in earned)


@given(st.lists(spans, max_size=8), st.randoms(), st.booleans())
def test_the_order_of_forecasts_does_not_matter(given_spans, random, outcome):
    places = random.sample(range(len(given_spans)), k=len(given_spans))
    for score in (points.baseline_accuracy, plain_peers.peer_accuracy):
        straight = over_time(score, *[stood(*span) for span in given_spans], outcome=outcome)
        mixed = over_time(score, *[stood(*given_spans[place]) for place in places], outcome=outcome)
        assert [each.score for each in mixed] == pytest.approx([straight[place].score for place in places], abs=1e-9)


@given(st.lists(st.tuples(chances, st.integers(0, 10)), min_size=1, max_size=6), st.booleans())
def test_both_ways_of_scoring_cover_the_same_time(given_spans, outcome):
    standings = [stood(chance, since) for chance, since in given_spans]
    both = [
        over_time(score, *standings, outcome=outcome) for score in (points.baseline_accuracy, plain_peers.peer_accuracy)
    ]
    for one, other in zip(*both, strict=True):
        assert one.coverage == pytest.approx(other.coverage)


@given(belief=chances, said=chances, others=st.lists(chances, max_size=5))
def test_honesty_is_the_best_policy_at_one_moment(belief, said, others):
    assume(abs(belief - said) > 1e-4)

    def expected(score, chance):
        standings = [stood(chance), *map(stood, others)]
        yes, no = (score(standings, outcome=outcome, at=day(4))[0].score for outcome in (True, False))
        return belief * yes + (1 - belief) * no

    assert expected(plain_peers.baseline_spot, belief) > expected(plain_peers.baseline_spot, said)
    if others:
        assert expected(plain_peers.peer_spot, belief) > expected(plain_peers.peer_spot, said)


@given(belief=chances, said=chances, others=st.lists(spans, max_size=5))
def test_honesty_is_the_best_policy_over_time(belief, said, others):
    assume(abs(belief - said) > 1e-4)

    def expected(score, chance):
        standings = [stood(chance, 1, 9), *[stood(*other) for other in others]]
        yes, no = (over_time(score, *standings, outcome=outcome)[0].score for outcome in (True, False))
        return belief * yes + (1 - belief) * no

    assert expected(points.baseline_accuracy, belief) > expected(points.baseline_accuracy, said)
    has_company = any(max(since, 1) < min(until, 9) for _, since, until in others)
    if has_company:
        assert expected(plain_peers.peer_accuracy, belief) > expected(plain_peers.peer_accuracy, said)
    else:
        assert expected(plain_peers.peer_accuracy, said) == 0


@given(st.lists(spans, min_size=1, max_size=6), st.floats(0.01, 0.99), st.booleans())
def test_splitting_a_standing_in_two_changes_nothing(given_spans, share, outcome):
    first, *others = [stood(*span) for span in given_spans]
    middle = first.since + (first.until - first.since) * share
    halves = [replace(first, until=middle), replace(first, since=middle)]
    for score in (points.baseline_accuracy, plain_peers.peer_accuracy):
        whole = over_time(score, first, *others, outcome=outcome)
        split = over_time(score, *halves, *others, outcome=outcome)
        assert split[0].score + split[1].score == pytest.approx(whole[0].score, abs=1e-6)
        assert split[0].coverage + split[1].coverage == pytest.approx(whole[0].coverage, abs=1e-9)
        assert [each.score for each in split[2:]] == pytest.approx([each.score for each in whole[1:]], abs=1e-6)


@given(st.lists(spans, max_size=6), st.booleans())
def test_no_baseline_score_exceeds_a_hundred_times_its_coverage(given_spans, outcome):
    for earned in over_time(points.baseline_accuracy, *[stood(*span) for span in given_spans], outcome=outcome):
        assert earned.score <= 100 * earned.coverage


@given(st.integers(-3, 13), st.integers(-3, 13))
def test_nobody_covers_more_than_was_attainable_and_the_steadiest_covers_just_that(closes, horizon):
    share = points.attainable(opens=OPENS, closes=day(closes), horizon=day(horizon))
    (steady,) = over_time(points.baseline_accuracy, stood(0.7, -5, 20), closes=min(closes, horizon), horizon=horizon)
    assert 0 <= share <= 1
    assert steady.coverage == pytest.approx(share)


def test_what_an_early_end_leaves_is_attainable():
    assert points.attainable(opens=OPENS, closes=day(4), horizon=day(10)) == pytest.approx(0.4)
    assert points.attainable(opens=OPENS, closes=day(10), horizon=day(10)) == 1
    assert points.attainable(opens=OPENS, closes=day(-1), horizon=day(10)) == 0


def test_a_place_on_the_leaderboard_takes_thirty_questions_worth_of_coverage():
    assert points.leaderboard(60.0, coverage=2.0) == pytest.approx(2)
    assert points.leaderboard(60.0, coverage=30.0) == pytest.approx(2)
    assert points.leaderboard(-60.0, coverage=40.0) == pytest.approx(-1.5)


@pytest.mark.shared
@pytest.mark.skipif(not PROFESSIONALS.exists(), reason="the forecasts of professionals are not beside this checkout")
def test_official_spot_scores_are_recomputed():
    questions = defaultdict(list)
    with PROFESSIONALS.open() as lines:
        for row in csv.DictReader(lines):
            questions[row["question"]].append(row)
    for rows in questions.values():
        standings, outcome = [stood(float(row["probability"])) for row in rows], rows[0]["outcome"] == "1"
        for score, name in ((plain_peers.baseline_spot, "spot_baseline"), (plain_peers.peer_spot, "spot_peer")):
            earned = [each.score for each in score(standings, outcome=outcome, at=day(9))]
            assert earned == pytest.approx([float(row[name]) for row in rows], abs=1e-6)
