import pytest

from tests.makers import make_evidence, make_proposition
from tracker.jobs.matching.thresholds import thresholds
from tracker.models import Evidence

pytestmark = pytest.mark.django_db


def decide(proposition, *states, classifier="built-in 3"):
    for number, state in enumerate(states):
        stance = {"stance": "mentions"} if state == Evidence.State.CONFIRMED else {}
        decided = {"classifier": classifier, "relevance": 0.6, "state": state, **stance}
        make_evidence(proposition, headline=f"Story {number} of {proposition.pk}", **decided)


def test_each_question_learns_from_its_own_decisions(django_assert_num_queries):
    strict, kind, new = (make_proposition(f"Will it happen {number}?") for number in range(3))
    decide(strict, *[Evidence.State.REJECTED] * 4)
    decide(kind, *[Evidence.State.CONFIRMED] * 4)
    with django_assert_num_queries(1):
        found = thresholds([strict.pk, kind.pk, new.pk], prior=0.47)
    assert found[strict.pk] > found[new.pk] == 0.47 > found[kind.pk]


def test_what_waits_and_what_a_person_attached_teach_nothing():
    proposition = make_proposition()
    decide(proposition, Evidence.State.SUGGESTED)
    decide(make_proposition("Another?"), Evidence.State.REJECTED)
    make_evidence(proposition, headline="By hand", stance="supports", classifier="")
    assert thresholds([proposition.pk], prior=0.47) == {proposition.pk: 0.47}
