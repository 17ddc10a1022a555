from datetime import timedelta

import pytest

from forecasts.models import CriteriaVersion, Proposition
from tests.makers import NOW, make_claim, make_forecast, make_proposition, make_test
from tracker.curation.decisions import Refused
from tracker.curation.mending import mend
from tracker.jobs.review import review
from tracker.models import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposition():
    return make_proposition(deadline=NOW.date() - timedelta(days=1), prior=0.2)


def test_what_stood_there_stays_on_record(proposition):
    proposition.question = "Will a contract be signed?"
    mend(proposition, fields=["question"], by="Ada", at=NOW)
    assert Decision.objects.get().before == {"question": "Will a gas contract with a price be signed?"}


def test_a_new_prior_asks_for_a_new_estimate(proposition):
    proposition.prior = 0.4
    mend(proposition, fields=["prior"], by="Ada", at=NOW)
    assert Proposition.objects.unsettled().get().unsettled_at == NOW


def test_what_was_due_is_open_again_when_the_deadline_is_put_off(proposition):
    test = make_test(make_claim(), proposition=proposition)
    review(NOW)
    proposition.deadline = NOW.date() + timedelta(days=30)
    mend(proposition, fields=["deadline"], by="Ada", at=NOW)
    review(NOW)
    assert list(test.changes.values_list("new", flat=True)) == ["due", "watching"]


def test_what_the_jobs_have_written_in_the_meantime_stays(proposition):
    Proposition.objects.filter(pk=proposition.pk).mark_moved(NOW)
    proposition.note = "Checked."
    mend(proposition, fields=["note"], by="Ada", at=NOW)
    assert Proposition.objects.get().moves == 1


def test_new_words_after_a_forecast_need_a_reason_and_leave_both_wordings(proposition):
    make_forecast(proposition, at=NOW - timedelta(days=5))
    proposition.statement = "A contract with price and volume is signed."
    with pytest.raises(Refused, match="say why they change"):
        mend(proposition, fields=["statement"], by="Ada", at=NOW)
    assert not Decision.objects.exists()
    mend(proposition, fields=["statement"], by="Ada", at=NOW, reason="Volume was meant, too.")
    assert [(row.number, row.by) for row in CriteriaVersion.objects.all()] == [(1, ""), (2, "Ada")]
    assert Decision.objects.get().reason == "Volume was meant, too."


def test_words_and_other_fields_are_stored_together(proposition):
    make_forecast(proposition, at=NOW - timedelta(days=5))
    proposition.question, proposition.note = "Will one be signed?", "Checked."
    mend(proposition, fields=["question", "note"], by="Ada", at=NOW, reason="Shorter.")
    proposition.refresh_from_db()
    assert (proposition.question, proposition.note) == ("Will one be signed?", "Checked.")
