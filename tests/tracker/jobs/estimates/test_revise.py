from datetime import timedelta
from itertools import pairwise

import pytest

from forecasts import watching
from forecasts.models import Estimate, Proposition
from language.classifiers.reliability import Reliability, together
from tests.makers import NOW, OPENED, make_entry, make_evidence, make_feed, make_outlet, make_proposition
from tracker.jobs.estimates.revise import revise
from tracker.models import Evidence
from tracker.models.evidence import RecordKey
from tracker.signals import SUGGESTED

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposition():
    return make_proposition(unsettled_at=NOW)


def test_with_nothing_unsettled_nothing_happens():
    make_proposition(estimated_at=NOW)
    assert revise(NOW).looked_at == 0
    assert not Estimate.objects.exists()


def test_the_first_estimate_is_the_prior(proposition):
    assert revise(NOW).made == 1
    assert proposition.estimates.get().probability == pytest.approx(proposition.prior)


def test_confirmed_evidence_moves_the_estimate_and_every_part_is_kept(proposition):
    evidence = make_evidence(proposition, stance="supports", strength="strong")
    revise(NOW)
    estimate = proposition.estimates.get()
    assert estimate.probability > proposition.prior
    assert [part["ref"] for part in estimate.parts] == ["prior", str(evidence.pk)]


def record_of(classifier, *, right, wrong=0):
    """Decisions on other questions by which people showed how far the classifier can be believed."""
    other = make_proposition(estimated_at=NOW, opens_on=NOW.date())
    for said, opposite in (("supports", "contradicts"), ("contradicts", "supports")):
        for stance, count in ((said, right), (opposite, wrong)):
            for _ in range(count):
                make_evidence(other, stance=stance, strength="weak", suggested_stance=said, classifier=classifier)


def worth_of(classifier):
    found = Reliability(together(Evidence.objects.by_classifier()[RecordKey(classifier, "")].values()))
    return found.worth("supports", strength=SUGGESTED)


def moved_by_suggestion(proposition, **fields):
    make_evidence(proposition, suggested_stance="supports", confidence=0.99, classifier="built-in 2", **fields)
    revise(NOW)
    return [part["log_odds"] for part in proposition.estimates.get().parts if part["kind"] == "suggestion"]


def test_a_suggestion_moves_nothing_however_sure_while_its_reader_has_no_record(proposition):
    assert moved_by_suggestion(proposition) == []


def test_a_suggestion_of_a_reader_that_guesses_moves_nothing(proposition):
    record_of("built-in 2", right=20, wrong=20)
    assert moved_by_suggestion(proposition) == []


def test_a_suggestion_of_a_good_reader_moves_as_far_as_its_record_relevance_and_outlet_allow(proposition):
    record_of("built-in 2", right=20)
    worth = Reliability(together(Evidence.objects.by_classifier()[RecordKey("built-in 2", "")].values())).worth(
        "supports", strength=SUGGESTED
    )
    feed = make_feed(outlet=make_outlet(weight=0.5))
    entry = make_entry("Talks go well", feed=feed, published_at=NOW)
    (moved,) = moved_by_suggestion(proposition, relevance=0.6, entry=entry)
    assert 0 < worth < SUGGESTED
    assert moved == pytest.approx(worth * 0.6 * 0.5, rel=0.02)


def test_however_often_a_reader_repeats_itself_it_moves_less_than_twice_as_far_as_by_its_weightiest_word(proposition):
    record_of("built-in 2", right=20)
    for number in range(30):
        at = NOW - timedelta(days=number)
        entry = make_entry(f"Report {number}", at=at)
        make_evidence(proposition, suggested_stance="supports", classifier="built-in 2", relevance=1.0, entry=entry)
    revise(NOW)
    moved = sum(part["log_odds"] for part in proposition.estimates.get().parts if part["kind"] == "suggestion")
    assert 1.8 * worth_of("built-in 2") < moved < 2 * worth_of("built-in 2")


def test_a_rejected_suggestion_moves_nothing_and_costs_its_reader(proposition):
    record_of("built-in 2", right=20)
    before = worth_of("built-in 2")
    make_evidence(proposition, suggested_stance="supports", classifier="built-in 2", state=Evidence.State.REJECTED)
    assert worth_of("built-in 2") < before
    revise(NOW)
    assert [part["kind"] for part in proposition.estimates.get().parts] == ["prior"]


def test_time_alone_moves_an_event_once_it_makes_half_a_point():
    event = make_proposition(process="event", prior=0.4, unsettled_at=NOW, deadline=NOW.date() + timedelta(days=200))
    days = [NOW + timedelta(days=n) for n in range(60)]
    watching.note(days[-1], since=OPENED)
    reports = [revise(day) for day in days]
    chances = [estimate.probability for estimate in event.estimates.order_by("at")]
    assert chances == sorted(chances, reverse=True)
    assert 5 < len(chances) < 30
    assert all(before - after >= 0.005 for before, after in pairwise(chances))
    assert [report.looked_at for report in reports] == [1] * 60
    assert revise(days[-1] + timedelta(hours=23)).looked_at == 0


def test_estimates_made_day_by_day_end_where_one_made_at_once_does(proposition):
    twin = make_proposition(unsettled_at=NOW, process="event")
    Proposition.objects.filter(pk=proposition.pk).update(process="event")
    for n, stance in enumerate(["supports", "contradicts", "supports", "mentions", "supports"]):
        at = NOW + timedelta(days=7 * n)
        for each in (proposition, twin):
            make_evidence(each, stance=stance, strength="moderate", entry=make_entry(f"{stance} {n}", published_at=at))
        Proposition.objects.filter(pk=proposition.pk).mark_unsettled(at)
        Proposition.objects.filter(pk=twin.pk).update(unsettled_at=None, estimated_at=at)
        revise(at)
    Proposition.objects.mark_unsettled(at)
    revise(at)
    grown, whole = (each.estimates.latest() for each in (proposition, twin))
    assert grown.probability == whole.probability
    assert [part["log_odds"] for part in grown.parts] == [part["log_odds"] for part in whole.parts]
    assert twin.estimates.count() == 1 < proposition.estimates.count()


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
    assert (report.looked_at, report.made) == (1, 0)


def test_one_that_fails_does_not_stop_the_others(proposition, caplog):
    other = make_proposition(unsettled_at=NOW)
    Proposition.objects.filter(pk=proposition.pk).update(unsettled_at=NOW - timedelta(hours=1))
    Estimate.objects.create(
        proposition=proposition, at=NOW.replace(year=9999, month=12, day=31), probability=0.5, parts=[]
    )
    Estimate.objects.filter(proposition=proposition).update(at="9999-12-31 23:59:59.999999+00:00")
    report = revise(NOW)
    assert (report.looked_at, report.made, report.failed) == (2, 1, 1)
    assert other.estimates.exists()
    assert str(proposition.pk) in caplog.text
