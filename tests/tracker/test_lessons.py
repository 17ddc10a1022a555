"""Suggestions judged anew from what was decided on their question: at once in the request, or by the job."""

import numpy as np
import pytest

from forecasts.models import Proposition
from tests.makers import NOW, make_curator, make_entry, make_evidence, make_proposition
from tracker import lessons
from tracker.curation.evidence import attach, confirm, reject, take_back
from tracker.jobs.matching.learn import learn
from tracker.models import Decision, Evidence, SuggestionQueue

pytestmark = pytest.mark.django_db

STRIKE = "Dockers at the port of Norburg walk out over pay"


def vector(*, like=0, off=0.0):
    """A direction of its own for each `like`; `off` leads a little away from it."""
    found = np.zeros(384)
    found[like], found[-1 - like] = 1, off
    return (found / np.linalg.norm(found)).astype(np.float16).tobytes()


@pytest.fixture
def question():
    return make_proposition()


def waiting(question, headline="A story", *, like=0, off=0.2, **fields):
    fields = {"supports": 0.3, "contradicts": 0.3, "relevance": 0.6, "vector": vector(like=like, off=off), **fields}
    return make_evidence(question, headline=headline, **fields)


def fresh(row):
    return Evidence.objects.get(pk=row.pk)


def test_a_decision_teaches_what_waits_in_the_same_breath(question):
    first, second, other = waiting(question, off=0), waiting(question), waiting(question, like=1)
    confirm(first, stance="contradicts", strength="weak", by="Ann", at=NOW)
    taught, aside = fresh(second), fresh(other)
    assert taught.suggested_stance == "contradicts"
    assert taught.contradicts == taught.confidence > 0.5
    assert (taught.decisions_known, taught.weighed, aside.weighed) == (1, first, None)
    assert not SuggestionQueue.objects.stale().exists()


def test_what_a_classifier_said_by_itself_is_kept(question):
    first, second = waiting(question, off=0), waiting(question)
    confirm(first, stance="supports", strength="weak", by="Ann", at=NOW)
    row = fresh(second)
    assert (row.untaught_relevance, row.untaught_supports, row.untaught_contradicts) == (0.6, 0.3, 0.3)


def test_a_correction_judges_anew(question):
    first, second = waiting(question, off=0), waiting(question)
    confirm(first, stance="supports", strength="weak", by="Ann", at=NOW)
    confirm(first, stance="contradicts", strength="weak", by="Bob", at=NOW)
    assert fresh(second).suggested_stance == "contradicts"
    assert fresh(second).untaught_supports == 0.3


def test_a_decision_taken_back_leaves_no_trace_but_the_record(question):
    first, second = waiting(question, off=0), waiting(question)
    confirm(first, stance="supports", strength="weak", by="Ann", at=NOW)
    take_back(first, by="Ann", at=NOW)
    row, undecided = fresh(second), fresh(first)
    assert (row.supports, row.contradicts, row.relevance) == pytest.approx((0.3, 0.3, 0.6))
    assert (row.decisions_known, row.weighed) == (0, None)
    assert (undecided.state, undecided.stance, undecided.decided_at) == ("suggested", "", None)
    assert list(Decision.objects.values_list("verb", flat=True)) == ["take back", "confirm"]


def test_a_rejection_lowers_what_is_like_it_and_hides_nothing(question):
    first, second = waiting(question, off=0), waiting(question)
    reject(first, by="Ann", at=NOW)
    row = fresh(second)
    assert row.relevance < 0.6
    assert (row.state, row.supports) == ("suggested", pytest.approx(0.3))


def test_what_was_decided_is_never_judged_again(question):
    rows = [waiting(question, off=off) for off in (0, 0.1, 0.2)]
    confirm(rows[0], stance="supports", strength="weak", by="Ann", at=NOW)
    said = fresh(rows[1]).confidence
    confirm(rows[1], stance="mentions", by="Bob", at=NOW)
    confirm(rows[0], stance="contradicts", strength="weak", by="Ann", at=NOW)
    assert (fresh(rows[1]).confidence, fresh(rows[1]).decisions_known) == (said, 1)


def test_other_questions_learn_nothing_of_it(question):
    elsewhere = waiting(make_proposition(), off=0.1)
    confirm(waiting(question, off=0), stance="supports", strength="weak", by="Ann", at=NOW)
    assert fresh(elsewhere).decisions_known == 0


def test_without_vectors_a_person_does_not_wait_and_the_job_does_it(question):
    first = make_evidence(question, headline=STRIKE, supports=0.3, contradicts=0.3)
    second = make_evidence(question, headline="Norburg port dockers walk out in pay row", supports=0.3, contradicts=0.3)
    confirm(first, stance="contradicts", strength="weak", by="Ann", at=NOW)
    assert fresh(second).decisions_known == 0
    assert learn(NOW).made == 1
    assert (fresh(second).suggested_stance, fresh(second).weighed) == ("contradicts", first)
    assert learn(NOW).looked_at == 0


def test_the_job_twice_in_a_row_changes_nothing(question):
    confirm(waiting(question, off=0), stance="supports", strength="weak", by="Ann", at=NOW)
    row = fresh(waiting(question))
    for _ in range(2):
        SuggestionQueue.objects.mark_stale([question.pk])
        learn(NOW)
    once = fresh(row)
    SuggestionQueue.objects.mark_stale([question.pk])
    learn(NOW)
    twice = fresh(row)
    assert (once.supports, once.relevance, once.queue_place) == (twice.supports, twice.relevance, twice.queue_place)


def test_somebody_who_decides_while_the_job_embeds_is_heard(question, monkeypatch):
    first, second = waiting(question, off=0, vector=None), waiting(question)
    SuggestionQueue.objects.mark_stale([question.pk])
    embed = lessons.embed

    def meanwhile(proposition, *, encoder):
        found = embed(proposition, encoder=encoder)
        if fresh(first).state == "suggested":
            confirm(first, stance="supports", strength="weak", by="Ann", at=NOW)
        return found

    monkeypatch.setattr(lessons, "embed", meanwhile)
    learn(NOW)
    assert fresh(first).stance == "supports"
    assert fresh(second).decisions_known == 1


def test_a_story_attached_by_hand_teaches_from_the_next_run_on(question):
    row = waiting(question, "Dockers of Norburg walk out over their pay", vector=None)
    entry = make_entry(STRIKE)
    attach(entry.revisions.get(), proposition=question, stance="supports", strength="weak", by=make_curator(), at=NOW)
    learn(NOW)
    assert fresh(row).suggested_stance == "supports"


def test_without_the_embeddings_the_queue_is_left_as_it_was(question, monkeypatch):
    row = waiting(question, vector=None)
    monkeypatch.setattr("tracker.jobs.encoder.load", lambda **_: None)
    SuggestionQueue.objects.mark_stale([question.pk])
    learn(NOW)
    assert (fresh(row).supports, fresh(row).queue_place) == (0.3, None)
    assert not SuggestionQueue.objects.stale().exists()


def test_a_queue_begins_with_the_story_that_the_others_resemble(question):
    crowd = [waiting(question, f"Crowd {number}", off=0.1 * number) for number in (1, 0, 2)]
    alone = waiting(question, like=1)
    SuggestionQueue.objects.mark_stale([question.pk])
    learn(NOW)
    first = Evidence.objects.get(queue_place=0)
    assert first in crowd
    assert first.tells_about == 2
    assert fresh(alone).queue_place == 1


def test_500_suggestions_take_no_more_queries_than_five(question, django_assert_max_num_queries):
    first = waiting(question, off=0)
    for number in range(500):
        waiting(question, like=number % 50, off=number / 500)
    with django_assert_max_num_queries(40) as few:
        confirm(first, stance="supports", strength="weak", by="Ann", at=NOW)
    assert Evidence.objects.filter(decisions_known=1).count() == 500
    statements = {query["sql"][:40] for query in few.captured_queries}
    assert len(statements) < 40


def test_more_than_a_person_waits_for_is_left_to_the_job(question, monkeypatch):
    monkeypatch.setattr(lessons, "MOST_AT_ONCE", 1)
    first, *rest = (waiting(question, off=off) for off in (0, 0.1, 0.2, 0.3))
    confirm(first, stance="supports", strength="weak", by="Ann", at=NOW)
    assert not Evidence.objects.filter(decisions_known=1).exists()
    learn(NOW)
    assert Evidence.objects.filter(decisions_known=1).count() == len(rest)


def test_a_question_whose_suggestions_changed_is_estimated_anew(question):
    waiting(question)
    SuggestionQueue.objects.mark_stale([question.pk])
    learn(NOW)
    assert Proposition.objects.unsettled().get() == question
