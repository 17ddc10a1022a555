from pathlib import Path

import numpy as np
import pytest

from lab.train import relevance as training
from language.matching import relevance

DATA = Path(__file__).parents[4] / "shared" / "data"


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "gold_evidence").exists(), reason="the labelled pairs are not beside this checkout")
def test_the_shipped_weights_are_those_the_labelled_pairs_give(tmp_path, minilm):
    shipped = relevance.load_weights()
    report = training.train(DATA, encoder=minilm, folder=tmp_path)
    assert "average precision" in report
    fitted = relevance.decoded((tmp_path / "relevance.json").read_bytes())
    for kind, weights in shipped.items():
        assert fitted[kind].names == weights.names
        assert fitted[kind].slopes == pytest.approx(weights.slopes, abs=0.05)
        assert fitted[kind].threshold == pytest.approx(weights.threshold, abs=0.02)


def test_what_is_held_out_is_scored_without_its_own_kind():
    generator = np.random.default_rng(2)
    rows = generator.normal(size=(200, 2))
    matters = np.array([f"m{number % 20}" for number in range(200)])
    wanted = (rows[:, 0] > 0).astype(np.float64)
    examples = training.RelevanceExamples(rows, wanted, matters, gold=np.arange(200) % 20 < 5)
    scores = training.cross_validate(examples)
    assert float(((scores > 0.5) == (wanted > 0)).mean()) > 0.9
    assert not training.cross_validate(examples, among=examples.gold)[~examples.gold].any()
