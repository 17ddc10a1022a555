from datetime import date, timedelta

import pytest

from forecasts import watching
from forecasts.models import Proposition
from tests.makers import (
    NOW,
    make_claim,
    make_estimate,
    make_evidence,
    make_position,
    make_proposition,
    make_ruling,
)
from tracker import reviews
from tracker.jobs.estimates.review import review
from tracker.jobs.estimates.revise import revise
from tracker.models import Position, StatusChange

pytestmark = pytest.mark.django_db


def moved(proposition):
    Proposition.objects.filter(pk=proposition.pk).mark_changed(NOW)


def test_a_test_on_which_nothing_came_in_keeps_watching_without_a_row():
    make_position()
    assert review(NOW).looked_at == 2  # the claim's position and the question's own
    assert review(NOW).looked_at == 0
    assert not StatusChange.objects.exists()


def test_evidence_changes_the_status_and_the_row_says_why():
    position = make_position()
    evidence = make_evidence(position.proposition, stance="supports", strength="strong", headline="Both firms sign")
    estimate = make_estimate(position.proposition)
    assert review(NOW).made == 2
    change = position.changes.get()
    assert (change.old, change.new, change.by) == ("watching", "holding up", "review")
    assert "Both firms sign" in change.reason
    assert (change.evidence, change.estimate) == (evidence, estimate)


def test_a_status_that_time_alone_changed_names_no_story():
    proposition = make_proposition(process="event", prior=0.7, opens_on=NOW.date(), unsettled_at=NOW)
    position = make_position(proposition=proposition)
    make_evidence(proposition, stance="supports", strength="weak")
    revise(NOW)
    review(NOW)
    later = NOW + timedelta(days=300)
    watching.note(later, since=NOW)
    revise(later)
    review(later)
    first, last = position.changes.order_by("at")
    assert (first.new, last.new) == ("holding up", "in doubt")
    assert "after “" in first.reason
    assert "as time passed, without a new story" in last.reason
    assert last.evidence is None


def test_a_claim_that_says_no_is_seen_from_its_own_side():
    position = make_position(side="no")
    make_evidence(position.proposition, stance="supports", strength="strong")
    make_estimate(position.proposition)
    review(NOW)
    position.refresh_from_db()
    assert position.status == "in doubt"


def test_the_deadline_makes_it_due_once_its_last_day_is_over():
    position = make_position(proposition=make_proposition(deadline=date(2026, 2, 5)))
    review(NOW - timedelta(days=1))
    position.refresh_from_db()
    assert position.status == "watching"
    review(NOW)
    position.refresh_from_db()
    assert position.status == "due"


@pytest.mark.parametrize(
    ("side", "outcome", "status"),
    [
        ("yes", "yes", "came true"),
        ("no", "yes", "did not come true"),
        ("no", "no", "came true"),
        ("none", "yes", "came true"),
        ("yes", "void", "void"),
        ("no", "void", "void"),
        ("yes", "partly", "partly true"),
        ("no", "partly", "partly true"),
        ("none", "partly", "partly true"),
    ],
)
def test_a_ruling_gives_the_last_word_from_the_claims_side(side, outcome, status):
    position = make_position(side=side)
    review(NOW)
    make_ruling(position.proposition, outcome=outcome)
    moved(position.proposition)
    review(NOW)
    position.refresh_from_db()
    assert position.status == status


def test_a_ruling_taken_back_leaves_it_due_again():
    position = make_position(proposition=make_proposition(deadline=date(2026, 1, 31)))
    ruling = make_ruling(position.proposition)
    review(NOW)
    ruling.reversed_at, ruling.reversed_by, ruling.reversal_reason = NOW, "Ann", "Wrong page."
    ruling.save()
    Proposition.objects.filter(pk=position.proposition.pk).update(state="open", outcome="")
    moved(position.proposition)
    review(NOW + timedelta(minutes=1))
    assert list(position.changes.values_list("new", flat=True)) == [
        "came true" if position.side == "no" else "did not come true",
        "due",
    ]


def test_a_rejected_claim_is_left_alone():
    make_position(make_claim(state="rejected"))
    assert review(NOW).looked_at == 1  # the question's own position


def test_somebody_else_who_got_there_first_is_not_overruled():
    position = make_position()
    make_evidence(position.proposition, stance="supports", strength="strong")
    make_estimate(position.proposition)
    stale = Position.objects.to_review(NOW).of_claims().select_related("proposition").get()
    review(NOW)
    assert reviews.review(stale, now=NOW) is False
    assert position.changes.count() == 1
