"""Training what is learned from decisions."""

from pathlib import Path

import numpy as np
import pytest

from lab.train import taught as training
from lab.train.histories import QuestionStories, earlier_days, one_by_one, relevance_rows, stance_rows
from language.stance import taught

DATA = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture
def question():
    vectors = np.eye(4, 8, dtype=np.float32)
    return QuestionStories(
        matter="a",
        days=np.array(["2026-01-01", "2026-01-01", "2026-01-02", "2026-01-02"]),
        chances=np.full((4, 3), 1 / 3),
        relevances=np.full(4, 0.6),
        vectors=vectors,
        places=np.array([0, -1, 1, 2]),
    )


def test_a_story_learns_from_those_before_it_alone(question):
    assert stance_rows([question], one_by_one).decided.tolist() == [0, 1, 2]
    assert stance_rows([question], earlier_days).decided.tolist() == [0, 1, 1]
    assert relevance_rows([question]).wanted.tolist() == [0, 1, 1]


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "gold_evidence").exists(), reason="the labelled pairs are not beside this checkout")
@pytest.mark.timeout(900)
def test_the_shipped_weights_are_those_our_labels_give(tmp_path, minilm):
    report = training.train(DATA, encoder=minilm, folder=tmp_path)
    assert "gold, one by one" in report
    shipped, fitted = taught.load(), taught.decoded((tmp_path / "taught.json").read_bytes())
    assert fitted.stance == pytest.approx(shipped.stance, abs=0.05)
    assert fitted.relevance == pytest.approx(shipped.relevance, abs=0.05)
