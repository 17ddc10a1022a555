import numpy as np
import pytest

from lab.train import regression


def test_a_regression_finds_the_column_that_matters_and_its_sign():
    generator = np.random.default_rng(1)
    features = generator.normal(size=(400, 3))
    wanted = (features[:, 1] + 0.3 * generator.normal(size=400) < -0.5).astype(np.float64)
    weights = regression.fit(features, wanted, ridge=10.0)
    assert int(np.argmax(np.abs(weights[1:]))) == 1
    assert weights[2] < 0
    assert float(((regression.predict(weights, features) > 0.5) == (wanted > 0)).mean()) > 0.85


def test_a_column_without_spread_breaks_nothing():
    weights = regression.fit(np.ones((10, 1)), np.array([1.0, 0.0] * 5), ridge=10.0)
    assert weights == pytest.approx(np.zeros(2), abs=1e-6)
    assert np.allclose(regression.predict(weights, np.ones((1, 1))), 0.5)
