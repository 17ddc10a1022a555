"""Changing a question's words: when versions are kept, what is refused, and which version stood when."""

from datetime import date, timedelta

import pytest

from forecasts.criteria import amend, version_at
from forecasts.estimates import record, withdraw
from forecasts.models import CriteriaVersion, Forecaster, Proposition
from forecasts.refused import Refused
from forecasts.resolution import resolve, reverse
from tests.forecasts.makers import DEADLINE, day, make_forecaster, make_proposition

pytestmark = pytest.mark.django_db
STRICTER = "Yes if both parties announce a signed contract with a price."


def change(proposition, **fields):
    stands = Proposition.objects.get(pk=proposition.pk)
    kept = {name: getattr(stands, name) for name in ("question", "statement", "resolution_criteria", "deadline")}
    return amend(proposition, **{**kept, "reason": "A price was meant.", "by": "Cleo", "at": day(3), **fields})


def forecast(proposition, name="Ada", *, at=None, kind=Forecaster.Kind.MEMBER):
    record(proposition, forecaster=make_forecaster(name, kind=kind), probability=0.3, at=at or day(1))


def test_before_anybody_forecasts_words_are_only_mended():
    proposition = make_proposition()
    forecast(proposition, "Hale", kind=Forecaster.Kind.AUTHOR)
    assert change(proposition, resolution_criteria=STRICTER, reason="") is None
    proposition.refresh_from_db()
    assert (proposition.resolution_criteria, proposition.change_count) == (STRICTER, 1)
    assert list(proposition.criteria_versions.all()) == []


def test_the_first_change_after_a_forecast_keeps_both_wordings():
    proposition = make_proposition()
    forecast(proposition)
    old = proposition.resolution_criteria
    change(proposition, resolution_criteria=STRICTER)
    first, second = list(proposition.criteria_versions.all())
    assert (first.number, first.resolution_criteria, first.since, first.reason) == (1, old, day(0), "")
    assert (second.number, second.resolution_criteria, second.since) == (2, STRICTER, day(3))
    assert (second.reason, second.by) == ("A price was meant.", "Cleo")


def test_each_later_change_adds_one_version():
    proposition = make_proposition()
    forecast(proposition)
    change(proposition, resolution_criteria=STRICTER)
    change(proposition, question="Will a contract with a price be signed?", at=day(4))
    assert [row.number for row in list(proposition.criteria_versions.all())] == [1, 2, 3]
    assert list(proposition.criteria_versions.all())[2].resolution_criteria == STRICTER


def test_a_withdrawn_forecast_was_made_all_the_same():
    proposition = make_proposition()
    forecast(proposition)
    withdraw(proposition, forecaster=Forecaster.objects.get(), at=day(2))
    assert change(proposition, statement="A priced contract is signed.").number == 2


def test_words_that_change_nothing_leave_no_trace():
    proposition = make_proposition()
    forecast(proposition)
    assert change(proposition, question=f" {proposition.question}\n") is None
    assert (Proposition.objects.get().change_count, CriteriaVersion.objects.count()) == (0, 0)


def test_a_change_moves_the_question_and_a_new_deadline_asks_for_an_estimate():
    proposition = make_proposition(unsettled_at=None)
    forecast(proposition, "Hale", kind=Forecaster.Kind.AUTHOR)
    change(proposition, statement="It is signed.")
    assert not Proposition.objects.unsettled().exists()
    change(proposition, deadline=DEADLINE + timedelta(days=9))
    proposition.refresh_from_db()
    assert (proposition.change_count, proposition.unsettled_at) == (2, day(3))


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"statement": "Other.", "reason": " "}, "say why they change"),
        ({"statement": "Other.", "reason": "x" * 501}, "Shorten it"),
        ({"question": "  "}, "question"),
        ({"question": "x" * 401}, "question"),
        ({"resolution_criteria": ""}, "resolution_criteria"),
        ({"statement": "Other.", "at": day(0)}, "check the clock"),
        ({"deadline": date(2025, 12, 31)}, "before the opening"),
        ({"deadline": date(2201, 1, 1)}, "too far off"),
        ({"deadline": date(2026, 1, 1)}, "forecast was given on 02 Jan 2026"),
        ({"deadline": date(2026, 1, 3)}, "has passed"),
        ({"deadline": date(2026, 2, 1), "opens_on": date(2026, 1, 3)}, "must have been open"),
    ],
)
def test_a_faulty_change_is_refused_and_changes_nothing(fields, complaint):
    proposition = make_proposition()
    forecast(proposition)
    with pytest.raises(Refused, match=complaint):
        change(proposition, **fields)
    assert (Proposition.objects.get().change_count, CriteriaVersion.objects.count()) == (0, 0)


def test_the_last_day_that_may_be_chosen_is_the_present_one():
    proposition = make_proposition()
    forecast(proposition)
    assert change(proposition, deadline=date(2026, 1, 4)).deadline == date(2026, 1, 4)


def test_an_author_has_spoken_before_a_deadline_too():
    proposition = make_proposition()
    forecast(proposition, "Hale", kind=Forecaster.Kind.AUTHOR, at=day(5))
    with pytest.raises(Refused, match="forecast was given on 06 Jan 2026"):
        change(proposition, deadline=date(2026, 1, 3))
    assert change(proposition, deadline=date(2026, 1, 6), reason="") is None


def test_opening_and_deadline_move_together_before_anybody_forecasts():
    proposition = make_proposition()
    change(proposition, opens_on=date(2026, 3, 1), deadline=date(2026, 3, 31), reason="")
    change(proposition, opens_on=date(2025, 11, 1), deadline=date(2025, 11, 30), reason="")
    proposition.refresh_from_db()
    assert (proposition.opens_on, proposition.deadline) == (date(2025, 11, 1), date(2025, 11, 30))


def test_an_earlier_opening_alone_is_no_change_of_words():
    proposition = make_proposition()
    forecast(proposition)
    assert change(proposition, opens_on=date(2025, 12, 1), reason="") is None
    assert Proposition.objects.get().opens_on == date(2025, 12, 1)


def test_a_question_ruled_on_keeps_its_words_until_the_ruling_is_taken_back():
    proposition = make_proposition()
    ruling = resolve(
        proposition, outcome="no", effective_on=date(2026, 1, 2), source="The record.", reason="-", by="C", at=day(2)
    )
    with pytest.raises(Refused, match="take the ruling back"):
        change(proposition, statement="Other.")
    reverse(ruling, reason="Unclear criteria.", by="C", at=day(3))
    change(proposition, statement="Other.")
    assert Proposition.objects.get().statement == "Other."


def test_a_deadline_put_off_takes_forecasts_again():
    proposition = make_proposition()
    forecast(proposition)
    with pytest.raises(Refused):
        forecast(proposition, "Ben", at=day(12))
    change(proposition, deadline=date(2026, 2, 10), reason="The talks were put off.", at=day(12))
    forecast(proposition, "Ben", at=day(12))


def test_a_clock_that_went_back_is_refused_and_one_instant_is_not():
    proposition = make_proposition()
    forecast(proposition)
    change(proposition, statement="One.")
    change(proposition, statement="Two.")
    with pytest.raises(Refused, match="check the clock"):
        change(proposition, statement="Three.", at=day(2))
    assert version_at(list(proposition.criteria_versions.all()), day(3)).statement == "Two."


def test_which_version_stood_at_a_time():
    proposition = make_proposition()
    assert version_at(list(proposition.criteria_versions.all()), day(1)) is None
    forecast(proposition)
    change(proposition, statement="Other.")
    known = list(proposition.criteria_versions.all())
    assert [version_at(known, at).number for at in (day(-9), day(0), day(2.9), day(3), day(9))] == [1, 1, 1, 2, 2]


def test_of_two_changes_at_once_both_are_kept_in_order(at_once):
    proposition = make_proposition()
    forecast(proposition)
    results = at_once(
        lambda: change(proposition, statement="One."), lambda: change(proposition, question="Will it be?")
    )
    assert sorted(result.number for result in results) == [2, 3]
    assert at_once(CriteriaVersion.objects.count) == [3]
