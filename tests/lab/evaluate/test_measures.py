"""Figures of a classifier, against values worked out by hand."""

import numpy as np
import pytest

from lab.evaluate import measures


def floats(*values):
    return np.array(values, dtype=np.float64)


def test_precision_recall_and_f1_at_a_threshold():
    found = measures.decisions(floats(0.9, 0.5, 0.4, 0.1), floats(1, 0, 1, 0))
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)


def test_nothing_chosen_is_no_precision():
    assert measures.decisions(floats(0.1), floats(1)) == measures.DecisionFigures(0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("scores", "wanted", "expected"),
    [((3, 2, 1), (1, 1, 0), 1.0), ((3, 2, 1), (0, 1, 0), 0.5), ((3, 2, 1), (1, 0, 1), 5 / 6), ((1, 2), (0, 0), 0.0)],
)
def test_average_precision_is_the_mean_over_wanted_items(scores, wanted, expected):
    assert measures.average_precision(floats(*scores), floats(*wanted)) == pytest.approx(expected)


def test_items_of_one_score_count_as_one_step_in_any_order():
    assert measures.average_precision(floats(1, 1), floats(1, 0)) == 0.5
    assert measures.average_precision(floats(1, 1), floats(0, 1)) == 0.5


def test_log_loss_is_that_of_the_class_that_is_so():
    rows = np.array([[0.5, 0.5], [0.0, 1.0]])
    assert measures.log_loss(rows, np.array([0, 1])) == pytest.approx(np.log(2) / 2)


def test_calibration_error_weighs_gaps_by_counts():
    rows = np.array([[0.75, 0.25]] * 4)
    assert measures.calibration_error(rows, np.array([0, 0, 0, 1])) == pytest.approx(0)
    assert measures.calibration_error(rows, np.array([0, 0, 1, 1])) == pytest.approx(0.25)


def test_a_confusion_matrix_has_a_row_for_what_is_so():
    counts = measures.confusion(np.array([0, 1, 1]), np.array([0, 0, 1]), classes=3)
    assert counts.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 0]]
    assert measures.macro_f1(counts) == pytest.approx(2 / 3)


def test_no_group_lies_in_two_folds():
    groups = list("aaabbbccd")
    found = measures.folds(groups, count=3)
    assert len(set(zip(groups, found.tolist(), strict=True))) == 4
    assert sorted(np.bincount(found).tolist()) == [3, 3, 3]
