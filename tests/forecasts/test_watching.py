"""Time counts only while a question is open and news is read."""

from datetime import timedelta

import pytest

from forecasts import watching
from forecasts.estimates import revise
from forecasts.models import WatchedPeriod
from tests.forecasts.makers import OPENS, day, make_proposition, marked

pytestmark = pytest.mark.django_db


def chance(proposition, at):
    """The estimate of one that is looked at once, at that time."""
    return revise(marked(proposition), signals=[], at=at).probability


def test_readings_that_follow_on_one_another_are_one_period():
    for hour in range(0, 24 * 6, 20):
        watching.note(day(0, 0) + timedelta(hours=hour))
    assert watching.periods() == ((day(0), day(5, 20)),)


def test_a_pause_longer_than_the_slowest_feed_is_a_gap():
    watching.note(day(0))
    watching.note(day(3))
    watching.note(day(4))
    assert watching.periods() == ((day(0), day(0)), (day(3), day(4)))


def test_one_reading_soon_after_another_writes_nothing(django_assert_num_queries):
    watching.note(day(0))
    with django_assert_num_queries(1):
        watching.note(day(0) + timedelta(minutes=5))


def test_a_clock_that_went_back_loses_nothing():
    watching.note(day(5))
    watching.note(day(1))
    watching.note(day(2))
    assert watching.periods() == ((day(1), day(2)), (day(5), day(5)))


def test_periods_of_two_readers_that_overlap_are_told_as_one():
    for began, ended in ((0, 4), (2, 6), (6, 7)):
        WatchedPeriod.objects.create(began_at=day(began), ended_at=day(ended))
    assert watching.periods() == ((day(0), day(7)),)


def test_a_question_that_nobody_watched_stands_at_its_prior():
    assert chance(make_proposition(process="event", prior=0.4), day(9)) == pytest.approx(0.4)


def test_a_question_made_late_does_not_lose_the_days_before_it_was_made():
    watching.note(day(9), since=day(0))
    early = make_proposition("early", process="event", prior=0.4)
    late = make_proposition("late", process="event", prior=0.4, created_at=day(8))
    assert chance(early, day(8)) < chance(late, day(8)) == pytest.approx(0.4)


def test_days_without_a_source_move_nothing_and_days_after_them_do():
    watching.note(day(3), since=day(0))
    watching.note(day(9), since=day(6))
    question = make_proposition(process="event", prior=0.4)
    known = watching.periods()
    lives = [watching.life(question, known).remaining(day(number), shape=1) for number in (3, 6, 9)]
    assert lives[0] == lives[1] > lives[2]


def test_a_question_written_after_its_close_begins_at_its_opening():
    question = make_proposition(created_at=day(300))
    assert question.begins_at.date() == OPENS
