from datetime import date, timedelta

import pytest
from django.utils import timezone

from forecasts.models import CriteriaVersion, Forecast, Proposition
from forecasts.refused import Refused
from tests.makers import NOW, make_claim, make_curator, make_forecast, make_position, make_proposition, make_user
from tracker.curation import forecasting
from tracker.curation.editing import edit
from tracker.jobs.estimates.review import review
from tracker.models import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposition():
    return make_proposition(deadline=NOW.date() - timedelta(days=1), prior=0.2)


def test_what_stood_there_stays_on_record(proposition):
    proposition.question = "Will a contract be signed?"
    edit(proposition, fields=["question"], by="Ada", at=NOW)
    assert Decision.objects.get().before == {"question": "Will a gas contract with a price be signed?"}


def test_a_new_prior_asks_for_a_new_estimate(proposition):
    proposition.prior = 0.4
    edit(proposition, fields=["prior"], by="Ada", at=NOW)
    assert Proposition.objects.unsettled().get().unsettled_at == NOW


def test_another_kind_of_process_asks_for_a_new_estimate(proposition):
    proposition.process = "state"
    edit(proposition, fields=["process"], by="Ada", at=NOW)
    assert Proposition.objects.unsettled().get() == proposition


def test_what_was_due_is_open_again_when_the_deadline_is_put_off(proposition):
    position = make_position(make_claim(), proposition=proposition)
    review(NOW)
    proposition.deadline = NOW.date() + timedelta(days=30)
    edit(proposition, fields=["deadline"], by="Ada", at=NOW)
    review(NOW)
    assert list(position.changes.values_list("new", flat=True)) == ["due", "watching"]


def test_what_the_jobs_have_written_in_the_meantime_stays(proposition):
    Proposition.objects.filter(pk=proposition.pk).mark_changed(NOW)
    proposition.note = "Checked."
    edit(proposition, fields=["note"], by="Ada", at=NOW)
    assert Proposition.objects.get().change_count == 1


def test_new_words_after_a_forecast_need_a_reason_and_leave_both_wordings(proposition):
    make_forecast(proposition, at=NOW - timedelta(days=5))
    proposition.statement = "A contract with price and volume is signed."
    with pytest.raises(Refused, match="say why they change"):
        edit(proposition, fields=["statement"], by="Ada", at=NOW)
    assert not Decision.objects.exists()
    edit(proposition, fields=["statement"], by="Ada", at=NOW, reason="Volume was meant, too.")
    assert [(row.number, row.by) for row in CriteriaVersion.objects.all()] == [(1, ""), (2, "Ada")]
    assert Decision.objects.get().reason == "Volume was meant, too."


def test_words_and_other_fields_are_stored_together(proposition):
    make_forecast(proposition, at=NOW - timedelta(days=5))
    proposition.question, proposition.note = "Will one be signed?", "Checked."
    edit(proposition, fields=["question", "note"], by="Ada", at=NOW, reason="Shorter.")
    proposition.refresh_from_db()
    assert (proposition.question, proposition.note) == ("Will one be signed?", "Checked.")


def test_new_words_that_race_the_first_forecast_came_before_it_or_are_refused(client, at_once):
    proposition = make_proposition(deadline=date(2199, 12, 31))
    mira = make_user("mira")
    client.force_login(make_curator("ann"))
    names = ("key", "question", "resolution_criteria", "opens_on", "deadline", "prior", "prior_reason")
    form = {name: getattr(proposition, name) for name in names}
    form |= {"sources": "[]", "keywords": "[]", "actors": "[]", "note": "", "statement": "Other words."}
    there = f"/admin/forecasts/proposition/{proposition.pk}/change/"
    answer, made = at_once(
        lambda: client.post(there, form),
        lambda: forecasting.forecast(proposition, percent="30", by=mira, at=timezone.now()),
    )
    assert isinstance(made, Forecast)
    (stands,) = at_once(lambda: Proposition.objects.get().statement)
    (kept,) = at_once(CriteriaVersion.objects.count)
    assert (answer.status_code in (200, 302), kept) == (True, 0)
    assert stands in (proposition.statement, "Other words.")
