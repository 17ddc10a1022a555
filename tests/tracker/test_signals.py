"""Suggestions count by the record of their classifier on the same footing."""

import pytest

from tests.makers import make_evidence, make_proposition
from tracker import signals

pytestmark = pytest.mark.django_db


def test_a_record_with_much_to_go_on_says_nothing_of_suggestions_with_nothing():
    for stance in ("supports", "contradicts"):
        for _ in range(30):
            make_evidence(make_proposition(), stance=stance, classifier="careful 1", decisions_known=7)
    question = make_proposition()
    for known in (0, 7):
        make_evidence(question, suggested_stance="supports", classifier="careful 1", decisions_known=known)
    (counted,) = signals.signals(question, worths=signals.worths())
    assert (counted.direction, counted.classifier) == (1, "careful 1 with 5 decisions or more to go on")
