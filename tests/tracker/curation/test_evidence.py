from datetime import timedelta

import pytest

from forecasts.models import Proposition
from forecasts.refused import Refused
from tests.makers import NOW, make_curator, make_entry, make_evidence, make_proposition
from tracker.curation.evidence import attach, confirm, reject
from tracker.models import Decision, Evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return make_curator("ann", first_name="Ann", last_name="Curie")


@pytest.fixture
def evidence():
    return make_evidence(make_proposition())


def test_confirming_keeps_who_when_and_why(evidence, curator):
    confirm(evidence, stance="supports", strength="strong", by=curator, reason="Both say so.", at=NOW)
    evidence.refresh_from_db()
    assert (evidence.state, evidence.stance, evidence.strength) == ("confirmed", "supports", "strong")
    assert (evidence.decided_by, evidence.decided_at, evidence.reason) == ("Ann Curie", NOW, "Both say so.")
    decision = Decision.objects.get()
    assert (decision.verb, decision.subject, decision.user) == ("confirm", evidence, curator)
    undecided = {"decided_by": "", "decided_at": None, "reason": ""}
    assert decision.before == {"state": "suggested", "stance": "", "strength": "", **undecided}


def test_confirming_calls_for_a_new_estimate(evidence, curator):
    confirm(evidence, stance="mentions", by=curator, at=NOW)
    evidence.proposition.refresh_from_db()
    assert evidence.proposition.unsettled_at == NOW


def test_a_later_word_replaces_an_earlier_one_and_both_are_on_record(evidence, curator):
    confirm(evidence, stance="supports", strength="weak", by=curator, at=NOW)
    confirm(evidence, stance="contradicts", strength="strong", by="Bob", at=NOW + timedelta(hours=1))
    evidence.refresh_from_db()
    assert (evidence.stance, evidence.decided_by) == ("contradicts", "Bob")
    assert list(Decision.objects.values_list("before__stance", flat=True)) == ["supports", ""]


def test_rejecting_takes_it_out_of_the_count(evidence, curator):
    confirm(evidence, stance="supports", strength="weak", by=curator, at=NOW)
    reject(evidence, by=curator, reason="Another pipeline.", at=NOW)
    evidence.refresh_from_db()
    assert (evidence.state, evidence.stance, evidence.strength) == ("rejected", "", "")
    assert not evidence.proposition.evidence.confirmed().exists()


def test_what_moves_needs_a_strength(evidence, curator):
    with pytest.raises(Refused, match="how strongly"):
        confirm(evidence, stance="supports", by=curator, at=NOW)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("stance", ["", "maybe", "YES"])
def test_an_unknown_stance_is_refused_with_the_choices(evidence, curator, stance):
    with pytest.raises(Refused, match="supports, contradicts or mentions"):
        confirm(evidence, stance=stance, strength="weak", by=curator, at=NOW)


def test_a_story_attached_by_hand_is_confirmed_at_once(curator):
    proposition, revision = make_proposition(), make_entry(body="").revisions.get()
    row = attach(revision, proposition=proposition, stance="supports", strength="weak", by=curator, at=NOW)
    assert (row.state, row.relevance, row.classifier, row.passage) == ("confirmed", 1.0, "", revision.title)


def test_attaching_what_was_suggested_confirms_the_suggestion(evidence, curator):
    row = attach(
        evidence.revision, proposition=evidence.proposition, stance="supports", strength="weak", by=curator, at=NOW
    )
    assert row.pk == evidence.pk
    assert Evidence.objects.count() == 1
    assert row.classifier == evidence.classifier


def test_a_decision_marks_every_question_that_its_classifiers_record_moves(curator):
    waiting = make_evidence(make_proposition(), suggested_stance="supports")
    other = make_evidence(make_proposition(), suggested_stance="supports", classifier="another 1")
    marked = []
    for number in range(24):
        stance = ("supports", "contradicts")[number % 2]
        Proposition.objects.update(unsettled_at=None)
        confirm(
            make_evidence(make_proposition(), suggested_stance=stance),
            stance=stance,
            strength="weak",
            by=curator,
            at=NOW,
        )
        marked.append(Proposition.objects.unsettled().filter(pk=waiting.proposition_id).exists())
    assert (marked[0], marked[-1]) == (False, True)  # a record that is worth nothing moves nothing
    assert not Proposition.objects.unsettled().filter(pk=other.proposition_id).exists()
