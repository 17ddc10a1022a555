from pathlib import Path

import numpy as np
import pytest

from lab.train import stance as training
from language.stance import entries

DATA = Path(__file__).parents[4] / "shared" / "data"


def test_figures_of_a_classifier_that_knows():
    so = np.array([0, 1, 2, 0])
    found = training.figures(np.eye(3)[so] * 0.97 + 0.01, so)
    assert (found.accuracy, found.macro_f1, found.sure, found.sure_right) == (1, 1, 0.75, 1)
    assert found.log_loss < found.log_loss_of_shares


def test_what_feeds_send_is_read_as_plain_text():
    assert training.tidy("<p>Norland &amp;amp; Sudria<br/>agree</p> <a href='") == "Norland & Sudria agree"


def test_figures_below_their_floors_are_named():
    so = np.array([0, 1, 2, 0])
    wrong = training.figures(np.eye(3)[[1, 0, 2, 1]] * 0.97 + 0.01, so, strong=so != 2)
    with pytest.raises(training.BelowFloor, match="strong pairs right"):
        training.check({"plain": wrong, "gold": wrong})


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "gold_evidence").exists(), reason="the labelled pairs are not beside this checkout")
@pytest.mark.timeout(600)
def test_the_shipped_weights_are_those_the_labelled_pairs_give(tmp_path, minilm):
    report = training.train(DATA, encoder=minilm, folder=tmp_path)
    assert "calibration error" in report
    shipped, fitted = entries.load(), entries.decoded((tmp_path / "stance.json").read_bytes())
    for kind in entries.KINDS:
        for part in entries.PARTS:
            ours, theirs = (getattr(model.by_kind[kind], part).by_feature for model in (shipped, fitted))
            assert theirs == pytest.approx(ours, abs=0.05)
