from pathlib import Path

import numpy as np
import pytest

from lab.train import documents as training
from language.classifiers import trees
from language.stance import documents

DATA = Path(__file__).parents[4] / "shared" / "data"


def made_up(count=600):
    generator = np.random.default_rng(1)
    table = generator.normal(size=(count, 4))
    return table, np.where(table[:, 2] > 0.5, 2, np.where(table[:, 0] > 0, 1, 3))


def test_stored_trees_answer_as_those_that_were_fitted():
    table, labels = made_up()
    fitted = training.fit_whole(table, labels, rounds=5)
    stored = trees.decoded(training._trees(["a", "b", "c", "d"], fitted))
    assert stored.chances(table) == pytest.approx(fitted.predict_proba(table))


def test_the_stored_gate_answers_as_the_one_that_was_fitted():
    table, labels = made_up()
    fitted = training.fit_gate(table, np.where(labels == 2, 0, 1), rounds=5)
    assert trees.decoded(training._trees(list("abcd"), fitted)).chances(table) == pytest.approx(
        fitted.predict_proba(table)
    )


def test_a_column_without_spread_breaks_nothing():
    model = training.fit_short(np.ones((30, 2)), np.arange(30) % 3)
    assert model.chances(np.ones((1, 2)))[0] == pytest.approx([1 / 3] * 3, abs=0.01)


def test_what_related_pairs_link_shares_a_fold():
    related = [("h1", "b1"), ("h2", "b1"), ("h2", "b2"), ("h3", "b3")]
    fold = training._topic_folds(related, [*related, ("h1", "b3"), ("h4", "b4")])
    assert len({fold[name] for name in ("h1", "h2", "b1", "b2")}) == 1
    assert fold["h3"] == fold["b3"] != fold["h1"]
    assert {"h4", "b4"} <= set(fold)


@pytest.mark.shared
@pytest.mark.skipif(not (DATA / "stance_emergent").exists(), reason="the labelled pairs are not beside this checkout")
def test_the_shipped_model_of_short_texts_is_that_of_the_labelled_pairs():
    shipped = documents.load_models()["words"]["short"]
    short, _ = training.read_emergent(DATA / "stance_emergent", encoder=None)
    fitted = training.fit_short(training._table(short, shipped.names), short.labels)
    assert shipped.weights == pytest.approx(fitted.weights, abs=0.02)
