import shutil
from pathlib import Path

import numpy as np
import pytest

from tracker.language import relevance, training

GOLD = Path(__file__).parents[4] / "shared" / "data" / "gold_evidence"


def test_a_regression_finds_the_column_that_matters():
    generator = np.random.default_rng(1)
    features = generator.normal(size=(400, 3))
    wanted = (features[:, 1] + 0.3 * generator.normal(size=400) > 0.5).astype(np.float64)
    weights = training.fit(features, wanted)
    assert int(np.argmax(np.abs(weights[1:]))) == 1
    assert float(((training.predict(weights, features) > 0.5) == (wanted > 0)).mean()) > 0.85


def test_a_column_without_spread_breaks_nothing():
    weights = training.fit(np.ones((10, 1)), np.array([1.0, 0.0] * 5))
    assert np.allclose(training.predict(weights, np.ones((1, 1))), 0.5)


@pytest.mark.parametrize(
    ("scores", "wanted", "expected"),
    [([3, 2, 1], [1, 1, 0], 1.0), ([3, 2, 1], [0, 1, 0], 0.5), ([3, 2, 1], [1, 0, 1], 5 / 6), ([1, 2], [0, 0], 0.0)],
)
def test_average_precision_is_the_mean_over_relevant_items(scores, wanted, expected):
    found = training.average_precision(np.array(scores, dtype=np.float64), np.array(wanted, dtype=np.float64))
    assert found == pytest.approx(expected)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not GOLD.exists(), reason="the labelled pairs are not beside this checkout")
def test_the_shipped_weights_are_those_the_labelled_pairs_give(tmp_path, monkeypatch):
    shipped = relevance.load_weights()
    copy = tmp_path / "relevance.json"
    shutil.copy(relevance.WEIGHTS_FILE, copy)
    monkeypatch.setattr(relevance, "WEIGHTS_FILE", copy)
    report = training.train_relevance(GOLD)
    assert "average precision" in report
    fitted = relevance.load_weights()
    relevance.load_weights.cache_clear()
    for kind, weights in shipped.items():
        assert fitted[kind].by_feature == pytest.approx(weights.by_feature, abs=0.05)
        assert fitted[kind].threshold == pytest.approx(weights.threshold, abs=0.02)
