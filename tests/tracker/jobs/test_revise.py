from datetime import timedelta

import pytest

from forecasts.models import Estimate, Proposition
from tests.makers import NOW, make_entry, make_evidence, make_feed, make_outlet, make_proposition
from tracker.jobs.revise import revise

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposition():
    return make_proposition(unsettled_at=NOW)


def test_with_nothing_unsettled_nothing_happens():
    make_proposition()
    assert revise(NOW).looked_at == 0
    assert not Estimate.objects.exists()


def test_the_first_estimate_is_the_prior(proposition):
    assert revise(NOW).revised == 1
    assert proposition.estimates.get().probability == pytest.approx(proposition.prior)


def test_confirmed_evidence_moves_the_estimate_and_every_part_is_kept(proposition):
    evidence = make_evidence(proposition, stance="supports", strength="strong")
    revise(NOW)
    estimate = proposition.estimates.get()
    assert estimate.probability > proposition.prior
    assert [part["ref"] for part in estimate.parts] == ["prior", str(evidence.pk)]


def test_a_suggestion_moves_nothing_however_sure_its_reader(proposition):
    make_evidence(proposition, suggested_stance="supports", confidence=0.99)
    revise(NOW)
    assert proposition.estimates.get().probability == pytest.approx(proposition.prior)


def test_an_outlet_that_is_trusted_half_moves_half_as_far(proposition):
    feed = make_feed(outlet=make_outlet(weight=0.5))
    make_evidence(proposition, stance="supports", strength="strong", entry=make_entry(feed=feed))
    make_evidence(proposition, stance="contradicts", strength="strong", entry=make_entry("Another"))
    revise(NOW)
    half, whole = (part["log_odds"] for part in proposition.estimates.get().parts[1:])
    assert half == pytest.approx(-whole / 2)


def test_a_second_run_writes_nothing(proposition):
    revise(NOW)
    assert revise(NOW + timedelta(minutes=1)).looked_at == 0
    assert proposition.estimates.count() == 1


def test_unsettled_without_a_difference_settles_quietly(proposition):
    revise(NOW)
    Proposition.objects.mark_unsettled(NOW)
    report = revise(NOW + timedelta(minutes=1))
    assert (report.looked_at, report.revised) == (1, 0)


def test_one_that_fails_does_not_stop_the_others(proposition, caplog):
    other = make_proposition(unsettled_at=NOW)
    Proposition.objects.filter(pk=proposition.pk).update(unsettled_at=NOW - timedelta(hours=1))
    Estimate.objects.create(
        proposition=proposition, at=NOW.replace(year=9999, month=12, day=31), probability=0.5, parts=[]
    )
    Estimate.objects.filter(proposition=proposition).update(at="9999-12-31 23:59:59.999999+00:00")
    report = revise(NOW)
    assert (report.looked_at, report.revised, report.failed) == (2, 1, 1)
    assert other.estimates.exists()
    assert str(proposition.pk) in caplog.text
