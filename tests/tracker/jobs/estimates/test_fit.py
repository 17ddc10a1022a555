"""Fitting on what was resolved here: which questions count, what is taken, and what is written down."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from forecasts.estimates import parameters
from forecasts.maths.parameters import DEFAULTS
from forecasts.models import AggregateForecast, ParameterFit, Proposition
from tests.makers import NOW, OPENED, make_entry, make_evidence, make_proposition, make_ruling
from tracker.jobs.estimates.fit import NothingToFit, pasts, refit

pytestmark = pytest.mark.django_db


def resolved(*, outcome, stance, **fields):
    """A question with one early, strong story, ruled on half a year later."""
    proposition = make_proposition(prior=0.5, **fields)
    at = OPENED + timedelta(days=10)
    make_evidence(proposition, stance=stance, strength="strong", entry=make_entry(at=at), at=at)
    make_ruling(proposition, outcome=outcome)
    return proposition


def misled(count, **fields):
    """As many questions that came out against their story as with it."""
    for number in range(count):
        resolved(outcome="yes" if number % 2 else "no", stance="supports", **fields)


def test_without_a_resolved_question_it_says_so():
    resolved(outcome="void", stance="supports")
    with pytest.raises(NothingToFit, match="ruled Yes or No yet"):
        refit(NOW, by="fit", with_hindsight=True)
    assert not ParameterFit.objects.exists()


def test_news_that_misled_counts_for_less_from_now_on_and_open_questions_are_estimated_anew():
    misled(40)
    open_one = make_proposition(estimated_at=NOW)
    report = refit(NOW, by="fit")
    assert report.taken
    assert parameters() == report.fitted.parameters
    assert parameters().evidence_scale < 1
    assert list(Proposition.objects.unsettled()) == [open_one]


def test_a_fit_that_gains_nothing_is_written_down_and_refused():
    for number in range(40):
        resolved(outcome="no" if number % 4 == 0 else "yes", stance="supports")
    report = refit(NOW, by="fit")
    assert not report.taken
    assert not ParameterFit.objects.get().taken
    assert parameters() == DEFAULTS


def test_questions_written_with_hindsight_are_left_out_or_shown_and_never_taken():
    misled(40, written_with_hindsight=True)
    with pytest.raises(NothingToFit, match="without knowing its end"):
        refit(NOW, by="fit")
    report = refit(NOW, by="fit", with_hindsight=True)
    assert report.fitted.is_worth_taking
    assert (report.hindsight, report.taken) == (40, False)
    assert parameters() == DEFAULTS


def test_a_dry_run_stores_nothing():
    misled(40)
    assert not refit(NOW, by="fit", dry=True).taken
    assert not ParameterFit.objects.exists()


def test_what_was_known_when_is_taken_from_the_record(django_assert_max_num_queries):
    proposition = resolved(outcome="yes", stance="supports")
    AggregateForecast.objects.create(proposition=proposition, at=OPENED + timedelta(days=5), count=3, probability=0.7)
    AggregateForecast.objects.create(proposition=proposition, at=OPENED + timedelta(days=9), count=0)
    with django_assert_max_num_queries(5):
        (past,) = pasts(with_hindsight=False)
    assert [one.since for one in past.known] == [OPENED + timedelta(days=10)]
    assert [crowd and crowd.probability for _, crowd in past.crowds] == [0.7, None]


def fit_command(*options):
    told = StringIO()
    call_command("fit", *options, stdout=told)
    return told.getvalue()


def test_the_command_shows_what_it_found_and_what_became_of_it():
    misled(40)
    told = fit_command()
    assert "scale of the evidence" in told
    assert "40 resolved questions" in told
    assert "Taken: every open question is estimated anew" in told
    assert "Back at the documented defaults" in fit_command("--forget")
    assert parameters() == DEFAULTS


@pytest.mark.parametrize(
    ("count", "options", "because"),
    [(8, (), "fewer than 10"), (40, ("--dry-run",), "nothing is stored"), (40, ("--hindsight",), "could know the end")],
)
def test_the_command_says_why_a_fit_was_refused(count, options, because):
    misled(count, written_with_hindsight="--hindsight" in options)
    assert because in fit_command(*options)
    assert because in json.loads(fit_command(*options, "--json"))["refused_because"]


def test_a_refusal_says_that_an_earlier_fit_is_still_in_use():
    misled(40)
    fit_command()
    assert "--forget goes back" in fit_command("--dry-run")
    fit_command("--forget")
    assert "--forget goes back" not in fit_command("--dry-run")


def test_the_command_ends_in_words_when_there_is_nothing_to_fit_on():
    with pytest.raises(CommandError, match="nothing to fit on"):
        fit_command()
