from dataclasses import replace
from datetime import date, timedelta

import pytest

from forecasts.models import Proposition
from tests.makers import NOW, make_curator, make_entry, make_proposition, make_user
from tracker.curation.claims import Question
from tracker.curation.questions import QuestionRefused, ask
from tracker.models import Decision, Entry

pytestmark = pytest.mark.django_db

BRIDGE = Question(
    key="",
    question="Will our town have a new bridge by 30 June 2026?",
    statement="Our town will have a new bridge by 30 June 2026.",
    resolution_criteria="Yes if the town council says that it is open to traffic.",
    opens_on=NOW.date(),
    deadline=date(2026, 6, 30),
    prior=0.2,
    prior_reason="Of 20 bridges planned here, four opened on time.",
    topic="town",
    process="event",
    keywords=("bridge", "council"),
)


def ask_for(**changes):
    return ask(replace(BRIDGE, **changes), by=make_curator(), at=NOW)


def refused(**changes):
    with pytest.raises(QuestionRefused) as caught:
        ask_for(**changes)
    assert not Proposition.objects.exists()
    return caught.value.field


def test_a_question_is_open_as_it_was_asked_and_who_asked_is_on_record():
    curator = make_curator("ada")
    row = ask(BRIDGE, by=curator, at=NOW, reason="For the spring term.")
    row.refresh_from_db()
    assert (row.state, row.topic, row.prior, row.prior_reason) == ("open", "town", 0.2, BRIDGE.prior_reason)
    assert row.unsettled_at == NOW
    assert not row.written_with_hindsight
    decision = Decision.objects.get()
    assert (decision.verb, decision.user, decision.reason) == ("open question", curator, "For the spring term.")


def test_news_of_the_last_weeks_is_held_against_it():
    entry = make_entry("The bridge is half built", at=NOW - timedelta(days=3), matched_at=NOW)
    ask_for(opens_on=NOW.date() - timedelta(days=9))
    assert Entry.objects.get(pk=entry.pk).matched_at is None


def test_without_a_base_rate_the_chances_are_even():
    assert ask_for(prior=None, prior_reason="").prior == 0.5


def test_a_key_that_another_has_gets_a_number():
    first = ask_for()
    second = ask_for(deadline=date(2027, 6, 30))
    assert (first.key, second.key) == (f"{first.key}", f"{first.key}-2")
    assert ask_for(key="add", question="Will it add up?").key == "add-2"


def test_the_same_question_is_not_opened_twice():
    ask_for()
    with pytest.raises(QuestionRefused, match="open already"):
        ask_for(question=BRIDGE.question.upper())
    assert Proposition.objects.count() == 1


def test_it_may_be_asked_again_once_it_was_ruled_on():
    make_proposition(BRIDGE.question, deadline=BRIDGE.deadline, state="resolved", outcome="void")
    assert ask_for().state == Proposition.State.OPEN


def test_a_member_does_not_open_questions():
    with pytest.raises(QuestionRefused, match="Only a curator"):
        ask(BRIDGE, by=make_user(), at=NOW)
    assert not Proposition.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"deadline": NOW.date() - timedelta(days=1), "opens_on": date(2025, 1, 1)}, "deadline"),
        ({"opens_on": date(2026, 7, 1)}, "deadline"),
        ({"deadline": date(2300, 1, 1)}, ""),
        ({"statement": " "}, ""),
        ({"question": "x" * 401}, "question"),
        ({"topic": "x" * 81}, "topic"),
        ({"resolution_criteria": "x" * 4001}, "resolution_criteria"),
        ({"process": "magic"}, "process"),
        ({"prior": None}, "prior"),
        ({"prior_reason": " "}, "prior_reason"),
        ({"prior": 1.0}, "prior"),
        ({"prior": float("nan")}, "prior"),
        ({"keywords": ["word"] * 31}, "keywords"),
        ({"actors": ["x" * 101]}, "actors"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_the_field(changes, field):
    assert refused(**changes) == field


def test_a_question_whose_last_day_is_today_may_be_asked():
    assert ask_for(deadline=NOW.date()).deadline == NOW.date()


def test_of_four_who_open_the_same_question_at_once_one_does(at_once):
    curator = make_curator()

    def opened():
        try:
            return ask(BRIDGE, by=curator, at=NOW).key
        except QuestionRefused:
            return ""

    assert sorted(at_once(*[opened] * 4))[:3] == ["", "", ""]
    assert at_once(Proposition.objects.count) == [1]
