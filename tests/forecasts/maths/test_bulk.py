"""Scoring in bulk: exactly what the plain formulas give, whatever was given, and clear words for damaged columns."""

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths import bulk, points
from forecasts.maths.bulk import ForecastColumns, QuestionColumns, score
from forecasts.maths.scoring import ForecastSpan, time_averaged
from tests.forecasts.maths import plain_peers

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 86_400.0
chances = st.floats(min_value=0.001, max_value=0.999)


def questions(*rows):
    """From (opens, closes, horizon, outcome), in days."""
    opens, closes, horizon = (np.array([row[place] for row in rows], dtype=float) * DAY for place in range(3))
    outcome = np.array([row[3] for row in rows], dtype=bool)
    return QuestionColumns(opens=opens, closes=closes, horizon=horizon, outcome=outcome)


def forecasts(*rows):
    """From (question, forecaster, chance, since, until), in days."""
    question, forecaster = (np.array([row[place] for row in rows], dtype=int) for place in range(2))
    chance, since, until = (np.array([row[place] for row in rows], dtype=float) for place in range(2, 5))
    return ForecastColumns(
        question=question, forecaster=forecaster, probability=chance, since=since * DAY, until=until * DAY
    )


def by_pair(scores):
    pairs = zip(scores.question.tolist(), scores.forecaster.tolist(), strict=True)
    columns = (scores.brier, scores.log, scores.coverage, scores.baseline, scores.peer, scores.horizon_coverage)
    return dict(zip(pairs, np.column_stack(columns).tolist(), strict=True))


def plainly(rows, asked):
    """The same from the plain formulas, a question and a forecaster at a time."""
    found = {}
    for number, (opens, closes, horizon, outcome) in enumerate(asked):
        mine = [row for row in rows if row[0] == number]
        standings = [ForecastSpan(probability=row[2], since=day(row[3]), until=day(row[4])) for row in mine]
        times = {"opens": day(opens), "closes": day(closes), "horizon": day(horizon), "outcome": outcome}
        base, peer = (way(standings, **times) for way in (points.baseline_accuracy, plain_peers.peer_accuracy))
        for who in {row[1] for row in mine}:
            places = [place for place, row in enumerate(mine) if row[1] == who]
            window = {"opens": day(opens), "closes": day(closes), "settles": day(closes), "outcome": outcome}
            averaged = time_averaged([standings[place] for place in places], **window)
            if averaged:
                sums = [
                    math.fsum(values)
                    for values in (
                        (base[place].score for place in places),
                        (peer[place].score for place in places),
                        (base[place].coverage for place in places),
                    )
                ]
                found[number, who] = [averaged.brier, averaged.log, averaged.coverage, *sums]
    return found


def day(number):
    return EPOCH + timedelta(days=min(number, 10_000))


@st.composite
def histories(draw):
    """Questions that end early, at once or before they open; forecasters who come, update, withdraw and return."""
    edges = st.integers(-2, 12)
    asked = draw(st.lists(st.tuples(st.just(0), edges, st.integers(0, 12), st.booleans()), min_size=1, max_size=4))
    rows = []
    for number in range(len(asked)):
        for who in range(draw(st.integers(0, 4))):
            moments = sorted(draw(st.lists(edges, max_size=5)))
            for since, until in zip(moments, [*moments, math.inf][1:], strict=True):
                if draw(st.integers(0, 3)):  # else withdrawn for that time
                    rows.append((number, who, draw(chances), since, until))
    return rows, asked


@given(histories(), st.integers(1, 8))
def test_agrees_with_the_plain_formulas_however_it_is_cut_into_blocks(history, block):
    rows, asked = history
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bulk, "BLOCK", block)
        found = by_pair(score(forecasts(*rows), questions(*asked)))
    expected = plainly(rows, asked)
    assert found.keys() == expected.keys()
    for pair, scores in expected.items():
        assert found[pair] == pytest.approx(scores, rel=1e-9, abs=1e-9)


@given(histories())
def test_scores_stay_within_their_bounds(history):
    rows, asked = history
    scores = score(forecasts(*rows), questions(*asked))
    assert ((scores.brier >= 0) & (scores.brier <= 1) & (scores.log <= 0)).all()
    assert ((scores.coverage > 0) & (scores.coverage <= 1)).all()
    for number in range(len(asked)):
        assert scores.peer[scores.question == number].sum() == pytest.approx(0, abs=1e-8)


@given(histories())
def test_the_peers_of_one_question_are_those_of_the_plain_formula(history):
    rows, asked = history
    for number, (opens, closes, horizon, outcome) in enumerate(asked):
        times = {"opens": day(opens), "closes": day(closes), "horizon": day(horizon), "outcome": outcome}
        mine = [row for row in rows if row[0] == number]
        standings = [ForecastSpan(probability=row[2], since=day(row[3]), until=day(row[4])) for row in mine]
        plain = plain_peers.peer_accuracy(standings, **times)
        crowd = {who: [one for row, one in zip(mine, standings, strict=True) if row[1] == who] for _, who, *_ in mine}
        for who, found in bulk.peers(crowd, **times).items():
            own = [earned for row, earned in zip(mine, plain, strict=True) if row[1] == who]
            assert found.score == pytest.approx(math.fsum(each.score for each in own), abs=1e-9)
            assert found.coverage == pytest.approx(math.fsum(each.coverage for each in own), abs=1e-9)


def test_nothing_given_scores_nobody():
    none = QuestionColumns(**dict.fromkeys(("opens", "closes", "horizon", "outcome"), np.array([])))
    for asked in (questions((0, 10, 10, True)), none):
        assert by_pair(score(forecasts(), asked)) == {}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param((0, 1, 0.5, -5, -1), id="withdrawn before the opening"),
        pytest.param((0, 1, 0.5, 3, 3), id="replaced at the same instant"),
        pytest.param((0, 1, 0.5, 5, 3), id="a clock that went back"),
        pytest.param((0, 1, 0.5, 11, math.inf), id="given after the close"),
    ],
)
def test_what_stood_for_no_time_counts_for_nothing(row):
    asked, first = questions((0, 10, 10, True)), (0, 0, 0.8, 0, math.inf)
    assert by_pair(score(forecasts(first, row), asked)) == by_pair(score(forecasts(first), asked))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([(0, 0, 0.5, 0, 9), (0, 1, 0.0, 0, 9)], "Forecast 1 .* no probability"),
        ([(0, 0, 1.0, 0, 9)], "Forecast 0 .* no probability"),
        ([(0, 0, math.nan, 0, 9)], "no probability"),
        ([(0, 0, 0.5, math.nan, 9)], "has no time"),
        ([(1, 0, 0.5, 0, 9)], "on no question"),
        ([(-1, 0, 0.5, 0, 9)], "on no question"),
        ([(0, 1, 0.5, 0, 9), (0, 0, 0.5, 0, 9)], "Forecast 1 .* out of order"),
        ([(0, 0, 0.5, 4, 9), (0, 0, 0.5, 0, 4)], "out of order"),
        ([(0, 0, 0.5, 0, 5), (0, 0, 0.5, 4, 9)], "stood at once"),
    ],
)
def test_damaged_columns_are_refused(rows, words):
    with pytest.raises(ValueError, match=words):
        score(forecasts(*rows), questions((0, 10, 10, True)))


def test_columns_of_other_lengths_and_endless_questions_are_refused():
    short = forecasts((0, 0, 0.5, 0, 9))
    torn = ForecastColumns(
        question=short.question, forecaster=short.forecaster, probability=short.probability, since=short.since, until=[]
    )
    with pytest.raises(ValueError, match="not equally long"):
        score(torn, questions((0, 10, 10, True)))
    with pytest.raises(ValueError, match="finite times"):
        score(short, questions((0, math.inf, 10, True)))
