"""Scoring 1,000,000 forecasts on 10,000 propositions, beside a plain-Python loop of the same formulas on a sample."""

import math
import time
from collections import defaultdict
from dataclasses import fields

import numpy as np

from forecasts.maths.bulk import ForecastColumns, QuestionColumns, score
from forecasts.maths.scoring import brier, log_score

DAY = 86_400.0
QUESTIONS, FORECASTERS, UPDATES = 10_000, 50, 2  # a million forecasts
SAMPLE = 200  # questions that the loop scores
ROUNDS = 9


def measure():
    forecasts, questions = made(QUESTIONS)
    tenth = made(QUESTIONS // 10)
    sample = made(SAMPLE)
    listed = [list(zip(*(column.tolist() for column in columns(side)), strict=True)) for side in sample]
    agree(score(*sample), plain(*listed))
    fast, slow, loop = fastest(lambda: score(*tenth), lambda: score(forecasts, questions), lambda: plain(*listed))
    count = len(forecasts.question)
    return {
        "forecasts_per_s": count / slow,
        "vs_plain": (count / slow) / (len(sample[0].question) / loop),
        "growth": slow / (10 * fast),
        "forecasts": count,
        "questions": QUESTIONS,
        "peer": "a plain loop with the formulas of scoring.py, which refuse bad input too, and a pass over the moments",
    }


def fastest(*works):
    """Seconds of processor time of each at its best; they take turns, so that a busy machine slows all alike."""
    rounds = [[timed(work) for work in works] for _ in range(ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def timed(work):
    began = time.process_time()
    work()
    return time.process_time() - began


def made(count):
    """Forecasts on so many questions: some settled early, each forecaster coming at some time and updating once."""
    random = np.random.default_rng(7)
    opens = random.uniform(0, 365, count) * DAY
    horizon = opens + random.uniform(5, 400, count) * DAY
    closes = opens + (horizon - opens) * random.choice([1.0, 0.3, 0.7], count)
    questions = QuestionColumns(opens=opens, closes=closes, horizon=horizon, outcome=random.random(count) < 0.4)
    shape = (count, FORECASTERS, UPDATES)
    since = np.sort(random.uniform(-0.1, 1.0, shape), axis=2) * (horizon - opens)[:, None, None]
    since += opens[:, None, None]
    until = np.concatenate((since[:, :, 1:], np.full((*shape[:2], 1), np.inf)), axis=2)
    until[:, ::5, -1] = closes[:, None]  # some withdraw when it is over, the others never
    number = np.broadcast_to(np.arange(count)[:, None, None], shape)
    who = np.broadcast_to(np.arange(FORECASTERS)[None, :, None], shape)
    forecasts = ForecastColumns(
        question=number.ravel(),
        forecaster=who.ravel(),
        probability=random.uniform(0.01, 0.99, shape).ravel(),
        since=since.ravel(),
        until=until.ravel(),
    )
    return forecasts, questions


def columns(side):
    return [getattr(side, field.name) for field in fields(side)]


def plain(forecasts, questions):
    """(Brier, log, coverage, baseline, peer, horizon coverage) by (question, forecaster)."""
    by_question = defaultdict(list)
    for number, who, chance, begins, ends in forecasts:
        opens, closes, _, outcome = questions[number]
        since, until = max(begins, opens), min(ends, closes)
        if since < until:
            by_question[number].append((who, since, until, chance, log_score(chance, outcome=outcome)))
    scored = {}
    for number, spans in by_question.items():
        peers = plain_peers(spans)
        opens, closes, horizon, outcome = questions[number]
        sums = defaultdict(lambda: [0.0] * 5)
        for (who, since, until, chance, log), over in zip(spans, peers, strict=True):
            mine, lasted = sums[who], until - since
            mine[0] += lasted
            mine[1] += brier(chance, outcome=outcome) * lasted
            mine[2] += log * lasted
            mine[3] += (1 + log / math.log(2)) * lasted
            mine[4] += over
        life = horizon - opens
        for who, (lasted, lost, log, baseline, over) in sums.items():
            scored[number, who] = (
                lost / lasted,
                log / lasted,
                lasted / (closes - opens),
                100 * baseline / life,
                100 * over / life,
                lasted / life,
            )
    return scored


def plain_peers(spans):
    """The lead of each over the mean of the others, integrated moment by moment over all forecasts in force."""
    moments = sorted(
        (at, begins, place)
        for place, (_, since, until, _, _) in enumerate(spans)
        for at, begins in ((since, True), (until, False))
    )
    over, present, before = [0.0] * len(spans), {}, 0.0
    for at, begins, place in moments:
        count = len(present)
        if count > 1 and at > before:
            total, rate = sum(present.values()), (at - before) / (count - 1)
            for one, log in present.items():
                over[one] += rate * (count * log - total)
        before = at
        if begins:
            present[place] = spans[place][4]
        else:
            del present[place]
    return over


def agree(scores, expected):
    pairs = list(zip(scores.question.tolist(), scores.forecaster.tolist(), strict=True))
    found = np.column_stack(
        [scores.brier, scores.log, scores.coverage, scores.baseline, scores.peer, scores.horizon_coverage]
    )
    if pairs != list(expected) or not np.allclose(found, list(expected.values()), rtol=1e-9, atol=1e-9):
        raise SystemExit("The two ways of scoring do not agree.")
