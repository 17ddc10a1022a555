"""Cases of a file of scoring vectors (`--vectors`), one test each; what we do not implement is skipped by name."""

import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from forecasts.maths import points, pooling
from forecasts.maths.scoring import ForecastSpan
from tests.forecasts.maths import plain_peers

OPENS = datetime(2026, 1, 1, tzinfo=UTC)
NEVER = 100_000  # days after which a forecast that has no end ends
CLOSE = {"abs": 1e-6, "rel": 0}


def pytest_generate_tests(metafunc):
    file = metafunc.config.option.vectors
    suites = json.loads(file.read_text(encoding="utf-8")).get("suites", {}) if file.is_file() else {}
    cases = [(name, case) for name, suite in suites.items() for case in suite]
    ids = [f"{name}-{number}" for name, suite in suites.items() for number in range(len(suite))]
    metafunc.parametrize(("suite", "case"), cases, ids=ids)


@pytest.mark.shared
def test_agrees_with(suite, case):
    check = SUITES.get(suite)
    if check is None:
        pytest.skip(f"{suite} is not implemented")
    check(case)


def day(number):
    return OPENS + timedelta(days=number)


def binary(case):
    """The forecasts of a case as standings, or a skip that names the kind of question."""
    for field, kind in (("cdf", "numeric"), ("per_category", "multiple choice")):
        if any(field in forecast for forecast in case["forecasts"]):
            pytest.skip(f"{kind} questions are not implemented")
    asked = case.get("args", {}).get("question_type", "binary")
    if asked != "binary":
        pytest.skip(f"{asked} questions are not implemented")
    return [
        ForecastSpan(
            probability=forecast["probability_yes"],
            since=day(forecast["start_day"]),
            until=day(NEVER if forecast.get("end_day") is None else forecast["end_day"]),
        )
        for forecast in case["forecasts"]
    ]


def window(closes, horizon, opens=0):
    return {"opens": day(opens), "closes": day(closes), "horizon": day(horizon)}


def skip_gaps(standings, *, closes):
    if any(not crowd.count and crowd.since < closes for crowd in plain_peers.geometric_means(standings)):
        pytest.skip("coverage after a last withdrawal: theirs runs on while nobody stands")


def over_time(score):
    def check(case):
        standings, args = binary(case), case["args"]
        times = window(
            args["actual_close_day"], args["forecast_horizon_end_day"], opens=args["forecast_horizon_start_day"]
        )
        if score is plain_peers.peer_accuracy:
            skip_gaps(standings, closes=times["closes"])
        agree(score(standings, outcome=args["resolution_bucket"] == 1, **times), case["expected"])

    return check


def at_one_moment(score):
    def check(case):
        standings, args = binary(case), case["args"]
        agree(score(standings, outcome=args["resolution_bucket"] == 1, at=day(args["spot_day"])), case["expected"])

    return check


def agree(earned, expected):
    assert [each.score for each in earned] == pytest.approx([each["score"] for each in expected], **CLOSE)
    assert [each.coverage for each in earned] == pytest.approx([each["coverage"] for each in expected], **CLOSE)


def geometric_means(case):
    crowds = plain_peers.geometric_means(binary(case))
    found = [crowd for crowd in crowds if crowd.since < day(NEVER) and crowd.count]
    assert [crowd.since for crowd in found] == [day(each["day"]) for each in case["expected"]]
    for crowd, expected in zip(found, case["expected"], strict=True):
        assert [crowd.no, crowd.yes] == pytest.approx(expected["pmf"], **CLOSE)
        # One who stands alone is nobody's peer, and Metaculus counts nobody there.
        assert (crowd.count if crowd.count > 1 else 0) == expected["num_forecasters"]


def histories(case):
    standings = binary(case)
    outcome, times = case["resolution_bucket"] == 1, window(case["actual_close_day"], case["horizon_end_day"])
    users = [forecast["user"] for forecast in case["forecasts"]]
    baseline = points.baseline_accuracy(standings, outcome=outcome, **times)
    by_user(baseline, users, case["baseline_by_user_[score,coverage]"])
    skip_gaps(standings, closes=times["closes"])
    by_user(
        plain_peers.peer_accuracy(standings, outcome=outcome, **times), users, case["peer_by_user_[score,coverage]"]
    )


def by_user(earned, users, expected):
    found = defaultdict(lambda: [0.0, 0.0])
    for each, user in zip(earned, users, strict=True):
        found[str(user)][0] += each.score
        found[str(user)][1] += each.coverage
    assert found.keys() == expected.keys()
    for user, pair in expected.items():
        assert found[user] == pytest.approx(pair, **CLOSE), user


def columns(rows):
    """The values of each option; a skip where an option was not always offered."""
    if any(value is None for row in rows for value in row):
        pytest.skip("multiple choice with options that come and go is not implemented")
    return list(zip(*rows, strict=True))


def percentiles(case):
    found = [
        [pooling.percentile(column, share=wanted / 100, weights=case["weights"]) for column in columns(case["values"])]
        for wanted in case["percentiles"]
    ]
    assert found == [pytest.approx(row, **CLOSE) for row in case["expected"]]


def aggregation(weigh):
    def check(case):
        forecasts, expected = columns(case["forecast_set"]["forecasts_values"]), case["expected"]
        weights = weigh(len(forecasts[0]))
        figures = {
            "forecast_values": lambda column: pooling.median(column, weights=weights),
            "centers": lambda column: pooling.median(column, weights=weights),
            "means": lambda column: pooling.mean(column, weights=weights),
            "interval_lower_bounds": lambda column: pooling.percentile(column, share=0.25, weights=weights),
            "interval_upper_bounds": lambda column: pooling.percentile(column, share=0.75, weights=weights),
        }
        for name, figure in figures.items():
            if expected[name] is not None:
                assert [figure(column) for column in forecasts] == pytest.approx(expected[name], **CLOSE), name
        assert len(forecasts[0]) == expected["forecaster_count"]

    return check


def random_aggregation(case):
    forecasts = case["probs_oldest_first"]
    recent = pooling.recency_weights(len(forecasts))
    assert pooling.median(forecasts) == pytest.approx(case["unweighted"], **CLOSE)
    assert pooling.median(forecasts, weights=recent) == pytest.approx(case["recency_weighted"], **CLOSE)
    for share, name in ((0.25, "recency_q1"), (0.75, "recency_q3")):
        assert pooling.percentile(forecasts, share=share, weights=recent) == pytest.approx(case[name], **CLOSE)


def equal_weights(count):
    return [1.0] * count


SUITES = {
    "get_geometric_means": geometric_means,
    "evaluate_forecasts_baseline_accuracy": over_time(points.baseline_accuracy),
    "evaluate_forecasts_baseline_spot_forecast": at_one_moment(plain_peers.baseline_spot),
    "evaluate_forecasts_peer_accuracy": over_time(plain_peers.peer_accuracy),
    "evaluate_forecasts_peer_spot_forecast": at_one_moment(plain_peers.peer_spot),
    "weighted_percentile_2d": percentiles,
    "UnweightedAggregation": aggregation(equal_weights),
    "RecencyWeightedAggregation": aggregation(pooling.recency_weights),
    "oracle_random_binary_histories": histories,
    "oracle_random_binary_aggregation": random_aggregation,
}
