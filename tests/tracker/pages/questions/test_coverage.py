"""A question's page says since when its news is read, and what was not covered; nothing is dated back."""

from datetime import date, timedelta

import pytest

from forecasts import watching
from tests.makers import NOW, make_position, make_proposition
from tracker.models import Position
from tracker.pages.questions import coverage, rows

pytestmark = pytest.mark.django_db
JANUARY = date(2026, 1, 1)


def opened_today(**fields):
    return make_proposition(opens_on=JANUARY, created_at=NOW, deadline=date(2026, 12, 31), **fields)


def test_without_a_source_it_says_that_silence_says_nothing():
    told = coverage.of(opened_today(), until=NOW + timedelta(days=1))
    assert "No news source has been read" in told.watched
    assert told.gaps == ("1 January to 6 February 2026, before the question was added",)


def test_it_names_the_days_on_which_no_source_was_read():
    watching.note(NOW + timedelta(days=3), since=NOW)
    watching.note(NOW + timedelta(days=30), since=NOW + timedelta(days=12))
    told = coverage.of(opened_today(), until=NOW + timedelta(days=30))
    assert told.watched.startswith("News has been read since 6 Feb 2026")
    assert told.gaps[1:] == ("9 to 18 February 2026, when no source was read",)


@pytest.mark.parametrize(("process", "counts"), [("event", True), ("state", True), ("threshold", False), ("", False)])
def test_silence_counts_only_where_time_says_something(process, counts):
    watching.note(NOW + timedelta(days=3), since=NOW)
    told = coverage.of(opened_today(process=process), until=NOW + timedelta(days=3))
    assert ("Silence counts" in told.watched) == counts


def test_a_question_watched_from_its_first_day_has_no_gap():
    watching.note(NOW + timedelta(days=30), since=NOW - timedelta(days=400))
    assert coverage.of(make_proposition(opens_on=NOW.date(), created_at=NOW), until=NOW).gaps == ()


def test_sources_that_fell_silent_are_told_up_to_today():
    watching.note(NOW + timedelta(days=3), since=NOW)
    told = coverage.of(opened_today(), until=NOW + timedelta(days=20))
    assert told.gaps[-1] == "9 to 26 February 2026, when no source was read"


def test_a_status_begins_when_the_question_was_made():
    question = opened_today()
    Position.objects.of_questions().delete()  # the maker's own, written without a clock
    bare = Position.objects.create_bare(question, at=NOW)
    assert bare.status_since == NOW
    (span,) = rows.spans_of(bare, changes=(), now=NOW + timedelta(days=2))
    assert span.start == NOW


def test_the_page_says_so(client):
    question = opened_today()
    make_position(proposition=question)
    page = client.get(f"/questions/{question.key}/").text
    assert "silence says nothing" in page
    assert "<dt>Not covered</dt><dd>1 January to 6 February 2026, before the question was added.</dd>" in page
