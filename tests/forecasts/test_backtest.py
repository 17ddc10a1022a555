"""The backtest over real estimates and rulings: what counts, what is left out, in how many queries."""

import math
from datetime import date

import pytest

from forecasts.backtest import runs
from forecasts.estimates import revise
from forecasts.maths.comparison import summarise
from forecasts.models import AggregateForecast, Proposition, Score
from forecasts.resolution import resolve, reverse
from tests.forecasts.makers import day, make_proposition, marked, story

pytestmark = pytest.mark.django_db


def ruled(key, *signals, outcome="yes", effective_on=date(2026, 1, 10), at=None, **fields):
    """A proposition whose estimate followed the signals, each on its day, ruled on."""
    proposition = make_proposition(key, **fields)
    revise(marked(proposition), signals=[], at=day(0))
    for signal in signals:
        Proposition.objects.filter(pk=proposition.pk).mark_unsettled(signal.at)
        revise(marked(proposition), signals=[each for each in signals if each.at <= signal.at], at=signal.at)
    return resolve(
        proposition,
        outcome=outcome,
        effective_on=effective_on,
        source="https://news.example/1",
        reason="As announced.",
        by="Cleo",
        at=at or day(20),
    )


def test_nothing_ruled_is_nothing_to_show():
    make_proposition()
    assert runs() == ()
    assert summarise([]).lines == ()
    assert summarise([]).too_few


def test_evidence_moves_the_estimate_from_its_day_on_and_the_prior_not_at_all():
    ruled("contract", story("1", at=day(5)), prior=0.4)
    (run,) = runs()
    after = 2 / 3  # odds of 2 to 3, times a likelihood ratio of 3
    assert run.baselines["prior"].brier == pytest.approx(0.36)
    assert run.baselines["evidence"].brier == pytest.approx((0.36 + (1 - after) ** 2) / 2)
    assert run.baselines["evidence"].log_gain == pytest.approx((math.log(after) - math.log(0.4)) / 2)
    assert run.baselines["estimate"] == run.baselines["evidence"]


def test_the_estimate_scores_what_the_ruling_scored_the_product_with():
    ruled("contract", story("1", at=day(2)), story("2", -1, at=day(7)))
    (run,) = runs()
    stored = dict(Score.objects.values_list("rule", "value"))
    assert run.baselines["estimate"].brier == pytest.approx(stored["brier"])
    assert run.baselines["estimate"].log == pytest.approx(stored["log"])


def test_the_crowd_is_there_only_where_one_stood():
    with_crowd = ruled("asked")
    ruled("unasked")
    AggregateForecast.objects.create(proposition=with_crowd.proposition, at=day(2), count=1, probability=0.9)
    AggregateForecast.objects.create(proposition=with_crowd.proposition, at=day(6), count=0)
    summary = summarise(runs())
    assert (summary.line("crowd").runs, summary.line("estimate").runs) == (1, 2)
    assert summary.line("crowd").brier.value == pytest.approx(0.01)
    assert summary.line("crowd").brier_gain.value == pytest.approx(0.24)
    assert summary.line("crowd").brier.interval is None


def test_only_standing_rulings_yes_or_no_count_and_the_last_settled_comes_first():
    ruled("early", outcome="no", effective_on=date(2026, 1, 4))
    ruled("late", effective_on=date(2026, 1, 8))
    ruled("void", outcome="void")
    reverse(ruled("reversed"), reason="Too early.", by="Cleo", at=day(21))
    assert [run.key for run in runs()] == ["late", "early"]
    assert [run.key for run in runs(Proposition.objects.filter(key="early"))] == ["early"]


def test_a_question_ruled_on_at_its_opening_is_left_out():
    ruled("at-once", effective_on=date(2026, 1, 1), at=day(0))
    assert runs() == ()


def test_what_the_last_day_brought_does_not_count_as_known_before():
    ruled("contract", story("1", at=day(2)), story("2", strength="decisive", at=day(9, 12)))
    (line, *_) = summarise(runs()).lines
    (bin_,) = line.final.bins
    assert (bin_.count, bin_.happened, bin_.stated) == (1, 1, pytest.approx(0.75))


def test_both_decompositions_give_back_the_brier_score():
    for number in range(6):
        ruled(f"q{number}", story("1", 1 if number % 2 else -1, at=day(number)), outcome="yes" if number > 1 else "no")
    for line in summarise(runs()).lines:
        parts = line.over_time_parts
        assert parts.brier == pytest.approx(line.brier.value)
        assert parts.reliability - parts.resolution + parts.uncertainty + parts.within == pytest.approx(parts.brier)
        assert sum(share.weight for share in line.over_time) == pytest.approx(6)
        assert sum(bin_.count for bin_ in line.final.bins) == 6


def test_the_difference_to_the_prior_is_paired():
    for number in range(12):
        ruled(f"q{number}", story("1", at=day(1)), prior=0.1 + number / 20)
    evidence, prior = (summarise(runs()).line(way) for way in ("evidence", "prior"))
    assert not summarise(runs()).too_few
    assert evidence.log_gain.value == pytest.approx(evidence.log.value - prior.log.value)
    assert 0 < evidence.log_gain.interval.low < evidence.log_gain.interval.high
    assert prior.log_gain.interval.low == prior.log_gain.interval.high == 0.0
    apart = evidence.log.interval.high - evidence.log.interval.low
    assert evidence.log_gain.interval.high - evidence.log_gain.interval.low < apart


def test_three_queries_whatever_the_number_of_propositions(django_assert_num_queries):
    for number in range(3):
        ruled(f"q{number}", story("1", at=day(2)))
    with django_assert_num_queries(3):
        summarise(runs())
