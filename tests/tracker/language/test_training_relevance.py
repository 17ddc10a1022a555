from pathlib import Path

import numpy as np
import pytest

from tracker.language import relevance
from tracker.language.training import relevance as training

DATA = Path(__file__).parents[4] / "shared" / "data"


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


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "gold_evidence").exists(), reason="the labelled pairs are not beside this checkout")
def test_the_shipped_weights_are_those_the_labelled_pairs_give(tmp_path):
    shipped = relevance.load_weights()
    report = training.train(DATA, folder=tmp_path)
    assert "average precision" in report
    fitted = relevance.decoded((tmp_path / "relevance.json").read_bytes())
    for kind, weights in shipped.items():
        assert fitted[kind].by_feature == pytest.approx(weights.by_feature, abs=0.05)
        assert fitted[kind].threshold == pytest.approx(weights.threshold, abs=0.02)
