import time
from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from forecasts.models import Proposition
from forecasts.refused import Refused
from tests.makers import NOW, make_curator, make_entry, make_proposition, make_user
from tracker.curation import questions
from tracker.curation.questions import free_key, open_question
from tracker.models import Decision, Entry

pytestmark = pytest.mark.django_db

QUESTION = "Will our town have a new bridge by 30 June 2026?"
COUNTED = "Of 20 bridges planned here, four opened on time."


def bridge(**changes):
    return Proposition(
        **{
            "question": QUESTION,
            "statement": "Our town will have a new bridge by 30 June 2026.",
            "resolution_criteria": "Yes if the town council says that it is open to traffic.",
            "opens_on": NOW.date(),
            "deadline": date(2026, 6, 30),
            "prior": 0.2,
            "prior_reason": COUNTED,
            "topic": "town",
            "process": "event",
            "keywords": ["bridge", "council"],
            **changes,
        }
    )


def ask_for(**changes):
    return open_question(bridge(**changes), by=make_curator(), at=NOW)


def refused(**changes):
    with pytest.raises(Refused) as caught:
        ask_for(**changes)
    assert not Proposition.objects.exists()
    return caught.value.field


def test_a_question_is_open_as_it_was_asked_and_who_asked_is_on_record():
    curator = make_curator("ada")
    row = open_question(bridge(), by=curator, at=NOW, reason="For the spring term.")
    row.refresh_from_db()
    assert (row.state, row.topic, row.prior, row.prior_reason) == ("open", "town", 0.2, COUNTED)
    assert row.unsettled_at == NOW
    assert not row.written_with_hindsight
    decision = Decision.objects.get()
    assert (decision.verb, decision.user, decision.reason) == ("open question", curator, "For the spring term.")


def test_news_of_the_last_weeks_is_held_against_it():
    recent = make_entry("The bridge is half built", at=NOW - timedelta(days=3), matched_at=NOW)
    before = make_entry("A bridge is planned", at=NOW - timedelta(days=20), matched_at=NOW)
    ask_for(opens_on=NOW.date() - timedelta(days=9))
    assert [Entry.objects.get(pk=entry.pk).matched_at for entry in (recent, before)] == [None, NOW]


def test_without_a_base_rate_the_chances_are_even():
    assert ask_for(prior=None, prior_reason="").prior == 0.5


def test_a_key_that_another_has_gets_a_number():
    first = ask_for()
    second = ask_for(deadline=date(2027, 6, 30))
    assert (first.key, second.key) == (f"{first.key}", f"{first.key}-2")
    assert ask_for(key="add", question="Will it add up?").key == "add-2"


def test_the_same_question_is_not_opened_twice():
    ask_for()
    with pytest.raises(Refused, match="open already"):
        ask_for(question=QUESTION.upper())
    assert Proposition.objects.count() == 1


def test_it_may_be_asked_again_once_it_was_ruled_on():
    make_proposition(QUESTION, deadline=date(2026, 6, 30), state="resolved", outcome="void")
    assert ask_for().state == Proposition.State.OPEN


def test_a_member_does_not_open_questions():
    with pytest.raises(Refused, match="Only a curator"):
        open_question(bridge(), by=make_user(), at=NOW)
    assert not Proposition.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"deadline": NOW.date() - timedelta(days=1), "opens_on": date(2025, 1, 1)}, "deadline"),
        ({"opens_on": date(2026, 7, 1)}, "deadline"),
        ({"deadline": date(2300, 1, 1)}, "deadline"),
        ({"statement": " "}, "statement"),
        ({"resolution_criteria": "Yes if it happens, else no."}, "resolution_criteria"),
        ({"resolution_criteria": "Yes if our town has a new bridge by 30 June 2026."}, "resolution_criteria"),
        ({"question": "x" * 401}, "question"),
        ({"topic": "x" * 81}, "topic"),
        ({"resolution_criteria": "x" * 4001}, "resolution_criteria"),
        ({"process": "magic"}, "process"),
        ({"prior": None}, "prior"),
        ({"prior_reason": " "}, "prior_reason"),
        ({"prior": 1.0}, "prior"),
        ({"prior": 0}, "prior"),
        ({"prior": -3}, "prior"),
        ({"prior": float("nan")}, "prior"),
        ({"keywords": ["word"] * 31}, "keywords"),
        ({"actors": ["x" * 101]}, "actors"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_the_field(changes, field):
    assert refused(**changes) == field


def test_a_question_whose_last_day_is_today_may_be_asked():
    assert ask_for(deadline=NOW.date()).deadline == NOW.date()


def test_what_is_settled_already_may_be_asked_with_hindsight():
    passed = {"opens_on": date(2025, 1, 1), "deadline": NOW.date() - timedelta(days=1)}
    assert ask_for(**passed, written_with_hindsight=True).written_with_hindsight


def test_a_deadline_beyond_the_calendar_is_refused_by_the_model_as_well():
    with pytest.raises(ValidationError, match="deadline"):
        Proposition(deadline=date.max).clean()


def test_a_free_key_is_short_and_unlike_any_other():
    make_proposition(key="gas-price")
    assert free_key("Gas price") == "gas-price-2"
    assert free_key("…") == "question"


@pytest.mark.parametrize("keys", [("", "", "", ""), ("bridge", "crossing", "river", "town")])
def test_of_four_who_open_the_same_question_at_once_one_does_whatever_they_call_it(at_once, keys, monkeypatch):
    monkeypatch.setattr(questions, "look_back", lambda *_, at: time.sleep(0.3))  # all look before one is done
    curator = make_curator()

    def opened(key):
        try:
            return open_question(bridge(key=key), by=curator, at=NOW).key
        except Refused as refused:
            return str(refused)

    found = at_once(*[partial(opened, key) for key in keys])
    assert found.count("This question is open already, with the same deadline.") == 3
    assert at_once(Proposition.objects.count) == [1]
