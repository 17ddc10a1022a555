import pytest

from tests.makers import NOW, make_claim
from tracker.curation import duplicates
from tracker.models import Decision, DuplicateClaim

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> DuplicateClaim:
    return DuplicateClaim.objects.create(first=make_claim(), second=make_claim(), likeness=0.8, found_at=NOW)


def test_a_pair_is_told_apart_and_the_row_stays(pair):
    duplicates.dismiss(pair, by="Ada", at=NOW, reason="Another pact.")
    assert DuplicateClaim.objects.get().is_dismissed
    assert not DuplicateClaim.objects.of(pair.first).exists()
    decision = Decision.objects.get()
    assert (decision.verb, decision.by, decision.reason) == ("dismiss duplicate", "Ada", "Another pact.")


def test_telling_apart_can_be_taken_back(pair):
    duplicates.dismiss(pair, by="Ada", at=NOW)
    duplicates.restore(pair, by="Bo", at=NOW)
    assert DuplicateClaim.objects.of(pair.second).get() == pair
    assert [each.verb for each in Decision.objects.order_by("pk")] == ["dismiss duplicate", "restore duplicate"]


def test_a_decision_that_changes_nothing_leaves_no_trace(pair):
    duplicates.restore(pair, by="Ada", at=NOW)
    assert not Decision.objects.exists()
