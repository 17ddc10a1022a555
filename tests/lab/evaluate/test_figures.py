"""The figures of a classifier, against a case worked out by hand."""

from io import StringIO

import numpy as np
import pytest
from rich.console import Console

from lab.evaluate.figures import LabelledJudgement, PairLabel, measure, show

YES, NO, MAYBE = (0.8, 0.1, 0.1), (0.1, 0.8, 0.1), (0.2, 0.2, 0.6)
ROWS = [
    LabelledJudgement(0.9, True, "supports", YES, PairLabel(2, "supports")),
    LabelledJudgement(0.8, True, "supports", YES, PairLabel(1, "contradicts")),
    LabelledJudgement(0.7, True, "mentions", MAYBE, PairLabel(0, None)),
    LabelledJudgement(0.6, False, "mentions", MAYBE, PairLabel(1, "mentions")),
    LabelledJudgement(0.1, False, "contradicts", NO, PairLabel(0, None)),
    LabelledJudgement(0.2, False, "contradicts", NO, PairLabel(None, None)),
]


def test_relevance_is_measured_over_rows_that_have_it():
    found = measure(ROWS)
    assert (found.labelled, found.precision, found.recall) == (5, pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert found.average_precision == pytest.approx((1 + 1 + 3 / 4) / 3)
    assert found.related == ((1, 1), (1, 2))


def test_stance_is_measured_over_relevant_rows():
    found = measure(ROWS)
    assert (found.with_stance, found.accuracy) == (3, pytest.approx(2 / 3))
    assert found.stances == ((1, 0, 0), (1, 0, 0), (0, 0, 1))
    assert found.macro_f1 == pytest.approx((2 / 3 + 0 + 1) / 3)
    assert found.log_loss == pytest.approx(-np.log([0.8, 0.1, 0.6]).mean())
    assert found.log_loss_of_shares == pytest.approx(np.log(3))
    assert (found.sure, found.sure_and_right) == (2, 0.5)


def test_calibration_pools_the_three_classes():
    # Bins of .1 (4 said, 1 so), .2 (2, 0), .6 (1, 1) and .8 (2, 1): gaps .6, .4, .4 and .6 of 9.
    assert measure(ROWS).calibration_error == pytest.approx((0.6 + 0.4 + 0.4 + 0.6) / 9)


def test_what_is_not_attached_counts_as_unrelated():
    found = measure(ROWS)
    assert found.kinds == ((1, 0, 0, 1), (0, 1, 0, 0), (0, 1, 0, 0), (1, 0, 0, 0))
    assert found.fnc_score == pytest.approx((0.25 + 1 + 0.25) / (0.5 + 3))


def test_a_part_without_labels_is_left_out():
    stream = StringIO()
    show(
        measure([LabelledJudgement(0.9, True, "supports", YES, PairLabel(None, "supports"))]),
        Console(file=stream, width=120),
    )
    assert "Relevance" not in stream.getvalue()
    assert "Stance, 1 relevant pairs: macro-F1 1.000" in stream.getvalue()
